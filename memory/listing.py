"""What there is and how good it is, for `eaio data list` and `eaio data check`."""

from dataclasses import dataclass
from datetime import datetime

from memory.exclusion import exclusions
from memory.inventory import read_known
from memory.postgres import Pool, fetch
from tools.readings import Building, Event, Exclusion, Fault, Inventory, Meter, Site


@dataclass(frozen=True, slots=True)
class ListedMeter:
    """A meter with what it has. `coverage`: valid hours over the hours from its first to its last, 0 to 1."""

    meter: Meter
    hours: int
    valid_hours: int
    coverage: float
    open_faults: int


@dataclass(frozen=True, slots=True)
class ListedBuilding:
    """A building, or with `building` None the site itself, with its meters."""

    building: Building | None
    meters: tuple[ListedMeter, ...]


@dataclass(frozen=True, slots=True)
class ListedSite:
    """A site: first its own series, then its buildings."""

    site: Site
    buildings: tuple[ListedBuilding, ...]


@dataclass(frozen=True, slots=True)
class ListedLoad:
    """A file that was loaded. `rejected` rows are kept with their reasons."""

    file: str
    site: str | None
    rows: int
    rejected: int
    at: datetime
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What is wrong with the data: open faults (they travel with facts), history, and what loads refused.

    `exclusions` are what people left out, with those that were undone; `events` what they wrote down of buildings.
    """

    open: tuple[Fault, ...]
    history: tuple[Fault, ...]
    loads: tuple[ListedLoad, ...]
    exclusions: tuple[Exclusion, ...] = ()
    events: tuple[Event, ...] = ()


async def data_list(pool: Pool) -> list[ListedSite]:
    """Return every site with its buildings and meters. Raises `DataUnavailable`."""
    known = await read_known(pool)
    counts = {row[0]: (row[1], row[2]) for row in await fetch(pool, "SELECT id, hours, valid_hours FROM meters")}
    inventory = known.inventory
    return [_site(inventory, site, counts) for site in inventory.sites.values()]


async def data_check(pool: Pool) -> DataCheck:
    """Return every fault, open ones first, and every load with the reasons of its rejects. Raises `DataUnavailable`."""
    inventory = (await read_known(pool)).inventory
    faults = inventory.faults
    return DataCheck(
        open=tuple(fault for fault in faults if fault.open),
        history=tuple(fault for fault in faults if not fault.open),
        loads=tuple(await _loads(pool)),
        exclusions=tuple(await exclusions(pool)),
        events=inventory.events,
    )


def _site(inventory: Inventory, site: Site, counts: dict[str, tuple[int, int]]) -> ListedSite:
    buildings = [None, *(b for b in inventory.buildings.values() if b.site == site.id)]
    return ListedSite(site, tuple(_building(inventory, site, building, counts) for building in buildings))


def _building(
    inventory: Inventory, site: Site, building: Building | None, counts: dict[str, tuple[int, int]]
) -> ListedBuilding:
    meters = (m for m in inventory.meters.values() if m.site == site.id and m.building == (building and building.id))
    return ListedBuilding(building, tuple(_meter(inventory, meter, *counts.get(meter.id, (0, 0))) for meter in meters))


def _meter(inventory: Inventory, meter: Meter, hours: int, valid_hours: int) -> ListedMeter:
    span_h = (meter.last_end - meter.first).total_seconds() / 3600
    open_faults = sum(fault.open for fault in inventory.faults_of([meter.id]))
    return ListedMeter(meter, hours, valid_hours, valid_hours / span_h, open_faults)


async def _loads(pool: Pool) -> list[ListedLoad]:
    reasons: dict[int, list[tuple[str, int]]] = {}
    for load_id, reason, count in await fetch(
        pool, "SELECT load_id, reason, count(*) FROM rejects GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"
    ):
        reasons.setdefault(load_id, []).append((reason, count))
    rows = await fetch(pool, "SELECT load_id, file, site_id, rows, rejected, at FROM loads ORDER BY load_id")
    return [ListedLoad(f, site, n, bad, at, tuple(reasons.get(key, ()))) for key, f, site, n, bad, at in rows]
