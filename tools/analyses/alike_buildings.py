"""Buildings whose load behaves like another's, as facts. The size of a load does not count and is told beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import fuel_words
from tools.analyses.site_terms import temperature_of
from tools.analyses.timed_use import TimedUse, timed_uses
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import MEASURE_NAME
from tools.figures import Values
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.shapes import Traits, building_vector, distances, traits_of
from tools.wording import amount, hours_words, listed, named

FOUND = 5
LEAST_COVERAGE = 0.5
DRAWN = 3
METHOD = (
    "Euclidean distance of load shapes (hourly profile by kind of day, duration, weather response, spread, steps), "
    "whatever their size; in the median two halves of one building's year are 1.4 apart"
)
PROFILE = "root mean square difference of the hourly profiles (working days, Saturdays, Sundays), of the mean load"
SAID = "0 is the same; two halves of one building's year are 1.4 apart in the median"


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """A building's load with what it is like."""

    one: TimedUse
    traits: Traits

    @property
    def building(self) -> str:
        """Return the building's id."""
        return self.one.building


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A building beside the one that it is compared with."""

    found: _Shape
    asked: _Shape
    distance: float

    @property
    def profile_percent(self) -> float:
        """Return how far the hourly profiles are apart, percent of the mean load."""
        return 100 * float(np.sqrt(np.nanmean((self.found.traits.curve - self.asked.traits.curve) ** 2)))

    @property
    def size_percent(self) -> float:
        """Return the mean load as a share of the other's, percent."""
        return 100 * self.found.traits.mean_kw / self.asked.traits.mean_kw


