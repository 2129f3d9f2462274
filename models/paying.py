"""A call that is paid for: money is set aside before it is sent, and what it did cost is counted when it ends.

However it ends: a call that failed may have been read, and one that nobody waits for any more has been.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from models.budget import Account, Planned, Purse, Reservation, Spent, nusd_of
from models.endpoint import Endpoint
from models.errors import ModelError, may_have_cost
from models.price import Price
from models.prices import BASELINE, saved_nusd
from models.usage import Chunk, Usage, estimate_tokens
from privacy.cleared import ClearedPrompt

TOKENS_BESIDE = 16
"""What a provider adds around each message: its marks and the name of the role; three to eight are known."""


@dataclass(frozen=True, slots=True)
class Bill:
    """Who pays for a call, of what, and what it may cost."""

    account: Account
    planned: Planned
    price: Price
    prompt: str


def bill(endpoint: Endpoint, prompt: ClearedPrompt, text: str, account: Account) -> Bill:
    """Return the bill of a prompt that is about to be sent.

    What it may cost is counted by bytes: no token is less than one, whatever the tokenizer and the language. On 120
    prompts of the answer set, read by GPT-4o's tokenizer, that is four times the tokens that there are, but 1.2 times
    the money of a call with the longest answer (1.4 at most), for it is the answer that costs.
    """
    price = endpoint.price or BASELINE
    sent = sum(len(text.encode()) + TOKENS_BESIDE for _, text in prompt.messages) + len((prompt.schema or "").encode())
    most = nusd_of(price.cost_usd(sent, prompt.max_tokens))
    task = "analysis" if prompt.schema is None else "form"
    planned = Planned(endpoint.id, endpoint.model, most, endpoint.price_version, prompt.label.name, task)
    return Bill(account, planned, price, text)


class Payments:
    """Pays calls out of a purse."""

    def __init__(self, purse: Purse) -> None:
        self._purse = purse
        self._settling = set[asyncio.Task[None]]()

    async def stream(self, bill: Bill, send: Callable[[], AsyncGenerator[Chunk, None]]) -> AsyncGenerator[Chunk, None]:
        """Yield what `send` yields; raises `BudgetRefused` where nothing may be sent."""
        reservation = await self._purse.reserve(bill.account, bill.planned)
        meter = _Meter(bill)
        try:
            async with aclosing(send()) as chunks:
                async for chunk in chunks:
                    meter.read(chunk)
                    yield chunk
            meter.outcome = "answered"
        except Exception as fault:
            meter.fault = fault
            if isinstance(fault, ModelError):
                fault.usage = meter.counted()
            raise
        finally:
            await self._settle(reservation, meter.spent())

    async def close(self) -> None:
        """Wait until all that was spent is counted."""
        await asyncio.gather(*self._settling)

    async def _settle(self, reservation: Reservation, spent: Spent) -> None:
        """Count it also where whoever listened is cancelled meanwhile."""
        task = asyncio.create_task(self._purse.settle(reservation, spent))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        await asyncio.shield(task)


@dataclass(slots=True)
class _Meter:
    """What one call has come to so far."""

    bill: Bill
    started: float = field(default_factory=time.perf_counter)
    first_ms: float | None = None
    text: list[str] = field(default_factory=list)
    usage: Usage | None = None
    outcome: str = "left"
    fault: Exception | None = None

    def read(self, chunk: Chunk) -> None:
        self.text.append(chunk.text)
        if self.first_ms is None and chunk.text:
            self.first_ms = self._ms()
        self.usage = chunk.usage or self.usage

    def spent(self) -> Spent:
        """Return what it cost: as the server counted it, else as it was read; nothing where it was refused unread."""
        reason = type(self.fault).__name__ if self.fault else ""
        outcome = "failed" if self.fault else self.outcome
        usage, price = self.usage or self._estimated(), self.bill.price
        cost_nusd = nusd_of(price.cost_usd(usage.tokens_in, usage.tokens_out, usage.cached))
        if usage.estimated:
            cost_nusd = min(cost_nusd, self.bill.planned.most_nusd)
        return Spent(
            usage.tokens_in,
            usage.tokens_out,
            usage.cached,
            usage.estimated,
            cost_nusd,
            saved_nusd(usage.tokens_in, usage.tokens_out, cost_nusd, cached=usage.cached),
            outcome,
            reason,
            round(self._ms(), 1),
            self.first_ms and round(self.first_ms, 1),
            usage.model,
        )

    def counted(self) -> Usage | None:
        """Return what is counted of a call that failed; None where it cost nothing."""
        spent = self.spent()
        if not spent.tokens_in:
            return None
        return Usage(
            spent.tokens_in,
            spent.tokens_out,
            spent.estimated,
            spent.ttft_ms or 0.0,
            spent.ms,
            spent.model,
            spent.cost_nusd / 1e9,
            cached=spent.cached,
        )

    def _estimated(self) -> Usage:
        text = "".join(self.text)
        if not text and isinstance(self.fault, ModelError) and not may_have_cost(self.fault):
            return Usage(0, 0, False, 0, 0)
        return Usage(estimate_tokens(self.bill.prompt), estimate_tokens(text), True, 0, 0)

    def _ms(self) -> float:
        return 1000 * (time.perf_counter() - self.started)
