"""Read a Parquet file of readings in batches, long or wide, by the same rules as a text file. Bounded memory."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from memory.columns import ColumnMapping
from memory.csv_numbers import parse_numbers
from memory.csv_rows import CsvReadings
from memory.csv_times import Times, parse_times
from memory.errors import BadFile
from memory.parquet_table import cell_text, opened, row_text
from memory.raw_rows import Block, ParsedColumn, ParsedRows
from memory.treatment import Ints

BATCH_ROWS = 60_000


class ParquetReadings(CsvReadings):
    """The readings of one Parquet file. A `line` is the number of a row, from 1."""

    def __init__(self, path: Path, mapping: ColumnMapping, *, now: datetime | None = None) -> None:
        super().__init__(path, mapping, now=now)
        roles = (mapping.building_column, mapping.kind_column, mapping.unit_column, mapping.meter_column)
        self._roles = roles
        wanted = {*mapping.time_columns, *filter(None, roles), *(value.column for value in mapping.values)}
        self._wanted = [name for name in mapping.shape.columns if name in wanted]

    def blocks(self, size: int = BATCH_ROWS) -> Iterator[Block]:
        """Yield the file in blocks of up to `size` rows. Raises `BadFile` where it is broken."""
        before = 0
        with opened(self.path) as file:
            for batch in file.iter_batches(batch_size=size, columns=self._wanted):
                yield self.assembly.block(self._batch(batch, before), [], batch.num_rows)
                before += batch.num_rows

    def _batch(self, batch: Any, before: int) -> ParsedRows:
        count = batch.num_rows
        return ParsedRows(
            lines=np.arange(before + 1, before + count + 1),
            times=self._times(batch),
            groups=self._groups(batch),
            columns=[self._numbers(batch.column(value.column)) for value in self.mapping.values],
            cells=lambda row: row_text(batch, self.mapping.shape, row),
        )

    def _times(self, batch: Any) -> Times:
        """Return the stamps: from a column of a time type as they are, from text as a text file's."""
        import pyarrow as pa  # type: ignore[import-untyped]

        columns = [batch.column(name) for name in self.mapping.time_columns]
        if len(columns) == 1 and pa.types.is_timestamp(columns[0].type):
            return _moments(columns[0])
        texts = [[cell_text(cell).strip() for cell in column.to_pylist()] for column in columns]
        return parse_times([" ".join(parts) for parts in zip(*texts, strict=True)], self.mapping.time_format)

    def _groups(self, batch: Any) -> Ints:
        named = [name for name in self._roles if name]
        if not named:
            return np.full(batch.num_rows, self.assembly.group(("", "", "", "")), np.int64)
        coded = [_coded(batch.column(name)) for name in named]
        codes = np.zeros(batch.num_rows, np.int64)
        for indices, words in coded:
            codes = codes * max(1, len(words)) + indices
        _, first, which = np.unique(codes, return_index=True, return_inverse=True)
        numbers = []
        for row in first.tolist():
            said = {name: words[indices[row]] for name, (indices, words) in zip(named, coded, strict=True)}
            building, kind, unit, meter = (said[name] if name else "" for name in self._roles)
            numbers.append(self.assembly.group((building, kind, unit, meter)))
        return np.array(numbers, np.int64)[which]

    def _numbers(self, column: Any) -> ParsedColumn:
        import pyarrow as pa

        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
            values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
            return ParsedColumn(values, np.isinf(values))
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or _is_dictionary(column):
            return ParsedColumn(*parse_numbers([cell_text(c) for c in column.to_pylist()], self.mapping.decimal))
        raise BadFile(f"{self.path.name} has {column.type} where readings are expected; give a column of numbers")


def _is_dictionary(column: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_dictionary(column.type))


def _moments(column: Any) -> Times:
    """Return the moments of a column of time stamps, in whole seconds; one without a value cannot be read."""
    import pyarrow as pa

    aware = column.type.tz is not None
    seconds = column.cast(pa.timestamp("s", tz=column.type.tz), safe=False).cast(pa.int64())
    ok = column.is_valid().to_numpy(zero_copy_only=False).astype(bool)
    return Times(seconds.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64), ok, np.full(len(ok), aware))


def _coded(column: Any) -> tuple[Ints, list[str]]:
    """Return a column of words as indices into its distinct words, which are stripped of blanks."""
    if not _is_dictionary(column):
        column = column.dictionary_encode()
    words = [cell_text(word).strip() for word in column.dictionary.to_pylist()]
    indices = column.indices.fill_null(len(words)).to_numpy(zero_copy_only=False).astype(np.int64)
    return indices, [*words, ""]
