"""How much a day's use wanders of itself, where, and how long it remembers."""

import numpy as np

from tools.baseline.noise import lag1
from tools.change.adjusted import TO_SIGMA
from tools.figures import Values

NEAR_DAYS, AROUND_DAYS = 7, 30
MOST_MEMORY, MOST_SPREADS = 0.6, 3.0
LEAST_SHARE = 0.002


def rolling_median(values: Values, half_width: int) -> Values:
    """Return the median of each value and its neighbours, up to `half_width` on either side. `values` hold no NaN."""
    if not len(values):
        return values
    padded = np.pad(values, half_width, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half_width + 1)
    return np.asarray(np.nanmedian(windows, axis=1))


def local_spread(left_kwh: Values, kwh: Values) -> Values:
    """Return the robust standard deviation of residuals around each day, never under 0.2 % of the mean use.

    The middle of the whole record holds it up, so that a quiet month makes no change of what is noise elsewhere.
    """
    if not len(left_kwh):
        return left_kwh
    quick = np.abs(left_kwh - rolling_median(left_kwh, NEAR_DAYS))
    whole = TO_SIGMA * float(np.median(quick))
    around = TO_SIGMA * rolling_median(quick, AROUND_DAYS)
    least = max(LEAST_SHARE * float(np.abs(kwh).mean()), 1e-9)
    return np.maximum(np.maximum(around, 0.5 * whole), least)


def tamed(kwh: Values, spread_kwh: Values) -> Values:
    """Return the days, none further than three standard deviations from the median of the fortnight around it."""
    middle = rolling_median(kwh, NEAR_DAYS)
    return np.clip(kwh, middle - MOST_SPREADS * spread_kwh, middle + MOST_SPREADS * spread_kwh)


def inflation(left: Values) -> float:
    """Return how much wider a mean of many days is than independent days would make it: (1 + rho) / (1 - rho).

    rho is the correlation with the day before, between 0 and 0.6: more than that is change, not noise.
    """
    rho = float(np.clip(lag1(left), 0.0, MOST_MEMORY))
    return (1.0 + rho) / (1.0 - rho)
