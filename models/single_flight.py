"""One call for all who ask the same at the same moment.

The call runs in a task of its own, which belongs to nobody who listens. What follows holds in every race:

- Whoever joins late gets at once what was written so far, then the rest as it comes.
- Whoever leaves, is cancelled or runs out of time ends nothing for the others, also where the call began with them.
  The last one who leaves ends the call, and returns when it has let go of its slot and its connection.
- The call has time until the latest deadline of those who listen; each of them waits until its own. So one who joins
  with more time never loses it to one who had less, and one with less gets `ModelTimeout` alone.
- An error ends the call for all: each gets what was written before it, then an error of its own with the same words.
- The first one pays. Where it is cancelled or runs out of time, the next one in order pays instead; where it leaves
  because it has read enough, it counts that itself. To all others pieces, usage and errors say `shared`.
- A call that ended well is joined by one who asked before it ended (`asked_now`) and came to its model afterwards, and
  by nobody who asked later: a shared call is no cache. One that failed is joined by nobody.
- One that is more urgent does not join a call that may still wait in a queue of less urgent ones; it asks itself.
- `close` ends every call under way; those who listen get `TruncatedAnswer`, and so does who comes afterwards.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Hashable
from contextlib import aclosing
from contextvars import Context
from dataclasses import dataclass, field, replace

from models.asked import asked_s
from models.deadline import Deadline
from models.errors import ModelError, ModelTimeout, TruncatedAnswer
from models.pool.work import Priority
from models.usage import Chunk

LAST_WORD_S = 0.25
"""How long one whose time is up waits for the call's own error, seconds, where nobody has more time: it says more."""
REMEMBERED, REMEMBERED_S = 100, 120.0
"""How many calls that ended well are kept, and how long, seconds, for those who asked before they ended."""
Ask = Callable[[Deadline], AsyncGenerator[Chunk, None]]


