"""Where readings come from: the port that `tools` declares and `memory` implements.

Every series is on an hourly grid. A time stamp marks the start of its hour, in UTC; a site whose zone is off by half
an hour has hours that start at half past in UTC, so a grid begins at its own `start` and steps by 3,600 s.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from tools.told import ToldFact, ToldField

MeterKind = Literal["electricity", "gas", "temperature", "humidity", "irradiance", "carbon", "price"]
Direction = Literal["import", "export"]
By = Literal["none", "day", "month", "year"]


class Flag(IntEnum):
    """What is known of one reading. Only `OK` and `ZERO_GAS` count in a sum."""

    OK = 0
    ABSENT = 1  # the source has no row, or a row without a value
    ZERO_AS_MISSING = 2  # an electricity meter that wrote 0 for a missing reading
    ZERO_GAS = 3  # a gas meter at 0: valid, flagged
    SENTINEL = 4  # a value such as -9999 that means "none"
    NEGATIVE = 5  # below zero where that cannot be
    DUPLICATE = 6  # a second row for the same hour, kept out
    EXCLUDED = 7  # a person took it out


VALID_FLAGS = (Flag.OK, Flag.ZERO_GAS)


@dataclass(frozen=True, slots=True)
class HourlySeries:
    """Readings of one meter on an hourly grid; arrays of equal length n, read-only.

    `values`: as the source wrote them, float64, NaN where it has none. `flags`: one `Flag` each, uint8.
    """

    start: datetime
    values: NDArray[np.float64]
    flags: NDArray[np.uint8]

    def valid(self) -> NDArray[np.bool_]:
        """Tell which hours count."""
        return np.isin(self.flags, VALID_FLAGS) & np.isfinite(self.values)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What people have said of a site, for every answer about it.

    `opening`: from a weekday (Monday 0) to its hours (from, to), local, 0 to 24; a weekday that is not in it is closed,
    and None means that nobody has said. `holidays_country`, `holidays_subdiv`: ISO 3166 codes for the `holidays`
    library; `own_holidays` come on top. `energy_unit`, `area_unit`: what people want to see, kWh or kBtu, m2 or ft2.
    `tariff`: the JSON form of `tools.money.Tariff`. `latitude`, `longitude`: degrees, WGS 84.
    """

    opening: Mapping[int, tuple[float, float]] | None = field(default=None, hash=False)
    holidays_country: str | None = None
    holidays_subdiv: str | None = None
    own_holidays: tuple[date, ...] = ()
    energy_unit: Literal["kWh", "kBtu"] = "kWh"
    area_unit: Literal["m2", "ft2"] = "m2"
    tariff: Mapping[str, Any] | None = field(default=None, hash=False)
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place with one time zone and one currency."""

    id: str
    name: str
    timezone: str
    currency: str | None = None
    aliases: tuple[str, ...] = ()
    settings: SiteSettings = SiteSettings()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Buildings that somebody looks at together, of any sites. A building is in at most one."""

    id: str
    name: str
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Building:
    """A building; `area_m2` is None where nobody has said. `latitude`, `longitude`: degrees, WGS 84."""

    id: str
    name: str
    site: str
    aliases: tuple[str, ...] = ()
    use: str | None = None
    area_m2: float | None = None
    floors: int | None = None
    year_built: int | None = None
    portfolio: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """A series of one kind. `building` is None for what belongs to the site: weather, grid carbon, price.

    `unit`: kWh, degC, percent, W_per_m2, kgCO2e_per_kWh, or currency per kWh. `first` and `last_end` span its rows,
    half-open, UTC. Two meters of one kind in one building are successive, never simultaneous, unless one of them is
    a sub-meter (`sub_meter_of` names the meter that counts it too) or counts what is fed into the grid (`export`).
    """

    id: str
    site: str
    kind: MeterKind
    unit: str
    first: datetime
    last_end: datetime
    building: str | None = None
    direction: Direction = "import"
    sub_meter_of: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a building on local days [start, end); `end` None: from then on.

    `kind`: retrofit, holiday, schedule change, or what a person calls it.
    """

    building: str
    kind: str
    start: date
    end: date | None = None
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Hours [start, end), UTC, of a meter that a person took out; `hours` is how many readings that are.

    `undone_at` is None as long as it holds.
    """

    id: int
    meter: str
    start: datetime
    end: datetime
    hours: int
    because: str
    who: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A data-quality record: what is wrong with a meter from `start` to `end`, UTC, half-open.

    `open` faults travel with every fact that touches them; closed ones are history. `hours` counts affected hours.
    """

    meter: str
    kind: str
    start: datetime
    end: datetime
    hours: int
    note: str
    open: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Inventory:
    """Everything that has a name, at one data version.

    Compared by identity, so that what is made from it can be kept.
    """

    data_version: int
    sites: dict[str, Site] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)
    meters: dict[str, Meter] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    events: tuple[Event, ...] = ()
    portfolios: dict[str, Portfolio] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()
    told: tuple[ToldFact, ...] = ()

    def meters_of(self, building: str, kind: str) -> list[Meter]:
        """Return the successive meters of a building's whole use, first to last: no sub-meter, no export."""
        return list(_whole_meters(self, len(self.meters)).get((building, kind), ()))

    def faults_of(self, meters: Iterable[str]) -> list[Fault]:
        """Return the faults of some meters, in the order of all faults."""
        by_meter = _faults_by_meter(self)
        found = [at for meter in set(meters) for at in by_meter.get(meter, ())]
        return [fault for _, fault in sorted(found, key=lambda at: at[0])]

    def events_of(self, building: str) -> list[Event]:
        """Return what happened to a building, first to last."""
        return sorted((e for e in self.events if e.building == building), key=lambda e: e.start)

    def told_of(self, building: str, field: ToldField) -> list[ToldFact]:
        """Return what people told of a field of a building and still holds, in the order in which they told it."""
        return [fact for fact in self.told if fact.building == building and fact.field == field]

    def site_meter(self, site: str, kind: str) -> Meter | None:
        """Return the site's own series of a kind (weather, carbon, price), or None where it has none."""
        return next((m for m in self.meters.values() if m.building is None and m.site == site and m.kind == kind), None)


