"""The lines of a file or a pipe as they come, read so that a silent one holds nobody up."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator
from contextlib import suppress

from gateway.errors import BadUsage

MOST_BYTES = 100_000
"""Longest line that is read, far more than a question may have; the rest of one is left out."""
AT_A_TIME = 65_536


async def lines(file: int) -> AsyncGenerator[str, None]:
    """Yield the lines of an open file as they come. They are read one at a time, in a thread that nobody waits for.

    Bytes that are no UTF-8 are replaced. Of a line longer than `MOST_BYTES` the beginning is given. Raises `BadUsage`
    where the file cannot be read to its end.
    """
    loop, found, wanted = asyncio.get_running_loop(), asyncio.Queue[bytes | OSError](), threading.Semaphore(0)
    reader, over = _Reader(file), threading.Event()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
            while wanted.acquire() and not over.is_set():
                loop.call_soon_threadsafe(found.put_nowait, reader.line())

    threading.Thread(target=read, name="lines", daemon=True).start()
    try:
        while True:
            wanted.release()
            line = await found.get()
            if isinstance(line, OSError):
                raise BadUsage(f"the questions cannot be read on: {line.strerror or line}")
            if not line:
                return
            yield line.decode("utf-8", "replace").strip()
    finally:
        over.set()
        wanted.release()


class _Reader:
    """Reads lines without Python's buffers: their lock is held while a read waits, and the process could not end."""

    def __init__(self, file: int) -> None:
        self._file, self._ahead = file, b""

    def line(self) -> bytes | OSError:
        """Return the next line with its end, nothing after the last one, or why there is none."""
        said = b""
        while True:
            head, end, self._ahead = self._ahead.partition(b"\n")
            said = (said + head + end)[:MOST_BYTES]
            if end:
                return said
            try:
                self._ahead = os.read(self._file, AT_A_TIME)
            except OSError as fault:
                return fault
            if not self._ahead:
                return said
