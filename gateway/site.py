"""`eaio site set` and `eaio site show`: what people know of a site, for every answer about it."""

import asyncio
import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from tools.readings import Inventory, Site

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
GIVEN = ("opening", "holidays", "subdiv", "own_holidays", "units", "currency", "latitude", "longitude")


def set_site(options: Namespace) -> int:
    """Set what is given; print old and new."""
    given: dict[str, Any] = {name: getattr(options, name) for name in GIVEN}
    given["tariff"] = _tariff(options.tariff) if options.tariff else None
    if all(value is None for value in given.values()):
        raise BadUsage(
            f"say what to set of {options.site}: --opening, --holidays, --units, --currency, --tariff ...;"
            f" `eaio site show {options.site}` shows what is set"
        )
    site, changed = asyncio.run(_set(options, given))
    screen = open_screen()
    if not changed:
        screen.say(f"{site} is unchanged: it had these settings before.")
        return ANSWERED
    rows = [(name.replace("_", " "), shown(name, old), shown(name, new)) for name, (old, new) in changed.items()]
    screen.grid(Grid((site, "was", "is"), rows))
    return ANSWERED


def show_site(options: Namespace) -> int:
    """Print what is set of a site."""
    site = asyncio.run(_found(options))
    settings = asdict(site.settings)
    if options.json:
        write_json(options, {"status": "answered", "site": asdict(site)})
        return ANSWERED
    rows = [(name.replace("_", " "), shown(name, value)) for name, value in settings.items()]
    rows.append(("currency", site.currency or "not known"))
    open_screen().grid(Grid((site.id, "is"), rows, f"{site.name}, times of {site.timezone}"))
    return ANSWERED


async def _set(options: Namespace, given: dict[str, Any]) -> tuple[str, dict[str, tuple[Any, Any]]]:
    from memory.site_edit import set_site

    async with open_data(options) as data:
        return await set_site(await data.pool(), options.site, given)


async def _found(options: Namespace) -> "Site":
    from tools.errors import UnknownName

    async with open_data(options) as data:
        sites = (inventory := await data.inventory()).sites
        found = site_called(options.site, inventory)
        if found is None:
            raise UnknownName(options.site, list(sites))
        return found


def site_called(words: str, inventory: "Inventory") -> "Site | None":
    """Return the site of that id, name or other name."""
    wanted = " ".join(words.split()).lower()
    return next((s for s in inventory.sites.values() if wanted in (s.id, s.name.lower(), *s.aliases)), None)


def _tariff(file: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as why:
        raise BadUsage(f"{file} cannot be read ({why.strerror}); check the name") from why
    except ValueError as why:
        raise BadUsage(f"{file} is no JSON ({why}); a tariff is one JSON object") from why
    if not isinstance(found, dict):
        raise BadUsage(f"{file} is no JSON object; a tariff has at least name, currency and energy")
    return found


def shown(name: str, value: Any) -> str:
    """Write a setting as people read it."""
    if value is None:
        return "not known"
    if name == "opening":
        return (
            ", ".join(_day(int(day), hours) for day, hours in sorted(value.items(), key=lambda at: int(at[0])))
            or "closed"
        )
    if name == "tariff":
        return f"{value['name']}, in {value['currency']}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _day(day: int, hours: Any) -> str:
    first, last = (f"{int(at):02d}:{round(60 * at) % 60:02d}" for at in hours)
    return f"{WEEKDAYS[day]} {first}-{last}"
