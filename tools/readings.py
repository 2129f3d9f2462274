"""Where readings come from: the port that `tools` declares and `memory` implements.

Every series is on an hourly grid. A time stamp marks the start of its hour, in UTC; a site whose zone is off by half
an hour has hours that start at half past in UTC, so a grid begins at its own `start` and steps by 3,600 s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

MeterKind = Literal["electricity", "gas", "temperature", "humidity", "irradiance", "carbon", "price"]


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
class Site:
    """A place with one time zone and one currency."""

    id: str
    name: str
    timezone: str
    currency: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Building:
    """A building; `area_m2` is None where nobody has said."""

    id: str
    name: str
    site: str
    aliases: tuple[str, ...] = ()
    use: str | None = None
    area_m2: float | None = None
    floors: int | None = None
    year_built: int | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """A series of one kind. `building` is None for what belongs to the site: weather, grid carbon, price.

    `unit`: kWh, degC, percent, W_per_m2, kgCO2e_per_kWh, or currency per kWh. `first` and `last_end` span its rows,
    half-open, UTC. Two meters of one kind in one building are successive, never simultaneous.
    """

    id: str
    site: str
    kind: MeterKind
    unit: str
    first: datetime
    last_end: datetime
    building: str | None = None


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

    def meters_of(self, building: str, kind: str) -> list[Meter]:
        """Return the successive meters of a building, first to last."""
        found = [m for m in self.meters.values() if m.building == building and m.kind == kind]
        return sorted(found, key=lambda m: m.first)

    def site_meter(self, site: str, kind: str) -> Meter | None:
        """Return the site's own series of a kind (weather, carbon, price), or None where it has none."""
        return next((m for m in self.meters.values() if m.building is None and m.site == site and m.kind == kind), None)


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
