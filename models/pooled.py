"""A call through the pool: in its turn, asked again where that helps, and told to the lane that carried it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.deadline import Deadline
from models.endpoint import Endpoint
from models.pool import Limits, Pool, Priority, Work, persistent
from models.pool.retry import BACKOFF, Backoff
from models.routing.manner import UNROUTED, routed_manner
from models.usage import Chunk


@dataclass(frozen=True, slots=True)
class Pooled:
    """How calls go through a pool."""

    pool: Pool = field(default_factory=Pool)
    backoff: Backoff = BACKOFF
    retry_within_s: float = UNROUTED.retry_within_s
    """A wait that would end later than so long after the first call is not waited for: another endpoint is quicker."""

    async def stream(
        self,
        endpoint: Endpoint,
        ask: Callable[[], AsyncGenerator[Chunk, None]],
        *,
        work: Work,
        deadline: Deadline,
        priority: Priority,
    ) -> AsyncGenerator[Chunk, None]:
        """Yield what `ask` yields, once the endpoint has a slot. Raises `ModelError` as `ask` and the pool do."""

        def once() -> AsyncGenerator[Chunk, None]:
            return self._once(endpoint, ask, work, deadline, priority)

        rest_s = self.pool.first_rest_s if endpoint.local else 0.0
        soon = deadline.within(self.retry_within_s)
        retrying = persistent(once, deadline=soon, backoff=self.backoff, longest_rest_s=rest_s)
        async with aclosing(retrying) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _once(
        self,
        endpoint: Endpoint,
        ask: Callable[[], AsyncGenerator[Chunk, None]],
        work: Work,
        deadline: Deadline,
        priority: Priority,
    ) -> AsyncGenerator[Chunk, None]:
        limits = Limits(endpoint.concurrency, endpoint.queue)
        admission = self.pool.admitted(endpoint.id, limits, work=work, deadline=deadline, priority=priority)
        async with admission as ticket, aclosing(ask()) as chunks:
            async for chunk in chunks:
                if chunk.text:
                    ticket.first_token()
                if chunk.usage is not None:
                    ticket.done(chunk.usage)
                yield _priced(chunk, endpoint)


def _priced(chunk: Chunk, endpoint: Endpoint) -> Chunk:
    """Return a chunk whose usage says what it costs."""
    if chunk.usage is None or endpoint.price is None:
        return chunk
    usage = chunk.usage
    cost_usd = endpoint.price.cost_usd(usage.tokens_in, usage.tokens_out, usage.cached)
    return replace(chunk, usage=replace(usage, cost_usd=cost_usd))


def pooled_of(routing: Path | None = None) -> Pooled:
    """Return a new pool, in which calls are made as a routing document says, the shipped one if none is given."""
    manner = routed_manner(routing)
    return Pooled(Pool(), manner.backoff, manner.retry_within_s)
