"""Traits as one vector, so that buildings that behave alike lie near each other (Euclidean distance).

Each trait is divided by how far it usually differs between two halves of a year of one building, so that a distance of
1 in a trait is what a building differs from itself. Level, spread and step enter through bumps along a logarithmic
scale: two values that are nearly the same are near, and all others equally far. So a building of another size, or one
whose meter is noisier, is still found by its shape.

`whole` weighs the size of the load most: it finds the same building again. `shape` leaves the size out: it finds what
behaves alike, however large.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from tools.figures import Values
from tools.shapes.traits import CURVES, Traits

By = Literal["whole", "shape"]
USUAL: Mapping[str, float] = {"curve": 0.09, "weather": 0.05, "duration": 0.076}
"""Root mean square difference between the halves of a year of one building, in the traits' own units: measured on
2018 of Cambridge, 2014 and 2016 of Delhi by `python -m benchmarks.memory.shapes`, which tests on the other years."""

WIDTH: Mapping[str, float] = {"level": 0.1, "spread": 0.2, "step": 0.1}
"""How far apart, in powers of ten, two values are still alike: about twice the usual difference of the halves."""
WEIGHT: Mapping[By, Mapping[str, float]] = {
    "whole": {"level": 8.0, "spread": 2.0, "step": 3.0},
    "shape": {"spread": 0.5, "step": 0.5},
}
"""The distance of two unlike values, in units of the other traits: chosen on the years of `USUAL`."""
FROM_TO: Mapping[str, tuple[float, float]] = {"level": (-2.0, 5.0), "spread": (-3.0, 1.0), "step": (-3.0, 1.0)}
TRAITS = ("curve", "weather", "duration", "level", "spread", "step")


def building_vector(traits: Traits, by: By = "whole") -> Values:
    """Return the vector of a building's traits: `DIMENSIONS[by]` numbers."""
    return np.concatenate(list(_parts(traits, by).values()))


def differences(one: Traits, other: Traits, by: By = "whole") -> dict[str, float]:
    """Return how far two buildings are apart in each trait; their squares add up to the squared distance."""
    a, b = _parts(one, by), _parts(other, by)
    return {trait: float(np.linalg.norm(a[trait] - b[trait])) for trait in a}


def distances(one: Values, others: Values) -> Values:
    """Return the Euclidean distance of a vector (d,) to each of n (n, d)."""
    return np.asarray(np.sqrt(((others - one) ** 2).sum(axis=1)))


def _parts(traits: Traits, by: By) -> dict[str, Values]:
    known = np.where(np.isnan(traits.curve), 1.0, traits.curve)  # where there is no hour all are alike
    plain = {"curve": known.ravel(), "weather": traits.weather, "duration": traits.duration}
    parts = {trait: _scaled(values, USUAL[trait]) for trait, values in plain.items()}
    logs = {"level": traits.level, "spread": traits.spread, "step": traits.step}
    return parts | {trait: weight * _bumps(logs[trait], trait) for trait, weight in WEIGHT[by].items()}


def _scaled(values: Values, usual: float) -> Values:
    """Return values in units of their usual difference, so that their squares add up to a mean square."""
    return np.asarray(values / usual / np.sqrt(len(values)))


def _bumps(value: float, trait: str) -> Values:
    """Return a value as heights of bumps along its scale; those of two unlike values are at distance 1."""
    low, high = FROM_TO[trait]
    at = np.arange(low, high + WIDTH[trait] / 2, WIDTH[trait])
    heights = np.exp(-(((min(max(value, low), high) - at) / WIDTH[trait]) ** 2))
    return np.asarray(heights / np.linalg.norm(heights) / np.sqrt(2.0))


def _dimensions(by: By) -> int:
    empty = Traits(np.ones((CURVES, 24)), 0.0, np.zeros(2), np.zeros(7), 0.0, 0.0, 1.0)
    return len(building_vector(empty, by))


DIMENSIONS: Mapping[By, int] = {"whole": _dimensions("whole"), "shape": _dimensions("shape")}
