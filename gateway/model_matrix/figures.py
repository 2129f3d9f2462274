"""What a bench comes to, as data: the matrix, the verdicts, the recommendation. Shown as table, JSON or page."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gateway.model_matrix.prepared import Reference
from gateway.model_matrix.rounds import Measurements, Plan
from gateway.model_matrix.subjects import Subject
from models.matrix import (
    TARGETS,
    Call,
    Measured,
    Recommendation,
    Summary,
    Target,
    Task,
    Verdict,
    judge,
    prompt_speed,
    recommend,
    summary,
)
from models.matrix.recommendation import ROLE_OF
from models.matrix.sizes import GIB
from models.matrix.summary import SpeedFrom

RAM_FOR_THE_REST = 3 * GIB
"""Left to the system and to what else EAIO runs (databases and a vector store: about 1 GiB)."""
QUALITY = {
    "classification": "share of questions of the answer set that the coordinator's form read as what they mean",
    "analysis": "share of analyses that are shown and have at least two sentences that the evidence carries",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    processor: str
    processors: int
    ram_bytes: int

    @classmethod
    def here(cls) -> "Machine":
        """Return this one."""
        import psutil  # type: ignore[import-untyped]

        return cls(platform.processor() or platform.machine(), os.cpu_count() or 1, psutil.virtual_memory().total)

    def memory_for_models(self, budget_bytes: int) -> int:
        """Return how much memory models may hold, bytes: the budget, or less where the machine has less."""
        return max(0, min(budget_bytes, self.ram_bytes - RAM_FOR_THE_REST))


@dataclass(frozen=True, slots=True)
class ModelRow:
    """What was found of one model beside its tasks."""

    model: str
    roles: tuple[str, ...]
    warm_up_ms: float | None
    was_loaded: bool | None
    resident_bytes: int | None
    prompt_tokens_per_s: float | None
    prompt_speed_from: SpeedFrom | None
    refused: str
    tasks: Mapping[Task, Summary]
    verdicts: Mapping[Task, Verdict]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole bench."""

    machine: Machine
    plan: Plan
    seed: int
    complete: bool
    cut: int
    reference: Reference | None
    rows: tuple[ModelRow, ...]
    calls: tuple[Call, ...]
    recommendation: Recommendation
    notes: tuple[str, ...]


def report_of(
    found: Measurements,
    them: Sequence[Subject],
    plan: Plan,
    *,
    machine: Machine,
    budget_bytes: int,
    seed: int,
    reference: Reference | None,
    notes: Sequence[str] = (),
) -> Report:
    """Return what the measurements come to, also those of a bench that was interrupted."""
    rows = tuple(_row(s, found, plan, reference) for s in them)
    local = [
        Measured(r.model, r.resident_bytes, r.tasks, r.verdicts)
        for r, s in zip(rows, them, strict=True)
        if s.endpoint.local
    ]
    context = max((s.endpoint.context_tokens for s in them if s.endpoint.local), default=4096)
    advice = recommend(local, machine.memory_for_models(budget_bytes), context)
    denied = [f"{m}: {len(whys)} prompts were not cleared ({whys[0]})" for m, whys in found.denied.items()]
    return Report(
        machine, plan, seed, found.complete, found.cut, reference, rows, tuple(found.calls), advice, (*notes, *denied)
    )


def _row(subject: Subject, found: Measurements, plan: Plan, reference: Reference | None) -> ModelRow:
    endpoint, id_ = subject.endpoint, subject.endpoint.id
    price = reference.price if reference else None
    measured = [task for task in plan.tasks if any(c.model == id_ and c.task == task for c in found.calls)]
    warm, (speed, speed_from) = found.warm.get(id_), prompt_speed(found.probes, found.calls, id_)
    return ModelRow(
        model=id_,
        roles=subject.roles,
        warm_up_ms=warm.ms if warm else None,
        was_loaded=warm.was_loaded if warm else None,
        resident_bytes=found.resident.get(id_),
        prompt_tokens_per_s=speed,
        prompt_speed_from=speed_from,
        refused=found.refused.get(id_, ""),
        tasks={task: summary(id_, task, found.calls, price, endpoint.price) for task in measured},
        verdicts={t.task: judge(id_, t, found.calls) for t in TARGETS if t.task in measured},
    )


def verdict_lines(report: Report) -> list[str]:
    """Return a line for each target and model that was measured for it, what the roles have now first."""
    lines = []
    for target in TARGETS:
        rows = sorted((r for r in report.rows if target.task in r.verdicts), key=lambda r: target.role not in r.roles)
        for row in rows:
            now = f" (the {target.role} now)" if target.role in row.roles else ""
            lines.append(f"{target.words}, {row.model}{now}: {row.verdicts[target.task].words}; {of_use(row, target)}")
    return lines


def of_use(row: ModelRow, target: Target) -> str:
    """Say how often the model was of use: to be fast is nothing without it."""
    cell = row.tasks[target.task]
    return f"of use in {round(cell.quality_share * cell.runs)} of {cell.runs}"


def as_json(report: Report) -> dict[str, Any]:
    """Return the bench as one object: names carry their units, times are in milliseconds, shares 0 to 1."""
    reference = report.reference
    return {
        "status": "measured" if report.complete else "partial",
        "machine": asdict(report.machine),
        "seed": report.seed,
        "runs_asked": report.plan.runs,
        "calls_cut": report.cut,
        "quality_means": QUALITY,
        "reference": reference and {"model": reference.model, **asdict(reference.price), "source": reference.source},
        "models": [_row_json(row) for row in report.rows],
        "verdicts": [_verdict_json(v) for row in report.rows for v in row.verdicts.values()],
        "recommendation": asdict(report.recommendation) | {"words": report.recommendation.lines()},
        "notes": list(report.notes),
    }


def _row_json(row: ModelRow) -> dict[str, Any]:
    plain = {k: v for k, v in asdict(row).items() if k not in ("tasks", "verdicts")}
    tasks = {task: asdict(cell) | {"role": ROLE_OF[task]} for task, cell in row.tasks.items()}
    return plain | {"tasks": {t: {k: v for k, v in c.items() if k not in ("model", "task")} for t, c in tasks.items()}}


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    target = verdict.target
    return {
        "task": target.task,
        "role": target.role,
        "model": verdict.model,
        "target_s": target.seconds,
        "target_share": target.share,
        "met": verdict.met,
        "reached_s": verdict.reached_s,
        "runs": verdict.runs,
        "within": verdict.within,
        "share_low": verdict.low,
        "share_high": verdict.high,
        "words": verdict.words,
    }
