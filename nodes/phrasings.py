"""How phrasings were read that the grammar is not sure of: where readings of before come from."""

from datetime import datetime
from typing import Protocol

from nodes.state import AdvisorState, Reading
from privacy.labels import Label
from tools.grammar import Parsed
from tools.readings import Inventory


class Phrasings(Protocol):
    """Readings of before."""

    async def known(
        self, question: str, unsure: Parsed, inventory: Inventory, now: datetime, label: Label
    ) -> Parsed | None:
        """Return the reading of an equal phrasing that has proved right, None where there is none. Never raises."""
        ...

    async def learned(self, state: AdvisorState, before: Reading | None) -> Reading | None:
        """Judge the reading of the turn before by this turn; return this turn's where it is to be judged."""
        ...


class NoPhrasings:
    """Nothing is known, and nothing learned."""

    async def known(
        self,
        question: str,  # noqa: ARG002
        unsure: Parsed,  # noqa: ARG002
        inventory: Inventory,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
        label: Label,  # noqa: ARG002
    ) -> Parsed | None:
        """Return nothing."""
        return None

    async def learned(self, state: AdvisorState, before: Reading | None) -> Reading | None:  # noqa: ARG002
        """Return nothing."""
        return None


NO_PHRASINGS = NoPhrasings()
