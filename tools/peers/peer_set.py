"""Buildings to compare with: intensities and how many buildings of the population each stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from tools.errors import NoData
from tools.figures import Values

Metric = Literal["site", "source"]
LEAST_PEERS = 10
"""Below this one peer moves the rank by more than ten percent: no rank is given."""
FEW_PEERS = 30


@dataclass(frozen=True, slots=True, eq=False)
class PeerSet:
    """Peers, arrays of equal length n.

    `site_kwh_per_m2`, `source_kwh_per_m2`: NaN where unknown. `weight`: buildings of the population that each stands
    for; 1 where the set is the population. `caveats` must be said with any comparison.
    """

    name: str
    site_kwh_per_m2: Values
    source_kwh_per_m2: Values
    weight: Values
    area_m2: Values
    caveats: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.weight)

    def taken(self, mask: NDArray[np.bool_], name: str) -> Self:
        """Return some of the peers under a name that says which."""
        site, source = self.site_kwh_per_m2[mask], self.source_kwh_per_m2[mask]
        return type(self)(name, site, source, self.weight[mask], self.area_m2[mask], self.caveats)

    def of_size(self, area_m2: float, times: float = 3.0) -> Self:
        """Return the peers between a `times`-th and `times` times a floor area."""
        near = (self.area_m2 >= area_m2 / times) & (self.area_m2 <= area_m2 * times)
        return self.taken(near, f"{self.name} of {area_m2 / times:,.0f} to {area_m2 * times:,.0f} m2")

    def with_metric(self, metric: Metric) -> tuple[Values, Values]:
        """Return the intensities and weights of the peers that have the metric.

        Raises `NoData` where they are fewer than `LEAST_PEERS`.
        """
        values = self.site_kwh_per_m2 if metric == "site" else self.source_kwh_per_m2
        known = np.isfinite(values) & (self.weight > 0)
        count = int(known.sum())
        if count < LEAST_PEERS:
            raise NoData(
                f"{self.name}: {count} peers with {metric} energy are too few to rank against; at least {LEAST_PEERS} "
                "are needed. Compare with the ENERGY STAR median of the use instead, or with a wider set"
            )
        return values[known], self.weight[known]


def own_peers(intensities_kwh_per_m2: Mapping[str, float], of: str, metric: Metric = "site") -> PeerSet:
    """Return a portfolio's own buildings, by id, as a peer set; leave the building in question out before."""
    values = np.array(list(intensities_kwh_per_m2.values()), dtype=np.float64)
    none = np.full(len(values), np.nan)
    site, source = (values, none) if metric == "site" else (none, values)
    return PeerSet(of, site, source, np.ones(len(values)), none)
