"""A file's readings on their way to hours: sorted into a few temporary files, so that memory stays bounded.

The file may be in any order and of any size; each meter's readings come back together, by time. Memory holds
`HELD_READINGS` and the readings of the meters in one temporary file; a small file never touches the disk.
"""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from memory.postgres import Connection
from memory.raw_rows import Block, Reject
from memory.treatment import Floats, Ints

HELD_READINGS = 2_000_000
FILES = 64
_ROW = np.dtype([("series", "<i4"), ("line", "<i8"), ("at", "<i8"), ("value", "<f8")])

Staged = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class RawSeries:
    """Readings of one meter by time, then by line; `at`: seconds since 1970 UTC."""

    at: Ints
    values: Floats
    lines: Ints


class Staging:
    """Keeps readings until all of a file are read. A context manager, which deletes what it kept."""

    def __init__(self, held_readings: int = HELD_READINGS) -> None:
        self._most = held_readings
        self._held: list[Staged] = []
        self._count = 0
        self._files: dict[int, IO[bytes]] = {}
        self._open = ExitStack()
        self._last: tuple[int, tuple[Staged, Ints, Ints]] | None = None

    def __enter__(self) -> Self:
        """Give the staging."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the temporary files."""
        self._open.close()

    def add(self, block: Block) -> None:
        """Keep the readings of a block."""
        rows = np.empty(len(block.at), _ROW)
        rows["series"], rows["at"], rows["value"], rows["line"] = block.series, block.at, block.values, block.lines
        self._held.append(rows)
        self._count += len(rows)
        if self._count >= self._most:
            self._spill()

    def order(self, series: int) -> int:
        """Return a number by which series should be asked for, ascending, so that each file is read once."""
        return series % FILES

    def readings(self, series: int) -> RawSeries:
        """Return the readings of one series. None may be added afterwards."""
        rows, names, bounds = self._part(series % FILES)
        place = int(np.searchsorted(names, series))
        if place == len(names) or names[place] != series:
            return RawSeries(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))
        mine = rows[bounds[place] : bounds[place + 1]]
        mine = mine[np.argsort(mine["at"], kind="stable")]
        return RawSeries(mine["at"].astype(np.int64), mine["value"].astype(np.float64), mine["line"].astype(np.int64))

    def _part(self, number: int) -> tuple[Staged, Ints, Ints]:
        """Return the rows of one temporary file, or all where none is: by series, then in the order of the file.

        With them the series, ascending, and where each begins.
        """
        number = number if self._files else 0
        if self._last is None or self._last[0] != number:
            self._last = None  # two parts at once would be twice the memory
            rows = self._read(number) if self._files else self._joined()
            rows = rows[np.argsort(rows["series"], kind="stable")]
            names, first = np.unique(rows["series"], return_index=True)
            self._last = number, (rows, names.astype(np.int64), np.append(first, len(rows)))
        return self._last[1]

    def _read(self, number: int) -> Staged:
        if self._held:
            self._spill()
        file = self._files.get(number)
        if file is None:
            return np.empty(0, _ROW)
        file.seek(0)
        return np.fromfile(file, _ROW)

    def _joined(self) -> Staged:
        rows = np.concatenate(self._held) if self._held else np.empty(0, _ROW)
        self._held = []
        return rows

    def _spill(self) -> None:
        """Move what is held to the temporary files."""
        rows = self._joined()
        part = rows["series"] % FILES
        order = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[order], np.arange(FILES + 1))
        for number in range(FILES):
            if ends[number] < ends[number + 1]:
                self._file(number).write(rows[order[ends[number] : ends[number + 1]]].view(np.uint8).data)
        self._count = 0

    def _file(self, number: int) -> IO[bytes]:
        if number not in self._files:
            file = tempfile.TemporaryFile(prefix="eaio-load-")  # noqa: SIM115 - closed with all of them
            self._files[number] = self._open.enter_context(file)
        return self._files[number]


def joined(parts: Sequence[RawSeries]) -> RawSeries:
    """Return the readings of several series as those of one meter, by time, then by line."""
    if len(parts) == 1:
        return parts[0]
    at, lines = (np.concatenate(arrays) for arrays in zip(*((p.at, p.lines) for p in parts), strict=True))
    values = np.concatenate([p.values for p in parts])
    order = np.lexsort((lines, at))
    return RawSeries(at[order], values[order], lines[order])


async def keep_rejects(connection: Connection, load_id: int, rejects: Iterable[Reject]) -> None:
    """Keep refused rows with the reason; none is ever lost."""
    rows = list(rejects)
    if not rows:
        return
    async with connection.cursor().copy("COPY rejects (load_id, line, raw, reason) FROM STDIN") as copy:
        for reject in rows:
            await copy.write_row((load_id, *reject))
