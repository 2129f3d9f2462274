"""Figures of a building's hours that are no sum or mean: percentiles, spread, thresholds, zeros, gaps and steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.hours_figure_names import noun_of
from tools.analyses.timed_use import TimedUse, by_calendar, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.analyses.written_zeros import Mask, Written, zeros_of, zeros_written
from tools.computed import Facts
from tools.data_asked import DataAsked, SeriesFigure
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME, hours_name
from tools.figures import BASELOAD_PERCENTILE, Values
from tools.readings import Inventory, Readings
from tools.use import HOUR
from tools.wording import amount, local_hour, named

TOP = 10  # hours that are listed where the question does not say how many
MOST_TOP = 50
SAID_TOP = 5
STD = "sample standard deviation (n - 1) of the valid hours"


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """The hours of a building that are asked about: kWh an hour, NaN where one does not count, and their places.

    `zero`: those that the meter wrote as 0, whether they count or not.
    """

    one: TimedUse
    values: Values
    place: Values
    zero: Mask

    @property
    def valid(self) -> Values:
        """Return the hours that count."""
        return self.values[np.isfinite(self.values)]

    def at(self, index: int) -> datetime:
        """Return the UTC start of the `index`-th hour."""
        return self.one.use.start + int(self.place[index]) * HOUR


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit, its noun ('95th percentile of the load'), the sentence about it and its method."""

    value: float
    unit: str
    noun: str
    said: str
    method: str
    more: tuple[tuple[str, float, str], ...] = ()


