"""How the errors of neighbouring days hang together, and what that does to a sum of them.

Errors of a daily baseline are not independent: a cold house stays cold, a holiday week is a week. Guideline 14 and LBNL
(Granderson et al. 2016, osti.gov 1366449) replace the n days by n' = n (1 - rho) / (1 + rho), rho the correlation of
each residual with the one before; `lag1` and `effective_n` are these. That knows one day of memory only, so intervals
of ours rest on an autoregression of up to fourteen days, chosen by BIC and fitted by Yule-Walker, from which the
variance of any weighted sum of days follows exactly.
"""

from dataclasses import dataclass
from math import log

import numpy as np

from tools.figures import Values

LONGEST_MEMORY_DAYS = 14
LEAST_DAYS = 30


def lag1(residuals: Values) -> float:
    """Return the correlation of each residual with the one before it; 0 where there is none to speak of.

    `residuals`: on a whole grid, NaN where a step does not count; a pair counts where both do.
    """
    before, after = residuals[:-1], residuals[1:]
    both = np.isfinite(before) & np.isfinite(after)
    if both.sum() < 3:
        return 0.0
    x, y = before[both] - before[both].mean(), after[both] - after[both].mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale > 0 else 0.0


def effective_n(n: float, rho: float) -> float:
    """Return n' = n (1 - rho) / (1 + rho), at least 1 and, where rho is negative, n: never more than was measured."""
    return float(np.clip(n * (1.0 - rho) / (1.0 + rho), 1.0, max(n, 1.0))) if rho > -1.0 else n


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """The error of a day: its size, and its autoregression on the days before.

    The standard deviation is `scale_kwh` on every day or, where `in_proportion`, `scale_kwh` of each kWh that the model
    expects, `least_kwh` at the least: the errors of a heated building are larger in winter.
    """

    scale_kwh: float
    memory: Values
    in_proportion: bool = False
    least_kwh: float = 0.0

    def deviations_kwh(self, modelled_kwh: Values) -> Values:
        """Return the standard deviation of each day's error."""
        if not self.in_proportion:
            return np.full(len(modelled_kwh), self.scale_kwh)
        return self.scale_kwh * np.maximum(modelled_kwh, self.least_kwh)

    def correlations(self, n: int) -> Values:
        """Return the correlations of days 0 to n - 1 apart."""
        order = len(self.memory)
        rho = np.zeros(max(n, order + 1))
        rho[: order + 1] = _own_correlations(self.memory)
        for lag in range(order + 1, n):
            rho[lag] = float(self.memory @ rho[lag - order : lag][::-1])
        return rho[:n]

    def variance_of_sum(self, deviations_kwh: Values) -> float:
        """Return the variance of the sum of consecutive days' errors, given their deviations, 0 for a day left out.

        Never less than independent errors would give: a negative memory is not used to narrow an interval.
        """
        independent = float(deviations_kwh @ deviations_kwh)
        return max(float(deviations_kwh @ self.times(deviations_kwh[:, None])[:, 0]), independent)

    def times(self, columns: Values) -> Values:
        """Return the correlation matrix of n consecutive days times `columns`, n by k, without forming the matrix."""
        n = len(columns)
        own = self.correlations(n)
        circle = np.concatenate([own, [0.0], own[:0:-1]])
        spread = np.fft.rfft(circle)[:, None] * np.fft.rfft(columns, n=2 * n, axis=0)
        return np.asarray(np.fft.irfft(spread, n=2 * n, axis=0)[:n])

    @property
    def inflation(self) -> float:
        """Return how much wider the variance of a long mean is than that of independent errors, at least 1."""
        return max(1.0, _inflation(self.memory))


def memory_of(residuals: Values, size: Values | None = None) -> Values:
    """Return the autoregression behind the residuals of consecutive days, NaN where a day does not count.

    `size`: what the errors are in proportion to, where they are. The order is that of 0 to 14 days with the lowest BIC;
    where a longer one would narrow a sum below what its first day alone makes of it, that day is all. None, an empty
    array, below 30 days.
    """
    rho = _sample_correlations(residuals, np.ones(len(residuals)) if size is None else size)
    n, best, least = int(np.isfinite(residuals).sum()), np.zeros(0), 0.0
    for memory, left in _levinson(rho):
        score = n * log(left) + len(memory) * log(n)
        if score < least:
            best, least = memory, score
    return max(best, rho[1:2], key=_inflation) if len(best) > 1 else best


def _sample_correlations(residuals: Values, size: Values) -> Values:
    """Return the correlations at lags 0 to 14 of errors that are in proportion to `size`.

    Each lag's products are summed and divided by the products of the sizes, so that large days count as they do in a
    sum of days; and shrunk with the lag as the usual estimate is, which keeps any autoregression on them stable.
    """
    known = np.isfinite(residuals)
    n = int(known.sum())
    if n < LEAST_DAYS:
        return np.ones(1)
    mean = float(residuals[known].sum() / size[known].sum())
    left, of = np.where(known, residuals - mean * size, 0.0), np.where(known, size, 0.0)
    lags = range(min(LONGEST_MEMORY_DAYS, n // 10) + 1)
    products = np.array([float(left[lag:] @ left[: len(left) - lag]) for lag in lags])
    sizes = np.array([float(of[lag:] @ of[: len(of) - lag]) for lag in lags])
    if products[0] <= 0.0 or sizes.min() <= 0.0:
        return np.ones(1)
    return np.asarray(products / sizes * sizes[0] / products[0] * (1.0 - np.arange(len(sizes)) / n))


def _levinson(rho: Values) -> list[tuple[Values, float]]:
    """Return the autoregression of each order from 1, with the share of the variance it leaves (Levinson, Durbin)."""
    memory, left, found = np.zeros(0), 1.0, []
    for lag in range(1, len(rho)):
        reflection = (rho[lag] - float(memory @ rho[1:lag][::-1])) / left
        if abs(reflection) >= 1.0:
            break
        memory = np.append(memory - reflection * memory[::-1], reflection)
        left *= 1.0 - reflection**2
        found.append((memory, left))
    return found


def _inflation(memory: Values) -> float:
    """Return the variance of a long mean over that of independent errors: the spectrum at frequency zero."""
    innovation = 1.0 - float(memory @ _own_correlations(memory)[1:])
    return innovation / float(1.0 - memory.sum()) ** 2


def _own_correlations(memory: Values) -> Values:
    """Return the correlations at lags 0 to p that an autoregression of order p implies."""
    order = len(memory)
    system, known = np.eye(order + 1), np.zeros(order + 1)
    known[0] = 1.0
    for lag in range(1, order + 1):
        for back in range(1, order + 1):
            system[lag, abs(lag - back)] -= memory[back - 1]
    return np.asarray(np.linalg.solve(system, known))
