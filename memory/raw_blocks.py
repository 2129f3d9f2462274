"""From parsed rows of any kind of file to readings: whose they are, when, and what is refused with the reason.

CSV, Parquet and Green Button files all end here, so that one rule holds for all of them.
"""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from memory.columns import SITE_KINDS, ColumnMapping, ValueColumn, known_unit
from memory.csv_numbers import amount_with_unit
from memory.csv_times import Times
from memory.errors import BadMapping
from memory.header_words import kind_named
from memory.local_time import LocalClock
from memory.names import clean_name
from memory.raw_rows import Block, Group, ParsedColumn, ParsedRows, Reject, SeriesName
from memory.treatment import Floats, Ints

MOST_SERIES = 20_000
EARLIEST = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp())
RAW_CHARS = 4_000
SKIPPED = "a local time that does not exist: the clocks went forward"
NOT_A_NUMBER = "not a number"
UNKNOWN_KIND = "an unknown kind of meter"
WRONG_UNIT = "a unit that does not measure that kind"
NO_BUILDING = "no building named"
CELL_REASONS = frozenset({NOT_A_NUMBER, UNKNOWN_KIND, WRONG_UNIT, NO_BUILDING})
"""Why one cell is refused; its row may have others that are read."""

Reasons = NDArray[np.object_]
"""Why each row is refused; empty where it is not."""


