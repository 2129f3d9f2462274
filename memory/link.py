"""A client that is opened when first needed, shared by all who ask, and opened anew after a fault."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from memory.errors import MemoryDown

T = TypeVar("T")


class Link(Generic[T]):
    """Holds one `T`.

    Opening goes on when whoever asked for it gives up: a service that takes longer to start than an answer may wait for
    is there for the next question.
    """

    def __init__(self, part: str, open_: Callable[[], Awaitable[T]]) -> None:
        """`part` names what is behind the link, for people."""
        self._part, self._open = part, open_
        self._opening: asyncio.Task[T] | None = None
        self._closed = False

    async def get(self) -> T:
        """Return what is open, opening it where it is not; raises what opening raises, else `MemoryDown` if closed."""
        if self._closed:
            raise MemoryDown(self._part, "it was closed")
        if self._opening is None or _has_failed(self._opening):
            self._opening = asyncio.create_task(self._opened())
            self._opening.add_done_callback(_has_failed)  # a fault that nobody waited for is no news to asyncio
        try:
            return await asyncio.shield(self._opening)
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if waiting is None or waiting.cancelling():
                raise
            raise MemoryDown(self._part, "it was closed") from None  # the opening was cancelled, not this wait for it

    def drop(self, opened: T) -> bool:
        """Open anew next time; tell whether `opened` was still in use, and so is for the caller to close."""
        is_current = self._current() is opened
        if is_current:
            self._opening = None
        return is_current

    async def close(self) -> T | None:
        """Open nothing any more, and return what was open for the caller to close."""
        self._closed = True
        opened = self._current()
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait([self._opening])
        return opened

    async def _opened(self) -> T:
        return await self._open()

    def _current(self) -> T | None:
        opening = self._opening
        return opening.result() if opening is not None and opening.done() and not _has_failed(opening) else None


def _has_failed(task: asyncio.Task[T]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
