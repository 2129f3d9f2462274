"""Shares and quantiles of a weighted sample, with the uncertainty of a survey."""

import math

import numpy as np

from tools.figures import Values

Z_95 = 1.959964


def percent_below(value: float, values: Values, weights: Values) -> float:
    """Return the percent (0 to 100) of the population below a value; who is equal counts half."""
    below = float(weights[values < value].sum()) + 0.5 * float(weights[values == value].sum())
    return 100.0 * below / float(weights.sum())


def quantile(values: Values, weights: Values, share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of the population does not exceed."""
    return float(np.quantile(values, share, weights=weights, method="inverted_cdf"))


def effective_count(weights: Values) -> float:
    """Return the size of the simple random sample that says as much: Kish (1965), (sum w)^2 / sum w^2."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def wilson_interval(percent: float, count: float) -> tuple[float, float]:
    """Return the 95 % interval of a percent seen in `count` members: Wilson (1927), which stays within 0 to 100."""
    p, z2 = percent / 100.0, Z_95**2
    centre = (p + z2 / (2 * count)) / (1 + z2 / count)
    half = Z_95 / (1 + z2 / count) * math.sqrt(p * (1 - p) / count + z2 / (4 * count**2))
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return min(100.0 * low, percent), max(100.0 * high, percent)  # of all or none it is an end, but for rounding
