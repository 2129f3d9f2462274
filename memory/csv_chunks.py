"""The bytes of a delimited file below its header, a piece of whole lines at a time, with line numbers.

A line ends as the careful reader has it: at a line feed, a carriage return, or both.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from memory.csv_table import TableShape
from memory.errors import BadFile

CHUNK_BYTES = 1 << 20
LEAST_BYTES = 16 << 10


def physical_lines(data: bytes, encoding: str) -> list[str]:
    """Return the lines of some bytes, with their ends; what cannot be decoded is replaced."""
    text = data.decode(encoding, errors="replace").replace("\x00", "")
    return list(io.StringIO(text, newline=""))


def count_lines(data: bytes) -> int:
    """Return how many lines some bytes hold, a last one without an end included."""
    ends = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    return ends + (not data.endswith((b"\n", b"\r")) and bool(data))


class CsvPieces:
    """Walks over a file. `data` is the piece at hand and `line` the number of lines before it.

    `take` moves on past the piece, `halve` makes it smaller, `rows` reads it with care and moves on past its last row,
    which may end beyond it.
    """

    def __init__(self, path: Path, shape: TableShape, chunk_bytes: int = CHUNK_BYTES) -> None:
        self._path, self._shape, self._chunk_bytes = path, shape, chunk_bytes
        self.encoding = "utf-8" if shape.encoding == "utf-8-sig" else shape.encoding
        self._file = path.open("rb")
        self._chunk, self._at, self._end = b"", 0, 0
        self._span = chunk_bytes
        self.line = 0
        self._skip_header()

    def __enter__(self) -> Self:
        """Give the walk."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def data(self) -> bytes:
        """The piece at hand: whole lines."""
        return self._chunk[self._at : self._end]

    def next(self) -> bool:
        """Go to the next piece; tell whether there is one."""
        if self._at >= len(self._chunk):
            self._chunk = self._file.read(self._chunk_bytes)
            if self._chunk and not self._chunk.endswith(b"\n"):
                self._chunk += self._file.readline()
            self._at = 0
        self._end = self._cut(self._span)
        return self._at < len(self._chunk)

    def take(self) -> None:
        """Move on past the piece, to one of twice its size."""
        self.line += count_lines(self.data)
        self._at = self._end
        self._span = min(self._chunk_bytes, 2 * self._span)

    def halve(self) -> bool:
        """Make the piece smaller; tell whether that could be done."""
        if self._span <= LEAST_BYTES or b"\n" not in self.data[:-1]:
            return False
        self._span //= 2
        self._end = self._cut(self._span)
        return True

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the full rows of the piece with their line numbers, and move on past them.

        Raises `BadFile` where they cannot be parsed, naming the line.
        """
        first = physical_lines(self.data, self.encoding)
        self._given, self._before = 0, self.line
        reader = csv.reader(self._lines(first), delimiter=self._shape.delimiter)
        while self._given < len(first):
            try:
                row = next(reader, None)
            except csv.Error as error:
                where = f"{self._path.name}, line {self._before + reader.line_num}"
                raise BadFile(f"{where}: {error}; is a quotation mark left open there?") from error
            if row is not None and any(row):
                yield self._before + reader.line_num, row
        self.line = self._before + self._given
        self._at = self._end

    def _lines(self, first: list[str]) -> Iterator[str]:
        """Yield the lines of the piece and then, for a row that goes on, those after it."""
        for line in first:
            self._given += 1
            yield line
        while more := self._beyond():
            for line in physical_lines(more, self.encoding):
                self._given += 1
                yield line

    def _beyond(self) -> bytes:
        """Return the line after the piece, which is longer by it from now on."""
        start = self._end
        if start >= len(self._chunk):
            self._chunk += self._file.readline()
        found = self._chunk.find(b"\n", start)
        self._end = len(self._chunk) if found < 0 else found + 1
        return self._chunk[start : self._end]

    def _cut(self, span: int) -> int:
        """Return where a piece of about `span` bytes ends: behind a line."""
        if self._at + span >= len(self._chunk):
            return len(self._chunk)
        found = self._chunk.rfind(b"\n", self._at, self._at + span)
        if found < 0:
            found = self._chunk.find(b"\n", self._at + span)
        return len(self._chunk) if found < 0 else found + 1

    def _skip_header(self) -> None:
        """Read past the header as the careful reader does."""
        head = self._file.read(3)
        if head != b"\xef\xbb\xbf":
            self._file.seek(0)
        full = 0
        reader = csv.reader(self._header_lines(), delimiter=self._shape.delimiter)
        while full <= self._shape.header_line and (row := next(reader, None)) is not None:
            full += any(row)
        self.line = reader.line_num

    def _header_lines(self) -> Iterator[str]:
        while line := self._file.readline():
            yield from physical_lines(line, self.encoding)


def can_be_cut(path: Path, shape: TableShape) -> bool:
    """Tell whether a file is one whose lines end with a line feed, in an encoding that keeps ASCII as it is."""
    if shape.encoding not in ("utf-8-sig", "cp1252"):
        return False
    with path.open("rb") as data:
        head = data.read(65_536)
    return head.count(b"\r") - head.endswith(b"\r") <= head.count(b"\r\n")
