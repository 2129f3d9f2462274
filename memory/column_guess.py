"""Guess which column of a file is what, from its header and first rows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from memory.columns import ONLY_RISES, SITE_KINDS, ColumnMapping, ValueColumn
from memory.csv_numbers import amount_with_unit
from memory.csv_table import TableShape, find_shape, head_of, is_missing, looks_numeric, sample_of
from memory.csv_times import SHARE_READ, guess_format, parse_times
from memory.errors import BadFile
from memory.header_words import kind_named, read_header, unit_named
from memory.local_time import zone_of
from memory.register_guess import as_counted
from memory.treatment import HOUR_S
from memory.units import DEFAULT_UNIT, UNITS

Table = Mapping[str, Sequence[str]]

PARQUET = b"PAR1"

_TIME_NAME = re.compile(r"time|date|stamp|period|start|interval", re.IGNORECASE)
_WHOSE_NAMES = tuple(
    re.compile(word, re.IGNORECASE)
    for word in ("building", "facility", "asset", "meter", "name|point", r"(^|_|\b)id$", "site|location")
)
_METER_NAME = re.compile(
    r"(^|[\W_])(meter|metre|mpan|mprn)([\W_]*(id|no|nr|number|name|serial))?$|serial", re.IGNORECASE
)
_NUMBERED = re.compile(r"(building|meter|asset|site)[ _]?(id|no|nr|number)?$|id$", re.IGNORECASE)
_VALUE_NAME = re.compile(r"read|value|consum|usage|kwh|amount|quantity", re.IGNORECASE)
_NO_READING = re.compile(
    r"(year|month|day|hour|minute|week|weekday|lat|lon|latitude|longitude|index|row|no|nr|column \d+|unnamed.*|quality"
    r"|flag|status|area|sqm|sqft|floors)( \(\d+\))?$",
    re.IGNORECASE,
)
_SUM = re.compile(r"(grand |site )?(total|sum|all)$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?$", re.IGNORECASE)


def guess_mapping(path: Path, *, timezone: str) -> ColumnMapping:
    """Return how a file is probably read: delimited text, Parquet, or Green Button XML.

    `timezone`: of stamps that do not say their own offset. Raises `BadFile` where no time or value column is found or
    readings are further apart than an hour, and `BadMapping` for an unknown time zone.
    """
    zone_of(timezone)
    head = head_of(path)
    if head.startswith(PARQUET):
        from memory.parquet_table import parquet_sample, parquet_shape

        shape = parquet_shape(path)
        return guess_from_table(path, shape, parquet_sample(path, shape), timezone)
    if looks_like_xml(head):
        from memory.espi_mapping import espi_mapping

        return espi_mapping(path, timezone)
    shape = find_shape(path)
    return guess_from_table(path, shape, sample_of(path, shape), timezone)


def guess_from_table(path: Path, shape: TableShape, sample: Sequence[Sequence[str]], timezone: str) -> ColumnMapping:
    """Return how a file is probably read, given its first rows as text."""
    table = dict(zip(shape.columns, zip(*sample, strict=True), strict=True))
    time_columns, time_format, doubts = _time(path, table)
    rest = {name: cells for name, cells in table.items() if name not in time_columns}
    numeric = [name for name, cells in rest.items() if _mostly(cells, _is_amount) or _is_yet_empty(name, cells)]
    texts = [name for name, cells in rest.items() if name not in numeric and not all(map(is_missing, cells))]
    kind_column = next((name for name in texts if _mostly(rest[name], lambda cell: kind_named(cell) is not None)), None)
    unit_column = next((name for name in texts if _mostly(rest[name], lambda cell: unit_named(cell) is not None)), None)
    building_column = _building_column(rest, [n for n in texts if n not in (kind_column, unit_column)], numeric)
    meter_column = _meter_column(rest, building_column, (kind_column, unit_column))
    values = _values(path, [n for n in numeric if n not in (building_column, meter_column)], bool(kind_column))
    decimal, unsure = _decimal([cell for name in values for cell in rest[name]], shape.delimiter)
    mapping = ColumnMapping(
        shape=shape,
        time_columns=time_columns,
        time_format=time_format,
        timezone=timezone,
        interval_s=_interval_s(path, _stamps(table, time_columns), time_format),
        layout="wide" if building_column is None else "long",
        values=tuple(_value(name, path.stem, building_column, rest[name]) for name in values),
        decimal=decimal,
        building_column=building_column,
        kind_column=kind_column,
        unit_column=unit_column,
        meter_column=meter_column,
    )
    whose = [rest[c] for c in (building_column, meter_column, kind_column) if c]
    mapping = replace(mapping, values=tuple(as_counted(v, rest[v.column], whose, decimal) for v in mapping.values))
    return replace(mapping, doubts=(*doubts, *unsure, *_doubts(mapping, rest)))


def looks_like_xml(head: bytes) -> bool:
    """Tell whether the first bytes of a file are those of an XML document, in any of the usual encodings."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _time(path: Path, table: Table) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return the time column, or the date and the clock column, with their format and what is in doubt about it."""
    by_name = sorted(table, key=lambda name: _TIME_NAME.search(name) is None)
    clock = next((name for name in by_name if _mostly(table[name], _is_clock)), None)
    for name in by_name:
        columns = (name,) if clock is None or clock == name else (name, clock)
        found = guess_format([s for s in _stamps(table, columns) if s.strip()]) if not _is_plain(table[name]) else None
        if found is not None:
            time_format, open_order = found
            doubt = f"{name}: {table[name][0]!r} is read as {time_format}, the day first" if open_order else ""
            return columns, time_format, (doubt,) if doubt else ()
    raise BadFile(f"{path.name} has no time column ({', '.join(table)}); write times as 2024-03-31 14:00")


