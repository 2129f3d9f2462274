"""A generated portfolio, shaped on real buildings: as many as BDG2 has, with the load shapes of the shipped ones.

At share 1: 1,636 buildings at 19 sites in six time zones, 3,053 meters (every building's electricity, and gas for most
of them), two years by the hour: 53.6 million readings. A building's load is that of a shipped building, moved by whole
weeks, scaled, with noise and one hour in a hundred missing. The same seed gives the same readings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from memory.binary import Rows
from memory.catalog import DATA, Source, read_catalog
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, writing
from memory.reading_rows import reading_rows
from memory.registry import write_buildings, write_meter, write_sites
from memory.shipped import treated_meters
from memory.treatment import grid_offset_s
from tools.readings import Building, Flag, Site

BUILDINGS, METERS, SITES = 1_636, 3_053, 19
FIRST_YEAR, YEARS = 2018, 2
ZONES = ("Europe/London", "America/New_York", "America/Phoenix", "Europe/Dublin", "America/Chicago", "Asia/Kolkata")
USES = ("office", "education", "laboratory", "dormitory", "public assembly", "retail")
MISSING = 0.01
WEEK_H = 168


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a share of the portfolio has: buildings, and meters by number of building and kind."""

    buildings: tuple[Building, ...]
    sites: tuple[Site, ...]
    sources: tuple[Source, ...]

    @property
    def readings(self) -> int:
        """Return about how many readings it has."""
        return round(len(self.sources) * YEARS * 8_766 * (1 - MISSING))


def portfolio(share: float) -> Portfolio:
    """Return the names of a share of the portfolio: at least two buildings."""
    count, meters = max(2, round(BUILDINGS * share)), max(4, round(METERS * share))
    rng = np.random.default_rng(7)
    sites = tuple(Site(f"site{n}", f"Site {n}", ZONES[n % len(ZONES)]) for n in range(min(SITES, count)))
    areas = np.exp(rng.normal(8.2, 1.0, BUILDINGS))
    buildings = tuple(
        Building(f"p{n}", f"Building p{n}", sites[n % len(sites)].id, use=USES[n % len(USES)], area_m2=float(areas[n]))
        for n in range(count)
    )
    electric = [Source(f"{b.id}/electricity", b.site, b.id, "electricity", "kWh") for b in buildings]
    gas = [Source(f"{b.id}/gas", b.site, b.id, "gas", "kWh") for b in buildings[: meters - count]]
    return Portfolio(buildings, sites, (*electric, *gas))


async def name_all(pool: Pool, made: Portfolio) -> list[int]:
    """Write sites, buildings and meters; return the keys of the meters, in order."""
    async with writing(pool, lock=DATA_LOCK) as connection:
        await write_sites(connection, made.sites)
        await write_buildings(connection, made.buildings)
        return [await write_meter(connection, source) for source in made.sources]


async def know_spans(connection: Connection) -> None:
    """Record what hours the meters have, as loading a file does."""
    await connection.execute(
        "UPDATE meters m SET hours = s.hours, valid_hours = s.valid_hours,"
        " first_at = (SELECT min(at) FROM readings r WHERE r.meter_id = m.meter_id),"
        " last_end = (SELECT max(at) FROM readings r WHERE r.meter_id = m.meter_id) + interval '1 hour'"
        " FROM (SELECT meter_id, sum(hours) AS hours, sum(valid_hours) AS valid_hours FROM readings_monthly"
        " GROUP BY meter_id) AS s WHERE s.meter_id = m.meter_id"
    )
    await bump_data_version(connection)


def months(made: Portfolio, keys: list[int]) -> Iterator[Rows]:
    """Yield the readings of all meters, a UTC month at a time, as they come in where all report together."""
    first = np.datetime64(f"{FIRST_YEAR}-01")
    for month in range(12 * YEARS):
        start, end = ((first + n).astype("M8[s]").astype(np.int64) for n in (month, month + 1))
        yield np.concatenate(
            [_rows(made, n, key, int(start), int(end)) for n, key in enumerate(keys)], dtype=reading_rows_type()
        )


def reading_rows_type() -> np.dtype[np.void]:
    """Return the type of rows; numpy would otherwise swap their bytes when it joins them."""
    return reading_rows(0, np.empty(0, np.int64), np.empty(0), np.empty(0, np.uint8)).dtype


def _rows(made: Portfolio, number: int, key: int, start: int, end: int) -> Rows:
    """Return the readings of one meter in [start, end), seconds since 1970 UTC."""
    source = made.sources[number]
    shapes = _shapes(source.kind)
    rng = np.random.default_rng((number, start))
    offset_s = _offset_s(source.site, made)
    at = np.arange(start + offset_s, end, 3600)
    shape = shapes[number % len(shapes)]
    hour = (at // 3600 + WEEK_H * (number * 37 % 52)) % len(shape)
    own = np.exp(np.random.default_rng(number).normal(0.0, 0.8))
    values = np.round(own * shape[hour] * (1 + 0.05 * rng.standard_normal(len(at))), 1)
    there = rng.random(len(at)) >= MISSING
    flags = np.where(values > 0, Flag.OK, Flag.ZERO_GAS if source.kind == "gas" else Flag.ZERO_AS_MISSING)
    return reading_rows(key, at[there], np.maximum(values, 0.0)[there], flags.astype(np.uint8)[there])


@cache
def _offset_s(site: str, made: Portfolio) -> int:
    zone = next(s.timezone for s in made.sites if s.id == site)
    shift = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return grid_offset_s(-round(shift.total_seconds())) if shift else 0


@cache
def _shapes(kind: str) -> list[NDArray[np.float64]]:
    """Return the hourly loads of the shipped buildings of Cambridge, whole weeks, a missing hour like the last one."""
    found = []
    for meter in treated_meters(read_catalog(DATA)):
        if meter.source.site == "cambridge" and meter.source.kind == kind and meter.source.building:
            values = meter.hours.values[meter.hours.valid()]
            found.append(values[: len(values) // WEEK_H * WEEK_H])
    return found
