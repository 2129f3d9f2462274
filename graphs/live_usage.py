"""What finished turns took, written to the ledger of usage: in time or not at all, never in the way."""

from collections.abc import Callable

from config.settings import Settings
from graphs.account import TENANT, asker
from graphs.in_time import in_time
from graphs.live_data import LiveData
from graphs.money import budgets_part
from memory.usage_ledger import UsageLedger, UsageRow
from nodes.rungs import REPORT
from nodes.state import AdvisorState, Attempt
from privacy.policy import Policy


class LiveUsage:
    """The ledger of usage, kept where the policy's row of the ledger allows the label of a turn."""

    def __init__(self, settings: Settings, data: LiveData, policy: Callable[[], Policy]) -> None:
        self._settings, self._data, self._policy = settings, data, policy

    async def keep(self, state: AdvisorState) -> list[str]:
        """Write what an answered turn took; return a note where that could not be done in time."""
        may = self._policy().rule("ledger", state["label"]).action == "allow"
        if state.get("problem") or not may:
            return []
        _, note = await in_time("usage ledger", self._keep(state), self._settings.memory_budget_s)
        return [note] if note else []

    async def _keep(self, state: AdvisorState) -> None:
        ledger = UsageLedger(await self._data.pool(), budgets_part(self._settings).timezone)
        await ledger.add(rows_of(state))


def rows_of(state: AdvisorState) -> list[UsageRow]:
    """Return a row for each attempt that was made, and one for the report where no model's words stand.

    Those of clouds only bring the verdict: their calls were written when they were paid.
    """
    rows = [_row(state, n, a) for n, a in enumerate(state["attempts"]) if a["outcome"] != "denied"]
    if state["receipt"]["chosen"] == REPORT:
        number, label = len(state["attempts"]), state["label"].name
        rows.append(UsageRow(state["question_id"], number, TENANT, asker(), REPORT, label=label))
    return rows


def _row(state: AdvisorState, number: int, attempt: Attempt) -> UsageRow:
    endpoint = attempt["endpoint"]
    reason = attempt.get("error") or ("" if attempt["outcome"] == "verified" else "Unverified")
    return UsageRow(
        question_id=state["question_id"],
        number=number,
        tenant=TENANT,
        key=asker(),
        endpoint=endpoint,
        model=attempt.get("model") or "",
        place="cloud" if endpoint in state["receipt"]["cloud"] else "local",
        tokens_in=attempt["tokens_in"],
        tokens_out=attempt["tokens_out"],
        cached=attempt.get("cached", 0),
        estimated=attempt["estimated"],
        outcome=attempt["outcome"],
        reason=reason,
        label=state["label"].name,
        ms=attempt["ms"],
        ttft_ms=attempt["ttft_ms"],
    )
