"""Which models share the memory that Ollama may use: decided before anything is loaded, from what is waited for.

Left alone Ollama loads whatever is asked next and evicts whatever was asked longest ago, so two models that do not fit
together evict each other at every call. Here a model gives way only to one that is needed sooner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

GIB = 1 << 30
BUDGET_BYTES = 12 * GIB
OVERDUE_S = 30.0
"""A model whose oldest call has waited for so long is needed first, however short its queue: nobody waits forever."""

Action = Literal["keep", "load", "unload", "wait", "refuse"]
ORDER: tuple[Action, ...] = ("unload", "keep", "load", "wait", "refuse")
"""Room is made before it is taken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model that roles are given to, and what waits for it."""

    model: str
    roles: tuple[str, ...]
    footprint_bytes: int | None
    """Memory that it takes when loaded; None where the host does not have it."""
    waiting: int = 0
    """Calls under way or in its queue."""
    oldest_wait_s: float = 0.0
    """How long the oldest of them has waited for its first token, seconds."""

    @property
    def need(self) -> tuple[bool, int]:
        """Return how soon it is needed; the greater the sooner."""
        return self.waiting > 0 and self.oldest_wait_s >= OVERDUE_S, self.waiting


@dataclass(frozen=True, slots=True)
class Held:
    """A model that is in memory now, whoever asked for it."""

    model: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one model, and why, in words."""

    model: str
    action: Action
    size_bytes: int
    why: str


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """What to do, in this order. Afterwards the models in memory take `planned_bytes`, never more than the budget."""

    budget_bytes: int
    planned_bytes: int
    steps: tuple[Step, ...]

    def of(self, action: Action) -> tuple[str, ...]:
        """Return the models with which this is to be done."""
        return tuple(step.model for step in self.steps if step.action == action)


def plan(budget_bytes: int, wanted: Sequence[Wanted], held: Sequence[Held] = ()) -> MemoryPlan:
    """Return which models to load, keep and unload. The order of `wanted` is that of importance.

    The models that are needed soonest get memory first; among those needed alike, the ones that are loaded already,
    then the more important. What is loaded and not needed stays while there is room. Done once, the same plan made
    anew changes nothing.
    """
    if budget_bytes <= 0:
        raise ValueError(f"a memory budget of {budget_bytes} bytes holds nothing; give more than 0")
    candidates = _candidates(wanted, held)
    room, steps = budget_bytes, []
    for one in sorted(candidates, key=_Candidate.order):
        step = one.step(budget_bytes, room)
        steps.append(step)
        if step.action in ("keep", "load"):
            room -= step.size_bytes
    steps.sort(key=lambda step: ORDER.index(step.action))  # stable: within an action the soonest needed first
    return MemoryPlan(budget_bytes, budget_bytes - room, tuple(steps))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A model that is in memory or wants to be."""

    model: str
    size_bytes: int | None
    loaded: bool
    rank: int
    wanted: Wanted | None

    def order(self) -> tuple[bool, int, bool, int, str]:
        overdue, waiting = self.wanted.need if self.wanted else (False, 0)
        return not overdue, -waiting, not self.loaded, self.rank, self.model

    def step(self, budget: int, room: int) -> Step:
        size = self.size_bytes
        if size is None:
            return Step(self.model, "refuse", 0, f"the host does not have it; run `eaio models pull {self.model}`")
        if self.loaded:
            return self._loaded(size, room)
        if size > budget:
            return Step(self.model, "refuse", size, too_big(size, budget))
        if size > room:
            why = f"needs {in_gib(size)}, and {in_gib(room)} are left beside what is needed sooner"
            return Step(self.model, "wait", size, why)
        return Step(self.model, "load", size, self._reason())

    def _loaded(self, size: int, room: int) -> Step:
        if size <= room:
            return Step(self.model, "keep", size, self._reason())
        return Step(
            self.model, "unload", size, f"takes {in_gib(size)}, and what is needed sooner leaves {in_gib(room)}"
        )

    def _reason(self) -> str:
        if self.wanted is None:
            return "no role uses it, and there is room"
        if waiting := self.wanted.waiting:
            return f"{waiting} {'call waits' if waiting == 1 else 'calls wait'} for it"
        return f"nothing waits for it, and there is room ({', '.join(self.wanted.roles)})"


def in_gib(size: int) -> str:
    """Return a size in words."""
    return f"{size / GIB:.2f} GiB"


def too_big(size: int, budget: int) -> str:
    """Say that a model is larger than the whole budget, with the remedy."""
    return f"needs {in_gib(size)}, more than the budget of {in_gib(budget)}; take a smaller model, or raise the budget"


def _candidates(wanted: Sequence[Wanted], held: Sequence[Held]) -> list[_Candidate]:
    """Put together what is wanted and what is loaded; the same model is one."""
    sizes = {one.model: one.size_bytes for one in held}
    found = {
        one.model: _Candidate(one.model, sizes.get(one.model, one.footprint_bytes), one.model in sizes, rank, one)
        for rank, one in reversed(list(enumerate(wanted)))
    }
    strangers = [
        _Candidate(one.model, one.size_bytes, True, len(wanted), None) for one in held if one.model not in found
    ]
    return [*found.values(), *strangers]