async def hours_figure(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return one figure of the hours, as `terms.data.figure` names it, then what stands beside it.

    Percentiles are linear between ranks. Raises `BadQuestion` for carbon and cost or where no figure is named, and as
    `answered` does.
    """
    asked = query.terms.data if query.terms else None
    if asked is None or asked.figure is None:
        raise BadQuestion("it is not said which figure of the hours is meant; name a percentile, a threshold, zeros")
    require_energy(query, "a figure of the hours")
    written: list[Written] = []

    async def load(one: EnergyQuery) -> dict[str, TimedUse]:
        found = await timed_uses(one, readings, inventory, "record")
        written.extend(await zeros_written(found.values(), readings) if asked.figure == "zeros" else ())
        return found

    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} {noun_of(asked)}{hours_name(query.hours)}",
        load=load,
        tell=lambda one: _told(query, asked, one, inventory, written),
        split=lambda one, group: by_calendar(query, one, group, inventory),
    )
    return await answered(query, inventory, method)


def _told(
    query: EnergyQuery, asked: DataAsked, one: TimedUse, inventory: Inventory, written: Sequence[Written]
) -> Told:
    mask = one.use.clock.among(query.hours)
    hours = Hours(one, one.use.hours[mask], np.flatnonzero(mask).astype(float), zeros_of(one.use, written)[mask])
    if not len(hours.valid):
        raise NoData(f"{one.building} has no valid hour {one.when}")
    assert asked.figure is not None
    found = _FIGURES[asked.figure](query, asked, hours, inventory)
    of = "gas, as labelled" if query.measure == "gas" else "electricity"
    place = f"{of}{hours_name(query.hours)}"
    lead = _finding(query, hours, found.noun, found.value, found.unit, found.method)
    beside = [_finding(query, hours, n, v, u, found.method) for n, v, u in found.more]
    words = f"{named(one.building, inventory)}, {place} {one.when}: {found.said}."
    return Told((lead, *beside), words + one.ends, one.when)


def _finding(query: EnergyQuery, hours: Hours, noun: str, value: float, unit: str, method: str) -> Finding:
    name = f"{MEASURE_NAME[query.measure]} {noun}{hours_name(query.hours)}"
    coverage = 1.0 if "missing" in noun or "zero" in noun else len(hours.valid) / len(hours.values)
    return hours.one.finding(name, value, unit, method, coverage=coverage)


def _plain(unit: str, figure: Callable[[Values, DataAsked], float], method: str) -> "Make":
    def make(_query: EnergyQuery, asked: DataAsked, hours: Hours, _inventory: Inventory) -> Figure:
        value = figure(hours.valid, asked)
        noun = noun_of(asked)
        mean = ("mean load", float(hours.valid.mean()), "kW")
        said = f"the {noun} was {amount(value, unit)} (mean {amount(mean[1], 'kW')})"
        return Figure(value, unit, noun, said, method, more=(mean,))

    return make


def _beyond(_query: EnergyQuery, asked: DataAsked, hours: Hours, _inventory: Inventory) -> Figure:
    level, valid = asked.level or 0.0, hours.valid
    count = int((valid > level).sum() if asked.figure == "above" else (valid < level).sum())
    share = 100 * count / len(valid)
    noun = noun_of(asked)
    said = f"{count:,} of {len(valid):,} valid hours were {noun.removeprefix('hours ')} ({amount(share, 'percent')})"
    method = f"valid hours with a mean load {asked.figure} the threshold, which itself is not counted"
    more = ((f"share of {noun}", share, "percent"),)
    return Figure(float(count), "h", noun, said, method, more)


def _zeros(query: EnergyQuery, _asked: DataAsked, hours: Hours, _inventory: Inventory) -> Figure:
    """Return the share of the hours at 0, as the meter wrote them; of electricity they count as missing, as is said."""
    count = int(hours.zero.sum())
    share = 100 * count / len(hours.values)
    said = f"{count:,} of {len(hours.values):,} hours read zero ({amount(share, 'percent')})"
    if query.measure != "gas":
        missing = int((~np.isfinite(hours.values) & ~hours.zero).sum())
        said += (
            f"; zeros of an electricity meter are taken as missing, and {missing:,} more hours have no valid reading"
        )
    more = (("hours at zero", float(count), "h"),)
    return Figure(share, "percent", "share of zeros", said, "hours at 0 over all hours of the time", more)


def _missing(_query: EnergyQuery, _asked: DataAsked, hours: Hours, _inventory: Inventory) -> Figure:
    count = len(hours.values) - len(hours.valid)
    share = 100 * count / len(hours.values)
    said = f"{count:,} of {len(hours.values):,} hours have no valid reading ({amount(share, 'percent')})"
    more = (("missing hours", float(count), "h"),)
    return Figure(share, "percent", "share of missing hours", said, "hours without a valid reading", more=more)


def _step(_query: EnergyQuery, asked: DataAsked, hours: Hours, inventory: Inventory) -> Figure:
    """Return the largest change between two hours that follow each other and both count."""
    steps = np.diff(hours.values)
    steps[np.diff(hours.place) != 1] = np.nan
    if not np.isfinite(steps).any():
        raise NoData(f"{hours.one.building} has no two valid hours in a row {hours.one.when}")
    index = int(np.nanargmax(steps) if asked.figure == "rise" else np.nanargmin(steps))
    before, after = float(hours.values[index]), float(hours.values[index + 1])
    noun, zone = noun_of(asked), inventory.sites[hours.one.use.site].timezone
    said = (
        f"the {noun} was {amount(abs(after - before), 'kW')}, from {amount(before, 'kW')} to {amount(after, 'kW')} in "
        f"the hour from {local_hour(hours.at(index + 1), zone)} local time"
    )
    more = (("load before", before, "kW"), ("load after", after, "kW"))
    return Figure(abs(after - before), "kW", noun, said, "difference of hours in a row", more)


def _top(query: EnergyQuery, _asked: DataAsked, hours: Hours, inventory: Inventory) -> Figure:
    """Return the highest (lowest) hours, first the most extreme; of equals the earlier."""
    count = min(query.limit or TOP, MOST_TOP)
    low = query.order == "lowest"
    places = np.flatnonzero(np.isfinite(hours.values))
    sign = 1.0 if low else -1.0
    best = places[np.argsort(sign * hours.values[places], kind="stable")][:count]
    zone = inventory.sites[hours.one.use.site].timezone
    each = [(local_hour(hours.at(int(i)), zone), float(hours.values[i])) for i in best]
    said = ", ".join(f"{amount(value, 'kW')} (from {at})" for at, value in each[:SAID_TOP])
    more = tuple((f"hour {n} of that order, from {at}", value, "kW") for n, (at, value) in enumerate(each[1:], 2))
    rest = f"; {len(each) - SAID_TOP} more in the table" if len(each) > SAID_TOP else ""
    noun = "lowest hour" if low else "highest hour"
    text = f"the {len(each)} {noun}s were {said} local time{rest}" if len(each) > 1 else f"the {noun} was {said}"
    return Figure(each[0][1], "kW", noun, text, "the valid hours in order", more)


def _baseload_share(_query: EnergyQuery, _asked: DataAsked, hours: Hours, _inventory: Inventory) -> Figure:
    """Return what the baseload alone would have used, over the use, both in the valid hours."""
    base = float(np.percentile(hours.valid, BASELOAD_PERCENTILE))
    total = float(hours.valid.sum())
    if total <= 0:
        raise NoData(f"{hours.one.building} used nothing {hours.one.when}, so there is no share")
    constant = base * len(hours.valid)
    share = 100 * constant / total
    said = (
        f"{amount(share, 'percent')} of the use was baseload: {amount(base, 'kW')} at all {len(hours.valid):,} valid "
        f"hours is {amount(constant, 'kWh')} of {amount(total, 'kWh')}"
    )
    method = "5th percentile of the valid hours, at each of them, over their sum"
    more = (("baseload", base, "kW"), ("use at baseload", constant, "kWh"), ("use", total, "kWh"))
    return Figure(share, "percent", "share of the baseload", said, method, more)


def _crest(_query: EnergyQuery, _asked: DataAsked, hours: Hours, inventory: Inventory) -> Figure:
    """Return the highest hour over the mean of the valid hours, the inverse of the load factor."""
    mean, index = float(hours.valid.mean()), int(np.nanargmax(hours.values))
    if mean <= 0:
        raise NoData(f"{hours.one.building} used nothing {hours.one.when}, so there is no mean to set its peak against")
    top, zone = float(hours.values[index]), inventory.sites[hours.one.use.site].timezone
    said = (
        f"the highest hour, {amount(top, 'kW')} in the hour from {local_hour(hours.at(index), zone)} local time, was "
        f"{amount(top / mean, 'ratio')} times the mean of {amount(mean, 'kW')} (crest factor, the inverse of the load "
        f"factor of {amount(mean / top, 'ratio')})"
    )
    more = (("peak", top, "kW"), ("mean load", mean, "kW"), ("load factor", mean / top, "ratio"))
    return Figure(top / mean, "ratio", "crest factor", said, "highest over mean of the valid hours", more)


Make = Callable[[EnergyQuery, DataAsked, Hours, Inventory], Figure]
_LINEAR = "percentile of the valid hours, linear between ranks"
_FIGURES: Mapping[SeriesFigure, Make] = {
    "percentile": _plain("kW", lambda valid, asked: float(np.percentile(valid, asked.level or 0.0)), _LINEAR),
    "median": _plain("kW", lambda valid, _: float(np.median(valid)), "median of the valid hours"),
    "standard_deviation": _plain("kW", lambda valid, _: float(np.std(valid, ddof=min(1, len(valid) - 1))), STD),
    "above": _beyond,
    "below": _beyond,
    "zeros": _zeros,
    "missing": _missing,
    "rise": _step,
    "fall": _step,
    "top": _top,
    "baseload_share": _baseload_share,
    "crest": _crest,
}
