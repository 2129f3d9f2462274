"""The buildings of an inventory that have meters of a kind, laid out for questions about thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.readings import Inventory, Meter

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """Buildings in the order of the inventory, with the successive meters of each; times in seconds since 1970 UTC.

    `site`: index into `sites`. `first`, `last_end`: of a building's one meter. `several`: it has more than one.
    """

    buildings: tuple[str, ...]
    place: dict[str, int]
    sites: tuple[str, ...]
    site: Places
    meters: tuple[tuple[Meter, ...], ...]
    first: Places
    last_end: Places
    several: NDArray[np.bool_]
    area_m2: NDArray[np.float64]

    def places(self, buildings: Sequence[str], sites: Sequence[str]) -> Places:
        """Return where the named buildings are, those of the named sites, or all."""
        if buildings:
            return np.array([self.place[b] for b in dict.fromkeys(buildings) if b in self.place], np.int64)
        if sites:
            return np.flatnonzero(np.isin(self.site, [n for n, s in enumerate(self.sites) if s in sites]))
        return np.arange(len(self.buildings))


def fleet(inventory: Inventory, kind: str) -> Fleet:
    """Return the buildings that have meters of a kind; kept, since a portfolio is asked about again and again."""
    return _fleet(inventory, len(inventory.meters), len(inventory.buildings), kind)


@lru_cache(maxsize=8)
def _fleet(inventory: Inventory, _meters: int, _buildings: int, kind: str) -> Fleet:
    metered = {b: tuple(meters) for b in inventory.buildings if (meters := inventory.meters_of(b, kind))}
    sites = tuple(dict.fromkeys(inventory.buildings[b].site for b in metered))
    number = {site: n for n, site in enumerate(sites)}
    return Fleet(
        buildings=tuple(metered),
        place={b: n for n, b in enumerate(metered)},
        sites=sites,
        site=np.array([number[inventory.buildings[b].site] for b in metered], np.int64),
        meters=tuple(metered.values()),
        first=np.array([round(meters[0].first.timestamp()) for meters in metered.values()], np.int64),
        last_end=np.array([round(meters[-1].last_end.timestamp()) for meters in metered.values()], np.int64),
        several=np.array([len(meters) > 1 for meters in metered.values()], bool),
        area_m2=np.array([inventory.buildings[b].area_m2 or np.nan for b in metered], np.float64),
    )
