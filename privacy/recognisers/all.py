"""All families of recognisers, loaded one by one: one that is broken is missed, and the scan says so."""

from functools import cache
from importlib import import_module

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.words import compile_all

FAMILIES = (
    "credentials",
    "network",
    "ot_addresses",
    "occupancy",
    "interval_load",
    "access",
    "security_plan",
    "critical_setpoints",
    "addresses",
    "postcodes",
    "coordinates",
    "contact",
    "national",
    "financial",
    "meter_accounts",
    "tenancy",
    "tariffs",
    "aggregate_use",
    "building_names",
    "point_names",
)
"""Modules of this package; each exports `RECOGNISERS`."""

Family = tuple[str, tuple[Recogniser, ...]]


@cache
def load() -> tuple[tuple[Family, ...], tuple[str, ...]]:
    """Return the families by name, and the names of those that cannot be loaded."""
    found: list[Family] = []
    missing: list[str] = []
    for name in FAMILIES:
        try:
            found.append((name, import_module(f"privacy.recognisers.{name}").RECOGNISERS))
        except Exception:  # noqa: BLE001 - whatever keeps a detector from loading, its absence is told, not raised
            missing.append(name)
    return tuple(found), tuple(missing)


def warm() -> None:
    """Compile what is otherwise compiled when the first text asks for it."""
    load()
    compile_all()
