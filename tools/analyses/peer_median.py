"""What buildings of a use typically take: the median of a set of peers, by itself and of no building of ours."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from tools.analyses.finding import Finding, facts_of
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.peers.peer_set import Metric, PeerSet
from tools.peers.shipped import cbecs_peers, energy_star_median, seattle_peers
from tools.peers.uses import UseMatch, match_use
from tools.peers.weighted import quantile
from tools.readings import Inventory, Readings
from tools.wording import amount

YEAR = {"cbecs": 2012, "seattle": 2016, "energy_star": 2018}
PRINCIPAL = {"office": (2, 3, 4, 52), "warehouse": (9, 10, 20)}  # CBECS 2012: activities of these names, by PBAPLUS
LIMITS = "of the United States; nothing adjusts for the weather, the hours or the use inside"


async def peer_median(query: EnergyQuery, _readings: Readings, inventory: Inventory) -> Facts:
    """Return the median energy intensity of a use among peers, site energy first unless the terms say source.

    Peers are those of the terms, else ENERGY STAR's national median. CBECS is weighted as the survey says. Raises
    `BadQuestion` where no use is named, `NoData` for a use without such peers.
    """
    use = query.terms.data.use if query.terms and query.terms.data else None
    if use is None:
        raise BadQuestion(
            "the question does not say of which use: offices, schools, hotels, dormitories, libraries ..."
        )
    match = match_use(use)
    asked = query.terms.peers if query.terms else None
    if asked == "own":
        raise BadQuestion(
            "a median of our own buildings needs one of them to compare; ask 'b4 against our own buildings'"
        )
    metric: Metric = "source" if query.terms and query.terms.basis == "source" else "site"
    if asked in ("cbecs", "seattle"):
        peers = _survey(match) if asked == "cbecs" else seattle_peers(match)
        return _of_set(query, inventory, peers, metric, asked)
    return _of_energy_star(query, inventory, match, metric)


def _survey(match: UseMatch) -> PeerSet:
    """Return the survey's buildings of a use; of its principal activity where the use is just that: 'offices'."""
    principal = PRINCIPAL.get(match.use.rstrip("s"), ())
    return cbecs_peers(replace(match, pbaplus=principal) if principal else match)


def _of_set(
    query: EnergyQuery, inventory: Inventory, peers: PeerSet, metric: Metric, kind: Literal["cbecs", "seattle"]
) -> Facts:
    values, weights = peers.with_metric(metric)
    plain = float(np.median(values))
    low, middle, high = (quantile(values, weights, share) for share in (0.25, 0.5, 0.75))
    weighted = "weighted as the survey says" if kind == "cbecs" else "each counted once"
    how = f"{len(values)} buildings ({peers.name}, {weighted})"
    findings = [
        _finding(f"median {metric} energy intensity of peers", middle, "kWh_per_m2", how, kind),
        _finding("lower quartile of peers", low, "kWh_per_m2", how, kind),
        _finding("upper quartile of peers", high, "kWh_per_m2", how, kind),
        *([_finding("unweighted median of peers", plain, "kWh_per_m2", how, kind)] if kind == "cbecs" else []),
        _finding("peers", float(len(values)), "count", how, kind),
    ]
    words = (
        f"The median {metric} energy intensity of {how} is {_both(middle, query)} a year; half of them lie between "
        f"{_shown(low, query)} and {_shown(high, query)}."
        + (f" Without weights it is {_both(plain, query)}." if kind == "cbecs" else "")
    )
    return facts_of(query, inventory, findings, words, None, peers.caveats)


def _of_energy_star(query: EnergyQuery, inventory: Inventory, match: UseMatch, metric: Metric) -> Facts:
    median = energy_star_median(match)
    if not median.site_kwh_per_m2:
        raise NoData(f"ENERGY STAR gives no median for {median.property_type}")
    how = f"ENERGY STAR's national median, {median.property_type} (EPA, August 2018)"
    values = {"site": median.site_kwh_per_m2, "source": median.source_kwh_per_m2}
    other: Metric = "source" if metric == "site" else "site"
    findings = [
        _finding(f"median {m} energy intensity of peers", values[m], "kWh_per_m2", how, "energy_star")
        for m in (metric, other)
    ]
    words = (
        f"The typical (median) energy intensity of the use {match.energy_star} is {_both(values[metric], query)} of "
        f"{metric} energy a year, and {_shown(values[other], query)} of {other} energy: {how}."
    )
    return facts_of(query, inventory, findings, words, None, (match.note or LIMITS, LIMITS)[: 2 if match.note else 1])


def _shown(value: float, query: EnergyQuery) -> str:
    return amount(value, "kWh_per_m2", query.unit)


def _both(value: float, query: EnergyQuery) -> str:
    """Write an intensity in the unit asked for; where none was, in kBtu/ft2 too, as the source prints it."""
    also = "" if query.unit else f" ({amount(value, 'kWh_per_m2', 'kBtu_per_ft2')})"
    return _shown(value, query) + also


def _finding(
    name: str, value: float, unit: str, method: str, kind: Literal["cbecs", "seattle", "energy_star"]
) -> Finding:
    start, end = datetime(YEAR[kind], 1, 1, tzinfo=UTC), datetime(YEAR[kind] + 1, 1, 1, tzinfo=UTC)
    return Finding(name, value, unit, (), start, end, method)
