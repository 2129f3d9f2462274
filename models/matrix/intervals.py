"""What a few numbers say of many: percentiles that were seen, and intervals that admit how few they are."""

import math
import random
from collections.abc import Sequence

Z_95 = 1.959964
"""Quantile of the normal distribution for a 95 % interval."""
DRAWS = 4000
EXACT_UP_TO = 12
"""All sign flips of so many differences are tried; of more, `DRAWS` random ones."""


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the smallest value that `percent` of the values do not exceed (nearest rank), None of none.

    It is a value that was measured: of twenty values the 99th percentile is the largest one.
    """
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927): (0, 1) of no runs."""
    if runs == 0:
        return 0.0, 1.0
    share, z2 = hits / runs, Z_95**2
    middle = share + z2 / (2 * runs)
    half = Z_95 * math.sqrt(share * (1 - share) / runs + z2 / (4 * runs * runs))
    scale = 1 + z2 / runs
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0.0 of none."""
    return sum(values) / len(values) if values else 0.0


def mean_interval(values: Sequence[float], seed: int) -> tuple[float, float]:
    """Return the 95 % interval of a mean by the percentile bootstrap (Efron, 1979); the same for the same seed."""
    if not values:
        return 0.0, 1.0
    chance = random.Random(seed)  # noqa: S311 - resampling needs repeatable numbers, not secret ones
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(DRAWS))
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS) - 1]


def flip_p_value(differences: Sequence[float], seed: int) -> float:
    """Return how likely paired differences are as far from 0 by chance alone: the two-sided sign-flip test.

    Differences of 0 say nothing and are left out; without any other the p-value is 1.
    """
    said = [abs(d) for d in differences if d]
    seen = abs(sum(differences))
    if not said:
        return 1.0
    if len(said) <= EXACT_UP_TO:
        sums = [_flipped(said, pattern) for pattern in range(2 ** len(said))]
        return sum(abs(s) >= seen - 1e-12 for s in sums) / len(sums)
    chance = random.Random(seed)  # noqa: S311 - as above
    far = sum(abs(_flipped(said, chance.getrandbits(len(said)))) >= seen - 1e-12 for _ in range(DRAWS))
    return (far + 1) / (DRAWS + 1)


def _flipped(sizes: Sequence[float], pattern: int) -> float:
    return sum(size if pattern >> place & 1 else -size for place, size in enumerate(sizes))
