"""From raw readings to hours: every treatment is a rule, and nothing is mended silently.

Values are kept as the source wrote them (converted to the stored unit); a flag says what does not count.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from memory.units import UNITS
from tools.readings import VALID_FLAGS, Flag, MeterKind

HOUR_S = 3600
SENTINELS = (-99_999.0, -9_999.0, -999.0)
ENERGY_KINDS = ("electricity", "gas")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one meter that the source has rows for, ascending, each once; arrays of equal length.

    `at`: start of the hour, seconds since 1970 UTC. `duplicates` and `sentinels` index the raw readings.
    `partial` are the hours with some but not all of their readings, of a quantity that adds up.
    """

    at: Ints
    values: Floats
    flags: Flags
    duplicates: Ints
    sentinels: Ints
    partial: Ints

    @property
    def first(self) -> datetime:
        """Return the start of the first hour, UTC."""
        return datetime.fromtimestamp(int(self.at[0]), UTC)

    @property
    def last_end(self) -> datetime:
        """Return the end of the last hour, UTC."""
        return datetime.fromtimestamp(int(self.at[-1]) + HOUR_S, UTC)

    def valid(self) -> Mask:
        """Tell which hours count."""
        return np.isin(self.flags, VALID_FLAGS) & np.isfinite(self.values)


def grid_offset_s(at: int) -> int:
    """Return where the hours of a meter start within a UTC hour, in seconds, given the start of one of them."""
    return at % HOUR_S


def treat(
    kind: MeterKind,
    unit: str,
    at: Ints,
    values: Floats,
    *,
    offset_s: int = 0,
    interval_s: int = HOUR_S,
    zero_counts: bool = False,
) -> Hours:
    """Return the hours of a meter from its readings, in any order.

    `at`: seconds since 1970 UTC, start of each interval of `interval_s`. `values`: NaN where the source has none.
    Quantities are summed and rates averaged over what counts; of readings with the same time the first is kept.
    `zero_counts`: a 0 is one, as between two equal readings of a register, also of electricity.
    """
    order = np.argsort(at, kind="stable")
    again = np.flatnonzero(np.diff(at[order]) == 0) + 1
    kept = np.delete(order, again)
    sentinel = np.isin(values[kept], SENTINELS)
    hour, starts = _hours(at[kept], offset_s)
    combined, counted = _combine(values[kept], np.isfinite(values[kept]) & ~sentinel, starts, unit)
    partial = _is_sum(unit) & (counted > 0) & (counted < max(1, HOUR_S // interval_s))
    flags = _flags(kind, combined, counted, np.add.reduceat(sentinel, starts) if len(starts) else counted)
    if zero_counts:
        flags[flags == Flag.ZERO_AS_MISSING] = Flag.OK
    flags[partial] = Flag.ABSENT
    return Hours(hour, combined, flags, order[again], kept[sentinel], hour[partial])


def _is_sum(unit: str) -> bool:
    return UNITS[unit].hourly == "sum"


def _hours(at: Ints, offset_s: int) -> tuple[Ints, Ints]:
    """Return the distinct hours of ascending times, and the index at which each begins."""
    hour = (at - offset_s) // HOUR_S * HOUR_S + offset_s
    starts = np.flatnonzero(np.diff(hour, prepend=hour[:1] - 1))
    return hour[starts], starts


def _combine(values: Floats, good: Mask, starts: Ints, unit: str) -> tuple[Floats, Ints]:
    """Sum or average the good readings of each hour, in the stored unit; count them.

    An hour without a good reading keeps what the source wrote first.
    """
    if not len(starts):
        return np.empty(0), np.empty(0, np.int64)
    counted = np.add.reduceat(good.astype(np.int64), starts)
    total = np.add.reduceat(np.where(good, values, 0.0), starts)
    hourly = total if _is_sum(unit) else total / np.maximum(counted, 1)
    as_stored = (hourly - UNITS[unit].zero) * UNITS[unit].factor / UNITS[unit].divisor
    return np.where(counted > 0, as_stored, values[starts]), counted


def _flags(kind: MeterKind, values: Floats, counted: Ints, sentinels: Ints) -> Flags:
    """Apply the rules of the house to hourly values."""
    flags = np.full(len(values), Flag.OK, np.uint8)
    if kind in ENERGY_KINDS:
        flags[values < 0] = Flag.NEGATIVE
        flags[values == 0] = Flag.ZERO_AS_MISSING if kind == "electricity" else Flag.ZERO_GAS
    flags[counted == 0] = Flag.ABSENT
    flags[(counted == 0) & (sentinels > 0)] = Flag.SENTINEL
    return flags
