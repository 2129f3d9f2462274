"""What people tell, as the graph keeps it: in PostgreSQL where the policy lets it, and its text in agent memory."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphs.account import TENANT, asker
from graphs.live_data import LiveData
from graphs.live_memory import LiveMemory
from memory.errors import BadChange
from privacy.policy import Policy

if TYPE_CHECKING:
    from memory.told import Given, Kept

STORE = "told"


class LiveTold:
    """Keeps what is told. Implements `nodes.take_note.Teller`."""

    def __init__(self, data: LiveData, memory: LiveMemory, policy: Callable[[], Policy]) -> None:
        self._data, self._memory, self._policy = data, memory, policy

    async def tell(self, given: "Given", *, question_id: str) -> "tuple[Kept, str | None]":
        """Keep it with the name of the user of this process; its text can then be found by its meaning too."""
        if self._policy().rule(STORE, given.label).action != "allow":
            raise BadChange(f"the privacy policy lets nothing that is {given.label.name} be kept in {STORE!r}")
        from memory.told import tell  # loaded by the first statement, not by the first question

        kept = await tell(await self._data.pool(), given, who=asker(), tenant=TENANT, run_id=question_id)
        if not kept.is_new:
            return kept, None
        fact = kept.fact
        missed = await self._memory.remember_fact(fact.id, fact.text, fact.label, (fact.building,), fact.end)
        if kept.superseded:
            missed = await self._memory.forget_fact([old.id for old in kept.superseded]) or missed
        return kept, missed
