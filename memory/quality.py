"""Find what is wrong with a meter's readings, as records that a building manager can read.

Pure functions over a meter's hours. An open fault travels with every fact whose period it touches; the others are
history: coverage already tells of missing hours, and a building may change its use.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from memory.fault_words import between, count, day, fault, local, moment, when, words
from memory.treatment import ENERGY_KINDS, HOUR_S, Hours, Ints, Mask
from memory.units import GAS_VOLUMES, KWH_PER_M3
from tools.readings import Fault, Flag, Meter

Origin = Literal["computed", "loaded", "catalog"]
"""How a fault is known: from the hours alone, from what loading a file met, or written in the catalog."""

LONG_ZERO_RUN_H = 168
LONG_GAP_H = 720
STEP_FACTOR = 3.0  # gas, from one year to the next: weather does not do that
CHANGE_SHARE = 0.25  # electricity, from one year to the next
YEAR_VALID_SHARE = 0.7  # a year with less says little of its level
MOSTLY = 0.5
SPIKE_FACTOR = 10.0  # times the 99th percentile: plant that is switched on does not do that for one hour
SPIKE_HOURS = 168  # with fewer the 99th percentile says little

_Finder = Callable[[Meter, ZoneInfo, Hours], Iterator[Fault]]


def find_faults(meter: Meter, timezone: str, hours: Hours) -> list[Fault]:
    """Return the faults of one meter that its hours show. `timezone` is the site's: years are local."""
    if not len(hours.at):
        return []
    zone = ZoneInfo(timezone)
    return [found for finder in _FINDERS for found in finder(meter, zone, hours)]


def loading_faults(meter: Meter, timezone: str, hours: Hours, raw_at: Ints) -> list[Fault]:
    """Return the faults that only the raw readings show: sentinels, doubled readings, hours with readings missing.

    `raw_at`: the times that `hours` was made from.
    """
    zone = ZoneInfo(timezone)
    offset_s = int(hours.at[0]) % HOUR_S if len(hours.at) else 0
    raw_hours = (raw_at - offset_s) // HOUR_S * HOUR_S + offset_s
    found = (
        ("sentinel", raw_hours[hours.sentinels], "reading", " of -9999 or the like, which stands for no value"),
        ("duplicate", raw_hours[hours.duplicates], "reading", " given a second time for the same moment"),
        ("partial_hour", hours.partial, "hour", " with only some of its readings"),
    )
    return [
        fault(meter, kind, at, f"Left out: {count(at, noun)}{which}. {when(zone, at)}", is_open=False)
        for kind, at, noun, which in found
        if len(at)
    ]


