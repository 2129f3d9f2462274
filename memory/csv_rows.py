"""Read a delimited file of readings row by row, with care: the reference that the fast reader must agree with."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np

from memory.columns import ColumnMapping
from memory.csv_numbers import parse_numbers
from memory.csv_table import rows_of
from memory.csv_times import parse_times
from memory.raw_blocks import Assembly, row_raw
from memory.raw_rows import Block, Group, ParsedColumn, ParsedRows, Reject, SeriesName

BLOCK_ROWS = 20_000
WRONG_WIDTH = "another number of columns than the header"

Line = tuple[int, list[str]]


class CsvReadings:
    """The readings of one file, read once from first to last. `now` is when readings begin to lie in the future."""

    def __init__(self, path: Path, mapping: ColumnMapping, *, now: datetime | None = None) -> None:
        self.path, self.mapping = path, mapping
        self.assembly = Assembly(mapping, now)
        self._place = {name: number for number, name in enumerate(mapping.shape.columns)}

    @property
    def names(self) -> list[SeriesName]:
        """The series met so far; a `Block` refers to them by index."""
        return self.assembly.names

    @property
    def columns(self) -> list[str]:
        """The column in which each series was met first."""
        return self.assembly.columns

    @property
    def doubled(self) -> set[int]:
        """Moments whose local time exists twice, seconds since 1970 UTC."""
        return self.assembly.doubled

    def interval_s(self, _series: int) -> int:
        """Return how far readings are apart, in seconds."""
        return self.mapping.interval_s

    def blocks(self, size: int = BLOCK_ROWS) -> Iterator[Block]:
        """Yield the file in blocks of up to `size` rows.

        Raises `BadFile` where it cannot be parsed and `BadMapping` where it names too many buildings to be right.
        """
        rows = rows_of(self.path, self.mapping.shape)
        while part := list(islice(rows, size)):
            yield self.block_of(part)

    def block_of(self, part: Sequence[Line]) -> Block:
        """Return the readings of some rows, each with its line number."""
        width = len(self._place)
        kept = [line for line in part if len(line[1]) >= width and not any(line[1][width:])]
        narrow = [line for line in part if len(line[1]) < width or any(line[1][width:])]
        rejects = [Reject(number, row_raw(row, self.mapping), WRONG_WIDTH) for number, row in narrow]
        return self.assembly.block(self._parsed(kept), rejects, len(part))

    def _parsed(self, lines: Sequence[Line]) -> ParsedRows:
        rows = [row for _, row in lines]
        places = [self._place[column] for column in self.mapping.time_columns]
        stamps = [" ".join(row[place].strip() for place in places) for row in rows]
        return ParsedRows(
            lines=np.array([number for number, _ in lines], np.int64),
            times=parse_times(stamps, self.mapping.time_format),
            groups=np.array([self.assembly.group(self._group(row)) for row in rows], np.int64),
            columns=[
                ParsedColumn(*parse_numbers([row[self._place[v.column]] for row in rows], self.mapping.decimal))
                for v in self.mapping.values
            ],
            cells=rows.__getitem__,
        )

    def _group(self, row: Sequence[str]) -> Group:
        m = self.mapping
        building, kind, unit, meter = (
            row[self._place[column]].strip() if column else ""
            for column in (m.building_column, m.kind_column, m.unit_column, m.meter_column)
        )
        return building, kind, unit, meter
