"""Ten questions that people with a portfolio ask, and how long their figures take."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from unittest.mock import patch

from benchmarks.data.portfolio import FIRST_YEAR, Portfolio
from memory.building_data import BuildingData
from memory.postgres import Pool
from tools import rolled
from tools.compute import compute
from tools.energy_query import EnergyQuery, Period
from tools.readings import Building, Inventory, Readings

TIMES, TIMES_BY_HOURS = 20, 3
NEVER = 10**15


@dataclass(frozen=True, slots=True)
class Asked:
    """How long a question took, ms: each time, and the 95th percentile; by hours None where that took too long."""

    words: str
    all_ms: list[float]
    p95_ms: float
    p95_by_hours_ms: float | None


def year(number: int) -> Period:
    """Return a whole year."""
    return _period(date(number, 1, 1), date(number + 1, 1, 1), str(number))


def month(number: int) -> Period:
    """Return a month of the second year."""
    first = date(FIRST_YEAR + 1, number, 1)
    return _period(first, date(FIRST_YEAR + 1 + number // 12, number % 12 + 1, 1), f"{first:%B %Y}")


def _period(first: date, end: date, words: str) -> Period:
    start, until = (datetime.combine(day, datetime.min.time()) for day in (first, end))
    return Period(start=start, end=until, words=words)


Make = Callable[[Building, random.Random, Portfolio], EnergyQuery]
LAST = year(FIRST_YEAR + 1)
BEFORE = year(FIRST_YEAR)
TOP = {"group": "building", "order": "highest", "limit": 10}


def _peers(b: Building, made: Portfolio) -> tuple[str, ...]:
    return tuple(o.id for o in made.buildings if o.use == b.use)


QUESTIONS: dict[str, Make] = {
    "use of one building in a year": lambda b, _r, _p: EnergyQuery(buildings=(b.id,), period=LAST),
    "one building by month": lambda b, _r, _p: EnergyQuery(buildings=(b.id,), period=LAST, group="month"),
    "peak of one building in a month": lambda b, r, _p: EnergyQuery(
        buildings=(b.id,), statistic="peak", period=month(r.randint(1, 12))
    ),
    "baseload of one building": lambda b, _r, _p: EnergyQuery(buildings=(b.id,), statistic="baseload", period=LAST),
    "one building against the year before": lambda b, _r, _p: EnergyQuery(
        buildings=(b.id,), period=LAST, against_period=BEFORE
    ),
    "the ten that used most": lambda _b, _r, _p: EnergyQuery.model_validate({**TOP, "period": LAST}),
    "the ten with the highest intensity": lambda _b, _r, _p: EnergyQuery.model_validate(
        {**TOP, "period": LAST, "statistic": "intensity"}
    ),
    "the ten that rose most": lambda _b, _r, _p: EnergyQuery.model_validate(
        {**TOP, "period": LAST, "against_period": BEFORE}
    ),
    "a site by month": lambda b, _r, _p: EnergyQuery(sites=(b.site,), period=LAST, group="month"),
    "intensity among peers of the same use": lambda b, _r, made: EnergyQuery.model_validate(
        {**TOP, "limit": None, "buildings": _peers(b, made), "period": LAST, "statistic": "intensity"}
    ),
}


async def ask_all(pool: Pool, made: Portfolio, patience_s: float) -> list[Asked]:
    """Ask each question of many buildings, from sums where they do, and a few times from hours alone.

    Neither side begins with hours in memory.
    """
    data, alone = BuildingData(pool), BuildingData(pool)
    inventory = await data.inventory()
    found = []
    for words, make in QUESTIONS.items():
        rng = random.Random(words)
        queries = [make(rng.choice(made.buildings), rng, made) for _ in range(TIMES)]
        ms = [await _timed(query, data, inventory) for query in queries]
        by_hours = await _by_hours(queries[:TIMES_BY_HOURS], alone, inventory, patience_s)
        found.append(Asked(words, ms, p95(ms), p95(by_hours) if by_hours else None))
    return found


async def _timed(query: EnergyQuery, readings: Readings, inventory: Inventory) -> float:
    started = time.perf_counter()
    await compute(query, readings, inventory)
    return 1000 * (time.perf_counter() - started)


async def _by_hours(
    queries: list[EnergyQuery], readings: Readings, inventory: Inventory, patience_s: float
) -> list[float]:
    """Compute from the hours alone."""
    ms: list[float] = []
    with patch.object(rolled, "LEAST_HOURS", NEVER):
        for query in queries:
            if sum(ms) < 1000 * patience_s:
                ms.append(await _timed(query, readings, inventory))
    return ms


def p95(ms: list[float]) -> float:
    """Return what 95 of a hundred took at most; of few, the longest."""
    return sorted(ms)[math.ceil(0.95 * len(ms)) - 1]