class SingleFlight:
    """The calls under way that may be joined."""

    def __init__(self) -> None:
        self._joinable: dict[tuple[Hashable, Priority], _Flight] = {}
        self._ended: OrderedDict[Hashable, _Flight] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def stream(
        self, key: Hashable, ask: Ask, *, endpoint: str, deadline: Deadline, priority: Priority
    ) -> AsyncGenerator[Chunk, None]:
        """Yield what the call under `key` yields, begun with `ask` where there is none to be joined.

        `ask` is given the deadline of all who listen. Raises what the call raises, and `ModelTimeout` at `deadline`.
        """
        if self._closed:
            raise TruncatedAnswer(endpoint, "the models are closed")
        flight = self._found(key, priority) or self._begun(key, ask, endpoint, priority)
        async with aclosing(flight.heard(deadline)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def close(self) -> None:
        """End every call, and wait until each has let go of what it holds."""
        self._closed = True
        self._ended.clear()
        for task in self._tasks:
            if not task.cancelling():  # a second one would break into its letting go
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _found(self, key: Hashable, priority: Priority) -> "_Flight | None":
        """Return a call that serves one of this urgency no later than its own would."""
        for other in Priority:
            flight = self._joinable.get((key, other))
            if flight is not None and (other <= priority or flight.said):
                return flight
        ended, asked = self._ended.get(key), asked_s()
        return ended if ended is not None and asked is not None and asked < ended.ended_s else None

    def _begun(self, key: Hashable, ask: Ask, endpoint: str, priority: Priority) -> "_Flight":
        flight = self._joinable[key, priority] = _Flight(endpoint, ask, lambda: self._no_more(key, priority, flight))
        self._tasks.add(flight.task)
        flight.task.add_done_callback(self._tasks.discard)
        return flight

    def _no_more(self, key: Hashable, priority: Priority, flight: "_Flight") -> None:
        if self._joinable.get((key, priority)) is flight:
            del self._joinable[key, priority]
        if flight.ended_well and not self._closed:
            self._ended[key] = flight
            self._ended.move_to_end(key)
            if len(self._ended) > REMEMBERED:
                self._ended.popitem(last=False)
            flight.task.get_loop().call_later(REMEMBERED_S, self._forget, key, flight)

    def _forget(self, key: Hashable, flight: "_Flight") -> None:
        if self._ended.get(key) is flight:
            del self._ended[key]


@dataclass(eq=False, slots=True)
class _Seat:
    """One who listens."""

    deadline: Deadline
    news: asyncio.Event = field(default_factory=asyncio.Event)
    taken: int = 0
    """How many pieces it has got."""
    begun_s: float = field(default_factory=time.perf_counter)
    first_s: float | None = None
    waiting: bool = False
    served: bool = False
    """Whether it has got the end: the last piece, or the error."""

    @property
    def content(self) -> bool:
        """Tell whether it left with what it wanted, instead of being torn away while it waited."""
        return self.served or (self.first_s is not None and not self.waiting)

    def waited_s(self) -> float:
        return time.perf_counter() - self.begun_s

    def told(self, chunk: Chunk, *, pays: bool) -> Chunk:
        """Return a piece as this one gets it: where another pays without tokens, and with times of its own."""
        self.served = chunk.usage is not None
        if self.first_s is None and chunk.text:
            self.first_s = self.waited_s()
        if pays:
            return chunk
        duration_s = self.waited_s()
        first_s = duration_s if self.first_s is None else self.first_s
        usage = chunk.usage and chunk.usage.of_another(first_s * 1000, duration_s * 1000)
        return replace(chunk, usage=usage, shared=True)


class _Flight:
    """One call, and those who listen to it."""

    def __init__(self, endpoint: str, ask: Ask, on_over: Callable[[], None]) -> None:
        """Begin the call with the next turn of the loop; `on_over` is called when it is over or given up."""
        self.said: list[Chunk] = []
        self._endpoint, self._on_over = endpoint, on_over
        self._seats: dict[_Seat, None] = {}
        self._payer: _Seat | None = None
        self._latest: _Seat | None = None
        self._fault: BaseException | None = None
        self._over = False
        self.ended_s = 0.0
        # An empty context: the run of whoever came first is nothing that the call may hold on to, or report to.
        self.task = asyncio.create_task(self._fly(ask), context=Context())
        self.task.add_done_callback(self._landed)

    @property
    def ended_well(self) -> bool:
        """Tell whether it gave all that it had to give."""
        return self._over and self._fault is None

    async def heard(self, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        """Yield all pieces to one more who listens."""
        seat = self._seat(deadline)
        try:
            while (chunk := await self._next(seat)) is not None:
                yield seat.told(chunk, pays=seat is self._payer)
        finally:
            await self._leave(seat)

    async def _fly(self, ask: Ask) -> None:
        deadline = Deadline(0.0, lambda: -self._left_s())  # on a clock that counts what they have left down to zero
        async with aclosing(ask(deadline)) as chunks:
            async for chunk in chunks:
                self.said.append(chunk)
                self._wake()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._over, self.ended_s = True, task.get_loop().time()
        closed = TruncatedAnswer(self._endpoint, "the models were closed during the call")
        self._fault = closed if task.cancelled() else task.exception()
        self._on_over()
        self._wake()

    def _wake(self) -> None:
        for seat in self._seats:
            seat.news.set()

    def _left_s(self) -> float:
        """Return how long anybody still listens, seconds."""
        return self._latest.deadline.remaining() if self._latest else 0.0

    def _seat(self, deadline: Deadline) -> _Seat:
        seat = _Seat(deadline)
        self._seats[seat] = None
        self._payer = self._payer or seat
        if self._latest is None or deadline.remaining() > self._left_s():
            self._latest = seat
        return seat

    async def _leave(self, seat: _Seat) -> None:
        del self._seats[seat]
        if seat is self._latest:
            self._latest = max(self._seats, key=lambda s: s.deadline.remaining(), default=None)
        if seat is self._payer and not seat.content:
            self._payer = next((s for s in self._seats if not s.served), None)
        if not self._seats and not self._over:
            self._on_over()
            self.task.cancel()
            await asyncio.wait([self.task])

    async def _next(self, seat: _Seat) -> Chunk | None:
        """Return the next piece for one who listens, or None after the last. Raises as the call did."""
        while seat.taken == len(self.said):
            if self._over:
                seat.served = True
                if self._fault is not None:
                    raise _twin(self._fault, shared=seat is not self._payer)
                return None
            await self._news(seat)
        seat.taken += 1
        return self.said[seat.taken - 1]

    async def _news(self, seat: _Seat) -> None:
        """Wait until there is more, or raise `ModelTimeout` where this one's time is up."""
        seat.waiting = True
        seat.news.clear()
        left_s = seat.deadline.remaining()
        more_s = 0.0 if self._left_s() > left_s else LAST_WORD_S
        try:
            async with asyncio.timeout(left_s + more_s):
                await seat.news.wait()
        except TimeoutError:
            waiting_for = "first token" if seat.first_s is None else "end of its answer"
            late = ModelTimeout(self._endpoint, waiting_for, seat.waited_s())
            late.shared = seat is not self._payer or len(self._seats) > 1  # another pays from now on
            raise late from None
        seat.waiting = False


def _twin(fault: BaseException, *, shared: bool) -> BaseException:
    """Return an error of the same words for one of several: a raised one takes on where it was raised."""
    twin = type(fault).__new__(type(fault), *fault.args)
    twin.__dict__.update(fault.__dict__)
    twin.__cause__, twin.__suppress_context__ = fault.__cause__, fault.__suppress_context__
    if isinstance(twin, ModelError):
        twin.shared = shared
    return twin.with_traceback(fault.__traceback__)
