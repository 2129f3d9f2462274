"""Read a delimited file of readings at the speed of the disk: pyarrow parses each piece that is well formed.

A piece that it refuses, or that holds anything which the two readers may see differently, is halved; what is small and
still refused goes to the careful reader. Both give the same readings and rejects.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from memory.columns import ColumnMapping
from memory.csv_chunks import CHUNK_BYTES, CsvPieces, can_be_cut
from memory.csv_rows import BLOCK_ROWS, CsvReadings
from memory.csv_times import Times, parse_times
from memory.fast_csv_times import Letters, fixed_times
from memory.raw_blocks import Assembly
from memory.raw_rows import Block, ParsedColumn, ParsedRows
from memory.treatment import Ints

GIVE_UP_BYTES = 4 * CHUNK_BYTES
_WORDS = ("na", "n/a", "nan", "null", "none", "missing", "#n/a")
_NULLS = ("", "-", "--", *_WORDS, *map(str.upper, _WORDS), "NaN", "None", "Null")


class FastCsvReadings(CsvReadings):
    """The same readings as `CsvReadings`, several times as fast where the file is well formed."""

    def blocks(self, size: int = CHUNK_BYTES) -> Iterator[Block]:
        """Yield the file in blocks of about `size` bytes; see `CsvReadings.blocks` for what is raised."""
        if not can_be_cut(self.path, self.mapping.shape):
            yield from super().blocks(BLOCK_ROWS)
            return
        parser = _Parser(self.mapping, self.assembly)
        slow = fast = 0
        with CsvPieces(self.path, self.mapping.shape, size) as pieces:
            while pieces.next():
                hopeless = slow > GIVE_UP_BYTES and slow > 4 * fast
                parsed = None if hopeless else parser.parsed(pieces)
                if parsed is not None:
                    fast += len(pieces.data)
                    yield self.assembly.block(parsed, [], len(parsed.lines))
                    pieces.take()
                elif hopeless or not pieces.halve():
                    slow += len(pieces.data)
                    yield self.block_of(list(pieces.rows()))


class _Parser:
    """pyarrow, told of one mapping."""

    def __init__(self, mapping: ColumnMapping, assembly: Assembly) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import csv as arrow_csv

        self._mapping, self._assembly = mapping, assembly
        place = {name: str(number) for number, name in enumerate(mapping.shape.columns)}
        self._times = [place[name] for name in mapping.time_columns]
        roles = (mapping.building_column, mapping.kind_column, mapping.unit_column, mapping.meter_column)
        self._roles = [place[name] if name else None for name in roles]
        self._values = [place[value.column] for value in mapping.values]
        words = dict.fromkeys(filter(None, self._roles), pa.dictionary(pa.int32(), pa.string()))
        types = dict.fromkeys(self._values, pa.float64()) | words | dict.fromkeys(self._times, pa.string())
        self._read = arrow_csv.read_csv
        self._invalid = pa.ArrowInvalid
        self._names = list(place.values())
        self._parse = arrow_csv.ParseOptions(delimiter=mapping.shape.delimiter, newlines_in_values=False)
        self._convert = arrow_csv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=_NULLS,
            strings_can_be_null=False,
            decimal_point=mapping.decimal,
        )
        # One column in two roles, or a number that is also a name, is for the careful reader.
        self._is_plain = len(types) == len(self._times) + len(words) + len(set(self._values))

    def parsed(self, pieces: CsvPieces) -> ParsedRows | None:
        """Return the rows of a piece, or None where it is not certain that they are read as with care."""
        data = pieces.data
        count = _rows_in(data, self._mapping.shape.delimiter, pieces.encoding) if self._is_plain else 0
        table = self._table(data) if count else None
        if table is None or table.num_rows != count:
            return None
        columns, times = self._numbers(table), self._moments(table)
        if columns is None or times is None:
            return None
        cells = _Cells(data, pieces.encoding, self._mapping.shape.delimiter)
        lines = np.arange(pieces.line + 1, pieces.line + count + 1)
        return ParsedRows(lines, times, self._groups(table), columns, cells)

    def _table(self, data: bytes) -> Any:
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        read = arrow_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=self._names)
        try:
            table = self._read(pa.py_buffer(data), read, self._parse, self._convert)
        except self._invalid:
            return None
        return table.combine_chunks()

    def _numbers(self, table: Any) -> list[ParsedColumn] | None:
        """Return the columns of numbers, NaN where a cell says that there is none; None where one is not finite."""
        found = []
        for name in self._values:
            column = table[name].chunk(0)
            values = column.to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
            if int(np.isfinite(values).sum()) != len(values) - column.null_count:
                return None
            found.append(ParsedColumn(values, np.zeros(len(values), bool)))
        return found

    def _moments(self, table: Any) -> Times | None:
        """Return the stamps; None where one is blank, as in an empty row, which does not count as one."""
        columns = [table[name].chunk(0) for name in self._times]
        parts = [_letters(column) for column in columns]
        if all(part is not None for part in parts):
            blank = np.full((len(columns[0]), 1), 32, np.uint8)
            letters = [part for column in parts if column is not None for part in (blank, column)][1:]
            if (at := fixed_times(np.hstack(letters), self._mapping.time_format)) is not None:
                every = np.ones(len(at), bool)
                return Times(at, every, ~every)
        which, keys = _distinct([column.dictionary_encode() for column in columns])
        if not all(map(any, keys)):
            return None
        found = parse_times([" ".join(key) for key in keys], self._mapping.time_format)
        return Times(found.at[which], found.ok[which], found.aware[which])

    def _groups(self, table: Any) -> Ints:
        named = [name for name in self._roles if name]
        if not named:
            return np.full(table.num_rows, self._assembly.group(("", "", "", "")), np.int64)
        which, keys = _distinct([table[name].chunk(0) for name in named])
        numbers = []
        for key in keys:
            said = dict(zip(named, key, strict=True))
            building, kind, unit, meter = (said[name] if name else "" for name in self._roles)
            numbers.append(self._assembly.group((building, kind, unit, meter)))
        return np.array(numbers, np.int64)[which]


class _Cells:
    """The cells of one row of a piece whose every line is a row, parsed when they are asked for."""

    def __init__(self, data: bytes, encoding: str, delimiter: str) -> None:
        self._data, self._encoding, self._delimiter = data, encoding, delimiter
        self._lines: list[bytes] = []

    def __call__(self, number: int) -> Sequence[str]:
        """Return the cells of row `number`."""
        self._lines = self._lines or self._data.split(b"\n")
        line = self._lines[number].rstrip(b"\r").decode(self._encoding)
        return next(csv.reader([line], delimiter=self._delimiter))


def _rows_in(data: bytes, delimiter: str, encoding: str) -> int:
    """Return the rows of a piece where each line is one, and is read alike by both readers; else 0."""
    if encoding != "utf-8" and not data.isascii():
        return 0
    ends = data.count(b"\n")
    odd = b"\x00" in data or b"\n\n" in data or b"\n\r\n" in data or data.startswith((b"\n", b"\r"))
    if odd or data.count(b"\r") != data.count(b"\r\n") or not _has_plain_quotes(data, delimiter.encode()):
        return 0
    return ends + (not data.endswith(b"\n"))


def _has_plain_quotes(data: bytes, delimiter: bytes) -> bool:
    """Tell whether quotation marks stand only at both ends of a cell."""
    quotes = data.count(b'"')
    if not quotes:
        return True
    opening = data.count(delimiter + b'"') + data.count(b'\n"') + data.startswith(b'"')
    closing = data.count(b'"' + delimiter) + data.count(b'"\n') + data.count(b'"\r\n') + data.endswith(b'"')
    return opening == closing and opening + closing == quotes


def _letters(column: Any) -> Letters | None:
    """Return the stamps of a column as letters, or None where they are not all equally long."""
    length = len(column)
    _, offsets, data = column.buffers()
    if not length or data is None or column.null_count:
        return None
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + length + 1]
    width = int(ends[1] - ends[0])
    if not width or (np.diff(ends) != width).any():
        return None
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]].reshape(length, width)


def _distinct(columns: Sequence[Any]) -> tuple[Ints, list[tuple[str, ...]]]:
    """Return, of columns of words, which of their distinct combinations each row has, and these in order of appearance.

    Words are stripped of blanks.
    """
    words = [[str(word).strip() for word in column.dictionary.to_pylist()] for column in columns]
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        codes = codes * max(1, len(column.dictionary)) + column.indices.to_numpy(zero_copy_only=False)
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    rows = first[order].tolist()
    keys = [tuple(w[c.indices[row].as_py()] for w, c in zip(words, columns, strict=True)) for row in rows]
    return place[which], keys
