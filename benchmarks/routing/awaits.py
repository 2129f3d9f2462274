"""Doing something at the n-th await of a run, whichever of its tasks is at it, and seeing each byte that is written.

A run of the graph is many tasks. All that are created in its context are wrapped, so that each time one of them hands
control back to the event loop is counted: between two of these nothing else can happen, and so it is there that the
world may change.
"""

import asyncio
from asyncio.selector_events import _SelectorSocketTransport  # type: ignore[attr-defined]
from collections.abc import Callable, Collection, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Awaits:
    """Counts the awaits of a run, and does something at one of them."""

    at: int
    """The number of the await, from 1; one that is never reached does nothing."""
    do: Callable[[], None]
    seen: int = 0

    def passed(self) -> None:
        """Count one."""
        self.seen += 1
        if self.seen == self.at:
            self.do()


_counted: ContextVar[Awaits | None] = ContextVar("what counts the awaits of the current run", default=None)


@contextmanager
def counting(awaits: Awaits) -> Iterator[None]:
    """Count the awaits of every task that is created within."""
    loop = asyncio.get_running_loop()
    before, token = loop.get_task_factory(), _counted.set(awaits)
    loop.set_task_factory(_task)
    try:
        yield
    finally:
        loop.set_task_factory(before)
        _counted.reset(token)


def _task(loop: asyncio.AbstractEventLoop, coro: Any, **options: Any) -> "asyncio.Task[Any]":
    awaits = _counted.get()
    return asyncio.Task(coro if awaits is None else _stepped(coro, awaits), loop=loop, **options)


async def _stepped(coro: Coroutine[Any, Any, Any], awaits: Awaits) -> Any:
    return await _Steps(coro, awaits)


@dataclass(frozen=True)
class _Steps:
    """A coroutine whose suspensions are counted."""

    coro: Coroutine[Any, Any, Any]
    awaits: Awaits

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._driven()

    def _driven(self) -> Generator[Any, Any, Any]:
        resume: Callable[[], Any] = lambda: self.coro.send(None)  # noqa: E731 - replaced at each step
        while True:
            try:
                waited_for = resume()
            except StopIteration as ended:
                return ended.value
            self.awaits.passed()
            resume = yield from self._suspended(waited_for)

    def _suspended(self, waited_for: Any) -> Generator[Any, Any, Callable[[], Any]]:
        try:
            sent = yield waited_for
        except GeneratorExit:
            self.coro.close()
            raise
        except BaseException as fault:  # noqa: BLE001 - whatever is thrown in is the coroutine's, a cancellation too
            thrown = fault
            return lambda: self.coro.throw(thrown)
        return lambda: self.coro.send(sent)


@dataclass
class Wire:
    """What this process writes to some ports, counted when it is written and not when it is read."""

    ports: Collection[int]
    sent: int = 0
    written: bytearray = field(default_factory=bytearray)

    def note(self, transport: Any, data: Any) -> None:
        """Count what is about to be written to a socket."""
        peer = transport.get_extra_info("peername")
        if peer and peer[1] in self.ports:
            self.sent += len(data)
            self.written += data


@contextmanager
def tapped(wire: Wire) -> Iterator[Wire]:
    """Note every write of the event loop's sockets within."""
    write = _SelectorSocketTransport.write

    def noted(self: Any, data: Any) -> None:
        wire.note(self, data)
        write(self, data)

    _SelectorSocketTransport.write = noted
    try:
        yield wire
    finally:
        _SelectorSocketTransport.write = write
