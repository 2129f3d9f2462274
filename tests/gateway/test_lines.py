"""Lines are read as they come, whatever they hold, and a silent pipe holds nobody up."""

import asyncio
import os

import pytest

from gateway import lines as of_lines
from gateway.errors import BadUsage
from gateway.lines import MOST_BYTES, lines


async def read(text: bytes) -> list[str]:
    """Return the lines of a pipe with a text in it."""
    end, begin = os.pipe()

    def write() -> None:
        with os.fdopen(begin, "wb") as pipe:
            pipe.write(text)

    try:
        _, found = await asyncio.gather(asyncio.to_thread(write), _all(end))
        return found
    finally:
        os.close(end)


async def _all(file: int) -> list[str]:
    return [line async for line in lines(file)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a\nb", ["a", "b"]),
        (b"a\r\n\nb\n", ["a", "", "b"]),
        (b"\xffa\n", ["\ufffda"]),
        ("µ\n".encode() * 50_000, ["µ"] * 50_000),
        (b"x" * (3 * MOST_BYTES) + b"\nnext", ["x" * MOST_BYTES, "next"]),
    ],
    ids=["nothing", "blank", "no last end", "of Windows", "no UTF-8", "many", "long"],
)
async def test_lines_are_read_whatever_they_hold(
    monkeypatch: pytest.MonkeyPatch, text: bytes, expected: list[str]
) -> None:
    if len(text) > MOST_BYTES and len(expected) > 2:
        monkeypatch.setattr(of_lines, "AT_A_TIME", 7)  # ends of reads between the two bytes of a letter
        text, expected = text[:3_000], expected[:1_000]
    assert await read(text) == expected


async def test_file_that_cannot_be_read_on_is_told() -> None:
    end, begin = os.pipe()
    os.close(begin)
    os.close(end)
    with pytest.raises(BadUsage, match="cannot be read on"):
        await _all(end)


async def test_reader_that_leaves_a_silent_pipe_is_not_held_up() -> None:
    end, begin = os.pipe()
    waiting = asyncio.create_task(_all(end))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    os.close(begin)  # ends the thread, which nobody waited for
    os.close(end)
