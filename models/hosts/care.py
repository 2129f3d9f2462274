"""Keep the models of one Ollama host answering: what hangs is mended.

Mending is: let nobody in, give answers whose tokens flow a moment to finish, start Ollama anew, have each model write a
token so that it is loaded as the real calls need it, and let calls in again. Calls that were cut off fail before they
are complete, and may be asked again here or elsewhere. Only an Ollama that we started is started anew; calls to any
other go elsewhere until it is well.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from models.errors import ModelError, ModelFailed, ModelResting, ModelTimeout, ModelUnreachable, TruncatedAnswer
from models.hosts.api import ENDPOINT, KEEP_ALIVE_S, OllamaApi
from models.hosts.door import Door, Refusal
from models.hosts.health import ILL
from models.hosts.watch import OllamaWatch, Pinned

OF_THE_HOST = (ModelFailed, ModelTimeout, ModelUnreachable, TruncatedAnswer)
Restart = Callable[[], Awaitable[None]]
"""Starts the host anew at the same address; raises `ModelError` where it does not come up."""


@dataclass(frozen=True, slots=True)
class Mending:
    """How a host is mended, seconds."""

    grace_s: float = 2.0
    """For answers whose tokens flow, before they are cut off."""
    load_s: float = 60.0
    """For one model to be loaded."""
    again_s: float = 1.0
    """From a restart to the next one at the soonest; doubled while they do not help, up to `again_most_s`."""
    again_most_s: float = 30.0


MENDING = Mending()


class OllamaCare:
    """The care of one host. `run` is a task that lives until it is cancelled; nothing is done without it."""

    def __init__(
        self,
        api: OllamaApi,
        models: Sequence[Pinned],
        watch: OllamaWatch,
        *,
        restart: Restart | None = None,
        mending: Mending = MENDING,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api, self._watch, self._restart, self._mending, self._clock = api, watch, restart, mending, clock
        self._models = {one.model: one for one in models}
        self._doors = {name: Door(f"{ENDPOINT}:{name}", name, watch.traffic) for name in self._models}
        self._in_vain, self._not_before_s = 0, clock()
        self.restarts = 0
        """How often the host was started anew."""
        self.unfit: dict[str, Refusal] = {}
        """Models that the memory does not hold, with what their calls are refused with."""

    @property
    def models(self) -> frozenset[str]:
        """Return the models that are cared for."""
        return frozenset(self._models)

    def door(self, model: str) -> Door:
        """Return the way to a model, shut while its host is mended. Raises KeyError for one that is not cared for.

        Raises the refusal of a model that the memory does not hold.
        """
        if refusal := self.unfit.get(model):
            raise refusal()
        return self._doors[model]

    def in_flight(self, model: str) -> int:
        """Return how many calls to a model are under way."""
        return self._watch.traffic.in_flight(model)

    def failed(self, fault: ModelError) -> None:
        """Have the host looked at now, where a call failed in a way that may be its doing."""
        if isinstance(fault, OF_THE_HOST):
            self._watch.trouble()

    async def run(self) -> None:
        """Look after the models until cancelled. What is wrong with them is never raised."""
        while True:
            await self.tend(await self._watch.due())

    async def tend(self, due: Sequence[str]) -> None:
        """Look at some models, and mend the host where one of them needs it."""
        healths = await asyncio.gather(*map(self._watch.look, due))
        ill = [model for model, health in zip(due, healths, strict=True) if health.state in ILL]
        for model in due:
            if model not in ill:
                self._doors[model].open()
        if ill:
            await self._mend(ill)
        elif due:
            self._in_vain = 0

    async def _mend(self, ill: Sequence[str]) -> None:
        wait_s = self._not_before_s - self._clock()
        if self._restart is None or self._in_vain:
            for model in ill:  # whoever waits goes elsewhere
                self._doors[model].refuse(partial(ModelResting, f"{ENDPOINT}:{model}", max(1.0, wait_s)))
        if self._restart is None or wait_s > 0:
            return
        for door in self._doors.values():
            door.shut()
        await self._drain()
        try:
            await self._restart()
            self.restarts += 1
            await self._warm()
        except ModelError:
            self._in_vain += 1
        finally:
            again_s = self._mending.again_s * 2**self._in_vain
            self._not_before_s = self._clock() + min(again_s, self._mending.again_most_s)
            self._watch.trouble()

    async def _drain(self) -> None:
        """Wait while answers still flow, for as long as they are given."""
        until = self._clock() + self._mending.grace_s
        while self._clock() < until and any(self._watch.traffic.flows(model, 0.5) for model in self._models):
            await asyncio.sleep(0.05)

    async def _warm(self) -> None:
        """Load what was loaded, what is waited for most first, and let calls in as soon as their model has written."""
        traffic = self._watch.traffic
        for model in sorted(self._models, key=traffic.in_flight, reverse=True):
            traffic.forget(model)
            if model in self._watch.loaded:
                await self._api.one_token(
                    model, self._models[model].num_ctx, keep_alive_s=KEEP_ALIVE_S, timeout_s=self._mending.load_s
                )
            self._doors[model].open()
