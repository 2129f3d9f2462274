"""Intervals from the errors that were made: conformal prediction on rolling residuals.

Split conformal prediction takes the quantiles of past errors as the ends of an interval (Vovk et al. 2005; Lei et al.
2018). Buildings drift, so late errors weigh more (Barber, Candes, Ramdas and Tibshirani 2023, "Conformal prediction
beyond exchangeability", Annals of Statistics 51(2)), and errors are divided by their size at the hour and of late
before they are pooled. Lower and upper ends are found apart. The promise is of hours on average, not of each hour.
"""

from dataclasses import dataclass

import numpy as np

from tools.figures import Values
from tools.forecast.blocks import Blocks
from tools.forecast.members import Rolled, forgetting_mean
from tools.forecast.typical import moved, row_means, typical

SIZE_ROWS = 40
LATE_HALF_LIFE_ROWS = 5.0
WEIGHT_HALF_LIFE_ROWS = 90.0
MOST_ROWS = 364


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Errors `ahead` rows before, relative to their expected size: rows by 24, NaN where there is none.

    `size`: the expected size of the error of each cell, the future's among them.
    """

    relative: Values
    size: Values


def errors(grid: Blocks, one: Rolled) -> Errors:
    """Return the errors of a rolled forecast, in units of the size that was to be expected of them."""
    left = grid.kwh - one.kwh
    at_hour = typical(np.abs(left), grid.off, one.ahead, SIZE_ROWS, "mean")
    whole = moved(forgetting_mean(row_means(np.abs(left)), WEIGHT_HALF_LIFE_ROWS), one.ahead)[:, None]
    at_hour = np.where(np.isfinite(at_hour), at_hour, whole)
    by_row = row_means(np.abs(left) / np.maximum(at_hour, 1e-9))
    late = moved(forgetting_mean(by_row, LATE_HALF_LIFE_ROWS), one.ahead)[:, None]
    size = np.maximum(at_hour * np.where(np.isfinite(late), np.maximum(late, 0.2), 1.0), 1e-9)
    return Errors(left / size, size)


def ends(found: Errors, past: int, confidence: float) -> tuple[float, float]:
    """Return the ends of the interval of a row after `past`, in units of its errors' size; NaN where none are known."""
    known = found.relative[max(past - MOST_ROWS, 0) : past]
    weight = np.repeat(late_weights(len(known))[:, None], known.shape[1], axis=1)
    return weighted_quantiles(known.ravel(), weight.ravel(), tails(confidence))


def tails(confidence: float) -> tuple[float, float]:
    """Return the levels of the two ends of an interval: 0.05 and 0.95 for one of 0.9."""
    return 0.5 * (1.0 - confidence), 0.5 * (1.0 + confidence)


def late_weights(rows: int) -> Values:
    """Return the weights of past rows, the last of which weighs 1."""
    return np.asarray(0.5 ** (np.arange(rows)[::-1] / WEIGHT_HALF_LIFE_ROWS))


def weighted_quantiles(values: Values, weight: Values, levels: tuple[float, float]) -> tuple[float, float]:
    """Return two weighted quantiles of the finite values, linear between them; NaN where there are none."""
    valid = np.isfinite(values)
    if not valid.any():
        return np.nan, np.nan
    order = np.argsort(values[valid])
    ordered, weighed = values[valid][order], weight[valid][order]
    middle = (np.cumsum(weighed) - 0.5 * weighed) / weighed.sum()
    low, high = (float(np.interp(level, middle, ordered)) for level in levels)
    return low, high
