"""Sums of readings by meter and part of the calendar, over whole arrays at once.

An hour is the finest sum there is; days are summed from hours, months from days, by one and the same reduction.
"""

import numpy as np

from memory.treatment import Flags, Floats, Ints
from tools.readings import VALID_FLAGS, Totals

NEVER = np.iinfo(np.int64).max
"""The time of the largest hour of none: any other is before it."""


def hour_sums(meter: Ints, at: Ints, values: Floats, flags: Flags) -> Totals:
    """Return readings as sums of one hour each; `part` is the time, seconds since 1970 UTC."""
    valid = np.isin(flags, VALID_FLAGS) & np.isfinite(values)
    when = np.where(valid, at, NEVER)
    return Totals(
        meter=meter,
        part=at,
        total=np.where(valid, values, 0.0),
        valid_hours=valid.astype(np.int64),
        hours=np.ones(len(at), np.int64),
        peak=np.where(valid, values, -np.inf),
        peak_at=when,
        low=np.where(valid, values, np.inf),
        low_at=when,
    )


def summed(sums: Totals, part: Ints) -> Totals:
    """Return sums over coarser parts, in the order of meters, then parts. `part`: of each row, which part it is in."""
    order = np.lexsort((part, sums.meter))
    meter, part = sums.meter[order], part[order]
    if not len(order):
        return sums
    starts = np.flatnonzero(np.append(True, (np.diff(meter) != 0) | (np.diff(part) != 0)))
    peak, peak_at = _extreme(sums.peak[order], sums.peak_at[order], starts, np.maximum)
    low, low_at = _extreme(sums.low[order], sums.low_at[order], starts, np.minimum)
    return Totals(
        meter=meter[starts],
        part=part[starts],
        total=np.add.reduceat(sums.total[order], starts),
        valid_hours=np.add.reduceat(sums.valid_hours[order], starts),
        hours=np.add.reduceat(sums.hours[order], starts),
        peak=peak,
        peak_at=peak_at,
        low=low,
        low_at=low_at,
    )


def _extreme(values: Floats, at: Ints, starts: Ints, largest: np.ufunc) -> tuple[Floats, Ints]:
    """Return the extreme value of each group and the first time that it was reached."""
    extreme = largest.reduceat(values, starts)
    reached = values == np.repeat(extreme, np.diff(np.append(starts, len(values))))
    return extreme, np.minimum.reduceat(np.where(reached, at, NEVER), starts)
