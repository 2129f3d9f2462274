"""The gate: the one door to a cloud model. Whatever goes wrong in it, the door stays shut."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from privacy.audit import Audit, AuditRecord
from privacy.audit.digest import Sensitive
from privacy.cleared import ClearedPrompt, seal
from privacy.errors import AuditUnavailable
from privacy.labels import Label
from privacy.pieces import Outgoing
from privacy.policy import Action, Policy
from privacy.preview import LabelOf, Names, Preview, ScanText, preview, transform_of
from privacy.pseudonyms.transform import Transform
from telemetry.log import log

BUDGET_S = 10.0
Decided = Literal["cleared", "pseudonymised", "denied"]
CLEARED: dict[Action, Decided] = {"allow": "cleared", "pseudonymise": "pseudonymised"}
HELD = 1_000
"""How many cleared prompts wait for their call at once; the oldest are forgotten first, and their calls denied."""


class Vault(Protocol):
    """Where the pseudonyms of conversations are kept."""

    def of(self, conversation: str, tenant: str) -> Names:
        """Return the pseudonyms of one conversation."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate decided. `clearance` is the id of the cleared prompt that waits for its call; None where denied."""

    decision: str
    label: Label
    rule: str
    reason: str
    policy_hash: str
    clearance: str | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """A cleared prompt and the names to restore in its answer. It never leaves the process."""

    prompt: ClearedPrompt
    names: Names
    transform: Transform


class Gate:
    """Clears prompts for destinations, or denies them; every decision is in the audit log before it is told."""

    def __init__(
        self,
        policy: Callable[[], Policy],
        scan: ScanText,
        audit: Audit,
        vault: Vault,
        lowered: LabelOf,
        *,
        budget_s: float = BUDGET_S,
    ) -> None:
        self._policy, self._scan, self._audit, self._vault, self._lowered = policy, scan, audit, vault, lowered
        self._budget_s = budget_s
        self._held: OrderedDict[str, Clearance] = OrderedDict()
        self._noted = ""

    async def clear(self, asked: Outgoing) -> Decision:
        """Decide on a prompt. It never raises: what fails is denied, and says what failed."""
        try:
            async with asyncio.timeout(self._budget_s):
                return await self._clear(asked)
        except AuditUnavailable as why:
            return _shut(asked, f"denied: {why}, and what is not written down does not leave")
        except TimeoutError:
            return _shut(asked, f"denied: the gate took longer than {self._budget_s:g} s")
        except Exception as fault:  # noqa: BLE001 - an unforeseen fault must shut the door; its text may hold the prompt
            log.error("privacy gate: %s", type(fault).__name__)
            return _shut(asked, f"denied: the gate failed ({type(fault).__name__})")

    async def preview(self, asked: Outgoing) -> Preview:
        """Return what `clear` would decide, and the exact text that would be sent; nothing is kept or sealed."""
        names = self._vault.of(asked.conversation, asked.tenant)
        return await asyncio.to_thread(preview, asked, self._policy(), self._scan, names, self._lowered)

    def take(self, clearance: str) -> Clearance | None:
        """Return the cleared prompt of an id, once; None where there is none any more, which is a denial.

        Whoever runs a step again, from a checkpoint or after a crash, asks the gate again.
        """
        return self._held.pop(clearance, None)

    async def _clear(self, asked: Outgoing) -> Decision:
        names, policy = self._vault.of(asked.conversation, asked.tenant), self._policy()
        found = await asyncio.to_thread(preview, asked, policy, self._scan, names, self._lowered)
        decision: Decided = CLEARED[found.rule.action] if found.allowed else "denied"
        await self._note_policy(policy)
        await self._audit.append(await self._record(asked, found, decision))
        if not found.allowed:
            return Decision(decision, found.label, found.rule.name, found.reason, policy.hash)
        prompt = seal(
            found.sent,
            destination=asked.destination,
            hosts=policy.destinations[asked.destination].hosts,
            label=found.label,
            policy_hash=policy.hash,
            temperature=asked.temperature,
            max_tokens=asked.max_tokens,
            schema=asked.schema,
        )
        self._hold(Clearance(prompt, names, transform_of(policy, asked.destination, names)))
        return Decision(decision, found.label, found.rule.name, found.reason, policy.hash, prompt.id)

    async def _note_policy(self, policy: Policy) -> None:
        """Write down that the policy is another than at the last decision."""
        if self._noted not in ("", policy.hash):
            changed = AuditRecord("policy_changed", "policy_file", Label.PUBLIC, policy_hash=policy.hash)
            await self._audit.append(changed)
        self._noted = policy.hash

    def _hold(self, clearance: Clearance) -> None:
        self._held[clearance.prompt.id] = clearance
        while len(self._held) > HELD:
            self._held.popitem(last=False)

    async def _record(self, asked: Outgoing, found: Preview, decision: Decided) -> AuditRecord:
        spans = [
            (s.type, m.text[s.start : s.end])
            for m, spans in zip(asked.messages, found.found, strict=False)
            for s in spans
            if s.label > Label.PUBLIC
        ]
        whole = "\n".join(text for _, text in found.sent)
        values = [Sensitive("CONVERSATION", asked.conversation), Sensitive("PROMPT", whole)]
        values += [Sensitive("USER", asked.asker)] if asked.asker else []
        values += [Sensitive(kind, text) for kind, text in dict.fromkeys(spans)]
        conversation, prompt, *digests = await self._audit.digests(values)
        asker = digests.pop(0) if asked.asker else ""
        return AuditRecord(
            decision=decision,
            because=found.because,
            label=found.label,
            destination=asked.destination if found.because != "unknown_destination" else "",
            rule=found.rule.name,
            policy_hash=found.policy_hash,
            model=asked.model,
            tenant=asked.tenant,
            asker=asker,
            conversation=conversation,
            counts=Counter(kind for kind, _ in spans),
            digests=tuple(digests),
            bytes_out=sum(len(text.encode()) for _, text in found.sent),
            prompt_digest=prompt,
        )


def _shut(asked: Outgoing, reason: str) -> Decision:
    return Decision("denied", asked.label, "default", reason, "")