def _building_column(rest: Table, texts: Sequence[str], numeric: Sequence[str]) -> str | None:
    """Return the column that says whose reading a row is: words before numbers, buildings before meters."""
    numbered = [n for n in numeric if _NUMBERED.fullmatch(n) and all(c.strip().isdigit() for c in rest[n])]
    for names in (texts, numbered):
        for pattern in _WHOSE_NAMES:
            for name in names:
                if pattern.search(name) and read_header(name).unit is None:
                    return name
    return None


def _meter_column(rest: Table, building_column: str | None, others: Sequence[str | None]) -> str | None:
    """Return the column that names the meter, where another names the building: a meter may have been replaced."""
    if building_column is None or _METER_NAME.search(building_column):
        return None
    names = (name for name in rest if name != building_column and name not in others)
    return next((name for name in names if _METER_NAME.search(name) and read_header(name).unit is None), None)


def _values(path: Path, numeric: Sequence[str], one_only: bool) -> list[str]:
    """Return the columns of readings: all that are numbers and not something else; one where rows say their kind."""
    values = [name for name in numeric if not _NO_READING.fullmatch(name)] or list(numeric[-1:])
    if len(values) > 2:
        values = [name for name in values if not _SUM.fullmatch(read_header(name).building)]
    if sum(_CLOCK.match(name) is not None for name in values) >= 24:
        raise BadFile(f"{path.name} has one column for each time of day; turn it so that each reading has its own row")
    if not values:
        raise BadFile(f"{path.name} has no column of numbers beside the time")
    return [next((n for n in values if _VALUE_NAME.search(n)), values[-1])] if one_only else values


def _value(name: str, stem: str, building_column: str | None, cells: Sequence[str]) -> ValueColumn:
    words = read_header(name)
    kind = words.kind or "electricity"
    said = words.unit or _unit_in(cells)
    unit = said if said and kind in UNITS[said].kinds else DEFAULT_UNIT[kind]
    building = None if kind in SITE_KINDS or building_column else words.building or stem
    return ValueColumn(name, building, kind, unit)


def _unit_in(cells: Sequence[str]) -> str | None:
    """Return the unit that the first cells with one say themselves, as in `1.5 MWh`."""
    found = (amount_with_unit(cell, "." if "." in cell else ",") for cell in cells if not looks_numeric(cell))
    return next((one[1] for one in found if one is not None), None)


def _doubts(mapping: ColumnMapping, rest: Table) -> list[str]:
    used = {v.column for v in mapping.values} | {mapping.building_column, mapping.kind_column, mapping.unit_column}
    used |= {mapping.meter_column}
    unsaid = [v for v in mapping.values if read_header(v.column).unit is None and mapping.unit_column is None]
    silent = [v for v in unsaid if _unit_in(rest[v.column]) is None]
    doubts = [f"{v.column} does not say its unit; {v.unit} is assumed" for v in silent]
    doubts += [
        f"{v.column} {ONLY_RISES}: it is read as a register, whose differences are the use (--register no: as amounts)"
        for v in mapping.values
        if v.register
    ]
    return doubts + [f"{name} is not read" for name in rest if name not in used]


def _interval_s(path: Path, stamps: Sequence[str], time_format: str) -> int:
    """Return the most common step between distinct times, in seconds."""
    times = parse_times(stamps, time_format)
    steps, counts = np.unique(np.diff(np.unique(times.at[times.ok])), return_counts=True)
    step = int(steps[counts.argmax()]) if len(steps) else HOUR_S
    if step > HOUR_S:
        raise BadFile(f"{path.name} has a reading every {step / HOUR_S:g} hours; hourly readings or finer are needed")
    return step


def _decimal(cells: Sequence[str], delimiter: str) -> tuple[Literal[".", ","], tuple[str, ...]]:
    """Return the decimal sign, and a doubt where the numbers leave it open.

    The later of two signs in one number is the decimal one, and so is a sign without exactly three digits after it.
    """
    for cell in map(str.strip, cells):
        comma, point = cell.rfind(","), cell.rfind(".")
        if comma > point and (point >= 0 or len(cell) - comma != 4):
            return ",", ()
        if point > comma and (comma >= 0 or len(cell) - point != 4):
            return ".", ()
    example = next((cell for cell in cells if "," in cell), None)
    if example is None:
        return ".", ()
    sign: Literal[".", ","] = "," if delimiter == ";" else "."
    return sign, (f"{example.strip()!r} is read as {example.strip().replace(',', '' if sign == '.' else '.')}",)


def _stamps(table: Table, columns: Sequence[str]) -> list[str]:
    return [" ".join(part.strip() for part in parts) for parts in zip(*(table[c] for c in columns), strict=True)]


def _is_amount(cell: str) -> bool:
    """Tell whether a cell reads as a number, or as one with its unit."""
    return looks_numeric(cell) or amount_with_unit(cell, "." if "." in cell else ",") is not None


def _is_clock(cell: str) -> bool:
    return _CLOCK.match(cell.strip()) is not None


def _is_plain(cells: Sequence[str]) -> bool:
    """Tell whether the cells are mere numbers, which a lenient time format would take for a date."""
    return _mostly(cells, lambda cell: re.fullmatch(r"[-+]?\d{1,7}|[-+]?\d*[.,]\d+", cell.strip()) is not None)


def _is_yet_empty(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column has no value so far and its header says what it will measure: a meter put in later."""
    words = read_header(name)
    return all(map(is_missing, cells)) and (words.unit is not None or words.kind is not None)


def _mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Tell whether most cells that are not empty pass a test, and there are some."""
    present = [cell for cell in cells if not is_missing(cell)]
    return bool(present) and sum(map(test, present)) >= SHARE_READ * len(present)
