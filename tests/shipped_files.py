"""The shipped readings straight from their Parquet files, for tests that need real ones and no server.

The names are those of `data/catalog.yaml`. Treated as on loading: a 0 of an electricity meter and anything below 0 is
missing, W become kWh.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import yaml  # type: ignore[import-untyped]

from tests.totals_by_hand import totals_by_hand
from tools.readings import Building, By, Fault, Flag, HourlySeries, Inventory, Meter, Site, SiteSettings, Totals

DATA = Path(__file__).parents[1] / "data"
HOUR = timedelta(hours=1)
HOLIDAYS = {"cambridge": ("GB", "ENG"), "iiitd": ("IN", None)}


class ShippedFiles:
    """Readings of the shipped sites."""

    async def inventory(self) -> Inventory:
        """Return their names."""
        return _inventory()

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: _cut(_inventory().meters[m], start, end) for m in meters}

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return each meter's sums over local days, each added up from its hours."""
        return await totals_by_hand(self, meters, start, end, by)


def _cut(meter: Meter, start: datetime, end: datetime) -> HourlySeries:
    whole = _series(meter.id)
    first = int(np.ceil((start - whole.start) / HOUR))
    n = int((end - start) / HOUR)
    values, flags = np.full(n, np.nan), np.full(n, int(Flag.ABSENT), dtype=np.uint8)
    a, b = max(first, 0), min(first + n, len(whole.values))
    if a < b:
        values[a - first : b - first], flags[a - first : b - first] = whole.values[a:b], whole.flags[a:b]
    return HourlySeries(whole.start + first * HOUR, values, flags)


@cache
def _catalog() -> dict[str, Any]:
    text = (DATA / "catalog.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def _rows(site: str, meter: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    key = meter.removeprefix(f"{site}/") if meter.startswith(f"{site}/") else meter
    table = pq.read_table(DATA / _catalog()["sites"][site]["readings"])
    mine = table.filter(pc.is_in(table["meter"], pc.pa.array([meter, key])))
    return mine["at"].to_numpy(), mine["value"].to_numpy(zero_copy_only=False).astype(np.float64)


@cache
def _series(meter: str) -> HourlySeries:
    known = _inventory().meters[meter]
    at, values = _rows(known.site, meter)
    hour = np.round((at.astype("M8[s]").astype(np.int64) - known.first.timestamp()) / 3600).astype(np.int64)
    dense = np.full(int(hour[-1]) + 1, np.nan)
    dense[hour] = values / 1000.0 if known.site == "iiitd" and known.building else values
    flags = np.where(np.isnan(dense), int(Flag.ABSENT), int(Flag.OK)).astype(np.uint8)
    if known.kind == "electricity":
        flags[dense == 0] = Flag.ZERO_AS_MISSING
    if known.building:
        flags[dense < 0] = Flag.NEGATIVE
    flags[dense <= -9999] = Flag.SENTINEL
    return HourlySeries(known.first, dense, flags)


def _site(key: str, it: dict[str, Any]) -> Site:
    country, part = HOLIDAYS[key]
    settings = SiteSettings(holidays_country=country, holidays_subdiv=part)
    return Site(key, it["name"], it["timezone"], it.get("currency"), settings=settings)


def _building(key: str, site: str, it: dict[str, Any]) -> Building:
    return Building(key, it["name"], site, use=it.get("use"), area_m2=it.get("area_m2"))


@cache
def _inventory() -> Inventory:
    sites = {key: _site(key, it) for key, it in _catalog()["sites"].items()}
    buildings = {
        b: _building(b, s, it) for s, site in _catalog()["sites"].items() for b, it in site["buildings"].items()
    }
    meters: dict[str, Meter] = {}
    for site, it in _catalog()["sites"].items():
        table = pq.read_table(DATA / it["readings"], columns=["meter", "at"])
        spans = table.group_by("meter").aggregate([("at", "min"), ("at", "max")]).to_pylist()
        for row in spans:
            owner, _, kind = row["meter"].partition("/")
            building = owner if owner in buildings else None
            name = row["meter"] if kind else f"{site}/{owner}"
            what = (kind or owner).partition("/")[0]
            first, last = row["at_min"].astimezone(UTC), row["at_max"].astimezone(UTC)
            meters[name] = Meter(name, site, what, "kWh", first, last + HOUR, building)
    faults = tuple(
        Fault(m, f["kind"], meters[m].first, meters[m].last_end, 0, f["note"], f["open"])
        for f in _catalog()["faults"]
        for m in f["meters"]
        if m in meters and "start" not in f
    )
    return Inventory(1, sites, buildings, meters, faults)
