"""`eaio data list` and `eaio data check`: what there is, and what is wrong with it."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import open_data
from gateway.screen import Screen, open_screen

if TYPE_CHECKING:
    from memory.listing import DataCheck, ListedBuilding, ListedLoad, ListedMeter, ListedSite
    from tools.readings import Event, Exclusion, Fault


def list_data(options: Namespace) -> int:
    """Print every site with its buildings and meters."""
    sites = asyncio.run(_listed(options))
    if options.json:
        write_json(options, {"status": "answered", "sites": [asdict(site) for site in sites]})
        return ANSWERED
    screen = open_screen()
    for site in sites:
        screen.grid(_site_grid(site))
        screen.say()
    return ANSWERED


def check_data(options: Namespace) -> int:
    """Print open faults, which travel with every fact they touch, and what loads refused."""
    check = asyncio.run(_checked(options))
    if options.json:
        write_json(options, {"status": "answered", **asdict(check)})
    else:
        _print_check(open_screen(), check)
    return ANSWERED


async def _listed(options: Namespace) -> list["ListedSite"]:
    from memory.listing import data_list

    async with open_data(options) as data:
        return await data_list(await data.pool())


async def _checked(options: Namespace) -> "DataCheck":
    from memory.listing import data_check

    async with open_data(options) as data:
        return await data_check(await data.pool())


def _site_grid(listed: "ListedSite") -> Grid:
    site = listed.site
    title = f"{site.name} ({site.id}), times of {site.timezone}" + (
        f", prices in {site.currency}" if site.currency else ""
    )
    columns = ("building", "meter", "unit", "from", "to", "valid", "faults")
    rows = [row for building in listed.buildings for row in _building_rows(building)]
    return Grid(columns, rows, title, frozenset({"valid", "faults"}), wide=frozenset({"building", "unit"}))


def _building_rows(listed: "ListedBuilding") -> Iterator[tuple[str, ...]]:
    """Yield one row a meter; a building without one has a row too. What it is stands in its first row."""
    b = listed.building
    area = f"{b.area_m2:,.0f} m2" if b and b.area_m2 else ""
    about = ", ".join(filter(None, (f"{b.name} ({b.id})", b.use, area))) if b else "the site itself"
    if not listed.meters and b:
        yield (about, "no meter", "", "", "", "", "")
    for n, meter in enumerate(listed.meters):
        yield (about if n == 0 else "", *_meter_cells(meter))


def _meter_cells(listed: "ListedMeter") -> tuple[str, ...]:
    meter = listed.meter
    last = meter.last_end - timedelta(hours=1)
    span = (f"{meter.first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
    return (meter.kind, meter.unit, *span, f"{100 * listed.coverage:.1f} %", str(listed.open_faults or ""))


def _print_check(screen: Screen, check: "DataCheck") -> None:
    if check.open:
        screen.grid(_fault_grid("open: these travel with every fact that they touch", check.open))
    else:
        screen.say("No open fault.")
    screen.say()
    if check.history:
        screen.grid(_fault_grid("history: known, and dealt with", check.history))
        screen.say()
    if check.exclusions:
        screen.grid(_exclusion_grid(check.exclusions))
        screen.say()
    if check.events:
        screen.grid(_event_grid(check.events))
        screen.say()
    screen.grid(_load_grid(check.loads))


def _fault_grid(title: str, faults: tuple["Fault", ...]) -> Grid:
    """Return one row for what is wrong, with every meter of which that is said."""
    alike: dict[str, list[Fault]] = {}
    for fault in faults:
        alike.setdefault(fault.note, []).append(fault)
    rows = [
        (", ".join(f.meter for f in group), f"{sum(f.hours for f in group):,}", note) for note, group in alike.items()
    ]
    return Grid(("meter", "hours", "what it is"), rows, title, frozenset({"hours"}), frozenset({"meter", "what it is"}))


def _exclusion_grid(exclusions: tuple["Exclusion", ...]) -> Grid:
    rows = [
        (
            str(one.id),
            one.meter,
            f"{one.start:%Y-%m-%d %H:%M}",
            f"{one.end:%Y-%m-%d %H:%M}",
            f"{one.hours:,}",
            f"{one.who}, {one.at:%Y-%m-%d}",
            f"undone by {one.undone_by}, {one.undone_at:%Y-%m-%d}" if one.undone_at else "left out",
            one.because,
        )
        for one in exclusions
    ]
    columns = ("no", "meter", "from, UTC", "to, UTC", "hours", "who", "now", "because")
    return Grid(columns, rows, "left out by people", frozenset({"no", "hours"}), wide=frozenset({"because", "who"}))


def _event_grid(events: tuple["Event", ...]) -> Grid:
    rows = [
        (
            str(one.id),
            one.building,
            one.kind,
            str(one.start),
            str(one.end - timedelta(days=1)) if one.end else "",
            one.note,
        )
        for one in events
    ]
    columns = ("no", "building", "what", "from", "to", "note")
    return Grid(columns, rows, "events", frozenset({"no"}), wide=frozenset({"note"}))


def _load_grid(loads: tuple["ListedLoad", ...]) -> Grid:
    rows = [
        (load.file, load.site or "", f"{load.at:%Y-%m-%d %H:%M}", f"{load.rows:,}", f"{load.rejected:,}", _why(load))
        for load in loads
    ]
    columns = ("file", "site", "loaded", "rows", "refused", "why")
    return Grid(columns, rows, "files", frozenset({"rows", "refused"}), wide=frozenset({"file", "why"}))


def _why(load: "ListedLoad") -> str:
    return "; ".join(f"{count:,} times {reason}" for reason, count in load.reasons)
