"""Faults put into real readings: seven kinds in three sizes, with what was put where.

Sizes are of the building's own load, so a fault is as hard to see in a small building as in a large one. Nothing here
knows how faults are looked for.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.data.cambridge import Record
from tools.anomalies import Kind
from tools.clock import LocalClock
from tools.figures import Values

DAY = 24
SIZES = ("small", "medium", "large")
SPIKE_OF_P99 = (0.5, 1.0, 3.0)
STUCK_HOURS = (12, 36, 120)
GONE_HOURS = (6, 24, 96)
SHIFT = (0.10, 0.20, 0.40)
SHIFT_DAYS = 42
DRIFT_HOURS = (1, 2, 3)
DRIFT_DAYS = 28
ODD_OF_MEAN = (0.2, 0.4, 0.8)
ODD_HOURS = 10
APART_DAYS = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What was put into hours [first, end)."""

    kind: Kind
    first: int
    end: int


LENGTH_DAYS: dict[Kind, int] = {
    "level_shift": SHIFT_DAYS,
    "schedule_drift": DRIFT_DAYS,
    "stuck": 5,
    "zero_run": 4,
    "missing": 4,
    "spike": 1,
    "unusual_day": 1,
}


def inject(record: Record, clock: LocalClock, size: int, rng: np.random.Generator) -> tuple[Record, list[Fault]]:
    """Return a year's or more record with one fault of each kind a year, none within four days of another."""
    kwh, zero = record.kwh.copy(), record.zero.copy()
    faults: list[Fault] = []
    midnights = np.flatnonzero(clock.hour == 0)
    for _ in range(max(len(kwh) // 8760, 1)):
        for kind, days in LENGTH_DAYS.items():
            at = _place(record.kwh, midnights, days, faults, clock, kind, rng)
            if at is not None:
                faults.append(_put(kind, at, size, Record(kwh, zero), rng))
    return Record(kwh, zero), faults


def _place(
    kwh: Values,
    midnights: np.ndarray[tuple[int], np.dtype[np.int64]],
    days: int,
    faults: list[Fault],
    clock: LocalClock,
    kind: Kind,
    rng: np.random.Generator,
) -> int | None:
    """Return a midnight from which the days are free, whole and not within a month of either end."""
    for _ in range(200):
        at = int(rng.choice(midnights[30:-30]))
        end = at + days * DAY
        room = APART_DAYS * DAY
        is_free = all(end + room <= f.first or f.end + room <= at for f in faults)
        is_whole = end < len(kwh) and np.isfinite(kwh[at:end]).mean() > 0.98
        if is_free and is_whole and (kind != "unusual_day" or clock.weekday[at] < 5):
            return at
    return None


def _put(kind: Kind, at: int, size: int, into: Record, rng: np.random.Generator) -> Fault:
    """Change the readings in place and say what was done."""
    kwh, zero = into.kwh, into.zero
    way = float(rng.choice([-1.0, 1.0]))
    mean = float(np.nanmean(kwh))
    if kind == "spike":
        first = at + int(rng.integers(0, DAY - 2))
        end = first + int(rng.integers(1, 3))
        kwh[first:end] += SPIKE_OF_P99[size] * np.nanpercentile(kwh, 99)
    elif kind == "stuck":
        first = at + int(rng.integers(0, DAY))
        end = first + STUCK_HOURS[size]
        kwh[first:end] = kwh[first] if np.isfinite(kwh[first]) else mean
    elif kind in ("zero_run", "missing"):
        first = at + int(rng.integers(0, DAY))
        end = first + GONE_HOURS[size]
        kwh[first:end] = np.nan
        zero[first:end] = kind == "zero_run"
    elif kind == "level_shift":
        first, end = at, at + SHIFT_DAYS * DAY
        kwh[first:end] *= 1.0 + way * SHIFT[size]
    elif kind == "schedule_drift":
        first, end = at, at + DRIFT_DAYS * DAY
        kwh[first:end] = np.roll(kwh, int(way) * DRIFT_HOURS[size])[first:end]
    else:
        first = at + (20 if way > 0 else 8)
        end = first + ODD_HOURS
        kwh[first:end] = np.maximum(kwh[first:end] + way * ODD_OF_MEAN[size] * mean, 0.02 * mean)
    return Fault(kind, first, end)
