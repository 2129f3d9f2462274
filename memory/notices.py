"""What the database tells of changes, heard over a connection of its own: LISTEN and NOTIFY.

A notice is a hint that comes early, never a promise that it comes: while the connection is away nothing is heard.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import NamedTuple

from psycopg import AsyncConnection, Error

from telemetry.log import log

CHANNEL = "eaio_series"
AGAIN_S, AT_MOST_S = 0.5, 30.0


class Changed(NamedTuple):
    """Series that changed with a version of the data; None where they are too many to name, or were not heard."""

    series: tuple[str, ...] | None
    version: int


Heard = Callable[[Changed], Awaitable[None]]
Address = Callable[[], Awaitable[str]]


async def listen(address: Address, heard: Heard) -> None:
    """Call `heard` for each notice, one after another, until cancelled.

    A connection that breaks is opened anew, after a pause that doubles; then all may have changed, and `heard` is told
    so. What `heard` raises ends nothing: it is logged, as a notice is only a hint.
    """
    pause_s, first = AGAIN_S, True
    while True:
        try:
            async with await AsyncConnection.connect(await address(), autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                if not first:
                    await _tell(heard, Changed(None, 0))
                pause_s, first = AGAIN_S, False
                async with aclosing(_notices(connection)) as notices:
                    async for notice in notices:
                        await _tell(heard, notice)
        except (Error, OSError) as fault:
            log.info("notices of changes: %s", type(fault).__name__)
        first = False
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, AT_MOST_S)


async def _notices(connection: AsyncConnection) -> AsyncGenerator[Changed, None]:
    async for notify in connection.notifies():
        if (changed := read(notify.payload)) is not None:
            yield changed


def read(payload: str) -> Changed | None:
    """Return what a notice says; None where it is none of ours, since anybody may notify."""
    try:
        told = json.loads(payload)
        series, version = told["series"], told["version"]
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(version, int):
        return None
    if series == "*":
        return Changed(None, version)
    if isinstance(series, list) and all(isinstance(name, str) for name in series):
        return Changed(tuple(series), version)
    return None


async def _tell(heard: Heard, changed: Changed) -> None:
    try:
        await heard(changed)
    except Exception as fault:  # noqa: BLE001 - whoever hears of it has other ways to see that something changed
        log.info("a notice of changes was of no use: %s", type(fault).__name__)
