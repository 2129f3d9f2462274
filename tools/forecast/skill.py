"""Whether a forecast was worth more than last week's same hour, on the building's own past.

MASE: the mean absolute error over that of the seasonal naive (the same hour a week before) within the history (Hyndman
and Koehler 2006, "Another look at measures of forecast accuracy", International Journal of Forecasting 22(4)). The
origins roll: what is scored was forecast from what was known then.
"""

from dataclasses import dataclass

import numpy as np

from tools.figures import Values
from tools.forecast.blocks import Blocks
from tools.forecast.members import Rolled
from tools.forecast.typical import moved

TESTED_ROWS = 364
LEAST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Skill:
    """Errors of the last year's forecasts, in units of the seasonal naive's within the history; below 1 is better.

    `days`: how many days were tested.
    """

    mase: float
    naive_mase: float
    days: int

    @property
    def beats_naive(self) -> bool:
        """Tell whether the forecast's errors are smaller than those of the same hour last week."""
        return self.mase < self.naive_mase

    @property
    def words(self) -> str:
        """Say how the forecast did beside the same hour last week."""
        percent = 100.0 * abs(1.0 - self.mase / self.naive_mase) if self.naive_mase > 0 else 0.0
        if self.beats_naive:
            return (
                f"over the last {self.days} days its errors were {percent:.0f} % smaller than those of the same hour "
                f"last week (MASE {self.mase:.2f} against {self.naive_mase:.2f})"
            )
        return (
            f"over the last {self.days} days it was no better than the same hour last week "
            f"(MASE {self.mase:.2f} against {self.naive_mase:.2f})"
        )


def skill(grid: Blocks, found: list[Rolled]) -> Skill | None:
    """Return how the rolled forecasts did over the last year; None below 14 days, or where the naive never errs."""
    past = slice(max(grid.past - TESTED_ROWS, 0), grid.past)
    ours, naive, rows = [], [], 0
    for one in found:
        left, left_naive = one.kwh[past] - grid.kwh[past], one.naive[past] - grid.kwh[past]
        both = np.isfinite(left) & np.isfinite(left_naive)
        ours.append(np.abs(left[both]))
        naive.append(np.abs(left_naive[both]))
        rows = max(rows, int(both.any(axis=1).sum()))
    scale = _naive_error(grid.kwh[: grid.past])
    if rows < LEAST_ROWS or not scale > 0:
        return None
    return Skill(float(np.concatenate(ours).mean() / scale), float(np.concatenate(naive).mean() / scale), rows)


def _naive_error(kwh: Values) -> float:
    left = np.abs(kwh - moved(kwh, 7))
    valid = np.isfinite(left)
    return float(left[valid].mean()) if valid.any() else 0.0
