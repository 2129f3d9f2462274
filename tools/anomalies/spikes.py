"""Spikes: one to three hours far above or below both their neighbours and what is usual at that hour."""

import numpy as np

from tools.anomalies.day_grid import joined, runs
from tools.anomalies.event import Event, local_time
from tools.baseline.days import Mask
from tools.clock import LocalClock
from tools.figures import Values

MOST_HOURS, NEIGHBOURS = 3, 4
LEAST_SIGMAS, TAIL = 8.0, 0.999
LEAST_SHARE_OF_RANGE = 0.45


def spikes(hours: Values, expected_kwh: Values, spread_kwh: Values, clock: LocalClock) -> list[Event]:
    """Return the hours that stand out.

    An hour is compared with what was expected plus how far the hours around it are from theirs, so a day that is high
    as a whole has none. It stands out by at least 8 robust standard deviations, by more than the building's own
    99.9th percentile of such distances, and by 45 % of the usual range of its load. An hour beside a gap that is too
    low was metered in part, and belongs to the gap.
    """
    left = hours - expected_kwh
    apart = left - _around(left)
    if not np.isfinite(apart).any():
        return []
    sigmas = np.abs(apart) / spread_kwh
    low, high = np.nanpercentile(hours, [1.0, 99.0])
    most = max(LEAST_SIGMAS, float(np.nanquantile(sigmas, TAIL)))
    is_out = ~_is_cut(left) & (sigmas > most) & (np.abs(apart) > LEAST_SHARE_OF_RANGE * (high - low))
    found = []
    for first, end in joined(runs(is_out), 1):
        if end - first <= MOST_HOURS:
            kwh = float(np.nansum(apart[first:end]))
            score = float(np.nanmax(sigmas[first:end])) / most
            found.append(Event("spike", first, end, kwh, score, _words(hours, expected_kwh, clock, first, end)))
    return found


def _is_cut(left: Values) -> Mask:
    """Tell which hours are too low beside a gap: hours that the meter saw a part of."""
    absent = np.concatenate([[True], np.isnan(left), [True]])
    return np.asarray((absent[:-2] | absent[2:]) & (np.nan_to_num(left) < 0))


def _around(left: Values) -> Values:
    """Return the median of the four hours on either side, less the two nearest, which a spike of hours may fill."""
    padded = np.pad(left, NEIGHBOURS + 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 5)
    sides = np.concatenate([windows[:, :NEIGHBOURS], windows[:, -NEIGHBOURS:]], axis=1)
    ordered = np.sort(sides, axis=1)
    count = np.isfinite(sides).sum(axis=1)
    rows = np.arange(len(left))
    low, high = (
        ordered[rows, np.maximum((count - 1) // 2, 0)],
        ordered[rows, np.minimum(count // 2, 2 * NEIGHBOURS - 1)],
    )
    return np.where(count >= 3, 0.5 * (low + high), np.nan)


def _words(hours: Values, expected_kwh: Values, clock: LocalClock, first: int, end: int) -> str:
    at = first + int(np.nanargmax(np.abs(hours - expected_kwh)[first:end]))
    return f"{hours[at]:,.1f} kWh at {local_time(clock, at)}, where {expected_kwh[at]:,.1f} kWh was to be expected"
