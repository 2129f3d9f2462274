"""Where a building stands among its peers."""

from dataclasses import dataclass, replace

import numpy as np

from tools.errors import NoData
from tools.peers.intensity import Intensity
from tools.peers.peer_set import FEW_PEERS, Metric, PeerSet
from tools.peers.weighted import effective_count, percent_below, quantile, wilson_interval


@dataclass(frozen=True, slots=True)
class PeerRank:
    """How a building's intensity compares. All intensities are in kWh/m2.

    `percent_using_less`: share of the population that uses less per floor area, 0 (best) to 100, those equal counted
    half; `low` and `high` are its 95 % interval, from the size of the sample (Wilson, with Kish's effective count; the
    survey's strata are not in the shipped table, so the true one may be somewhat wider). `of_median`: the building over
    the median, 1 where equal.
    """

    peers: str
    metric: Metric
    value_kwh_per_m2: float
    percent_using_less: float
    low: float
    high: float
    lower_quartile_kwh_per_m2: float
    median_kwh_per_m2: float
    upper_quartile_kwh_per_m2: float
    of_median: float | None
    count: int
    effective_count: float
    notes: tuple[str, ...]


def peer_rank(value_kwh_per_m2: float, peers: PeerSet, metric: Metric = "site") -> PeerRank:
    """Return the rank of an annual intensity. Raises `NoData` where it is unknown or the peers are too few."""
    if not np.isfinite(value_kwh_per_m2):
        raise NoData("the building's intensity is not known, so it has no rank")
    values, weights = peers.with_metric(metric)
    percent, count = percent_below(value_kwh_per_m2, values, weights), effective_count(weights)
    low, high = wilson_interval(percent, count)
    quarter, median, three_quarters = (quantile(values, weights, share) for share in (0.25, 0.50, 0.75))
    few = f"only {len(values)} peers: the rank is uncertain by {(high - low) / 2:.0f} points either way"
    return PeerRank(
        peers=peers.name,
        metric=metric,
        value_kwh_per_m2=value_kwh_per_m2,
        percent_using_less=percent,
        low=low,
        high=high,
        lower_quartile_kwh_per_m2=quarter,
        median_kwh_per_m2=median,
        upper_quartile_kwh_per_m2=three_quarters,
        of_median=value_kwh_per_m2 / median if median > 0 else None,
        count=len(values),
        effective_count=count,
        notes=(*peers.caveats, *((few,) if len(values) < FEW_PEERS else ())),
    )


def rank_of(found: Intensity, peers: PeerSet, metric: Metric = "source") -> PeerRank:
    """Return the rank of a building's intensity, with everything that was to be said of the intensity itself.

    Source energy is EPA's measure for buildings with different fuels. The intensity is taken as if its missing hours
    were like the valid ones, so that gaps flatter nobody. Raises `NoData` where the period is not a year.
    """
    if not found.is_annual:
        raise NoData("an intensity of part of a year cannot be ranked; ask for twelve full months")
    value = found.filled_site_kwh_per_m2 if metric == "site" else found.filled_source_kwh_per_m2
    rank = peer_rank(value, peers, metric)
    filled = "missing hours are taken to be like the valid ones, so that gaps do not improve the rank"
    gaps = (filled,) if found.coverage < 1 else ()
    return replace(rank, notes=(*rank.notes, *found.notes, *gaps))
