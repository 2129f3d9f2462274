"""A part of an answer that is worth a short wait: in time or not at all, never in the way."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from memory.errors import MemoryDown
from models.errors import ModelError
from telemetry.log import log
from tools.errors import DataUnavailable

Got = TypeVar("Got")


async def in_time(name: str, work: Awaitable[Got], budget_s: float) -> tuple[Got | None, str | None]:
    """Await a part within its budget; return its result, or a note that says why there is none."""
    try:
        async with asyncio.timeout(budget_s):
            return await work, None
    except TimeoutError:
        why = f"no answer within {budget_s:g} s"
    except (MemoryDown, ModelError, DataUnavailable) as fault:
        why = str(fault)
    log.info("%s: %s", name, why)
    return None, f"{name}: {why}"
