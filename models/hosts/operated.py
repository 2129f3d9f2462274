"""An Ollama host with its care: what a program opens that asks models there."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from models.errors import ModelUnreachable
from models.hosts.api import ENDPOINT, open_api
from models.hosts.care import MENDING, Mending, OllamaCare, Restart
from models.hosts.fitting import keep_fitting
from models.hosts.health import Computed
from models.hosts.loading import Use
from models.hosts.memory import BUDGET_BYTES
from models.hosts.watch import CADENCE, Cadence, OllamaWatch, Pinned, Told
from services.errors import ServiceError
from services.ollama_server import computed_s, restart_ollama
from services.service import Service


@asynccontextmanager
async def operated(
    host: str,
    models: Sequence[Pinned],
    *,
    service: Service | None = None,
    told: Told | None = None,
    uses: Callable[[OllamaCare], Sequence[Use]] | None = None,
    budget_bytes: int = BUDGET_BYTES,
    cadence: Cadence = CADENCE,
    mending: Mending = MENDING,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[OllamaCare]:
    """Look after some models of a host, given as in `OLLAMA_HOST`, until the end.

    `service` is the Ollama of ours at that host, which is started anew when it hangs; any other host is only looked at.
    `told` is called when a model's health changes. With `uses`, what the models are for and what waits for them, their
    memory is kept within the budget. Raises `NotLocal` or `ModelUnreachable` where the host is not to be
    asked at all.
    """
    async with open_api(host) as api:
        watch = OllamaWatch(
            api, models, computed_s=computing(service) if service else None, told=told, cadence=cadence, clock=clock
        )
        care = OllamaCare(
            api, models, watch, restart=restarting(service) if service else None, mending=mending, clock=clock
        )
        tasks = [asyncio.create_task(care.run(), name=f"care of {host}")]
        if uses is not None:
            fitting = keep_fitting(api, care, partial(uses, care), budget_bytes=budget_bytes, ours=service is not None)
            tasks.append(asyncio.create_task(fitting, name=f"memory of {host}"))
        try:
            yield care
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def restarting(service: Service) -> Restart:
    """Return what starts an Ollama of ours anew; it raises `ModelUnreachable` where that fails."""

    async def restart() -> None:
        try:
            await restart_ollama(service)
        except ServiceError as fault:
            raise ModelUnreachable(ENDPOINT, "a server of its own", str(fault)) from fault

    return restart


def computing(service: Service) -> Computed:
    """Return what tells how long the model processes of an Ollama of ours have computed, seconds."""

    async def computed() -> float:
        return await asyncio.to_thread(computed_s, service.home)

    return computed