def clock_fault(meter: Meter, timezone: str, hours: Hours, doubled: Ints) -> list[Fault]:
    """Return the record of hours that the local clock showed twice. `doubled`: moments within them, UTC seconds."""
    at = hours.at[np.isin(hours.at // HOUR_S, doubled // HOUR_S)]
    if not len(at):
        return []
    days = ", ".join(words(one) for one in sorted({local(ZoneInfo(timezone), n).date() for n in at.tolist()}))
    note = f"The clocks went back ({days}): the hour that came twice was read in the order of the file."
    return [fault(meter, "clock_change", at, note, is_open=False)]


def conversion_fault(meter: Meter, unit: str, hours: Hours) -> list[Fault]:
    """Return the record of an assumption that a unit needs: the heat in a cubic metre of gas."""
    if unit not in GAS_VOLUMES:
        return []
    note = f"Gas was given in {unit} and is shown as kWh, at {KWH_PER_M3:g} kWh per m3."
    return [fault(meter, "unit_converted", hours.at, note, is_open=True)]


def successive_fault(name: str, timezone: str, earlier: Meter, later: Meter) -> Fault:
    """Return the record of a meter that was replaced: open for whatever period crosses the change."""
    zone = ZoneInfo(timezone)
    start, end = min(earlier.last_end, later.first), max(earlier.last_end, later.first)
    if start == end:
        start, end = moment(int(start.timestamp()) - HOUR_S), moment(int(start.timestamp()) + HOUR_S)
    hours = round((later.first - earlier.last_end).total_seconds() / HOUR_S)
    gap = f", with no readings until {day(zone, later.first)}" if hours > 24 else ""
    note = (
        f"The meter of {name} changed on {day(zone, earlier.last_end)}{gap};"
        " figures before and after may not cover the same loads."
    )
    return Fault(later.id, "meter_change", start, end, max(hours, 0), note, open=True)


def _missing_as_zero(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    at = hours.at[hours.flags == Flag.ZERO_AS_MISSING]
    if len(at):
        note = f"Left out: {count(at, 'hour')} at 0, which here means that the reading is missing. {when(zone, at)}"
        yield fault(meter, "missing_as_zero", at, note, is_open=False)


def _absent(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    grid = np.arange(hours.at[0], hours.at[-1] + HOUR_S, HOUR_S)
    missing = ~np.isin(grid, hours.at[hours.flags != Flag.ABSENT])
    missing &= ~np.isin(grid, hours.partial)
    if missing.any():
        note = f"Left out: {count(grid[missing], 'hour')} without a reading. {when(zone, grid[missing])}"
        yield fault(meter, "absent", grid[missing], note, is_open=False)
    for first, end in _runs(missing):
        if end - first >= LONG_GAP_H:
            at = grid[first:end]
            yield fault(meter, "long_gap", at, f"There are no readings {between(zone, at)}.", is_open=False)


def _negative(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    at = hours.at[hours.flags == Flag.NEGATIVE]
    if len(at):
        yield fault(meter, "negative", at, f"Left out: {count(at, 'hour')} below 0. {when(zone, at)}", is_open=False)


def _spike(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    """Find single hours far above all others; their values are kept, and count."""
    good = np.flatnonzero(hours.valid())
    if meter.kind not in ENERGY_KINDS or len(good) < SPIKE_HOURS:
        return
    values = hours.values[good]
    usual = float(np.percentile(values, 99))
    beside = np.maximum(np.append(values[1:], 0.0), np.append(0.0, values[:-1]))
    found = (values > SPIKE_FACTOR * usual) & (beside < values / SPIKE_FACTOR) & (usual > 0)
    if found.any():
        at, most = hours.at[good[found]], float(values[found].max())
        times = f"up to {most / usual:.0f} times what 99 % of the hours stay below"
        note = f"{count(at, 'hour')} far above all others, {times}; kept and counted. {when(zone, at)}"
        yield fault(meter, "spike", at, note, is_open=True)


def _overlap(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    at = hours.at[hours.flags == Flag.DUPLICATE]
    if len(at):
        note = f"Left out: {count(at, 'hour')} that the building's next meter has too. {when(zone, at)}"
        yield fault(meter, "overlap", at, note, is_open=False)


def _mostly_missing(meter: Meter, _zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    span = (hours.at[-1] - hours.at[0]) // HOUR_S + 1
    share = int(hours.valid().sum()) / int(span)
    if share < MOSTLY:
        note = f"Only {share:.0%} of this meter's hours have a reading, so its totals and means say little."
        yield fault(meter, "mostly_missing", hours.at, note, is_open=True, hours=int(span * (1 - share)))


def _long_zero_runs(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    if meter.kind != "gas":
        return
    for first, end in _runs(hours.flags == Flag.ZERO_GAS):
        if end - first >= LONG_ZERO_RUN_H:
            at = hours.at[first:end]
            note = f"Gas read 0 for {len(at):,} hours on end ({between(zone, at)}); the heating may have been off."
            yield fault(meter, "zero_run", at, note, is_open=False)


def _level_step(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    """Find a year of gas at several times the next, and within it the span that is too high.

    Too high is a day above the geometric mean of the two years' levels.
    """
    levels = _yearly_means(zone, hours) if meter.kind == "gas" else {}
    for (year, level), (following, next_level) in pairwise(levels.items()):
        if following != year + 1 or min(level, next_level) <= 0 or 1 / STEP_FACTOR < level / next_level < STEP_FACTOR:
            continue
        high, low = (year, following) if level > next_level else (following, year)
        at = _too_high(zone, hours, high, float(np.sqrt(level * next_level)))
        note = (
            f"In {high} this gas meter read about {levels[high] / levels[low]:.0f} times its {low} level,"
            f" too high {between(zone, at)}; a fault or a change of unit is likely."
        )
        yield fault(meter, "level_step", at, note, is_open=True)


def _level_change(meter: Meter, zone: ZoneInfo, hours: Hours) -> Iterator[Fault]:
    levels = _yearly_means(zone, hours) if meter.kind == "electricity" else {}
    for (year, level), (following, next_level) in pairwise(levels.items()):
        change = next_level / level - 1
        if following == year + 1 and abs(change) >= CHANGE_SHARE:
            at = hours.at[_in_year(zone, hours.at, following)]
            moved = f"{'rose' if change > 0 else 'fell'} by {abs(change):.0%}"
            note = f"Electricity {moved} from {year} to {following}, on average over the hours with readings."
            yield fault(meter, "level_change", at, note, is_open=False)


_FINDERS: Sequence[_Finder] = (
    _missing_as_zero, _absent, _negative, _spike, _overlap, _mostly_missing, _long_zero_runs, _level_step,
    _level_change,
)  # fmt: skip


def _yearly_means(zone: ZoneInfo, hours: Hours) -> dict[int, float]:
    """Return the mean of the valid hours of each local year that has enough of them."""
    means = {}
    for year in range(local(zone, hours.at[0]).year, local(zone, hours.at[-1]).year + 1):
        inside = _in_year(zone, hours.at, year) & hours.valid()
        if inside.sum() >= YEAR_VALID_SHARE * 8760:
            means[year] = float(hours.values[inside].mean())
    return means


def _in_year(zone: ZoneInfo, at: Ints, year: int) -> Mask:
    start, end = (datetime(y, 1, 1, tzinfo=zone).timestamp() for y in (year, year + 1))
    return (at >= start) & (at < end)


def _too_high(zone: ZoneInfo, hours: Hours, year: int, threshold: float) -> Ints:
    """Return the hours of a year from the first day whose mean is above a threshold to the last such hour."""
    inside = _in_year(zone, hours.at, year)
    at, values = hours.at[inside], np.where(hours.valid(), hours.values, 0.0)[inside]
    _, starts, day_of = np.unique(at // 86_400, return_index=True, return_inverse=True)
    day_means = np.add.reduceat(values, starts) / np.diff(starts, append=len(at))
    high = np.flatnonzero((day_means > threshold)[day_of] & (values > threshold))
    return at[starts[day_of[high[0]]] : high[-1] + 1] if len(high) else at


def _runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """Yield [first, end) of each run of true values."""
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
