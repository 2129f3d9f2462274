"""Read the interval readings of a Green Button file, by the same rules as any file's. Bounded memory."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from memory.columns import ColumnMapping
from memory.csv_times import Times
from memory.espi_feed import Reading
from memory.espi_mapping import EspiMeter, blocks_of, column_names, read_feed
from memory.raw_blocks import Assembly, row_raw
from memory.raw_rows import Block, ParsedColumn, ParsedRows, Reject, SeriesName
from memory.treatment import HOUR_S, Floats, Ints, Mask

TOO_LONG = "a reading over more than an hour; hourly readings or finer are needed"
NO_METER = "a reading whose meter the file does not say"


class EspiReadings:
    """The readings of one Green Button file. A `line` is that on which a reading ends."""

    def __init__(self, path: Path, mapping: ColumnMapping, *, now: datetime | None = None) -> None:
        self._path, self._mapping = path, mapping
        self._feed = read_feed(path)
        self._names = column_names(self._feed, path.stem)
        self._assembly = Assembly(mapping, now)
        self._values = {value.column: n for n, value in enumerate(mapping.values)}

    @property
    def names(self) -> Sequence[SeriesName]:
        """The series met so far; a `Block` refers to them by index."""
        return self._assembly.names

    @property
    def columns(self) -> Sequence[str]:
        """The column in which each series was met first."""
        return self._assembly.columns

    @property
    def doubled(self) -> set[int]:
        """No moment: the file's times are in UTC."""
        return set()

    def interval_s(self, series: int) -> int:
        """Return how far the readings of a series are apart, in seconds."""
        return self._feed.meters[self._names.index(self.columns[series])].interval_s

    def blocks(self) -> Iterator[Block]:
        """Yield the readings block by block. Raises `BadFile` where the file is broken."""
        for number, entry in blocks_of(self._path, self._feed):
            yield self._block(number, entry.readings)

    def _block(self, number: int | None, readings: list[Reading]) -> Block:
        if number is None:
            return self._refused(readings, NO_METER)
        meter, name = self._feed.meters[number], self._names[number]
        if name not in self._values:
            return self._refused(readings, meter.refused or "a meter that was left out")
        short = [r for r in readings if not _is_long(r, meter)]
        rejects = [self._reject(r, TOO_LONG) for r in readings if _is_long(r, meter)]
        return self._assembly.block(self._parsed(meter, name, short), rejects, len(readings))

    def _parsed(self, meter: EspiMeter, name: str, readings: list[Reading]) -> ParsedRows:
        """Return the readings of one meter; the columns of the others have none."""
        starts, unread = _whole([r.start for r in readings])
        values, bad = _numbers([r.value for r in readings], meter.factor)
        count = len(readings)
        columns: list[ParsedColumn | None] = [None] * len(self._values)
        columns[self._values[name]] = ParsedColumn(values, bad)
        place = self._mapping.shape.columns.index(name)

        def cells(n: int) -> Sequence[str]:
            row = [readings[n].start, readings[n].duration, *[""] * (len(self._mapping.shape.columns) - 2)]
            row[place] = readings[n].value
            return row

        return ParsedRows(
            lines=np.array([r.line for r in readings], np.int64),
            times=Times(starts, ~unread, np.ones(count, bool)),
            groups=np.full(count, self._assembly.group(("", "", "", "")), np.int64),
            columns=columns,
            cells=cells,
        )

    def _refused(self, readings: list[Reading], reason: str) -> Block:
        none = np.empty(0, np.int64)
        rejects = [self._reject(reading, reason) for reading in readings]
        return Block(none, none, np.empty(0), none, rejects, len(readings))

    def _reject(self, reading: Reading, reason: str) -> Reject:
        raw = row_raw((reading.start, reading.duration, reading.value), self._mapping)
        return Reject(reading.line, raw, reason)


def _is_long(reading: Reading, meter: EspiMeter) -> bool:
    """Tell whether a reading covers more than an hour; a register's is of a moment."""
    duration = int(reading.duration) if reading.duration.isdecimal() else meter.interval_s
    return duration > HOUR_S and not meter.register


def _whole(texts: Sequence[str]) -> tuple[Ints, Mask]:
    """Return whole numbers, and which texts are none that a moment could be."""
    bad = np.array([not text.isdecimal() or len(text) > 12 for text in texts], bool)
    return np.array([0 if b else int(t) for t, b in zip(texts, bad.tolist(), strict=True)], np.int64), bad


def _numbers(texts: Sequence[str], factor: float) -> tuple[Floats, Mask]:
    values = np.zeros(len(texts))
    bad = np.zeros(len(texts), bool)
    for n, text in enumerate(texts):
        try:
            values[n] = float(text) * factor
        except ValueError:
            bad[n] = True
    return values, bad | ~np.isfinite(values)
