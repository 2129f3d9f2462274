"""One starter at a time, over all processes of this machine.

The kernel drops an flock when its holder ends, however it ends, so a killed starter never leaves one behind.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.errors import ServiceTimeout
from services.service import Service

POLL_S = 0.02


@asynccontextmanager
async def held(service: Service) -> AsyncIterator[None]:
    """Hold the lock of `service`, or raise `ServiceTimeout`. Other work of the event loop goes on meanwhile."""
    descriptor = await asyncio.to_thread(os.open, service.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        await _take(descriptor, service)
        yield
    finally:
        os.close(descriptor)


async def _take(descriptor: int, service: Service) -> None:
    patience_s = 2 * service.start_timeout_s
    try:
        async with asyncio.timeout(patience_s):
            while not _taken(descriptor):
                await asyncio.sleep(POLL_S)
    except TimeoutError as error:
        what = "is still being started or stopped by another process"
        raise ServiceTimeout(service.name, what, patience_s, service.log) from error


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
