"""Keep the models of a host within its memory budget while they are asked."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from models.errors import ModelError, PermanentModelError
from models.hosts.api import ENDPOINT, OllamaApi
from models.hosts.care import OllamaCare
from models.hosts.loading import Memory, Use, memory_of, settle
from models.hosts.memory import too_big
from telemetry.log import log

EVERY_S = 5.0
"""Between two looks at what the queues need, seconds: loading a 7B takes as long."""


async def keep_fitting(
    api: OllamaApi, care: OllamaCare, uses: Callable[[], Sequence[Use]], *, budget_bytes: int, ours: bool
) -> None:
    """Plan the host's memory again and again, until cancelled.

    What does not fit is refused with the figures. Models are loaded and unloaded only where the host is `ours`: others
    may work with a host of their own.
    """
    while True:
        try:
            memory = await memory_of(api, uses(), budget_bytes=budget_bytes)
        except ModelError as fault:
            log.info("ollama: its memory could not be looked at: %s", fault)
        else:
            refuse_unfit(care, memory)
            for failed in await settle(api, memory) if ours else ():
                log.warning("ollama: its memory could not be settled: %s", failed)
        await asyncio.sleep(EVERY_S)


def refuse_unfit(care: OllamaCare, memory: Memory) -> None:
    """Refuse the models that the budget never holds, loaded or not, so that their calls go elsewhere at once."""
    budget = memory.plan.budget_bytes
    care.unfit = {
        step.model: partial(PermanentModelError, f"{ENDPOINT}:{step.model}", too_big(step.size_bytes, budget))
        for step in memory.plan.steps
        if step.size_bytes > budget and step.model in care.models
    }
