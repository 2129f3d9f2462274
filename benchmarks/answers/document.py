"""Write `docs/questions.md`: what can be asked, with the headlines that questions of the answer sets got.

    python -m benchmarks.answers.document

Every question is asked with no model, so the page shows what a person sees at once.
"""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.answers.asked import Case, Told, all_cases, ask_all
from benchmarks.answers.check import NO_MODEL
from tools.energy_query import Analysis

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
EACH: Final = 3
REFUSED: Final = 6

PLAIN: Final[Mapping[str, str]] = {
    "total": "Use of a period",
    "peak": "Peak and when it was",
    "baseload": "Baseload",
    "change": "A period against another",
    "compare": "A building against another",
    "rank": "Rankings",
    "monthly": "Month by month",
    "share": "Shares",
    "carbon": "Carbon",
    "cost": "Cost",
    "coverage": "Completeness of the readings",
}
ANALYSES: Final[Mapping[Analysis, tuple[str, str]]] = {
    "waste": ("waste", "Use while nobody is there"),
    "schedule": ("schedule", "When a building starts and stops"),
    "day_types": ("day-types", "Working days, Saturdays, Sundays and holidays"),
    "day_kinds": ("day-kinds", "Days that are alike"),
    "load_duration": ("duration", "Load duration"),
    "peak_driver": ("peak-driver", "What drove a peak"),
    "peer_rank": ("peers", "Beside its peers"),
    "degree_days": ("degree-days", "Degree days"),
    "baseline": ("baseline", "Against its baseline"),
    "savings": ("savings", "What a measure saved"),
    "anomalies": ("anomalies", "What is unusual"),
    "level_changes": ("level", "When the level changed"),
    "causes": ("causes", "Why a period used more or less"),
    "forecast": ("forecast", "What is to come"),
    "what_if": ("what-if", "What a change would save"),
    "payback": ("payback", "Whether it pays"),
    "emissions": ("emissions", "Emissions for a report"),
    "tariff_cost": ("tariff", "Cost by a tariff or a stated price"),
    "alike": ("alike", "What behaves alike"),
}
OTHERS: Final[Mapping[str, str]] = {"intensity": "Intensity per floor area", "follow-up": "Follow-up questions"}

HEAD: Final = """# What can be asked

Made by `python -m benchmarks.answers.document`, which asks each question here with no model. `make answers-bench` asks
these and all others of `benchmarks/answers/` and says how many are right; `eaio ask --json` shows the evidence behind a
headline, `--chart FILE.png` or `FILE.html` draws it where there is something to look at. Units may be named in the
question ("in MWh", "in kBtu per square foot"). Buildings, sites and periods are those of the shipped data.
"""


def chosen(cases: Iterable[Case], kinds: Iterable[str]) -> list[Case]:
    """Return the first questions of each kind, as they stand in the sets."""
    own = [case for case in cases if not case.is_paraphrase]
    return [case for kind in kinds for case in [c for c in own if c.truth["kind"] == kind][: number_of(kind)]]


def number_of(kind: str) -> int:
    """Return how many questions of a kind are shown."""
    return REFUSED if kind == "unanswerable" else EACH


def sections() -> dict[str, str]:
    """Return the kinds of questions with their titles, in the order of the page."""
    analyses = {kind: f"{title} (`{statistic}`)" for statistic, (kind, title) in ANALYSES.items()}
    return {**PLAIN, **analyses, **OTHERS, "unanswerable": "What is not answered, and why"}


def written(told: Iterable[Told]) -> str:
    """Return the page."""
    by_kind: dict[str, list[Told]] = {}
    for each in told:
        by_kind.setdefault(each.case.truth["kind"], []).append(each)
    titled = [(f"## {title}\n", *map(entry, by_kind[kind])) for kind, title in sections().items()]
    return "\n".join([HEAD, *(line for part in titled for line in part)])


def entry(told: Told) -> str:
    """Return one question with its answer."""
    asked = " / ".join([*told.case.before, told.case.words])
    return f"**{asked}**\n\n> {said(told.answer)}\n"


def said(answer: Mapping[str, Any]) -> str:
    """Return what a person sees first: the headline, or why there is none."""
    return str(answer["headline"] if answer["status"] == "answered" else answer["reason"]).replace("\n", " ")


async def main() -> None:
    """Ask and write."""
    from config.settings import Settings
    from graphs.runtime import open_runtime

    settings = Settings(log_level="error").model_copy(update=NO_MODEL)
    async with open_runtime(settings) as runtime:
        await runtime.data.inventory()
        told = await ask_all(runtime, chosen(all_cases(), sections()))
    PAGE.write_text(written(told), encoding="utf-8")
    print(f"{PAGE.name}: {len(told)} questions")


if __name__ == "__main__":
    asyncio.run(main())
