"""The port by which nodes ask models."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from config.settings import Settings
from models.call import Call
from models.deadline import Deadline
from models.embedded_care import cared
from models.endpoint import Endpoint
from models.errors import ModelError, ModelTimeout, NotLocal
from models.filling import Answer, filled
from models.fitting import require_fits
from models.hosts.cares import OllamaCares
from models.hosts.memory import GIB
from models.pool import Priority, Work, hedged
from models.pool.urgency import urgency_or
from models.pooled import Pooled, pooled_of
from models.profile import Resolution, resolve
from models.roles import Patience, Role, Sampling
from models.routing.manner import routed_manner
from models.single_flight import SingleFlight
from models.streaming import relay
from models.usage import Chunk, Usage
from models.voices import StartEmbedded, Voices, start_embedded_model

if TYPE_CHECKING:
    from models.voice import Messages, Voice

USUAL = Work(600, 200)
"""What hosts are compared by: a prompt with evidence, and an analysis of some sentences."""
FRESH_S = 5.0
"""How long a look at Ollama holds, seconds: one that comes up is seen by the next question."""


@contextlib.asynccontextmanager
async def open_chat_models(
    settings: Settings,
    *,
    start_embedded: StartEmbedded = start_embedded_model,
    patience: Patience | None = None,
    pooled: Pooled | None = None,
) -> AsyncIterator["ChatModels"]:
    """Open the chat models for `settings`, and close their connections at the end."""
    models = ChatModels(settings, start_embedded=start_embedded, patience=patience, pooled=pooled)
    try:
        yield models
    finally:
        await models.close()


class ChatModels:
    """The chat models of one profile. Nothing is imported, opened or started before it is first needed."""

    def __init__(
        self,
        settings: Settings,
        *,
        start_embedded: StartEmbedded = start_embedded_model,
        patience: Patience | None = None,
        pooled: Pooled | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`patience` and the tasks are as routed if not given; endpoints that `pooled` knows share their lanes."""
        routed = routed_manner(settings.routing)
        self._settings, self._clock, self._tasks = settings, clock, routed.tasks
        self._patience, self._hedges = patience or routed.patience, routed.hedge
        self._pooled = pooled or pooled_of(settings.routing)
        self._cares = OllamaCares(
            settings, self._waiting, probe_s=routed.probe_s, budget_bytes=int(routed.memory_gib * GIB)
        )
        self._voices, self._flights = Voices(settings, start_embedded), SingleFlight()
        self._resolved: tuple[float, Resolution] | None = None
        self._resolving = asyncio.Lock()

    async def resolution(self) -> Resolution:
        """Return what the profile comes to now, and why; a look at Ollama holds for `FRESH_S`."""
        async with self._resolving:
            if self._resolved is None or self._clock() - self._resolved[0] >= FRESH_S:
                self._resolved = (self._clock(), await resolve(self._settings))
            return self._resolved[1]

    async def ladder(self, role: Role) -> list[Endpoint]:
        """Return the endpoints of a role in the order to try them; one that cannot work fails at once when asked.

        Of one model at several hosts the one that is expected to answer first comes first.
        """
        routed = (await self.resolution()).ladders[role]
        by_name = {endpoint.name: [e for e in routed if e.name == endpoint.name] for endpoint in routed}
        return [endpoint for same in by_name.values() for endpoint in self._balanced(same)]

    def _balanced(self, same: list[Endpoint]) -> list[Endpoint]:
        if len(same) == 1:
            return same
        by_id = {endpoint.id: endpoint for endpoint in same if endpoint.usable}
        waits = self._pooled.pool.prefer(list(by_id), USUAL)
        return [*(by_id[id_] for id_ in waits), *(endpoint for endpoint in same if not endpoint.usable)]

    def stream(
        self,
        endpoint: Endpoint,
        messages: "Messages",
        *,
        deadline: Deadline,
        sampling: Sampling | None = None,
        priority: Priority | None = None,
        shared_as: str | None = None,
    ) -> AsyncGenerator[Chunk, None]:
        """Ask once; yield texts as they come, then one last chunk with finish and usage.

        Messages are those of LangChain, or (role, text) pairs. Raises `ModelError`, also in the middle of an answer:
        a stream that ends without its last chunk has raised. Close it (`contextlib.aclosing`) to stop the model early.
        Calls that are the same, also in `shared_as`, and under way at the same time are one call (`SingleFlight`);
        it names who may share it, tenant and label, and with None nobody does. Without a `priority` the call is as
        urgent as the work around it was said to be (`urgency`), else as an answer that somebody waits for.
        """
        sampling = sampling or self._tasks["analysis"]
        priority = urgency_or(Priority.ANALYSIS) if priority is None else priority
        call = Call(endpoint, messages, sampling, deadline, priority)
        return self._shared(call, shared_as, self._hedged if self._hedges else self._ask)

    async def fill(
        self,
        endpoint: Endpoint,
        messages: "Messages",
        schema: type[Answer],
        *,
        deadline: Deadline,
        sampling: Sampling | None = None,
        priority: Priority | None = None,
        shared_as: str | None = None,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> Answer:
        """Ask once for an answer of a form, held to its JSON schema while it is written, and return it validated.

        Grammars hold for enums and types, not for ranges of numbers: what does not validate raises `MalformedAnswer`,
        `TruncatedAnswer` where it was cut at its longest. `on_usage` is told the cost, also of an answer out of form.
        It is shared and as urgent as `stream` says; without urgent work around it, as a step that others wait for.
        """
        sampling = sampling or self._tasks["classification"]
        priority = urgency_or(Priority.COORDINATION) if priority is None else priority
        call = Call(endpoint, messages, sampling, deadline, priority, schema.model_json_schema())
        source = self._shared(call, shared_as, self._ask)
        return await filled(source, schema, endpoint=endpoint.id, max_tokens=sampling.max_tokens, on_usage=on_usage)

    async def close(self) -> None:
        """End the calls that are shared, and close every connection."""
        await self._flights.close()
        await self._cares.close()
        await self._voices.close()

    def _shared(
        self, call: Call, shared_as: str | None, ask: Callable[[Call], AsyncGenerator[Chunk, None]]
    ) -> AsyncGenerator[Chunk, None]:
        """Ask, or join who has asked the same; what is no concern of the pool costs nothing, and is not shared."""
        if shared_as is None or not _is_pooled(call.endpoint):
            return ask(call)

        def begun(deadline: Deadline) -> AsyncGenerator[Chunk, None]:
            return ask(replace(call, deadline=deadline))

        return self._flights.stream(
            (shared_as, call.identity),
            begun,
            endpoint=call.endpoint.id,
            deadline=call.deadline,
            priority=call.priority,
        )

    async def _hedged(self, call: Call) -> AsyncGenerator[Chunk, None]:
        """Ask another host of the same model too, where this one is slower to begin than 19 of 20 calls."""
        asked = call.endpoint
        same = [e for e in await self.ladder(asked.role) if e.name == asked.name and e.usable and e.local]
        other = next((e for e in same if e.id != asked.id), None)
        after_s = self._pooled.pool.predicted(asked.id, call.work).ttft_high_s if other else None
        first, second = partial(self._ask, call), partial(self._ask, replace(call, endpoint=other or asked))
        async with contextlib.aclosing(hedged(first, second, after_s=after_s)) as chunks:
            async for chunk in chunks:
                yield chunk

    def _ask(self, call: Call) -> AsyncGenerator[Chunk, None]:
        ask = partial(self._once, call)
        if not _is_pooled(call.endpoint):
            return ask()
        return self._pooled.stream(call.endpoint, ask, work=call.work, deadline=call.deadline, priority=call.priority)

    async def _once(self, call: Call) -> AsyncGenerator[Chunk, None]:
        endpoint, prompt, deadline = call.endpoint, call.prompt, call.deadline
        endpoint.require_usable()
        if not endpoint.local:
            raise NotLocal(endpoint.id, "a cloud takes a cleared prompt, through `CloudModels`")
        require_fits(prompt, call.sampling.max_tokens, endpoint)
        source = (await self._voice(endpoint, deadline)).parts(call.messages, call.sampling, call.schema)
        answer = relay(source, endpoint=endpoint.id, prompt=prompt, deadline=deadline, patience=self._patience)
        if endpoint.place == "ollama":
            answer = self._cares.stream(endpoint, self._all, answer, deadline)
        elif endpoint.base_url is None:
            answer = cared(answer, self._settings)
        try:
            async with contextlib.aclosing(answer) as chunks:
                async for chunk in chunks:
                    yield chunk
        except ModelError:
            self._voices.forget(endpoint)
            raise

    def _waiting(self, endpoint: str) -> int:
        lane = self._pooled.pool.snapshot().get(endpoint)
        return lane.waiting if lane else 0

    async def _all(self) -> list[Endpoint]:
        """Return every local endpoint that can be asked."""
        return [e for ladder in (await self.resolution()).ladders.values() for e in ladder if e.usable]

    async def _voice(self, endpoint: Endpoint, deadline: Deadline) -> "Voice":
        left = deadline.remaining()
        try:
            async with deadline.timeout():
                return await self._voices.of(endpoint)
        except TimeoutError:
            raise ModelTimeout(endpoint.id, "start", left) from None


def _is_pooled(endpoint: Endpoint) -> bool:
    """Tell whether a call is more than an error that is known beforehand."""
    return endpoint.refusal is None and endpoint.local
