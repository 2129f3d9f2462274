"""Logistic regression with a penalty, small enough to read: how every weight of the router was found."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 25
"""Newton's steps; it has always converged in eight."""


def fitted(features: Floats, outcomes: Floats, penalty: float) -> Floats:
    """Return the base and a weight for each feature under which `outcomes`, shares from 0 to 1, are most likely.

    The penalty is on squared weights of features scaled to a deviation of 1, so that none is favoured by its unit.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.column_stack([np.ones(len(outcomes)), (features - mean) / spread])
    penalties = np.full(scaled.shape[1], penalty)
    penalties[0] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        likely = logistic(scaled @ weights)
        slope = scaled.T @ (outcomes - likely) - penalties * weights
        bend = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    raw = weights[1:] / spread
    return np.concatenate([[weights[0] - raw @ mean], raw])


def totals(features: Floats, weights: Floats) -> Floats:
    """Return base and weighted features, summed up by row."""
    return np.asarray(weights[0] + features @ weights[1:], dtype=np.float64)


def logistic(total: Floats) -> Floats:
    """Return the logistic curve."""
    return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)


def without_each(groups: NDArray[np.str_], features: Floats, outcomes: Floats, penalty: float) -> Floats:
    """Return each row's total under weights that were fitted on all other groups."""
    found = np.empty(len(outcomes))
    for group in np.unique(groups):
        inside = groups == group
        found[inside] = totals(features[inside], fitted(features[~inside], outcomes[~inside], penalty))
    return found


def calibration_error(said: Floats, happened: Floats, bins: int = 10) -> float:
    """Return the mean distance between what was said and what happened, over bins of equal size."""
    order = np.array_split(np.argsort(said, kind="stable"), bins)
    return float(sum(len(rows) * abs(said[rows].mean() - happened[rows].mean()) for rows in order) / len(said))


def ranks_right(said: Floats, happened: Floats) -> float:
    """Return how often, of two rows of which one happened, it had the higher figure (the area under the ROC curve)."""
    yes, no = said[happened > 0.5], said[happened <= 0.5]
    return float(np.mean((yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])))


def named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    """Return weights by name, `base` first, to four digits."""
    return {name: float(f"{weight:.4g}") for name, weight in zip(("base", *names), weights, strict=True)}
