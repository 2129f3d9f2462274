"""What EAIO answers, over the shipped files: the evidence of a typed question, as a person would see it."""

import asyncio
from datetime import datetime
from functools import cache
from typing import Any

from tests.shipped_files import ShippedFiles
from tools.analyses.record import Record, records
from tools.compute import compute
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.figures import Figure, figure
from tools.use import Use, uses


def year(of: int) -> Period:
    """Return a calendar year, local time."""
    start, end = (datetime.fromisoformat(f"{y}-01-01") for y in (of, of + 1))
    return Period(start=start, end=end, words=str(of))


@cache
def asked(query: EnergyQuery) -> Facts:
    """Return the facts of a query."""
    return asyncio.run(_asked(query))


async def _asked(query: EnergyQuery) -> Facts:
    files = ShippedFiles()
    return await compute(query, files, await files.inventory())


def answer(statistic: str, name: str | None = None, **query: Any) -> float:
    """Return the value of the lead fact of a question about `building` (b4), or of the fact of that name."""
    building = query.pop("building", "b4")
    facts = asked(EnergyQuery(statistic=statistic, buildings=(building,), **query))  # type: ignore[arg-type]
    found = {e.name: e.value for e in reversed(facts.evidence)}
    return facts.evidence[0].value if name is None else found[name]


@cache
def use_of(building: str, of: int, measure: str = "electricity") -> Use:
    """Return the hourly use of a building over a calendar year."""
    return asyncio.run(_use_of(building, of, measure))


async def _use_of(building: str, of: int, measure: str) -> Use:
    files = ShippedFiles()
    found = await uses(files, await files.inventory(), [building], year(of), measure)  # type: ignore[arg-type]
    return found[building]


def plain(statistic: str, building: str, of: int) -> Figure:
    """Return a plain figure of a building's electricity over a calendar year."""
    found = figure(statistic, use_of(building, of).hours)  # type: ignore[arg-type]
    assert found is not None
    return found


@cache
def record_of(building: str, measure: str = "electricity") -> Record:
    """Return the whole record of a building."""
    return asyncio.run(_record_of(building, measure))


async def _record_of(building: str, measure: str) -> Record:
    files = ShippedFiles()
    query = EnergyQuery(measure=measure, statistic="baseline", buildings=(building,))  # type: ignore[arg-type]
    return (await records(query, files, await files.inventory()))[building]
