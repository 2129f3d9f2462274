"""The care of every Ollama host that a process asks more than once."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, aclosing
from functools import partial

from config.settings import Settings
from models.address import parse
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelError
from models.hosts.care import OllamaCare
from models.hosts.health import ILL, Health
from models.hosts.loading import Use
from models.hosts.memory import BUDGET_BYTES
from models.hosts.operated import operated
from models.hosts.watch import Cadence, Pinned
from models.usage import Chunk
from services import record
from services.errors import ServiceError
from services.ollama_server import own_server
from services.service import Service
from telemetry.log import log

Beside = Callable[[], Awaitable[Iterable[Endpoint]]]
AFTER_CALLS = 3
"""With so many calls a process begins to look after a host; one that asks once and ends needs no care."""


class OllamaCares:
    """A care for each host, begun when there is reason to. Its tasks end with `close`."""

    def __init__(
        self,
        settings: Settings,
        waiting: Callable[[str], int],
        *,
        probe_s: float | None = None,
        budget_bytes: int = BUDGET_BYTES,
        after_calls: int = AFTER_CALLS,
    ) -> None:
        """Prepare to care; `waiting` tells how many calls wait for an endpoint, by its id."""
        self._settings, self._waiting, self._after_calls = settings, waiting, after_calls
        self._budget_bytes = budget_bytes
        self._cadence = Cadence(probe_s=probe_s) if probe_s else Cadence()
        self._calls: dict[str, int] = {}
        self._cares: dict[str, OllamaCare] = {}
        self._stack = AsyncExitStack()
        self._beginning = asyncio.Lock()

    async def stream(
        self, endpoint: Endpoint, beside: Beside, answer: AsyncGenerator[Chunk, None], deadline: Deadline
    ) -> AsyncGenerator[Chunk, None]:
        """Yield an answer while its host is looked after: it waits while that is mended, and tells of its tokens.

        `beside` gives the other endpoints, at this host and elsewhere. Raises `ModelError` as the answer does, and
        `ModelResting` where the host is ill and not ours to mend.
        """
        care = await self._of(endpoint, beside)
        if care is None:
            async with aclosing(answer) as chunks:
                async for chunk in chunks:
                    yield chunk
            return
        async with aclosing(answer) as chunks, care.door(endpoint.model).admitted(deadline) as call:
            try:
                async for chunk in chunks:
                    call.spoke()
                    yield chunk
            except ModelError as fault:
                care.failed(fault)
                raise

    async def close(self) -> None:
        """End every care."""
        self._cares.clear()
        await self._stack.aclose()

    async def _of(self, endpoint: Endpoint, beside: Beside) -> OllamaCare | None:
        host = str(endpoint.base_url)
        self._calls[host] = self._calls.get(host, 0) + 1
        if self._calls[host] < self._after_calls:
            return None
        async with self._beginning:
            if host not in self._cares:
                at_host = [e for e in (endpoint, *await beside()) if e.base_url == host]
                pinned = {e.model: Pinned(e.model, e.context_tokens) for e in at_host}
                care = operated(
                    host,
                    list(pinned.values()),
                    service=self._ours_at(host),
                    told=_told,
                    uses=partial(self._uses, at_host),
                    budget_bytes=self._budget_bytes,
                    cadence=self._cadence,
                )
                self._cares[host] = await self._stack.enter_async_context(care)
        care_of_host = self._cares[host]
        return care_of_host if endpoint.model in care_of_host.models else None

    def _uses(self, at_host: list[Endpoint], care: OllamaCare) -> list[Use]:
        """Return what the models at a host are for, and how many calls want each of them now."""
        uses: dict[str, Use] = {}
        for e in at_host:
            roles = (*uses[e.model].roles, e.role) if e.model in uses else (e.role,)
            wanted = care.in_flight(e.model) + self._waiting(e.id)
            uses[e.model] = Use(e.model, tuple(dict.fromkeys(roles)), e.context_tokens, wanted)
        return list(uses.values())

    def _ours_at(self, host: str) -> Service | None:
        """Return the Ollama of ours that listens there, which may be started anew."""
        try:
            service = own_server(self._settings)
        except ServiceError:
            return None
        known = None if service is None else record.read(service.record_file)
        return service if known is not None and known.port == parse(host).port else None


def _told(model: str, health: Health) -> None:
    say = log.warning if health.state in ILL else log.info
    say("ollama: %s is %s: %s", model, health.state, health.why)
