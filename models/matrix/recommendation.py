"""What to run in the memory there is: by what was measured; what was not is named by its size only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.matrix.call import Task
from models.matrix.sizes import GIB, PUBLISHED, PublishedSize
from models.matrix.summary import Summary
from models.matrix.verdict import Verdict
from models.roles import Role

ROLE_OF: Mapping[Task, Role] = {"analysis": "analyst", "classification": "coordinator"}
"""In the order in which memory is given out: the analyst gains most from a larger model."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One model with what was found of it. `resident_bytes` is None where nobody could say."""

    model: str
    resident_bytes: int | None
    tasks: Mapping[Task, Summary]
    verdicts: Mapping[Task, Verdict]


@dataclass(frozen=True, slots=True)
class Pick:
    """A model for a role, and why."""

    role: Role
    model: str
    reason: str


@dataclass(frozen=True, slots=True)
class BySize:
    """A model that was not measured: whether it would fit in the memory there is, alone, by what is published."""

    model: str
    needs_bytes: int
    fits: bool
    source: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to run. `needs_bytes` is for all picks loaded together."""

    memory_bytes: int
    needs_bytes: int
    picks: tuple[Pick, ...]
    without: tuple[str, ...]
    """Why a role has no pick."""
    by_size_only: tuple[BySize, ...]
    """Without the word of a measurement, in the order of the candidates."""

    def lines(self) -> list[str]:
        """Return it in words, a line each."""
        memory = f"{self.memory_bytes / GIB:.1f} GiB"
        said = [f"{pick.role}: run {pick.model} ({pick.reason})" for pick in self.picks]
        said += self.without
        if self.picks:
            said.append(f"what is to run holds {self.needs_bytes / GIB:.1f} GiB of {memory} for models")
        fitting = [f"{b.model} (about {b.needs_bytes / GIB:.1f} GiB)" for b in self.by_size_only if b.fits]
        if fitting:
            said.append(f"not measured, would fit alone in {memory} by size only: {', '.join(fitting)}")
            said.append("`ollama pull NAME` gets one; this bench then measures it")
        return said


def recommend(
    measured: Sequence[Measured],
    memory_bytes: int,
    context_tokens: int,
    published: Sequence[PublishedSize] = PUBLISHED,
) -> Recommendation:
    """Return for each role the measured model of best quality that fits beside what is picked already.

    Of those whose quality so few runs cannot tell from the best, one that meets its target comes first.
    """
    picks: list[Pick] = []
    without: list[str] = []
    held: dict[str, int] = {}
    for task, role in ROLE_OF.items():
        able = [m for m in measured if task in m.tasks and m.tasks[task].runs]
        if not able:
            continue
        fitting = [m for m in able if _added(m, held) + sum(held.values()) <= memory_bytes]
        best = _best(fitting, task)
        if best is None:
            without.append(_none(role, able, fitting))
            continue
        held[best.model] = best.resident_bytes or 0
        picks.append(Pick(role, best.model, _reason(best, task, fitting)))
    seen = {m.model for m in measured}
    sizes = [(p, p.needs_bytes(context_tokens)) for p in published if f"ollama:{p.model}" not in seen]
    by_size = tuple(BySize(p.model, needs, needs <= memory_bytes, p.source) for p, needs in sizes)
    return Recommendation(memory_bytes, sum(held.values()), tuple(picks), tuple(without), by_size)


def _added(model: Measured, held: Mapping[str, int]) -> int:
    """Return what a model takes beside those that are held; one of unknown size is taken at its word."""
    return 0 if model.model in held else model.resident_bytes or 0


def _best(able: Sequence[Measured], task: Task) -> Measured | None:
    useful = [m for m in able if m.tasks[task].quality_share > 0]
    if not useful:
        return None
    top = max(m.tasks[task].quality_share for m in useful)
    alike = [m for m in useful if m.tasks[task].quality_high >= top]
    return min(alike, key=lambda m: _rank(m, task))


def _rank(model: Measured, task: Task) -> tuple[bool, float, float]:
    """Return the place of a model among its like: in time first, then the better one, then the faster one."""
    cell, verdict = model.tasks[task], model.verdicts.get(task)
    in_time = verdict is not None and verdict.met is True
    return (not in_time, -cell.quality_share, cell.total_p90_ms or 0.0)


def _none(role: Role, able: Sequence[Measured], fitting: Sequence[Measured]) -> str:
    if not fitting:
        return f"{role}: none of the {len(able)} measured models fits in the memory"
    return f"{role}: no measured model was of use in any run; EAIO answers without one"


def _reason(best: Measured, task: Task, others: Sequence[Measured]) -> str:
    cell = best.tasks[task]
    interval = f"{100 * cell.quality_low:.0f} to {100 * cell.quality_high:.0f} %"
    said = f"quality {100 * cell.quality_share:.0f} % ({interval}, n {cell.runs})"
    if task in best.verdicts:
        said += f"; {best.verdicts[task].words.partition(',')[0]}"
    if best.resident_bytes is None:
        said += "; its memory could not be measured"
    return said if len(others) > 1 else f"{said}; the only one measured that fits"
