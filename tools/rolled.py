"""The same figures from sums that are kept, where a question is about so many hours that fetching them takes long.

A total, mean, peak, load factor or coverage over whole local days follows from daily and monthly sums; so does a rank
or a change of them. What it gives is what the hours give: value (to 1e-9), coverage, caveats and ids.
"""

import asyncio
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

import numpy as np

from tools.comparison import against, compared
from tools.energy_query import EnergyQuery, Group, Statistic
from tools.facts import Fact, evaluated, ordered, require_one_grid
from tools.figures import Figure, Values
from tools.fleet import Places
from tools.readings import Inventory, Readings
from tools.rolled_sums import Sums
from tools.slices import Slice
from tools.summed import Summed, summed
from tools.use import Use, uses

POOLED = ("total", "intensity", "quality")
ALONE = ("mean", "peak", "minimum", "load_factor")  # of several buildings these need hours that all of them have
GROUPS: tuple[Group, ...] = ("none", "building", "year", "month", "day")
LEAST_HOURS = 150_000
"""Below so many hours asked for, the hours themselves are as quick: they stay in memory (`benchmarks.data.scale`)."""


@dataclass(frozen=True, slots=True)
class RolledSlice(Slice):
    """A slice of which the sums are known, one for each of its uses, and no hours."""

    sums: Sums = field(default_factory=Sums.none)

    def series(self) -> list[Values]:
        """Return what each building adds to the slice, as one number."""
        return [self.sums.total[n : n + 1] for n in range(len(self.uses))]

    def figure(self, statistic: Statistic) -> Figure | None:
        """Return a statistic of the slice; see `tools.figures.figure`."""
        valid = sum(self.sums.valid_hours.tolist())
        if not valid:
            return None
        coverage, total = valid / sum(self.sums.span_hours.tolist()), math.fsum(self.sums.total.tolist())
        if statistic == "peak":
            return Figure(float(self.sums.peak[0]), coverage, int(self.sums.peak_at[0]))
        if statistic == "minimum":
            return Figure(float(self.sums.low[0]), coverage, int(self.sums.low_at[0]))
        if statistic == "load_factor":
            peak = float(self.sums.peak[0])
            return Figure(total / valid / peak, coverage) if peak > 0 else None
        return Figure(total / valid if statistic == "mean" else total, coverage)

    def hour_at(self, index: int) -> datetime:
        """Return the time that a figure of this slice names."""
        return datetime.fromtimestamp(index, UTC)


@dataclass(frozen=True, slots=True)
class Rolled:
    """Facts from sums, in the order asked for, what was left out, and the uses of the buildings they are of."""

    facts: list[Fact]
    notes: list[str]
    found: dict[str, Use]


async def rolled(
    query: EnergyQuery, readings: Readings, inventory: Inventory, *, least_hours: int | None = None
) -> Rolled | None:
    """Return the facts of a query from sums; None where they do not follow from sums, or hours are as quick.

    Hours are as quick below `least_hours` of them, `LEAST_HOURS` if not given. Raises `NoData` and `BadQuestion` as
    `tools.compute.compute` does.
    """
    if not _follows(query):
        return None
    plain, other = against(query)
    least = LEAST_HOURS if least_hours is None else least_hours
    compares = query.against_period is not None or bool(query.against_buildings)
    sides = [summed(side, readings, inventory, least) for side in ((plain, other) if compares else (plain,))]
    one, *rest = await asyncio.gather(*sides)
    reference = rest[0] if rest else one
    if one is None or reference is None:
        return None
    require_one_grid(query, one.one_of_each_site())
    require_one_grid(query, reference.one_of_each_site())
    places, others = _contenders(query, one, reference)
    facts, notes = evaluated(plain, _slices(plain, one, places), inventory)
    if compares:
        facts, notes = compared(query, (facts, notes), evaluated(other, _slices(other, reference, others), inventory))
    else:
        facts = ordered(query, facts)
        if query.group == "none" and len(query.buildings) > 1 and len(facts) == 1:
            facts += evaluated(query, _each(query, one, places), inventory)[0]
    return Rolled(facts, notes, await _for_chart(query, readings, inventory, one.found(places), facts))


def _follows(query: EnergyQuery) -> bool:
    """Tell whether a query's figures follow from sums of whole days."""
    alone = query.group == "building" or len(query.buildings) == 1
    periods = [p for p in (query.period, query.against_period) if p]
    return (
        query.measure in ("electricity", "gas", "total")
        and (query.statistic in POOLED or (query.statistic in ALONE and alone and len(query.against_buildings) < 2))
        and query.hours == "all"
        and query.group in GROUPS
        and query.against_hours is None
        and query.picture is None
        and all(at.time() == time() for p in periods for at in (p.start, p.end))
    )


def _contenders(query: EnergyQuery, one: Summed, reference: Summed) -> tuple[Places, Places]:
    """Return the buildings that a rank can show, and those without a figure, which are named: of many, few.

    All of them, on both sides of a comparison, where nothing is ranked, all are wanted, or the sides differ.
    """
    ranked = query.group == "building" and query.order and query.limit is not None
    if not ranked or one.buildings != reference.buildings:
        return np.arange(len(one.buildings)), np.arange(len(reference.buildings))
    values = one.figures(query.statistic)
    if reference is not one:
        before = reference.figures(query.statistic)
        values, without = values - before, np.isnan(values) | np.isnan(before)
        if query.unit == "percent":
            values = np.divide(values, np.abs(before), out=np.full(len(values), np.nan), where=before != 0)
    else:
        without = np.isnan(values)
    score = np.abs(values) if query.order == "furthest" else values
    best = np.argsort(score if query.order == "lowest" else -score, kind="stable")  # what is NaN comes last
    few = np.union1d(best[: query.limit], np.flatnonzero(without))
    return few, few


def _slices(query: EnergyQuery, one: Summed, places: Places) -> list[Slice]:
    """Cut into the slices of the query's group, as `tools.slices.slices` does."""
    if query.group == "building":
        return _each(query, one, places)
    return [RolledSlice(uses, start, end, key=key, sums=sums) for key, start, end, uses, sums in one.cut(query.group)]


def _each(query: EnergyQuery, one: Summed, places: Places) -> list[Slice]:
    """Return one slice a building."""
    return [
        RolledSlice((u,), u.start, u.end, query.hours, key=u.building, sums=one.sums[0].of(slice(n, n + 1)))
        for n, u in zip(places.tolist(), one.uses(places), strict=True)
    ]


async def _for_chart(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use], facts: list[Fact]
) -> dict[str, Use]:
    """Return the uses, the first with its hours where its mean day is what there is to draw."""
    if query.group != "none" and len(facts) > 1:
        return found
    first = next(iter(found))
    return {**found, **await uses(readings, inventory, [first], query.period, query.measure)}
