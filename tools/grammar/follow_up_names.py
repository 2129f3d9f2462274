"""Which buildings a follow-up asks about: "and b8?", "b36 instead of b8", "which building is the worst?"."""

import re
from typing import Any, Final

from tools.energy_query import EnergyQuery
from tools.grammar import vocabulary as v
from tools.grammar.elliptic import ASKS_BUILDING, THE_SITE
from tools.grammar.follow_up_change import against
from tools.grammar.fragment import EVERY_BUILDING, VERSUS
from tools.grammar.reading import Reading

Values = dict[str, Any]
INSTEAD_OF: Final = re.compile(r"\b(?:instead of|rather than|in place of)\s+(?:the\s+)?$")
TOGETHER_WITH: Final = re.compile(r"\b(?:together|combined|along) with\b|\b(?:plus|added to|add)\s+\w")


def change_names(values: Values, s: Reading, before: EnergyQuery) -> None:
    """Set the buildings, sites and what is ranked, where a fragment names others."""
    if compares(s) and len(s.named.buildings) == 2 and not set(s.named.buildings) & set(before.buildings):
        one, other = s.named.buildings
        values |= {"buildings": (one,), "sites": (), "group": "none", "order": None, "limit": None}
        values |= against(buildings=(other,))
        return
    if compares(s) and s.named.buildings and before.buildings:
        values |= against(buildings=s.named.buildings)
        return
    if replaced := _replaced(s):
        values |= {name: _swapped(getattr(before, name), *replaced) for name in ("buildings", "against_buildings")}
        return
    if s.named.buildings and before.against_buildings:
        values["against_buildings"] = s.named.buildings
        return
    if s.named.buildings:
        joined = before.buildings if TOGETHER_WITH.search(s.text) and before.group == "none" else ()
        values["buildings"] = tuple(dict.fromkeys((*joined, *s.named.buildings)))
        values["sites"] = before.sites if before.statistic == "share" else ()
        if before.group == "building":
            values |= {"group": "none", "order": None, "limit": None}
    elif THE_SITE.search(s.rest) and not s.named.sites and "share" not in (before.statistic, _statistic(s)):
        values |= {"sites": sites_of(before, s), "buildings": (), "group": "none", "order": None, **against()}
    elif s.named.sites and "share" in (before.statistic, _statistic(s)):
        values["sites"] = s.named.sites
    elif s.named.sites:
        values |= {"sites": s.named.sites, "buildings": (), "against_buildings": ()}
    elif EVERY_BUILDING.search(s.rest) or (ASKS_BUILDING.search(s.rest) and before.group == "none"):
        values |= {"group": "building", "order": "highest", "against_buildings": ()}
        values |= against() if ASKS_BUILDING.search(s.rest) else {}
        if len(before.buildings) == 1:
            values |= {"buildings": (), "sites": sites_of(before, s)}


def _statistic(s: Reading) -> str | None:
    return v.first(v.STATISTICS, s.rest)


def _replaced(s: Reading) -> tuple[str, str] | None:
    """Return (old, new) of 'b36 instead of b8', None where no building is put in the place of another."""
    old = [name for at, _, name in s.named.spans if INSTEAD_OF.search(s.text[:at])]
    new = [name for name in s.named.buildings if name not in old]
    return (old[0], new[0]) if len(old) == len(new) == 1 else None


def _swapped(buildings: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if building == old else building for building in buildings)


def sites_of(before: EnergyQuery, s: Reading) -> tuple[str, ...]:
    """Return the sites of a query, those of its buildings where it names none."""
    return before.sites or tuple(dict.fromkeys(s.inventory.buildings[b].site for b in before.buildings))


def compares(s: Reading) -> bool:
    """Tell whether a fragment sets something against something."""
    return bool(VERSUS.search(s.rest))
