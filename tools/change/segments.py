"""Where the level of a series changes: the partition into constant stretches with the least cost.

Optimal partitioning (Jackson et al. 2005, "An algorithm for optimal partitioning of data on an interval", IEEE Signal
Processing Letters 12(2)): exact. The cost is the weighted squared distance from each stretch's mean, plus a penalty for
each change. PELT (Killick et al. 2012) finds the same; its pruning saves little at a few years of days.
"""

from itertools import pairwise

import numpy as np

from tools.figures import Values


def change_points(series: Values, weight: Values, least: int, penalty: float) -> list[int]:
    """Return the starts of all stretches but the first, of at least `least` values each.

    `series` holds no NaN, `weight` no 0.
    """
    n = len(series)
    if n < 2 * least:
        return []
    weights = np.concatenate([[0.0], np.cumsum(weight)])
    sums = np.concatenate([[0.0], np.cumsum(weight * (series - np.average(series, weights=weight)))])
    best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -penalty
    for end in range(least, n + 1):
        begin = slice(end - least + 1)
        # The squares of the values are the same for every partition and are left out.
        cost = best[begin] - (sums[end] - sums[begin]) ** 2 / (weights[end] - weights[begin])
        before[end] = cost.argmin()
        best[end] = cost[before[end]] + penalty
    found = [n]
    while before[found[-1]] > 0:
        found.append(int(before[found[-1]]))
    return found[:0:-1]


def levels(series: Values, weight: Values, starts: list[int]) -> Values:
    """Return the weighted mean of each stretch at each of its values."""
    found = np.empty(len(series))
    for first, end in pairwise([0, *starts, len(series)]):
        if end > first:
            found[first:end] = np.average(series[first:end], weights=weight[first:end])
    return found
