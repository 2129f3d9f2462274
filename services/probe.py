"""Ask whether something answers at a port of this machine, with plain bytes and no client library."""

import asyncio
import re
import socket

from services.service import HOST


async def is_open(port: int, timeout_s: float = 1.0) -> bool:
    """Tell whether a TCP connection is taken."""
    try:
        async with asyncio.timeout(timeout_s):
            _, writer = await asyncio.open_connection(HOST, port)
    except OSError:  # refused, reset, or TimeoutError
        return False
    writer.close()
    return True


async def answers(port: int, request: bytes, expected: re.Pattern[bytes], timeout_s: float) -> bool:
    """Tell whether `request` is answered by bytes that begin with `expected`, within `timeout_s`."""
    try:
        async with asyncio.timeout(timeout_s):
            return await _exchange(port, request, expected)
    except OSError:
        return False


async def _exchange(port: int, request: bytes, expected: re.Pattern[bytes]) -> bool:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request)
        answer = b""
        while not expected.match(answer):
            if not (more := await reader.read(4096)):
                return False
            answer += more
        return True
    finally:
        writer.close()


def free_port() -> int:
    """Return a port that nothing listens at now; another process may still take it first."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether `port` can be listened at."""
    with socket.socket() as listener:
        # A port whose last connections are still closing is free; without this option it would look taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True
