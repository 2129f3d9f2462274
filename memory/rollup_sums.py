"""Sums of readings by meter and part of the calendar, over whole arrays at once.

An hour is the finest sum there is; days are summed from hours, months from days, by one and the same reduction.
"""

import numpy as np

from memory.treatment import Flags, Floats, Ints
from tools.readings import VALID_FLAGS, Totals

_IS_VALID = np.isin(np.arange(256), VALID_FLAGS)

NEVER = np.iinfo(np.int64).max
"""The time of the largest hour of none: any other is before it."""


def hour_sums(meter: Ints, at: Ints, values: Floats, flags: Flags) -> Totals:
    """Return readings as sums of one hour each; `part` is the time, seconds since 1970 UTC."""
    valid = _IS_VALID[flags] & np.isfinite(values)
    whole = bool(valid.all())  # as most are: then nothing has to be put aside
    when = at if whole else np.where(valid, at, NEVER)
    return Totals(
        meter=meter,
        part=at,
        total=values if whole else np.where(valid, values, 0.0),
        valid_hours=valid.astype(np.int64),
        hours=np.ones(len(at), np.int64),
        peak=values if whole else np.where(valid, values, -np.inf),
        peak_at=when,
        low=values if whole else np.where(valid, values, np.inf),
        low_at=when,
    )


def distinct(keys: Ints) -> Ints:
    """Return the distinct values of an array that mostly lies in runs, in order."""
    return np.unique(keys[np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))]) if len(keys) else keys


def summed(sums: Totals, part: Ints) -> Totals:
    """Return sums over coarser parts, in the order of meters, then parts. `part`: of each row, which part it is in."""
    if not len(part):
        return sums
    runs = _runs_summed(sums, part)
    if _are_in_order(runs.meter, runs.part):
        return runs
    order = np.lexsort((runs.part, runs.meter))
    return _runs_summed(runs, runs.part, order)


def _runs_summed(sums: Totals, part: Ints, order: Ints | slice = slice(None)) -> Totals:
    """Return the sums of each run of rows, in an `order`, that have one meter and part."""
    meter, part = sums.meter[order], part[order]
    starts = np.flatnonzero(np.append(True, (meter[1:] != meter[:-1]) | (part[1:] != part[:-1])))
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


def _are_in_order(meter: Ints, part: Ints) -> bool:
    """Tell whether rows lie in the order of meters, then parts, none twice: as those of a file mostly do."""
    same = meter[1:] == meter[:-1]
    return bool(np.all((meter[1:] > meter[:-1]) | (same & (part[1:] > part[:-1]))))


def _extreme(values: Floats, at: Ints, starts: Ints, largest: np.ufunc) -> tuple[Floats, Ints]:
    """Return the extreme value of each group and the first time that it was reached."""
    extreme = largest.reduceat(values, starts)
    reached = values == np.repeat(extreme, np.diff(np.append(starts, len(values))))
    return extreme, np.minimum.reduceat(np.where(reached, at, NEVER), starts)
