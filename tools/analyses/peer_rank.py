"""Where a building stands among its peers, as facts: its percentile, or how it compares with the national median."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.analyses.carriers import KINDS, Energy, energies, named_carriers
from tools.analyses.finding import Finding
from tools.analyses.intensity import doubt_words, finding_of
from tools.analyses.told import Method, Told, answered
from tools.caveats import SAY_COVERAGE_BELOW
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.labelling import LABEL
from tools.peers.intensity import Intensity
from tools.peers.intensity import intensity as intensity_of
from tools.peers.medians import EnergyStarMedian
from tools.peers.peer_rank import PeerRank, rank_of
from tools.peers.peer_set import LEAST_PEERS, Metric, PeerSet, own_peers
from tools.peers.shipped import cbecs_peers, energy_star_median, seattle_peers
from tools.peers.source_factors import EPA_US
from tools.peers.uses import UseMatch, match_use
from tools.readings import Inventory, Readings
from tools.wording import amount, named, shown_units

Peers = Literal["cbecs", "energy_star", "seattle", "own"]
LEAST_COVERAGE = 0.5
PERCENTILE = "share of the peers that use less per floor area, 0 (best) to 100; who is equal counts half"
OF_MEDIAN = "intensity over ENERGY STAR's national median of the use (EPA, August 2018); 100 is the median"
INTENSITY = f"a year's energy over the floor area, missing hours as the valid ones; {EPA_US.standard}"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A building's intensity with the peers of its use."""

    energy: Energy
    found: Intensity
    metric: Metric
    match: UseMatch

    @property
    def value(self) -> float:
        """Return the intensity that is compared, kWh/m2."""
        found = self.found
        return found.filled_site_kwh_per_m2 if self.metric == "site" else found.filled_source_kwh_per_m2


