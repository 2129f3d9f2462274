"""An answer from outside neither grows without end nor is unpacked without one."""

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from models.bounded_answer import MOST_BYTES, bounded


@pytest.fixture(params=[False, True], ids=["async", "blocking"])
def blocking(request: pytest.FixtureRequest) -> bool:
    """Say which of the two kinds of client reads."""
    return bool(request.param)


def pieces(data: bytes, size: int = 65_536) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


class Pieces(httpx.AsyncByteStream):
    """An answer in pieces of one size."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in pieces(self.data):
            yield piece


class BlockingPieces(httpx.SyncByteStream):
    """The same, as a blocking client has it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __iter__(self) -> Iterator[bytes]:
        return pieces(self.data)


def arriving(data: bytes, encoding: str | None = None, *, blocking: bool) -> httpx.Response:
    stream = BlockingPieces(data) if blocking else Pieces(data)
    headers = {"content-encoding": encoding} if encoding else {}
    return bounded(httpx.Response(200, headers=headers, stream=stream))


async def read(response: httpx.Response, *, blocking: bool) -> bytes:
    return response.read() if blocking else await response.aread()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [(None, bytes), ("identity", bytes), ("gzip", gzip.compress), ("deflate", zlib.compress), ("GZIP", gzip.compress)],
    ids=["none", "identity", "gzip", "deflate", "upper case"],
)
async def test_packed_answer_is_unpacked(encoding: str | None, packed: Any, blocking: bool) -> None:
    text = json.dumps({"text": "The building used more."}).encode()
    response = arriving(packed(text), encoding, blocking=blocking)
    assert await read(response, blocking=blocking) == text


async def test_answer_that_never_ends_is_cut(blocking: bool) -> None:
    with pytest.raises(httpx.ReadError, match="longer than"):
        await read(arriving(bytes(MOST_BYTES + 1), blocking=blocking), blocking=blocking)
    assert len(await read(arriving(bytes(MOST_BYTES), blocking=blocking), blocking=blocking)) == MOST_BYTES


@pytest.mark.slow
async def test_bomb_is_not_unpacked_beyond_the_longest_answer(blocking: bool) -> None:
    bomb = gzip.compress(bytes(50 * MOST_BYTES))
    with pytest.raises(httpx.ReadError, match="longer than"):
        await read(arriving(bomb, "gzip", blocking=blocking), blocking=blocking)


@pytest.mark.parametrize(("encoding", "why"), [("gzip", "not packed as it says"), ("br", "not asked for")])
async def test_answer_packed_in_another_way_is_an_error(encoding: str, why: str, blocking: bool) -> None:
    with pytest.raises(httpx.DecodingError, match=why):
        await read(arriving(b"plain", encoding, blocking=blocking), blocking=blocking)
