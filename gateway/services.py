"""`eaio up`, `eaio down`, `eaio status`: the processes that EAIO keeps beside it."""

import asyncio
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.exits import ANSWERED, FAULT
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import open_data, settings_of
from gateway.progress import waiting
from gateway.screen import notice, open_screen

if TYPE_CHECKING:
    from config.settings import Settings
    from graphs.live_data import LiveData
    from services import ServiceStatus

MEBIBYTE = 1 << 20


def up(options: Namespace) -> int:
    """Start what does not run and bring the data up to date; return 1 where a service did not start."""
    statuses, faults = asyncio.run(_up(options))
    _show(options, statuses, faults)
    for name, fault in faults.items():
        notice(f"{name}: {fault}" if name not in fault else fault)
    return FAULT if faults else ANSWERED


def down(options: Namespace) -> int:
    """Stop everything that runs for this home."""
    ran = asyncio.run(_down(options))
    screen = open_screen()
    for name, did in ran.items():
        screen.say(f"{name}: {'stopped' if did else 'was not running'}")
    return ANSWERED


def show_status(options: Namespace) -> int:
    """Print how each service is; start nothing."""
    from services import status_all

    _show(options, asyncio.run(status_all(settings_of(options))), {})
    return ANSWERED


async def _up(options: Namespace) -> tuple[list["ServiceStatus"], dict[str, str]]:
    from memory.errors import MemoryDown
    from services import ServiceError, start_all, status_all
    from tools.errors import DataUnavailable

    settings = settings_of(options)
    with waiting("starting services"):
        outcomes = await start_all(settings)
    faults = {name: str(outcome) for name, outcome in outcomes.items() if isinstance(outcome, ServiceError)}
    if "postgres" not in faults:
        try:
            async with open_data(options) as data:
                if "milvus" not in faults:
                    await _catch_up(data, settings)
        except (DataUnavailable, MemoryDown) as why:
            faults["data" if isinstance(why, DataUnavailable) else "load shapes"] = str(why)
    return await status_all(settings), faults


async def _catch_up(data: "LiveData", settings: "Settings") -> None:
    """Make the load shapes anew of what has changed while no process listened."""
    from graphs.account import TENANT
    from memory.milvus import milvus_of
    from memory.shapes import ShapeIndex

    index = ShapeIndex(milvus_of(settings), data, tenant=TENANT)
    try:
        with waiting("bringing the load shapes up to date"):
            await index.catch_up(await data.pool())
    finally:
        await index.close()


async def _down(options: Namespace) -> dict[str, bool]:
    from services import stop_all

    with waiting("stopping services"):
        return await stop_all(settings_of(options))


def _show(options: Namespace, statuses: list["ServiceStatus"], faults: dict[str, str]) -> None:
    if options.json:
        found = [
            _as_json(status) | ({"fault": faults[status.name]} if status.name in faults else {}) for status in statuses
        ]
        write_json(options, {"status": "error" if faults else "answered", "services": found, "faults": faults})
    else:
        open_screen().grid(status_grid(statuses, settings_of(options).home))


def status_grid(statuses: list["ServiceStatus"], home: Path) -> Grid:
    """Return the services as rows; folders are below the home."""
    columns = ("service", "state", "pid", "address", "version", "memory", "folder")
    return Grid(
        columns,
        [_row(status, home) for status in statuses],
        str(home),
        frozenset({"pid", "memory"}),
        frozenset({"folder"}),
    )


def _row(status: "ServiceStatus", home: Path) -> tuple[str, ...]:
    memory = f"{status.rss_bytes / MEBIBYTE:,.0f} MiB" if status.rss_bytes else ""
    folder = str(status.folder.relative_to(home)) if status.folder else ""
    return (
        status.name,
        status.state,
        str(status.pid or ""),
        status.address or "",
        status.version or "",
        memory,
        folder,
    )


def _as_json(status: "ServiceStatus") -> dict[str, Any]:
    return {key: str(value) if key in ("folder", "log") and value else value for key, value in asdict(status).items()}