async def buildings_alike(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the distance of the nearest buildings, then how far their profiles are apart, and their size.

    One building named: the others beside it. Several: each beside the first. None: the pairs that are nearest. Without
    a period each building is taken over its own whole record. Raises `NoData` where there is nothing to compare with.
    """
    shapes, notes = await _shapes(query, readings, inventory)
    pairs = _pairs(query, shapes)
    if not pairs:
        who = named(query.buildings[0], inventory) if query.buildings else "one building"
        raise NoData(f"only {who} has readings then, and likeness takes two buildings; ask for another time")
    pairs.sort(key=lambda pair: -pair.distance if query.order == "furthest" else pair.distance)
    pairs = pairs[: query.limit or FOUND]
    findings = [f for kind in (_distance, _profile, _size) for pair in pairs for f in kind(query, pair)]
    words = _words(query, pairs, inventory)
    return facts_of(query, inventory, findings, words, _chart(query, pairs), notes)


async def _shapes(
    query: EnergyQuery, readings: Readings, inventory: Inventory
) -> tuple[dict[str, _Shape], tuple[str, ...]]:
    """Return what each building is like, of the one that was asked about first, and who is left out and why."""
    alone = len(query.buildings) == 1
    everybody = query.model_copy(update={"buildings": ()}) if alone else query
    found = dict(await timed_uses(everybody, readings, inventory, "record"))
    if alone and query.buildings[0] not in found:
        found |= await timed_uses(query, readings, inventory, "record")
    shapes, reasons = {}, {}
    for building, one in found.items():
        use = one.use
        outside = await temperature_of(readings, inventory, use)
        try:
            traits = traits_of(use.hours, use.clock, outside, use.clock.among(query.hours))
        except NoData as why:
            if building in query.buildings:
                raise NoData(f"{named(building, inventory)}: {why}") from why
            reasons[building] = str(why)
            continue
        if traits.coverage < LEAST_COVERAGE and building not in query.buildings:
            reasons[building] = f"only {amount(100 * traits.coverage, 'percent')} of its hours are valid"
        else:
            shapes[building] = _Shape(one, traits)
    return shapes, tuple(f"{building} is left out: {why}" for building, why in reasons.items())


def _pairs(query: EnergyQuery, shapes: Mapping[str, _Shape]) -> list[_Pair]:
    vectors = {building: building_vector(shape.traits, "shape") for building, shape in shapes.items()}
    if query.buildings:
        first = query.buildings[0]
        both = [(first, other) for other in shapes if other != first] if first in shapes else []
    else:
        both = list(combinations(shapes, 2))
    return [_Pair(shapes[b], shapes[a], _apart(vectors[a], vectors[b])) for a, b in both]


def _apart(one: Values, other: Values) -> float:
    return float(distances(one, other[None])[0])


def _finding(query: EnergyQuery, pair: _Pair, name: str, value: float, unit: str, method: str) -> Finding:
    use, other = pair.found.one.use, pair.asked.one.use
    return Finding(
        f"{MEASURE_NAME[query.measure]} {name}",
        value,
        unit,
        (use.building, other.building),
        use.start,
        use.end,
        method,
        min(pair.found.traits.coverage, pair.asked.traits.coverage),
        (*use.meters, *other.meters),
        shows_hours=True,
    )


def _distance(query: EnergyQuery, pair: _Pair) -> list[Finding]:
    return [_finding(query, pair, "load-shape distance", pair.distance, "ratio", METHOD)]


def _profile(query: EnergyQuery, pair: _Pair) -> list[Finding]:
    return [_finding(query, pair, "profile difference", pair.profile_percent, "percent", PROFILE)]


def _size(query: EnergyQuery, pair: _Pair) -> list[Finding]:
    of = "mean load over that of the other"
    return [_finding(query, pair, f"mean load beside {pair.asked.building}", pair.size_percent, "percent", of)]


def _words(query: EnergyQuery, pairs: list[_Pair], inventory: Inventory) -> str:
    first, *others = pairs
    found, asked = named(first.found.building, inventory), named(first.asked.building, inventory)
    fuel = fuel_words(query.measure)
    degree = "least like" if query.order == "furthest" else "most like"
    if len(query.buildings) == 2:
        degree = "like"
    text = (
        f"By its {fuel} load{hours_words(query.hours)}, {found} behaves {degree} {asked} {_time(first)}: their load "
        f"shapes are {first.distance:.2f} apart ({SAID}), their hourly profiles "
        f"{amount(first.profile_percent, 'percent')} of the mean load, and {found} has "
        f"{amount(first.size_percent, 'percent')} of the mean load of {asked}."
    )
    if len(query.buildings) == 2:
        text = text.replace(f"{found} behaves like {asked}", f"{found} was set beside {asked}", 1)
    if not others:
        return text
    return f"{text} Then {listed([_then(query, pair) for pair in others])}."


def _then(query: EnergyQuery, pair: _Pair) -> str:
    who = pair.found.building if query.buildings else f"{pair.found.building} with {pair.asked.building}"
    return f"{who} ({pair.distance:.2f})"


def _time(pair: _Pair) -> str:
    same = pair.found.one.when == pair.asked.one.when
    return pair.found.one.when if same else f"{pair.found.one.when} (each in its own)"


def _chart(query: EnergyQuery, pairs: list[_Pair]) -> Chart:
    shapes = {pairs[0].asked.building: pairs[0].asked} | {p.found.building: p.found for p in pairs[:DRAWN]}
    curves = {name: _drawn(query, shape) for name, shape in shapes.items()}
    hours = [h for h in range(24) if all(np.isfinite(curve[h]) for curve in curves.values())]
    (first, lead), *others = ((name, tuple(float(curve[h]) for h in hours)) for name, curve in curves.items())
    return Chart(
        title=f"hourly load over the mean load{hours_words(query.hours)}: {first} and those found",
        unit="ratio",
        labels=tuple(f"{h:02d}:00" for h in hours),
        values=lead,
        kind="line",
        label=LABEL,
        series=tuple(Series(name, values) for name, values in others),
    )


def _drawn(query: EnergyQuery, shape: _Shape) -> Values:
    """Return the mean day of a week, of its working days or of its free ones, as it was asked; NaN where none is."""
    days = {"weekend": slice(1, 3), "weekday": slice(0, 1)}.get(str(query.hours), slice(0, 3))
    weights = np.array([5.0, 1.0, 1.0])[days]
    return np.asarray(weights @ shape.traits.curve[days] / weights.sum())