async def peer_rank(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the share of peers that use less per floor area, then the intensity and the peers' median and quartiles.

    Peers are those of the terms, else by the building's use: CBECS 2012 where the survey has it, Seattle 2016 where
    that has ten, else ENERGY STAR's median, against which a rank of many sets all. Source energy unless the terms say
    site. Raises `NoData` for an unknown use or area, too few peers, or a time that is no year; and as `answered` does.
    """
    if query.measure not in ("electricity", "total") or query.hours != "all":
        raise BadQuestion(
            "peers' figures are of a whole year and of every fuel; ask for the building's energy at all hours"
        )
    asked = query.terms.peers if query.terms else None
    is_rank = not query.buildings or query.group == "building"
    peers: Peers | None = asked or ("energy_star" if is_rank else None)
    own = await _portfolio(query, readings, inventory) if peers == "own" else {}
    method = Method(
        noun="energy intensity over the ENERGY STAR median"
        if peers == "energy_star"
        else "energy intensity percentile",
        load=lambda q: energies(q, readings, inventory, KINDS["total"]),
        tell=lambda energy: _told(query, energy, inventory, peers, own),
    )
    return await answered(query, inventory, method)


def _metric(query: EnergyQuery) -> Metric:
    return "site" if query.terms and query.terms.basis == "site" else "source"


async def _portfolio(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, Energy]:
    everybody = query.model_copy(update={"buildings": (), "sites": ()})
    return await energies(everybody, readings, inventory, KINDS["total"])


def _standing(query: EnergyQuery, energy: Energy, inventory: Inventory) -> _Standing:
    building = inventory.buildings[energy.building]
    found = intensity_of(energy.hours_kwh, building.area_m2, building=building.id)
    try:
        match = match_use(building.use)
    except NoData as unknown:
        raise NoData(str(unknown).replace("set ID", f"set {building.id}")) from unknown
    if found.coverage < LEAST_COVERAGE:
        valid = amount(100 * found.coverage, "percent")
        raise NoData(
            f"only {valid} of the hours of {building.id} {energy.when} have a valid reading, and a comparison with "
            f"peers takes {LEAST_COVERAGE:.0%}; ask for a fuller year"
        )
    return _Standing(energy, found, _metric(query), match)


def _told(
    query: EnergyQuery, energy: Energy, inventory: Inventory, peers: Peers | None, own: Mapping[str, Energy]
) -> Told:
    standing = _standing(query, energy, inventory)
    kind = peers or _natural(standing.match, standing.metric)
    if kind == "energy_star":
        return _against_median(query, standing, inventory)
    members = {
        "cbecs": lambda: cbecs_peers(standing.match),
        "seattle": lambda: seattle_peers(standing.match),
        "own": lambda: _own(query, standing, inventory, own),
    }[kind]()
    return _among(query, standing, rank_of(standing.found, members, standing.metric), inventory)


def _natural(match: UseMatch, metric: Metric) -> Peers:
    """Return the peers that a use has: the survey's, else the city's where they are enough, else the median."""
    if match.cbecs:
        return "cbecs"
    city = seattle_peers(match)
    values = city.site_kwh_per_m2 if metric == "site" else city.source_kwh_per_m2
    return "seattle" if int(np.isfinite(values).sum()) >= LEAST_PEERS else "energy_star"


def _own(query: EnergyQuery, standing: _Standing, inventory: Inventory, own: Mapping[str, Energy]) -> PeerSet:
    """Return the other buildings of the same use that have an area and a year."""
    others = {}
    for building, energy in own.items():
        try:
            other = _standing(query, energy, inventory)
        except NoData:
            continue
        same = other.match.energy_star == standing.match.energy_star
        if same and other.found.is_annual and building != standing.energy.building:
            others[building] = other.value
    return own_peers(others, f"own {standing.match.energy_star.lower()} buildings", standing.metric)


def _finding(standing: _Standing, name: str, value: float, unit: str, method: str) -> Finding:
    return finding_of(standing.energy, name, value, unit, method, standing.found.coverage)


def _among(query: EnergyQuery, standing: _Standing, rank: PeerRank, inventory: Inventory) -> Told:
    basis = standing.metric
    of_peers = f"{rank.peers}: {rank.count} peers, weighted as the survey says"
    findings = (
        _finding(standing, "energy intensity percentile", rank.percent_using_less, "percent", PERCENTILE),
        _finding(standing, f"energy intensity, {basis}", rank.value_kwh_per_m2, "kWh_per_m2", INTENSITY),
        _finding(standing, "peers' median intensity", rank.median_kwh_per_m2, "kWh_per_m2", of_peers),
        _finding(standing, "peers' lower quartile", rank.lower_quartile_kwh_per_m2, "kWh_per_m2", of_peers),
        _finding(standing, "peers' upper quartile", rank.upper_quartile_kwh_per_m2, "kWh_per_m2", of_peers),
        _finding(standing, "energy intensity percentile, lower end", rank.low, "percent", "95 % interval (Wilson)"),
        _finding(standing, "energy intensity percentile, upper end", rank.high, "percent", "95 % interval (Wilson)"),
        _finding(standing, "peers", rank.count, "count", rank.peers),
    )
    units = shown_units(query, inventory, (standing.energy.building,))
    low, high = amount(rank.low, "percent"), amount(rank.high, "percent")
    percent, who = amount(rank.percent_using_less, "percent"), named(standing.energy.building, inventory)
    text = (
        f"{percent} of {rank.count} peers ({rank.peers}) use less per floor area than {who} (95 % interval {low} to "
        f"{high}): {_used(standing, units)}, against their median of "
        f"{amount(rank.median_kwh_per_m2, 'kWh_per_m2', units)}. {_peers_words(rank)}"
    )
    return Told(findings, text, standing.energy.when, _chart(standing, rank), _notes(standing, rank.notes))


def _notes(standing: _Standing, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is to be said, without that gaps lower the figure: here they do not."""
    return (*standing.energy.notes, *(note for note in said if "of the hours of" not in note))


def _used(standing: _Standing, units: tuple[str, ...]) -> str:
    fuels = named_carriers(standing.found.carriers) + doubt_words(standing.energy)
    alone = " alone, while peers' figures include every fuel" if len(standing.found.carriers) == 1 else ""
    gaps = ", missing hours taken to be like the valid ones" if standing.found.coverage < SAY_COVERAGE_BELOW else ""
    value = amount(standing.value, "kWh_per_m2", units)
    return f"it used {value} of {standing.metric} energy ({fuels}{alone}) {standing.energy.when}{gaps}"


def _peers_words(rank: PeerRank) -> str:
    """Say the first reservation about the peers."""
    first = rank.notes[0] if rank.notes else "these are the portfolio's own buildings of the same use"
    return f"{first[0].upper()}{first[1:]}."


def _against_median(query: EnergyQuery, standing: _Standing, inventory: Inventory) -> Told:
    median = energy_star_median(standing.match)
    if not standing.found.is_annual:
        raise NoData("an intensity of part of a year cannot be compared with a year's; ask for twelve full months")
    typical = _of(median, standing.metric)
    findings = (
        _finding(
            standing,
            "energy intensity over the ENERGY STAR median",
            100 * standing.value / typical,
            "percent",
            OF_MEDIAN,
        ),
        _finding(standing, f"energy intensity, {standing.metric}", standing.value, "kWh_per_m2", INTENSITY),
        _finding(standing, "peers' median intensity", typical, "kWh_per_m2", f"ENERGY STAR, {median.property_type}"),
    )
    units = shown_units(query, inventory, (standing.energy.building,))
    percent, who = amount(100 * standing.value / typical, "percent"), named(standing.energy.building, inventory)
    text = (
        f"{who} is at {percent} of the ENERGY STAR median of its use ({median.property_type}, United States, "
        f"{amount(typical, 'kWh_per_m2', units)}): {_used(standing, units)}."
    )
    near = (standing.match.note,) if standing.match.note else ()
    return Told(findings, text, standing.energy.when, None, _notes(standing, (*near, *standing.found.notes)))


def _of(median: EnergyStarMedian, metric: Metric) -> float:
    return median.site_kwh_per_m2 if metric == "site" else median.source_kwh_per_m2


def _chart(standing: _Standing, rank: PeerRank) -> Chart:
    bars = {
        "lower quartile": rank.lower_quartile_kwh_per_m2,
        "median": rank.median_kwh_per_m2,
        "upper quartile": rank.upper_quartile_kwh_per_m2,
    }
    return Chart(
        title=f"{standing.metric} energy of {standing.energy.building} beside its peers",
        unit="kWh_per_m2",
        labels=(standing.energy.building, *bars),
        values=(rank.value_kwh_per_m2, *bars.values()),
        kind="bar",
        label=LABEL,
    )
