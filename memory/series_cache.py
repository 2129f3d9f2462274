"""Hourly arrays kept in memory, in chunks, the least recently used dropped first."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from memory.treatment import Flags, Floats
from tools.readings import Flag

CHUNK_HOURS = 1024  # 43 days: a year is 9 or 10 chunks, and little is fetched that was not asked for


class ChunkKey(NamedTuple):
    """Which chunk: hours `number * CHUNK_HOURS` and on of a meter's own grid, counted from 1970."""

    data_version: int
    meter: int
    number: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """`CHUNK_HOURS` hours of a meter, read-only."""

    values: Floats
    flags: Flags

    @property
    def nbytes(self) -> int:
        """Return the memory that the arrays take."""
        return self.values.nbytes + self.flags.nbytes


class SeriesCache:
    """Chunks by key, at most `limit_bytes` of them."""

    def __init__(self, limit_bytes: int) -> None:
        self._chunks: OrderedDict[ChunkKey, Chunk] = OrderedDict()
        self._limit_bytes = limit_bytes
        self.nbytes = 0

    def get(self, key: ChunkKey) -> Chunk | None:
        """Return a chunk, or None where it is not kept."""
        chunk = self._chunks.get(key)
        if chunk is not None:
            self._chunks.move_to_end(key)
        return chunk

    def put(self, key: ChunkKey, chunk: Chunk) -> None:
        """Keep a chunk; drop the least recently used ones that no longer fit."""
        if (old := self._chunks.pop(key, None)) is not None:
            self.nbytes -= old.nbytes
        self._chunks[key] = chunk
        self.nbytes += chunk.nbytes
        while self.nbytes > self._limit_bytes and self._chunks:
            self.nbytes -= self._chunks.popitem(last=False)[1].nbytes


def dense(hours: int) -> tuple[Floats, Flags]:
    """Return hours without a reading: NaN, flagged absent."""
    return np.full(hours, np.nan), np.full(hours, Flag.ABSENT, np.uint8)


def cut(hours: tuple[Floats, Flags]) -> list[Chunk]:
    """Cut dense hours into chunks that own their memory."""
    values, flags = hours
    starts = range(0, len(values), CHUNK_HOURS)
    return [_chunk(values[s : s + CHUNK_HOURS].copy(), flags[s : s + CHUNK_HOURS].copy()) for s in starts]


def _chunk(values: Floats, flags: Flags) -> Chunk:
    values.setflags(write=False)
    flags.setflags(write=False)
    return Chunk(values, flags)


EMPTY_CHUNK = _chunk(*dense(CHUNK_HOURS))
