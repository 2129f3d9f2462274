"""Queries for analyses, and what comes of them."""

from datetime import datetime
from typing import Any

from tools.compute import compute
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.evidence import Evidence
from tools.headline import headline
from tools.readings import Readings


def year(of: int) -> Period:
    """Return a calendar year."""
    return Period(start=datetime(of, 1, 1), end=datetime(of + 1, 1, 1), words=str(of))


def span(start: datetime, end: datetime, words: str = "those days") -> Period:
    """Return a span of local time."""
    return Period(start=start, end=end, words=words)


async def ask(site: Readings, statistic: str, **query: Any) -> Facts:
    """Return the facts of a query."""
    return await compute(EnergyQuery(statistic=statistic, **query), site, await site.inventory())  # type: ignore[arg-type]


async def said(site: Readings, statistic: str, **query: Any) -> str:
    """Return the headline of a query."""
    return headline(await ask(site, statistic, **query), await site.inventory())


def fact(facts: Facts, name: str, building: str | None = None) -> Evidence:
    """Return the fact of a name."""
    return next(e for e in facts.evidence if e.name == name and (building is None or building in e.buildings))
