"""The whole record of a building: its hours beside the weather, the holidays and the zeros that a meter wrote.

Methods that tell what is usual need more than the period that is asked about, so these are read from the first to the
last row of the building's meters.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tools.absence import no_meter, nothing
from tools.analyses.day_spans import calendar_year
from tools.analyses.site_terms import holidays_at, no_temperature, temperature_of
from tools.baseline.days import EPOCH, DateSpan, Days, Mask, days_of
from tools.clock import LocalClock, clock
from tools.energy_query import EnergyQuery, Group, Measure, Period
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.readings import HourlySeries, Inventory, Readings
from tools.use import Use, meter_kind, part, uses

HOUR = timedelta(hours=1)
FULL_YEAR_SHARE = 0.9
AHEAD_HOURS = 14 * 24


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Hours from the first to the last row of a building's meters, arrays of equal length.

    `temperature_degc`: outdoors, NaN where unknown. `zero`: hours that the meter wrote as 0, whether they count or not.
    `holidays`: those of the site's settings, local dates, with those of the two weeks after.
    """

    use: Use
    temperature_degc: Values
    zero: Mask
    holidays: frozenset[date]
    inventory: Inventory

    @property
    def timezone(self) -> str:
        """Return the zone of the building's site."""
        return self.inventory.sites[self.use.site].timezone

    @property
    def building(self) -> str:
        """Return the building's id."""
        return self.use.building

    @property
    def hours(self) -> Values:
        """Return kWh an hour, NaN where one does not count."""
        return self.use.hours

    @property
    def clock(self) -> LocalClock:
        """Return the local time of each hour."""
        return self.use.clock

    @property
    def span(self) -> DateSpan:
        """Return the local days that the record touches."""
        key = self.clock.keys("day")
        return DateSpan(EPOCH + timedelta(days=int(key[0])), EPOCH + timedelta(days=int(key[-1]) + 1))

    def days(self) -> Days:
        """Return the whole local days."""
        return days_of(self.hours, self.temperature_degc, self.clock, self.holidays)

    def require_weather(self) -> None:
        """Raise `NoData` with the remedy where no temperature is known beside the readings."""
        if not np.isfinite(self.temperature_degc).any():
            raise no_temperature(self.inventory, self.use.site)

    def utc(self, span: DateSpan) -> tuple[datetime, datetime]:
        """Return [start, end) of local days in UTC."""
        zone = ZoneInfo(self.timezone)
        start, end = (datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in span)
        return start, end

    def at(self, hour: int) -> datetime:
        """Return the UTC start of an hour by its place; the place after the last is the end."""
        return self.use.start + hour * HOUR

    def places(self, start: datetime, end: datetime) -> slice:
        """Return the places of the hours of [start, end), UTC, that the record has."""
        first, last = (int(np.clip((at - self.use.start) / HOUR, 0, len(self.hours))) for at in (start, end))
        return slice(first, max(first, last))

    def coverage(self, start: datetime, end: datetime) -> float:
        """Return the share of the hours of [start, end), UTC, that count, 0 to 1."""
        hours = max(round((end - start) / HOUR), 1)
        return min(float(np.isfinite(self.hours[self.places(start, end)]).sum()) / hours, 1.0)

    def last_full_year(self) -> DateSpan:
        """Return the latest calendar year of which 90 % of the hours count, else the fullest (the later of equals)."""
        years = range(self.span.start.year, (self.span.end - timedelta(days=1)).year + 1)
        shares = {year: self.coverage(*self.utc(calendar_year(year))) for year in years}
        full = [year for year, share in shares.items() if share >= FULL_YEAR_SHARE]
        return calendar_year(max(full) if full else max(shares, key=lambda year: (shares[year], year)))


def fuel_of(query: EnergyQuery, what: str, groups: tuple[Group, ...] = (), *, periods: bool = False) -> str:
    """Return electricity or gas, for an analysis of whole days. `what` it is: 'a baseline'.

    Raises `BadQuestion` for what else the query holds: another measure, a part of the hours, buildings set against each
    other, a second period unless `periods`, a group other than `groups` or by building.
    """
    if query.measure in ("carbon", "cost"):
        raise BadQuestion(f"{what} is of electricity or gas, not of {query.measure}; ask for one of these")
    if query.hours != "all":
        raise BadQuestion(f"{what} is of whole days, not of the {query.hours} alone; ask without it")
    if query.against_buildings or query.against_hours or (query.against_period and not periods):
        raise BadQuestion(f"{what} is not set against another here; ask for each alone")
    if query.group not in ("none", "building", *groups):
        raise BadQuestion(f"{what} is not told by {query.group}; ask for the whole time, or name the {query.group}")
    return meter_kind(query.measure)


def fuel_words(fuel: str) -> str:
    """Write a fuel as a headline has it: gas is shown as the source labels it."""
    return "gas (as labelled)" if fuel == "gas" else fuel


async def records(
    query: EnergyQuery, readings: Readings, inventory: Inventory, *, ahead: bool = False
) -> dict[str, Record]:
    """Return the record of each building that is meant: those named, or those of the sites with rows in the period.

    Raises `NoData` where none has a meter of the kind, or none a row in the period, and says what there is; with
    `ahead` the period may lie behind the readings of those named.
    """
    kind = meter_kind(query.measure)
    named = list(query.buildings) or [
        b for b, it in inventory.buildings.items() if not query.sites or it.site in query.sites
    ]
    metered = [b for b in named if inventory.meters_of(b, kind)]
    if not metered:
        raise NoData(no_meter(query, inventory, named))
    members = [b for b in metered if _has_rows(inventory, b, kind, query.period)]
    if not members and not (ahead and query.buildings):
        raise NoData(nothing(query, inventory, metered))
    measure: Measure = "gas" if kind == "gas" else "electricity"
    whole = await uses(readings, inventory, metered if query.buildings else members, None, measure)
    return {b: await _record(_own(use, inventory), readings, inventory) for b, use in whole.items()}


def _has_rows(inventory: Inventory, building: str, kind: str, period: Period | None) -> bool:
    if period is None:
        return True
    start, end = period.utc(inventory.sites[inventory.buildings[building].site].timezone)
    return any(m.first < end and m.last_end > start for m in inventory.meters_of(building, kind))


def _own(use: Use, inventory: Inventory) -> Use:
    """Return a use from the first to the last row of its own meters."""
    meters = [inventory.meters[m] for m in use.meters]
    return part(use, min(m.first for m in meters), max(m.last_end for m in meters))


async def _record(use: Use, readings: Readings, inventory: Inventory) -> Record:
    series = await readings.hourly(list(use.meters), use.start, use.end)
    zero = np.any([aligned_raw(one, len(use.hours)) == 0 for one in series.values()], axis=0)
    degc = await temperature_of(readings, inventory, use)
    known = np.full(len(use.hours), np.nan) if degc is None else degc
    later = clock(inventory.sites[use.site].timezone, use.start, len(use.hours) + AHEAD_HOURS)
    free = holidays_at(inventory, use.site, later)
    return Record(use, known, zero & ~(use.hours > 0), free, inventory)


def aligned_raw(series: HourlySeries, n: int) -> Values:
    """Return the values as the source wrote them, whether they count or not, n hours of them."""
    values = series.values[:n]
    return np.pad(values, (0, n - len(values)), constant_values=np.nan)
