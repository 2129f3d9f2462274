"""The hourly use that an analysis is of: over the period that was asked for, or the natural one where none was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import numpy as np

from tools.absence import nothing
from tools.analyses.finding import Finding
from tools.clock import clock, key_name, key_span
from tools.energy_query import EnergyQuery, Group
from tools.errors import BadQuestion, NoData
from tools.facts import uses_meant
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use
from tools.wording import when

Default = Literal["record", "year"]
FULL_YEAR = 0.9
EPOCH_YEAR = 1970


@dataclass(frozen=True, slots=True, eq=False)
class TimedUse:
    """A building's hourly use and the words for its time: 'in 2019', 'in 2016, its last full year'.

    `ends`: a sentence where the readings end before the time that was asked for; else ''.
    """

    use: Use
    when: str
    ends: str = ""

    @property
    def building(self) -> str:
        """Return the building's id."""
        return self.use.building

    @property
    def coverage(self) -> float:
        """Return the share of the hours that count, 0 to 1."""
        return float(np.isfinite(self.use.hours).mean())

    def finding(
        self,
        name: str,
        value: float,
        unit: str,
        method: str,
        *,
        coverage: float | None = None,
        group: str | None = None,
        shows_hours: bool = True,
    ) -> Finding:
        """Return a value of this building and time as a finding; its coverage is that of the use if not given."""
        return Finding(
            name,
            value,
            unit,
            (self.building,),
            self.use.start,
            self.use.end,
            method,
            self.coverage if coverage is None else coverage,
            self.use.meters,
            group=group,
            shows_hours=shows_hours,
        )


def require_energy(query: EnergyQuery, what: str) -> None:
    """Raise `BadQuestion` for carbon and cost; `what` is the analysis as a person would call it."""
    if query.measure in ("carbon", "cost"):
        raise BadQuestion(
            f"{what} is of electricity or gas, in kWh and kW, not of {query.measure}; ask for one of these"
        )


def require_all_hours(query: EnergyQuery, what: str) -> None:
    """Raise `BadQuestion` where only a part of the day or week is asked about."""
    if query.hours != "all":
        raise BadQuestion(f"{what} is of whole days and weeks, not of the {query.hours} alone; ask without that")


async def timed_uses(
    query: EnergyQuery, readings: Readings, inventory: Inventory, default: Default
) -> dict[str, TimedUse]:
    """Return the use of each building that is meant and has a valid hour, by id.

    Without a period it is the building's own whole record or its last full year. Raises `NoData` where nobody has a
    valid hour, and says what there is.
    """
    found = await uses_meant(query, readings, inventory, query.period)
    counting = {b: use for b, use in found.items() if np.isfinite(use.hours).any()}
    if not counting:
        raise NoData(nothing(query, inventory, list(found)))
    return {b: _timed(query, use, inventory, default) for b, use in counting.items()}


def _timed(query: EnergyQuery, use: Use, inventory: Inventory, default: Default) -> TimedUse:
    timezone = inventory.sites[use.site].timezone
    if query.period:
        return TimedUse(use, when(query), _ends(use, inventory))
    meters = [inventory.meters[m] for m in use.meters]
    own = within(use, min(m.first for m in meters), max(m.last_end for m in meters), timezone)
    year = None if default == "record" else last_full_year([own], timezone)
    if year is None:
        return TimedUse(own, "over the whole record")
    return TimedUse(in_year(own, year, timezone), f"in {year}, its last full year")


def _ends(use: Use, inventory: Inventory) -> str:
    """Say where the readings of a building end before the period does, as in a year that is not over."""
    end = max((inventory.meters[m].last_end for m in use.meters), default=use.end)
    if use.end - end < 24 * HOUR:
        return ""
    return f" Its readings end on {(end - HOUR).day} {end - HOUR:%B %Y}."


def last_full_year(uses: Sequence[Use], timezone: str) -> int | None:
    """Return the latest local calendar year of which 90 % of the hours count in every series.

    Where no year has as many it is the fullest of those that lie whole within the record, the later of equals; None
    where there is none. The uses share one grid.
    """
    years = uses[0].clock.keys("year")
    shares = {int(year): _share(uses, int(year), timezone) for year in np.unique(years)}
    full = [year for year, share in shares.items() if share >= FULL_YEAR]
    if full:
        return max(full) + EPOCH_YEAR
    whole = [year for year in shares if _is_within(uses[0], year, timezone) and shares[year] > 0]
    return max(whole, key=lambda year: (shares[year], year)) + EPOCH_YEAR if whole else None


def _share(uses: Sequence[Use], year: int, timezone: str) -> float:
    start, end = key_span("year", year, timezone)
    mine = uses[0].clock.keys("year") == year
    return min(float(np.isfinite(use.hours[mine]).sum()) for use in uses) / ((end - start) / HOUR)


def _is_within(use: Use, year: int, timezone: str) -> bool:
    start, end = key_span("year", year, timezone)
    return use.start <= start and end <= use.end


def in_year(use: Use, year: int, timezone: str) -> Use:
    """Return a use over a whole local calendar year."""
    return within(use, *key_span("year", year - EPOCH_YEAR, timezone), timezone)


def within(use: Use, start: datetime, end: datetime, timezone: str) -> Use:
    """Return a use over just [start, end), UTC; hours that it does not have are NaN."""
    n, shift = int((end - start) / HOUR), int((start - use.start) / HOUR)
    hours = np.full(n, np.nan)
    first, last = max(shift, 0), min(shift + n, len(use.hours))
    if first < last:
        hours[first - shift : last - shift] = use.hours[first:last]
    return replace(use, start=start, end=end, hours=hours, clock=clock(timezone, start, n))


def by_calendar(query: EnergyQuery, one: TimedUse, group: Group, inventory: Inventory) -> Mapping[str, TimedUse]:
    """Return the local years or months of a use by name, '2019' or '2019-03'.

    The first and last are parts where a period was asked for that cuts them; else they are whole, and hours before or
    after the record lower their coverage.
    """
    timezone = inventory.sites[one.use.site].timezone
    parts = {}
    for key in np.unique(one.use.clock.keys(group)):
        first, last = key_span(group, int(key), timezone)
        if query.period:
            first, last = max(first, one.use.start), min(last, one.use.end)
        name, part = key_name(group, int(key)), within(one.use, first, last, timezone)
        if query.period or np.isfinite(part.hours).sum() >= 24:
            parts[name] = TimedUse(part, f"in {name}")
    return parts
