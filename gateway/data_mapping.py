"""How a file is read, as the options of a command say it, and as a person sees it."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.grid import Grid
from gateway.opened import open_data
from gateway.screen import Screen

if TYPE_CHECKING:
    from memory.columns import ColumnMapping, ValueColumn

GIVEN = (
    "unit", "kind", "building", "building_from", "sub_meter", "register", "time_format", "stamps", "decimal",
    "leave_out",
)  # fmt: skip
"""The options that correct a guess."""


def mapping_of(options: Namespace, path: Path, timezone: str) -> "ColumnMapping":
    """Return how a file is read: guessed, then as the options correct it."""
    from memory.column_guess import guess_mapping

    return corrected(options, guess_mapping(path, timezone=timezone))


def corrected(options: Namespace, mapping: "ColumnMapping") -> "ColumnMapping":
    """Return a mapping as the options correct it. Raises `BadMapping` for what cannot be."""
    from memory.columns import override
    from memory.local_time import zone_of

    if options.tz:
        zone_of(options.tz)
        mapping = replace(mapping, timezone=options.tz)
    given = {name: getattr(options, name) for name in GIVEN if getattr(options, name) not in (None, [])}
    if "register" in given:
        given["register"] = given["register"] == "yes"
    return override(mapping, **given) if given else mapping


async def zone_for(options: Namespace) -> str:
    """Return the time zone of the stamps: the one given, or that of a site that is known.

    Raises `BadUsage` for a new site without one.
    """
    if options.tz:
        return str(options.tz)
    async with open_data(options) as data:
        sites = (await data.inventory()).sites.values()
    wanted = options.site.strip().lower()
    for site in sites:
        if wanted in (site.id.lower(), site.name.lower(), *site.aliases):
            return site.timezone
    raise BadUsage(f"site {options.site!r} is new; say in which time zone its stamps are, such as --tz Europe/Berlin")


def show_mapping(screen: Screen, title: str, mapping: "ColumnMapping") -> None:
    """Print what each column is taken for, and what a person should check."""
    every = f"every {mapping.interval_s // 60} min, a stamp marks the {mapping.stamps}"
    rows = [(" + ".join(mapping.time_columns), "time", f"{mapping.time_format}, {mapping.timezone}, {every}", "")]
    roles = (
        ("building", mapping.building_column),
        ("kind", mapping.kind_column),
        ("unit", mapping.unit_column),
        ("meter", mapping.meter_column),
    )
    rows += [(column, role, "each row says its own", "") for role, column in roles if column]
    for value in mapping.values:
        whose = value.building or (f"as {mapping.building_column} says" if mapping.building_column else "the site")
        what = value.kind + (", a register" if value.register else "") + _sent(value)
        rows.append((value.column, what, whose, value.unit))
    columns = ("column", "is read as", "of", "unit")
    screen.grid(Grid(columns, rows, title, wide=frozenset({"column", "of"})))
    for doubt in mapping.doubts:
        screen.say(f"check: {doubt}", "yellow")


def _sent(value: "ValueColumn") -> str:
    if value.sub_meter:
        return f", by the sub-meter {value.sub_meter}"
    return ", sent to the grid" if value.direction == "export" else ""
