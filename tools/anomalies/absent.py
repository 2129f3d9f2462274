"""Hours that are not there, hours at 0, and hours that repeat one value: the faults of meters and loggers."""

import numpy as np

from tools.anomalies.day_grid import joined, runs
from tools.anomalies.event import Event, local_time
from tools.baseline.days import Mask
from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS

LEAST_HOURS = 3
LEAST_EXPECTED_SHARE = 0.1
LEAST_STUCK_HOURS, AROUND_HOURS = 4, 45 * 24
RARE = 0.01


def missing(absent: Mask, expected_kwh: Values, clock: LocalClock) -> list[Event]:
    """Return stretches of three hours or more without a reading; those less than a day apart are told together."""
    found = []
    for first, end, hours in _stretches(absent):
        kwh = -float(np.nansum(expected_kwh[first:end][absent[first:end]]))
        words = f"no reading for {_lasting(hours, first, end, clock)}; about {-kwh:,.0f} kWh went unmetered"
        found.append(Event("missing", first, end, kwh, hours / LEAST_HOURS, words))
    return found


def zero_runs(zero: Mask, expected_kwh: Values, clock: LocalClock) -> list[Event]:
    """Return stretches of three hours or more at 0 where a tenth of the usual use or more was to be expected.

    Those less than a day apart are told together. A gas meter at 0 in summer is as expected and is none.
    """
    usual = float(np.nanmedian(expected_kwh)) if np.isfinite(expected_kwh).any() else 0.0
    found = []
    for first, end, hours in _stretches(zero):
        kwh = float(np.nansum(expected_kwh[first:end][zero[first:end]]))
        if kwh > LEAST_EXPECTED_SHARE * usual * hours and kwh > 0:
            words = f"0 for {_lasting(hours, first, end, clock)}, where about {kwh:,.0f} kWh was to be expected"
            found.append(Event("zero_run", first, end, -kwh, hours / LEAST_HOURS, words))
    return found


def _stretches(mask: Mask) -> list[tuple[int, int, int]]:
    """Return [first, end) and the hours of each stretch of three or more, those less than a day apart as one."""
    long = [(first, end) for first, end in runs(mask) if end - first >= LEAST_HOURS]
    return [(first, end, int(mask[first:end].sum())) for first, end in joined(long, DAY_HOURS - 1)]


def _lasting(hours: int, first: int, end: int, clock: LocalClock) -> str:
    many = f"{hours} hours" if hours == end - first else f"{hours} of {end - first} hours"
    return f"{many} from {local_time(clock, first)}"


def stuck(hours: Values, expected_kwh: Values, clock: LocalClock) -> list[Event]:
    """Return stretches in which one value other than 0 repeats for longer than chance explains.

    By chance an hour repeats the one before as often as it does in the 45 days around; a stretch is stuck where fewer
    than 0.01 as long are to be expected in the whole record, and none of under four hours is.
    """
    same = np.concatenate([[False], (hours[1:] == hours[:-1]) & (hours[1:] != 0)])
    known = np.concatenate([[False], np.isfinite(hours[1:]) & np.isfinite(hours[:-1])])
    repeats, pairs = (np.concatenate([[0], np.cumsum(one)]) for one in (same, known))
    found = []
    for first, end in runs(same):
        length = end - first + 1
        if length < LEAST_STUCK_HOURS:
            continue
        low, high = max(first - AROUND_HOURS, 0), min(end + AROUND_HOURS, len(hours))
        others = pairs[high] - pairs[low] - (end - first)
        chance = (repeats[high] - repeats[low] - (end - first) + 1.0) / (others + 2.0)
        rare = float(np.log(RARE / max(len(hours), 1)) / np.log(min(chance, 0.999))) + 1.0
        if length >= rare:
            found.append(_stuck(hours, expected_kwh, clock, (first - 1, end), length / max(rare, LEAST_STUCK_HOURS)))
    return found


def _stuck(hours: Values, expected_kwh: Values, clock: LocalClock, span: tuple[int, int], score: float) -> Event:
    first, end = span
    kwh = float(np.nansum(hours[first:end] - expected_kwh[first:end]))
    since = local_time(clock, first)
    words = f"{hours[first]:g} kWh in each of {end - first} hours from {since}: the meter seems to be stuck"
    return Event("stuck", first, end, kwh, score, words)
