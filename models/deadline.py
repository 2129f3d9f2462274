"""A moment by which an answer must be there, handed down from caller to callee.

A deadline is passed instead of a timeout, so that the waits of one answer add up to its budget and never beyond.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on a monotonic clock, in seconds. A clock that jumps back only ever adds time."""

    at_s: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> "Deadline":
        """Return the deadline `seconds` from now."""
        return cls(clock() + seconds, clock)

    def remaining(self) -> float:
        """Return the seconds left, never below zero."""
        return max(0.0, self.at_s - self.clock())

    @property
    def expired(self) -> bool:
        """Tell whether no time is left."""
        return self.remaining() == 0.0

    def within(self, seconds: float) -> "Deadline":
        """Return the sooner of this deadline and the one `seconds` from now: a part of a budget."""
        return Deadline(min(self.at_s, self.clock() + seconds), self.clock)

    @asynccontextmanager
    async def timeout(self) -> AsyncIterator[None]:
        """Raise `TimeoutError` in the block at the deadline, also where that has moved while the block waits."""
        loop, timers = asyncio.get_running_loop(), list[asyncio.TimerHandle]()
        async with asyncio.timeout(None) as limit:

            def look() -> None:
                if left := self.remaining():
                    timers[:] = [loop.call_later(left, look)]
                else:
                    limit.reschedule(loop.time())

            look()
            try:
                yield
            finally:
                for timer in timers:
                    timer.cancel()