class Assembly:
    """Makes readings of the rows of one file. `now` is when readings begin to lie in the future."""

    def __init__(self, mapping: ColumnMapping, now: datetime | None = None) -> None:
        self.names: list[SeriesName] = []
        self.columns: list[str] = []
        self.doubled: set[int] = set()
        self._mapping = mapping
        self._clock = LocalClock(mapping.timezone)
        self._place = {name: number for number, name in enumerate(mapping.shape.columns)}
        self._groups: dict[Group, int] = {}
        self._keys: list[Group] = []
        self._series: dict[tuple[str, int, str], int | str] = {}
        self._numbers: dict[SeriesName, int] = {}
        self._latest = int(((now or datetime.now(UTC)) + timedelta(days=1)).timestamp())

    def group(self, key: Group) -> int:
        """Return the number of what rows say of themselves."""
        number = self._groups.setdefault(key, len(self._groups))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def block(self, parsed: ParsedRows, rejects: list[Reject], rows: int) -> Block:
        """Return the readings of some rows. `rejects`: of rows that are not among them; `rows`: all that were read."""
        at, why = self._moments(parsed.times, parsed.groups)
        rejects.extend(self._reject(parsed, n, why[n]) for n in np.flatnonzero(why != "").tolist())
        good = np.flatnonzero(why == "")
        found = [
            self._column(value, column, parsed, good, at, rejects)
            for value, column in zip(self._mapping.values, parsed.columns, strict=True)
            if column is not None
        ]
        series, moments, values, lines = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        return Block(series, moments, values, lines, rejects, rows)

    def _moments(self, times: Times, groups: Ints) -> tuple[Ints, Reasons]:
        """Return the moment of each stamp, and why a row has none."""
        why = np.full(len(groups), "", object)
        if times.aware.all():
            at, gap = times.at, None
        else:
            placed = self._clock.place(times.at, np.where(times.ok & ~times.aware, groups, -1))
            at, gap = np.where(times.aware, times.at, placed.at), placed.gap & ~times.aware
        why[at > self._latest] = "a time in the future"
        why[at < EARLIEST] = "a time before 1980"
        if gap is not None:
            why[gap] = SKIPPED
        why[~times.ok] = "the time cannot be read"
        if gap is not None:
            self.doubled.update(at[placed.doubled & ~times.aware & (why == "")].tolist())
        return at, why

    def _column(
        self, value: ValueColumn, column: ParsedColumn, parsed: ParsedRows, good: Ints, at: Ints, rejects: list[Reject]
    ) -> tuple[Ints, Ints, Floats, Ints]:
        """Return series, moments, values and lines of one column; add the cells that are refused to `rejects`."""
        shift_s = self._mapping.interval_s if self._mapping.stamps == "end" and not value.register else 0
        groups = parsed.groups[good]
        of_group = {int(group): self._series_of(value, int(group)) for group in np.unique(groups)}
        table = np.full(max(of_group, default=0) + 1, -1, np.int64)
        for group, one in of_group.items():
            table[group] = -1 if isinstance(one, str) else one
        series, values = table[groups], column.values[good]
        for n in np.flatnonzero((series < 0) | column.bad[good]).tolist():
            one, number = self._cell(value, int(groups[n]), parsed.cells(int(good[n])))
            if isinstance(one, str):
                rejects.append(self._reject(parsed, int(good[n]), one, value.column))
            series[n], values[n] = (-1, 0.0) if isinstance(one, str) else (one, number)
        kept = series >= 0
        return series[kept], at[good][kept] - shift_s, values[kept], parsed.lines[good][kept]

    def _cell(self, value: ValueColumn, group: int, cells: Sequence[str]) -> tuple[int | str, float]:
        """Read a cell again that is no plain number: it may say its own unit. Return its series, or why not."""
        of_group = self._series_of(value, group)
        if isinstance(of_group, str):
            return of_group, 0.0
        found = amount_with_unit(cells[self._place[value.column]], self._mapping.decimal)
        if found is None:
            return NOT_A_NUMBER, 0.0
        return self._series_of(value, group, found[1]), found[0]

    def _series_of(self, value: ValueColumn, group: int, unit: str = "") -> int | str:
        """Return the index of a series, or why its rows are refused. `unit`: what the cell itself says."""
        found = self._series.get((value.column, group, unit))
        if found is None:
            name = self._name(value, self._keys[group], unit)
            found = name if isinstance(name, str) else self._number(name, value.column)
            self._series[value.column, group, unit] = found
        return found

    def _number(self, name: SeriesName, column: str) -> int:
        if name not in self._numbers:
            if len(self.names) == MOST_SERIES:
                named = self._mapping.building_column
                raise BadMapping(f"{named!r} names more than {MOST_SERIES:,} meters; is it the column of buildings?")
            self._numbers[name] = len(self.names)
            self.names.append(name)
            self.columns.append(column)
        return self._numbers[name]

    def _name(self, value: ValueColumn, group: Group, cell_unit: str) -> SeriesName | str:
        building, kind_text, unit_text, meter = group
        unit_text = cell_unit or unit_text
        kind = kind_named(kind_text) if kind_text else value.kind
        if kind is None:
            return UNKNOWN_KIND
        try:
            unit = known_unit(unit_text, kind) if unit_text else value.unit
            if not unit_text and kind != value.kind:
                unit = known_unit(value.unit, kind)
        except BadMapping:
            return WRONG_UNIT
        name = clean_name(building) if self._mapping.building_column else value.building
        if kind not in SITE_KINDS and not name:
            return NO_BUILDING
        whose = None if kind in SITE_KINDS else name
        return SeriesName(whose, kind, unit, clean_name(meter), value.register, value.direction, value.sub_meter)

    def _reject(self, parsed: ParsedRows, n: int, reason: str, column: str | None = None) -> Reject:
        cells = parsed.cells(n)
        raw = row_raw(cells, self._mapping) if column is None else cell_raw(column, cells, self._mapping)
        return Reject(int(parsed.lines[n]), raw, reason)


def row_raw(cells: Sequence[str], mapping: ColumnMapping) -> str:
    """Return a row as one line of CSV, so that it can be read again; cut at `RAW_CHARS`."""
    line = io.StringIO()
    csv.writer(line, delimiter=mapping.shape.delimiter, lineterminator="").writerow(cells)
    return line.getvalue().replace("\x00", "")[:RAW_CHARS]


def cell_raw(column: str, cells: Sequence[str], mapping: ColumnMapping) -> str:
    """Return a refused cell as `column: cell`, then the row that it stands in, so that it can be read again."""
    cell = cells[mapping.shape.columns.index(column)].replace("\x00", "")[:RAW_CHARS]
    return f"{column}: {cell} | {row_raw(cells, mapping)}"[: 2 * RAW_CHARS]
