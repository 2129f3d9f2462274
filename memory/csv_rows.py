"""Read a file of readings in blocks: moments, values, and what was refused with the reason. Bounded memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from memory.columns import SITE_KINDS, ColumnMapping, ValueColumn, known_unit
from memory.csv_numbers import parse_numbers
from memory.csv_table import rows_of
from memory.csv_times import parse_times
from memory.errors import BadMapping
from memory.header_words import kind_named
from memory.local_time import LocalClock
from memory.names import clean_name
from memory.treatment import Floats, Ints
from tools.readings import MeterKind

BLOCK_ROWS = 20_000
MOST_SERIES = 20_000
EARLIEST = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp())
RAW_CHARS = 500
SKIPPED = "a local time that does not exist: the clocks went forward"

Line = tuple[int, list[str]]
Group = tuple[str, str, str]
"""What a row says of itself: building, kind, unit; empty where it has no such column."""
Reasons = NDArray[np.object_]
"""Why each row is refused; empty where it is not."""


class SeriesName(NamedTuple):
    """Whose readings, as the file says it. `building` None: the site's."""

    building: str | None
    kind: MeterKind
    unit: str


class Reject(NamedTuple):
    """A row, or a cell of it, that was refused. `line`: its line in the file."""

    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a file; arrays of equal length, each series in file order.

    `series` indexes `CsvReadings.names`; `at`: start of the interval, seconds since 1970 UTC; `values`: NaN where
    the file has none. `rows`: rows read, refused ones included.
    """

    series: Ints
    at: Ints
    values: Floats
    lines: Ints
    rejects: list[Reject]
    rows: int


class CsvReadings:
    """The readings of one file, read once from first to last. `now` is when readings begin to lie in the future."""

    def __init__(self, path: Path, mapping: ColumnMapping, *, now: datetime | None = None) -> None:
        self.names: list[SeriesName] = []
        """The series met so far; a `Block` refers to them by index."""
        self.doubled: set[int] = set()
        """Moments whose local time exists twice, seconds since 1970 UTC."""
        self._path, self._mapping = path, mapping
        self._clock = LocalClock(mapping.timezone)
        self._place = {name: number for number, name in enumerate(mapping.shape.columns)}
        self._groups: dict[Group, int] = {}
        self._keys: list[Group] = []
        self._series: dict[tuple[str, int], int | str] = {}
        self._numbers: dict[SeriesName, int] = {}
        self._latest = int(((now or datetime.now(UTC)) + timedelta(days=1)).timestamp())

    def blocks(self, size: int = BLOCK_ROWS) -> Iterator[Block]:
        """Yield the file in blocks of up to `size` rows.

        Raises `BadFile` where it cannot be parsed and `BadMapping` where it names too many buildings to be right.
        """
        rows = rows_of(self._path, self._mapping.shape)
        while part := list(islice(rows, size)):
            yield self._block(part)

    def _block(self, part: Sequence[Line]) -> Block:
        width = len(self._place)
        kept = [line for line in part if len(line[1]) >= width and not any(line[1][width:])]
        narrow = [line for line in part if len(line[1]) < width or any(line[1][width:])]
        rejects = [self._reject(line, "another number of columns than the header") for line in narrow]
        groups = np.array([self._group(row) for _, row in kept], np.int64)
        at, why = self._moments(kept, groups)
        rejects += [self._reject(line, reason) for line, reason in zip(kept, why, strict=True) if reason]
        good = why == ""
        lines = [line for line, reason in zip(kept, why, strict=True) if not reason]
        columns = [self._column(value, lines, groups[good], at[good], rejects) for value in self._mapping.values]
        series, moments, values, numbers = (np.concatenate(arrays) for arrays in zip(*columns, strict=True))
        return Block(series, moments, values, numbers, rejects, len(part))

    def _group(self, row: Sequence[str]) -> int:
        building, kind, unit = self._mapping.building_column, self._mapping.kind_column, self._mapping.unit_column
        key = (self._cell(row, building), self._cell(row, kind), self._cell(row, unit))
        number = self._groups.setdefault(key, len(self._groups))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def _cell(self, row: Sequence[str], column: str | None) -> str:
        return row[self._place[column]].strip() if column else ""

    def _moments(self, lines: Sequence[Line], groups: Ints) -> tuple[Ints, Reasons]:
        """Return when each row's interval starts, and why a row has no moment."""
        places = [self._place[column] for column in self._mapping.time_columns]
        stamps = [" ".join(row[place].strip() for place in places) for _, row in lines]
        times = parse_times(stamps, self._mapping.time_format)
        placed = self._clock.place(times.at, np.where(times.ok & ~times.aware, groups, -1))
        at = np.where(times.aware, times.at, placed.at)
        why = np.full(len(lines), "", object)
        why[at > self._latest] = "a time in the future"
        why[at < EARLIEST] = "a time before 1980"
        why[placed.gap & ~times.aware] = SKIPPED
        why[~times.ok] = "the time cannot be read"
        self.doubled.update(at[placed.doubled & ~times.aware & (why == "")].tolist())
        return at - (self._mapping.interval_s if self._mapping.stamps == "end" else 0), why

    def _column(
        self, value: ValueColumn, lines: Sequence[Line], groups: Ints, at: Ints, rejects: list[Reject]
    ) -> tuple[Ints, Ints, Floats, Ints]:
        """Return series, moments, values and lines of one column; add the cells that are refused to `rejects`."""
        place = self._place[value.column]
        values, bad = parse_numbers([row[place] for _, row in lines], self._mapping.decimal)
        of_group = {int(group): self._series_of(value, int(group)) for group in np.unique(groups)}
        found = [of_group[group] for group in groups.tolist()]
        why = np.array([one if isinstance(one, str) else "" for one in found], object)
        why[bad & (why == "")] = "not a number"
        rejects += [self._reject(lines[n], why[n], value.column) for n in np.flatnonzero(why != "").tolist()]
        good = why == ""
        series = np.array([-1 if isinstance(one, str) else one for one in found], np.int64)
        numbers = np.array([number for number, _ in lines], np.int64)
        return series[good], at[good], values[good], numbers[good]

    def _series_of(self, value: ValueColumn, group: int) -> int | str:
        """Return the index of a series, or why its rows are refused."""
        found = self._series.get((value.column, group))
        if found is None:
            name = self._name(value, self._keys[group])
            found = name if isinstance(name, str) else self._number(name)
            self._series[value.column, group] = found
        return found

    def _number(self, name: SeriesName) -> int:
        if name not in self._numbers:
            if len(self.names) == MOST_SERIES:
                column = self._mapping.building_column
                raise BadMapping(f"{column!r} names more than {MOST_SERIES:,} meters; is it the column of buildings?")
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]

    def _name(self, value: ValueColumn, group: Group) -> SeriesName | str:
        building, kind_text, unit_text = group
        kind = kind_named(kind_text) if kind_text else value.kind
        if kind is None:
            return "an unknown kind of meter"
        try:
            unit = known_unit(unit_text, kind) if unit_text else value.unit
            if not unit_text and kind != value.kind:
                unit = known_unit(value.unit, kind)
        except BadMapping:
            return "a unit that does not measure that kind"
        name = clean_name(building) if self._mapping.building_column else value.building
        if kind not in SITE_KINDS and not name:
            return "no building named"
        return SeriesName(None if kind in SITE_KINDS else name, kind, unit)

    def _reject(self, line: Line, reason: str, column: str | None = None) -> Reject:
        number, row = line
        raw = self._mapping.shape.delimiter.join(row) if column is None else f"{column}: {row[self._place[column]]}"
        return Reject(number, raw.replace("\x00", "")[:RAW_CHARS], reason)
