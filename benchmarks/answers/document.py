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
    "site_series": ("weather", "The weather outside, the grid's carbon and its price"),
    "catalogue": ("catalogue", "What is known of the buildings"),
    "hours_figure": ("hours", "Percentiles, thresholds and other figures of the hours"),
    "fuel_share": ("fuel-share", "The share of gas in the energy"),
    "picked_days": ("picked-days", "Days picked by the weather or by holidays"),
    "trend": ("trend", "Better or worse over the years"),
    "unit_rate": ("unit-rate", "What a kWh cost or emitted"),
    "peer_median": ("peer-median", "What is typical of a use"),
}
OTHERS: Final[Mapping[str, str]] = {"intensity": "Intensity per floor area", "follow-up": "Follow-up questions"}

OF_DATA: Final[Mapping[str, tuple[str, ...]]] = {  # shown here and not judged; their truths are by hand, in the tests
    "weather": (
        "How hot did it get in Cambridge in July 2019?",
        "Which hour of the day was the grid cleanest in 2020?",
    ),
    "catalogue": ("What is the floor area of the dining building?", "How many of our buildings have gas?"),
    "hours": ("95th percentile of b4's load in 2019", "How many hours in 2019 was b4 above 30 kW?"),
    "fuel-share": ("What share of b8's energy was gas in 2019?",),
    "picked-days": (
        "What did b25 use in 2019 without bank holidays?",
        "On the coldest day of 2018, what gas did b4 burn?",
        "Does the academic building use more on days over 30 °C than on days of 15 to 20 °C, in 2016?",
    ),
    "trend": ("Is b58 getting better or worse?",),
    "unit-rate": (
        "What did a kWh cost b58 on average in 2019?",
        "Load-weighted carbon intensity of b4's electricity, 2019",
    ),
    "peer-median": ("Median EUI of offices in CBECS", "Typical EUI of a worship facility in kWh/m2"),
}

HEAD: Final = """# What can be asked

Made by `python -m benchmarks.answers.document`, which asks each question here with no model. `make answers-bench` asks
these and all others of `benchmarks/answers/` and says how many are right; `eaio ask --json` shows the evidence behind a
headline, `--chart FILE.png` or `FILE.html` draws it where there is something to look at. Units may be named in the
question ("in MWh", "in kBtu per square foot"). Buildings, sites and periods are those of the shipped data.
"""


def page_cases() -> list[Case]:
    """Return the questions that the page is chosen from."""
    shown = [Case(words, {"kind": kind, "accept": ["answered"]}) for kind, asked in OF_DATA.items() for words in asked]
    return [*all_cases(), *shown]


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
        told = await ask_all(runtime, chosen(page_cases(), sections()))
    PAGE.write_text(written(told), encoding="utf-8")
    print(f"{PAGE.name}: {len(told)} questions")


if __name__ == "__main__":
    asyncio.run(main())
