"""Cumulative registers: from a counter that only rises to what was used, with resets and roll-overs recognised.

The use of an interval is the reading at its end less the reading at its start. A counter that falls has rolled over at
a power of ten (or of two, as pulse counters do), was reset or replaced, or one reading is wrong. What was used over a
reset is not known and is not guessed.
"""

from dataclasses import dataclass

import numpy as np

from memory.treatment import HOUR_S, SENTINELS, Floats, Ints, Mask

NEAR_FULL = 0.9  # a counter rolls over from above this share of its capacity
PLAUSIBLE_STEPS = 5.0  # a step is plausible up to this many times the 99th percentile of the others
_BINARY = (2.0**16, 2.0**32)
_NOISE = 1e-9  # of the level: how far a counter may fall by the rounding of floats


@dataclass(frozen=True, slots=True)
class RegisterUse:
    """What a register counted. `at`, `values`, `lines`: the use of the interval that starts then, NaN where unknown.

    Moments in seconds since 1970 UTC: `rollovers` and `resets` of the reading before; `dropped`: wrong readings.
    `gaps`: (start, end, use) of spans longer than an interval, whose use is known only in total. `duplicates` index
    the readings given.
    """

    at: Ints
    values: Floats
    lines: Ints
    rollovers: Ints
    resets: Ints
    dropped: Ints
    gaps: tuple[tuple[int, int, float], ...]
    duplicates: Ints


def register_use(at: Ints, values: Floats, lines: Ints, *, interval_s: int, offset_s: int = 0) -> RegisterUse:
    """Return what a register counted between its readings, which may come in any order.

    A span of several intervals within one hour is shared out evenly; over an hour's end it is a gap. The last reading
    ends the last interval and begins none.
    """
    order = np.argsort(at, kind="stable")
    again = np.flatnonzero(np.diff(at[order]) == 0) + 1
    kept = np.delete(order, again)
    wrong = wrong_readings(values[kept], at[kept])
    empty = ~np.isfinite(values[kept])
    used = kept[~(wrong | empty)]
    steps, rolled, reset = _steps(values[used], at[used])
    moments = at[used]
    amounts, gaps, shared = _placed(moments, steps, lines[used], interval_s, offset_s)
    return RegisterUse(
        *shared if len(shared[0]) else (moments[:-1], amounts, lines[used][:-1]),
        rollovers=moments[:-1][rolled],
        resets=moments[:-1][reset],
        dropped=at[kept][wrong],
        gaps=gaps,
        duplicates=order[again],
    )


def wrong_readings(values: Floats, at: Ints) -> Mask:
    """Tell which readings of a register, by time, cannot be: a 0 or -9999 amid others, one far off its neighbours."""
    wrong = np.isin(values, SENTINELS) | (values < 0) | _zeros_amid(values)
    good = np.flatnonzero(~wrong & np.isfinite(values))
    level = values[good]
    limit = _plausible_rate(level, at[good])
    for n in np.flatnonzero(np.diff(level) < -_NOISE * np.abs(level[:-1])).tolist():
        if _capacity(level, at[good], n, limit):
            continue
        if n + 2 < len(level) and level[n + 2] >= level[n]:
            wrong[good[n + 1]] = True  # one reading below both its neighbours
        elif n >= 1 and level[n + 1] >= level[n - 1]:
            wrong[good[n]] = True  # one above both
    return wrong


def _zeros_amid(values: Floats) -> Mask:
    """Tell which zeros stand between readings that rise over them: the counter did not stand at 0."""
    known = np.isfinite(values) & (values > 0)
    if not known.any():
        return np.zeros(len(values), bool)
    places = np.arange(len(values))
    before = np.maximum.accumulate(np.where(known, places, -1))
    after = np.minimum.accumulate(np.where(known, places, len(values))[::-1])[::-1]
    between = (values == 0) & (before >= 0) & (after < len(values))
    result = np.zeros(len(values), bool)
    result[between] = values[after[between]] >= values[before[between]]
    return result


def _plausible_rate(level: Floats, at: Ints) -> float:
    """Return the most that a register may rise in a second, judged by its other steps."""
    steps = np.diff(level) / np.maximum(np.diff(at), 1)
    rising = steps[steps > 0]
    return PLAUSIBLE_STEPS * float(np.percentile(rising, 99, method="lower")) if len(rising) else np.inf


def _capacity(level: Floats, at: Ints, n: int, limit: float) -> float:
    """Return at which number a register rolled over after reading n, or 0 where it did not."""
    before, after = float(level[n]), float(level[n + 1])
    if n >= 1 and (before - level[n - 1]) / max(1, int(at[n] - at[n - 1])) > limit:
        return 0.0
    power = 10.0 ** np.ceil(np.log10(before)) if before > 1 else 0.0
    for capacity in (power if power > before else 10.0 * power, *_BINARY):
        wrapped = (after + capacity - before) / max(1, int(at[n + 1] - at[n]))
        if NEAR_FULL * capacity <= before < capacity and wrapped <= limit:
            return float(capacity)
    return 0.0


def _steps(level: Floats, at: Ints) -> tuple[Floats, Mask, Mask]:
    """Return the use between readings, NaN over a reset, and where the register rolled over and was reset."""
    steps = np.diff(level)
    rolled, reset = np.zeros(len(steps), bool), np.zeros(len(steps), bool)
    limit = _plausible_rate(level, at)
    falls = steps < 0
    noise = falls & (-steps <= _NOISE * np.abs(level[:-1]))
    steps[noise] = 0.0
    for n in np.flatnonzero(falls & ~noise).tolist():
        capacity = _capacity(level, at, n, limit)
        rolled[n], reset[n] = capacity > 0, capacity == 0
        steps[n] = steps[n] + capacity if capacity else np.nan
    return steps, rolled, reset


def _placed(
    at: Ints, steps: Floats, lines: Ints, interval_s: int, offset_s: int
) -> tuple[Floats, tuple[tuple[int, int, float], ...], tuple[Ints, Floats, Ints]]:
    """Return the use at each reading, the gaps, and all readings anew where some are shared out within an hour."""
    spans = np.rint(np.diff(at) / interval_s).astype(np.int64)
    long = np.flatnonzero(spans > 1)
    amounts = steps.copy()
    hour = (at - offset_s) // HOUR_S
    last_hour = (at - offset_s - 1) // HOUR_S
    within = [n for n in long.tolist() if hour[n] == last_hour[n + 1]]
    across = [n for n in long.tolist() if hour[n] != last_hour[n + 1]]
    gaps = tuple((int(at[n]), int(at[n + 1]), float(steps[n])) for n in across)
    amounts[across] = np.nan
    none = np.empty(0, np.int64)
    if not within:
        return amounts, gaps, (none, np.empty(0), none)
    times = np.where(np.isin(np.arange(len(spans)), within), spans, 1)
    which = np.repeat(np.arange(len(spans)), times)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    return amounts, gaps, (at[which] + nth * interval_s, amounts[which] / times[which], lines[which])
