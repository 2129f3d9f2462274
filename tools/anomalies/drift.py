"""Schedule drift: weeks in which a building starts or ends its day earlier or later than it used to."""

from typing import NamedTuple

import numpy as np

from tools.anomalies.day_grid import DayGrid, runs
from tools.anomalies.event import Event, local_time
from tools.anomalies.expected import TO_SIGMA, nearest_median
from tools.baseline.days import Mask
from tools.change.noise import rolling_median
from tools.change.segments import change_points, levels
from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS

SHIFTS_H = np.arange(-4.0, 4.01, 0.25)
MORNING, EVENING = slice(3, 14), slice(12, 24)
NEAREST_DAYS = 40
LEAST_RANGE_SIGMAS, LEAST_LIKENESS, LEAST_GAIN = 4.0, 0.8, 0.5
LEAST_DAYS, LEAST_SHIFT_H = 8, 0.6
PENALTY = 3.0


class Half(NamedTuple):
    """By how many hours a half of each day is later than usual, NaN where it cannot be told."""

    name: str
    shift_h: Values


def schedule_drifts(kwh: Values, spread_kwh: Values, working: Mask, grid: DayGrid, clock: LocalClock) -> list[Event]:
    """Return stretches of eight working days or more whose start or end is 0.6 hours or more off the usual.

    `kwh`: days by 24, faults taken out. The usual is the median of the forty nearest working days; a drift that stays
    becomes the usual after four weeks. Half a day is moved over the usual by up to four hours until it is most alike; a
    day that moves less than half as much as usual between its hours, as when the building is closed, tells nothing.
    """
    rows = np.flatnonzero(working & (np.isfinite(kwh).sum(axis=1) >= DAY_HOURS - 4))
    if len(rows) < 20:
        return []
    own = _filled(kwh[rows])
    usual = nearest_median(own, np.zeros(len(rows), dtype=np.int64), NEAREST_DAYS)
    found: list[Event] = []
    for name, part in (("start", MORNING), ("end", EVENING)):
        half = Half(name, _shifts(own, usual, spread_kwh[rows], part))
        found += _events(half, rows, kwh, usual, grid, clock)
    return _once(found)


def _filled(kwh: Values) -> Values:
    """Return days with missing hours on a straight line between those beside them."""
    found = kwh.copy()
    for row in np.flatnonzero(np.isnan(kwh).any(axis=1)):
        known = np.flatnonzero(np.isfinite(kwh[row]))
        found[row] = np.interp(np.arange(DAY_HOURS), known, kwh[row, known])
    return found


def _shifts(own: Values, usual: Values, spread_kwh: Values, part: slice) -> Values:
    """Return by how many hours each day's half is later than the usual one."""
    hour = np.arange(DAY_HOURS, dtype=np.float64)[part]
    day = own[:, part] - own[:, part].mean(axis=1, keepdims=True)
    likeness = np.stack([_likeness(day, _moved(usual, hour - shift)) for shift in SHIFTS_H], axis=1)
    best = likeness.argmax(axis=1)
    wide = np.ptp(usual[:, part], axis=1) > LEAST_RANGE_SIGMAS * np.median(spread_kwh[:, part], axis=1)
    swing = np.divide(np.ptp(own[:, part], axis=1), np.maximum(np.ptp(usual[:, part], axis=1), 1e-12))
    at_end = (best == 0) | (best == len(SHIFTS_H) - 1)
    is_told = wide & (swing >= LEAST_GAIN) & (likeness.max(axis=1) >= LEAST_LIKENESS) & ~at_end
    return np.where(is_told, SHIFTS_H[best], np.nan)


def _moved(usual: Values, at: Values) -> Values:
    """Return the usual days at other hours of the clock, linear between hours."""
    at = np.clip(at, 0.0, DAY_HOURS - 1.0)
    low = np.minimum(at.astype(np.int64), DAY_HOURS - 2)
    share = at - low
    return np.asarray(usual[:, low] * (1.0 - share) + usual[:, low + 1] * share)


def _likeness(day: Values, other: Values) -> Values:
    """Return the correlation of each row with the other's; 0 of a flat one."""
    apart = other - other.mean(axis=1, keepdims=True)
    scale = np.sqrt((day**2).sum(axis=1) * (apart**2).sum(axis=1))
    found = np.divide((day * apart).sum(axis=1), scale, out=np.zeros(len(day)), where=scale > 1e-12)
    return np.asarray(found)


def _events(
    half: Half,
    rows: np.ndarray[tuple[int], np.dtype[np.int64]],
    kwh: Values,
    usual: Values,
    grid: DayGrid,
    clock: LocalClock,
) -> list[Event]:
    told = np.flatnonzero(np.isfinite(half.shift_h))
    if len(told) < 20:
        return []
    shift = half.shift_h[told]
    spread = max(TO_SIGMA * float(np.median(np.abs(shift - rolling_median(shift, LEAST_DAYS)))), 0.25)
    calm, even = rolling_median(shift, 1), np.full(len(shift), spread**-2.0)
    level = levels(calm, even, change_points(calm, even, LEAST_DAYS, PENALTY * float(np.log(len(shift)))))
    found = []
    for first, end in runs(np.abs(level) >= max(LEAST_SHIFT_H, 2.0 * spread)):
        by = float(np.median(shift[first:end]))
        one, last = rows[told[first]], rows[told[end - 1]]
        hours = grid.first_hour(int(one)), grid.first_hour(int(last) + 1)
        size = float(np.nansum((kwh[rows] - usual)[told[first] : told[end - 1] + 1]))
        way = "later" if by > 0 else "earlier"
        words = f"the day's {half.name} is {abs(by):.2g} hours {way} than usual for {end - first} working days from "
        words += local_time(clock, hours[0]).partition(" ")[0]
        found.append(Event("schedule_drift", *hours, size, abs(by) / LEAST_SHIFT_H, words))
    return found


def _once(found: list[Event]) -> list[Event]:
    """Return events with those of start and end that overlap made one: the stronger, with the other's words."""
    made: list[Event] = []
    for one in sorted(found, key=lambda e: -e.score):
        other = next((i for i, e in enumerate(made) if e.overlaps(one.first, one.end)), None)
        if other is None:
            made.append(one)
        else:
            e = made[other]
            span = min(e.first, one.first), max(e.end, one.end)
            made[other] = Event("schedule_drift", *span, e.kwh, e.score, f"{e.words}; {one.words}")
    return made
