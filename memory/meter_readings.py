"""The readings of one meter of a file, made hours: units made one, registers differenced, faults of arrival found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from memory.fault_words import count, fault, when
from memory.quality import conversion_fault, loading_faults
from memory.raw_rows import SeriesName
from memory.registers import RegisterUse, register_use
from memory.staging import RawSeries, joined
from memory.treatment import HOUR_S, Hours, Ints, treat
from memory.units import UNITS, in_stored_unit
from tools.readings import Fault, Meter

_NONE = np.empty(0, np.int64)


class Again(NamedTuple):
    """A second reading for a moment: kept as a reject, with whether it says the same as the first."""

    line: int
    at: int
    value: float
    same: bool


class Part(NamedTuple):
    """The readings of one series of a file."""

    name: SeriesName
    raw: RawSeries
    interval_s: int


@dataclass(frozen=True, slots=True)
class TreatedReadings:
    """One meter's hours and what was met on the way. `raw` in `unit`, by time; `late`: moments out of order.

    `units`: how many readings each unit has, where there is more than one.
    """

    hours: Hours
    raw: RawSeries
    unit: str
    again: tuple[Again, ...]
    late: Ints
    units: dict[str, int]
    register: RegisterUse | None


def treated(parts: Sequence[Part], *, offset_s: int) -> TreatedReadings:
    """Return the hours of one meter. `parts`: the series that are its, of one kind and one stored unit."""
    name, interval_s = parts[0].name, max(part.interval_s for part in parts)
    units = {unit: sum(len(p.raw.at) for p in parts if p.name.unit == unit) for unit in {p.name.unit for p in parts}}
    raw, unit = _in_one_unit(parts, units)
    late = out_of_order(raw)
    use = None
    if name.register:
        use = register_use(raw.at, raw.values, raw.lines, interval_s=interval_s, offset_s=offset_s)
    at, values = (raw.at, raw.values) if use is None else (use.at, use.values)
    hours = treat(name.kind, unit, at, values, offset_s=offset_s, interval_s=interval_s, zero_counts=use is not None)
    again = _again(raw, hours.duplicates if use is None else use.duplicates)
    return TreatedReadings(hours, raw, unit, again, late, units if len(units) > 1 else {}, use)


def _in_one_unit(parts: Sequence[Part], units: dict[str, int]) -> tuple[RawSeries, str]:
    if len(units) == 1:
        return joined([part.raw for part in parts]), parts[0].name.unit
    stored = [RawSeries(p.raw.at, in_stored_unit(p.raw.values, p.name.unit, p.interval_s), p.raw.lines) for p in parts]
    return joined(stored), UNITS[parts[0].name.unit].stored


def out_of_order(raw: RawSeries) -> Ints:
    """Return the moments, ascending, of readings that stand in the file behind later ones.

    A file that runs from late to early throughout has none.
    """
    by_line = raw.at[np.argsort(raw.lines, kind="stable")]
    behind = by_line < np.maximum.accumulate(by_line) if len(by_line) else np.zeros(0, bool)
    return np.empty(0, np.int64) if (np.diff(by_line) <= 0).all() else np.sort(by_line[behind])


def _again(raw: RawSeries, duplicates: Ints) -> tuple[Again, ...]:
    first = np.searchsorted(raw.at, raw.at[duplicates])
    same = np.isclose(raw.values[duplicates], raw.values[first], rtol=1e-12, atol=0.0, equal_nan=True)
    rows = zip(
        raw.lines[duplicates].tolist(),
        raw.at[duplicates].tolist(),
        raw.values[duplicates].tolist(),
        same.tolist(),
        strict=True,
    )
    return tuple(Again(*row) for row in rows)


def arrival_faults(meter: Meter, timezone: str, found: TreatedReadings) -> list[Fault]:
    """Return the records of what only the file shows, not the hours made of it."""
    zone, hours = ZoneInfo(timezone), found.hours
    at = found.raw.at if found.register is None else found.register.at
    faults = loading_faults(meter, timezone, replace(hours, duplicates=_NONE), at)
    for unit in found.units or {found.unit: 0}:
        faults += conversion_fault(meter, unit, hours)
    if found.units:
        said = ", ".join(f"{number:,} in {unit}" for unit, number in sorted(found.units.items()))
        note = f"The file gives this meter's readings in more than one unit ({said}); all are shown in {found.unit}."
        faults.append(fault(meter, "mixed_units", hours.at, note, is_open=False))
    if len(found.late):
        put = "was put in its place" if len(found.late) == 1 else "were put in their places"
        note = f"{count(found.late, 'reading')} stood in the file behind later ones and {put}. {when(zone, found.late)}"
        faults.append(fault(meter, "out_of_order", found.late, note, is_open=False))
    return faults + _again_faults(meter, zone, found.again) + _register_faults(meter, zone, found)


def _again_faults(meter: Meter, zone: ZoneInfo, again: Sequence[Again]) -> list[Fault]:
    """Return the records of readings that came twice; two values for one moment leave open which is right."""
    faults = []
    for same, kind, words in (
        (True, "duplicate", "given a second time for the same moment, with the same value"),
        (False, "conflict", "given a second time for the same moment, with another value: the first counts"),
    ):
        at = np.array(sorted(one.at for one in again if one.same is same), np.int64)
        if len(at):
            note = f"Left out: {count(at, 'reading')} {words}. {when(zone, at)}"
            faults.append(fault(meter, kind, at, note, is_open=False))
    return faults


def _register_faults(meter: Meter, zone: ZoneInfo, found: TreatedReadings) -> list[Fault]:
    """Return the records of what a register did beside rising."""
    use = found.register
    if use is None or not len(use.at):
        return []
    note = "The readings are those of a register; an hour's use is the difference of two."
    faults = [fault(meter, "register", use.at, note, is_open=False)]
    for at, kind, words, is_open in (
        (use.rollovers, "register_rollover", "rolled over; the use of that interval is counted over the turn", False),
        (use.resets, "register_reset", "fell: reset or replaced; the use of that interval is not known", True),
        (use.dropped, "register_reading", "gave a reading that cannot be; it was left out", False),
    ):
        if len(at):
            times = "once" if len(at) == 1 else f"{len(at):,} times"
            faults.append(fault(meter, kind, at, f"The register {words}, {times}. {when(zone, at)}", is_open=is_open))
    known = [(start, end, amount) for start, end, amount in use.gaps if np.isfinite(amount)]
    stored = in_stored_unit(np.array([amount for _, _, amount in known]), found.unit, HOUR_S)
    spans = zip(known, stored.tolist(), strict=True)
    return faults + [_gap_fault(meter, zone, start, end, amount) for (start, end, _), amount in spans]


def _gap_fault(meter: Meter, zone: ZoneInfo, start: int, end: int, use: float) -> Fault:
    at = np.arange(start, end, HOUR_S)
    note = (
        f"The register was not read for {count(at, 'hour')}: {use:,.6g} {meter.unit} in that time,"
        f" of which no hour is known. {when(zone, at)}"
    )
    return fault(meter, "register_gap", at, note, is_open=False)
