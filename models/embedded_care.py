"""Keep the embedded model answering: a server that stands still while it owes words is ended, and started anew."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from config.settings import Settings
from models.usage import Chunk
from telemetry.log import log


async def cared(answer: AsyncGenerator[Chunk, None], settings: Settings) -> AsyncGenerator[Chunk, None]:
    """Yield the chunks of an answer of the embedded model, with an eye on its server while the next one is owed.

    A server that is ended breaks the connection, so that `answer` raises as for any other that broke.
    """
    owes = True
    looking = asyncio.create_task(_end_what_stands_still(settings, lambda: owes))
    try:
        async with aclosing(answer) as chunks:
            async for chunk in chunks:
                owes = False
                yield chunk
                owes = True
    finally:
        looking.cancel()


async def _end_what_stands_still(settings: Settings, owes: Callable[[], bool]) -> None:
    """Look until cancelled; whatever goes wrong with that leaves the call to its own patience."""
    from services.embedded_model import embedded_model
    from services.errors import ServiceError
    from services.process import end_at_once
    from services.standstill import standing_still

    service = embedded_model(settings)
    try:
        if (process := await standing_still(service, owes)) is not None:
            log.warning("the process of the embedded model (%d) stands still with work to do: ended", process.pid)
            await end_at_once(service, process)
    except (ServiceError, OSError) as fault:
        log.warning("the embedded model stands still, and could not be ended: %s", fault)
