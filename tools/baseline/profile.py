"""The interval of a balance point, by profile likelihood.

The squared error bends unevenly around a change point, and not at all where few days lie beyond it, so a standard error
misleads. The interval holds each change point at which the best fit of everything else is not significantly worse:
SSE(c) <= SSE (1 + F k / (n - p)), F the quantile of the F distribution with 1 and n / k - p degrees of freedom (Seber
and Wild 2003, "Nonlinear Regression", section 5.4). Errors are whitened as in the fit; k is how much what memory they
still have widens a mean, 1 where they have none.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.baseline.quantiles import t_quantile
from tools.baseline.search import STEP_K, Search, possible_points
from tools.baseline.shapes import Line
from tools.figures import Values

PROFILE_STEP_K = 0.1
NEAR_STEPS = 30
End = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between two ends, at a confidence; `is_open` where an end is only that of the search."""

    value: float
    low: float
    high: float
    confidence: float
    is_open: bool = False


def change_point_interval(search: Search, line: Line, end: End, inflation: float, confidence: float) -> Interval:
    """Return the interval (degC) of a line's lower or upper change point, its ends rounded outward to 0.1 K.

    Where heating and cooling meet in one point, each end is that of the five-parameter shape: the dead band between
    them may be there and not be seen.
    """
    value = line.low_degc if end == "low" else line.high_degc
    fine = np.sort(np.append(possible_points(search.weather.mean_degc, PROFILE_STEP_K), value))
    profile = _profile(search, line, end, fine)
    n = len(search.kwh)
    f = t_quantile(confidence, n / inflation - line.fitted) ** 2
    inside = np.flatnonzero(profile <= profile.min() * (1.0 + f * inflation / max(n - line.fitted, 1)))
    first, last = max(int(inside[0]) - 1, 0), min(int(inside[-1]) + 1, len(fine) - 1)
    is_open = first == 0 or last == len(fine) - 1
    return Interval(value, min(float(fine[first]), value), max(float(fine[last]), value), confidence, is_open)


def _profile(search: Search, line: Line, end: End, fine: Values) -> Values:
    """Return the least error of a shape with one change point at each of `fine`, whatever the other is."""
    if not (line.has_heating and line.has_cooling):
        return search.candidates(line.shape, fine, fine).sse.ravel()
    at = line.high_degc if end == "low" else line.low_degc
    near = at + PROFILE_STEP_K / 2 * np.arange(-NEAR_STEPS, NEAR_STEPS + 1)
    other = np.sort(np.concatenate([possible_points(search.weather.mean_degc, STEP_K), near]))
    low, high = (fine, other) if end == "low" else (other, fine)
    apart = np.asarray(search.candidates("5P", low, high).sse.min(axis=1 if end == "low" else 0))
    return apart if line.shape == "5P" else np.minimum(apart, search.candidates("4P", fine, fine).sse[:, 0])
