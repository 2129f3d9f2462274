"""Words for the catalogue's facts, and which use a person's word for a kind of building means."""

from collections.abc import Sequence

from tools.readings import Building
from tools.same_use import SAME_USE
from tools.wording import FT2_PER_M2, number

SHOWN = 20


def is_of_use(building: Building, use: str | None) -> bool:
    """Tell whether a building is of a use, by any of the words for it; every building is of no use in particular."""
    if use is None:
        return True
    kin = next((words for words in SAME_USE if use in words), frozenset({use}))
    return bool(building.use) and bool(kin & set((building.use or "").lower().split()))


def kind_words(use: str) -> str:
    """Write a use as a kind of building."""
    kin = next((words for words in SAME_USE if use in words), None)
    return use if kin is None else min((w for w in kin if w[0] == use[0]), key=len)


def fuel_words(fuel: str | None) -> str:
    """Write which meter is meant."""
    return fuel or "electricity or gas"


def ids(buildings: Sequence[Building]) -> str:
    """Write the ids of buildings, of many the first."""
    more = f" and {len(buildings) - SHOWN} more" if len(buildings) > SHOWN else ""
    return ", ".join(b.id for b in buildings[:SHOWN]) + more


def areas(area_m2: float, unit: str | None) -> str:
    """Write a floor area in m2, and in ft2 where that was asked for."""
    feet = f"{number(area_m2 * FT2_PER_M2, 0)} ft2 ({number(area_m2, 0)} m2)"
    return feet if unit == "ft2" else f"{number(area_m2, 0)} m2"
