"""Under what an answer is kept: everything that shapes it before its data are read.

A question's words are not among it. What decides is whether two typed queries are equal but for how their answer is
worded, so another wording finds the answer and a question that only looks alike does not.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from memory.response_cache import cache_key
from privacy.labels import Label
from tools.energy_query import ANALYSES, EnergyQuery
from tools.readings import Inventory

ROLE = "analyst"
PACKAGES = ("tools", "nodes", "memory", "graphs", "privacy")
"""Whose code shapes an answer."""


def canonical(query: EnergyQuery) -> dict[str, Any]:
    """Return what a query asks for, without how it is worded; two queries with equal ones have equal facts.

    The unit shown and the words of a period are wording: the headline is written for each question. An analysis writes
    its own sentences, so there they count. The order of buildings in a plain sum does not.
    """
    plain = query.model_dump(mode="json")
    if query.statistic not in ANALYSES and query.terms is None:
        del plain["unit"]
        for name in ("period", "against_period"):
            if plain[name]:
                del plain[name]["words"]
    if query.group == "none" and not query.against_buildings:
        plain["buildings"].sort()
    return plain


def answer_key(
    queries: Sequence[EnergyQuery],
    inventory: Inventory,
    *,
    tenant: str,
    label: Label,
    data: str,
    config: str,
    policy: str,
    writer: str,
    language: str,
) -> str:
    """Return the key of an answer. `label`: of the question; `data`: which database; `writer`: who explains first."""
    shaped_by: Mapping[str, object] = {
        "tenant": tenant,
        "label": label.name,
        "data": data,
        "queries": [canonical(query) for query in queries],
        "units": units_in_force(queries, inventory),
        "config": config,
        "policy": policy,
        "code": code_fingerprint(),
        "role": ROLE,
        "writer": writer,
        "language": language,
    }
    return cache_key(shaped_by)


def units_in_force(queries: Iterable[EnergyQuery], inventory: Inventory) -> list[list[str]]:
    """Return the units and the currency of each site that the queries may touch, in order."""
    named = {s for q in queries for s in sites_named(q, inventory)}
    every = [s for s in inventory.sites.values() if not named or s.id in named]
    return sorted([s.id, s.settings.energy_unit, s.settings.area_unit, s.currency or ""] for s in every)


def sites_named(query: EnergyQuery, inventory: Inventory) -> set[str]:
    """Return the sites that a query names, by themselves or by their buildings."""
    buildings = (*query.buildings, *query.against_buildings)
    return {*query.sites, *(inventory.buildings[b].site for b in buildings if b in inventory.buildings)}


@cache
def code_fingerprint() -> str:
    """Return a hash of the files that shape an answer, by name, size and time, so that no version serves another's."""
    house = Path(__file__).resolve().parents[1]
    files = sorted(path for package in PACKAGES for path in (house / package).rglob("*.py"))
    stamps = (f"{p.relative_to(house)} {(at := p.stat()).st_size} {at.st_mtime_ns}" for p in files)
    return hashlib.sha256("\n".join(stamps).encode()).hexdigest()[:16]