@lru_cache(maxsize=4)
def _whole_meters(inventory: Inventory, _meters: int) -> dict[tuple[str | None, str], list[Meter]]:
    """Index what is asked for once a building, where there are thousands."""
    by_use: dict[tuple[str | None, str], list[Meter]] = {}
    for meter in sorted(inventory.meters.values(), key=lambda m: m.first):
        if meter.building and meter.direction == "import" and meter.sub_meter_of is None:
            by_use.setdefault((meter.building, meter.kind), []).append(meter)
    return by_use


@lru_cache(maxsize=4)
def _faults_by_meter(inventory: Inventory) -> dict[str, list[tuple[int, Fault]]]:
    by_meter: dict[str, list[tuple[int, Fault]]] = {}
    for place, fault in enumerate(inventory.faults):
        by_meter.setdefault(fault.meter, []).append((place, fault))
    return by_meter


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What meters add up to by local calendar part; arrays of equal length, one row a meter and part that has rows.

    `meter`: index into the meters asked for. `part`: local day, month or year since 1970; 0 where all is one part.
    `total`: sum of the valid hours, in the meter's unit. `valid_hours` of `hours`, which are those that have a row.
    `peak`, `low`: largest and smallest valid hour; `peak_at`, `low_at`: the first such hour, seconds since 1970 UTC.
    Where no hour is valid the total is 0, the peak -inf, the low inf, and their hours say nothing.
    """

    meter: NDArray[np.int64]
    part: NDArray[np.int64]
    total: NDArray[np.float64]
    valid_hours: NDArray[np.int64]
    hours: NDArray[np.int64]
    peak: NDArray[np.float64]
    peak_at: NDArray[np.int64]
    low: NDArray[np.float64]
    low_at: NDArray[np.int64]


class Readings(Protocol):
    """Building data, whatever keeps it."""

    async def inventory(self) -> Inventory:
        """Return the names that are known now. Raises `DataUnavailable` where the store does not answer."""
        ...

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return the readings of each meter over [start, end), UTC, on the meter's own hourly grid.

        Each series covers the whole span: hours without a row are NaN with `Flag.ABSENT`. Its `start` is the first
        grid hour at or after `start`. Raises `DataUnavailable` where the store does not answer.
        """
        ...

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return what meters add up to over the local days [start, end), each in its own site's time.

        As a sum of the valid hours of `hourly` would be, to 1e-9. Rows are in the order of the meters, then of the
        parts. Raises `DataUnavailable` where the store does not answer.
        """
        ...
