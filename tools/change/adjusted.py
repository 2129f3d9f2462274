"""Daily use less what the weather and the day of the week explain, fitted together with the levels between changes.

Fitted apart, a step in spring would be taken for an answer to the warmth. The weather enters through straight pieces
below 8, 12 and 16 and above 15 and 19 degC of the day's mean, a plain relative of the change-point models of
`tools.baseline`; one answer serves the whole record, so what changes after a step is its level only.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tools.baseline.days import Days, Mask
from tools.figures import Values

HEATING_DEGC, COOLING_DEGC = (8.0, 12.0, 16.0), (15.0, 19.0)
SINGLED_OUT = (4, 5)  # Friday and Saturday: unlike the other days of their kind
ROUNDS, HUBER, SHRINK = 5, 1.5, 1e-3
TO_SIGMA = 1.4826
CALENDAR_COLUMNS = 1 + len(SINGLED_OUT)


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """Daily use, kWh, at the weather and weekday that are usual: arrays of the days that count, in order.

    `explained_kwh`: what was taken out, `weather_kwh` the weather's part of it; `left_kwh`: what remains of each day
    when its stretch's level is taken too.
    """

    day: np.ndarray[tuple[int], np.dtype[np.int64]]
    kwh: Values
    explained_kwh: Values
    weather_kwh: Values
    left_kwh: Values


def usable(days: Days) -> tuple[Mask, Values]:
    """Tell which days count, and return the columns of weather and weekday for them.

    Where under half of the days with a use have a temperature, the weather is left out and every day with a use counts.
    """
    has_use = np.isfinite(days.kwh)
    has_both = days.counts
    is_known = bool(has_both.sum() >= 0.5 * has_use.sum()) and bool(has_both.any())
    counts = has_both if is_known else has_use
    weekday = (days.day[counts] + 3) % 7
    columns = [days.off[counts], *(weekday == one for one in SINGLED_OUT)]
    if is_known:
        degc = days.temperature_degc[counts]
        columns += [np.maximum(knot - degc, 0.0) for knot in HEATING_DEGC]
        columns += [np.maximum(degc - knot, 0.0) for knot in COOLING_DEGC]
    found = np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1)
    return counts, found - found.mean(axis=0) if len(found) else found


def adjusted(days: Days, counts: Mask, columns: Values, starts: list[int]) -> Adjusted:
    """Fit by Huber's regression with a level for each stretch between `starts`, places among the days that count."""
    kwh = days.kwh[counts]
    stretch = np.zeros((len(kwh), len(starts) + 1))
    for i, (first, end) in enumerate(pairwise([0, *starts, len(kwh)])):
        stretch[first:end, i] = 1.0
    slopes, left = _huber(columns, stretch, kwh)
    explained = columns @ slopes
    weather = columns[:, CALENDAR_COLUMNS:] @ slopes[CALENDAR_COLUMNS:]
    return Adjusted(days.day[counts], kwh - explained, explained, weather, left)


def _huber(columns: Values, stretch: Values, kwh: Values) -> tuple[Values, Values]:
    """Return the slopes of the columns, shrunk a little, and the residuals."""
    n, p = columns.shape
    all_columns = np.hstack([columns, stretch])
    shrink = np.hstack([np.diag(columns.std(axis=0) * np.sqrt(SHRINK * n)), np.zeros((p, stretch.shape[1]))])
    weight, left, found = np.ones(n), kwh, np.zeros(all_columns.shape[1])
    for _ in range(ROUNDS):
        root = np.sqrt(weight)
        found = np.linalg.lstsq(
            np.vstack([all_columns * root[:, None], shrink]), np.concatenate([kwh * root, np.zeros(p)])
        )[0]
        left = kwh - all_columns @ found
        most = HUBER * max(spread(left), 1e-9)
        weight = most / np.maximum(np.abs(left), most)
    return found[:p], left


def spread(values: Values) -> float:
    """Return the robust standard deviation about 0: the median distance, scaled for the normal; 0 of none."""
    return TO_SIGMA * float(np.median(np.abs(values))) if len(values) else 0.0
