"""A clock that never goes backwards."""

import time
from collections.abc import Callable


class SteadyClock:
    """The time of another clock, in seconds, which stands still where the other jumps back, and goes on from there.

    So a rest or a window never lasts longer for a jump back; one forwards can only end it sooner.
    """

    __slots__ = ("_clock", "_last", "_lost", "_told")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lost = clock, 0.0
        self._last = self._told = clock()

    def __call__(self) -> float:
        """Return the time."""
        now = self._clock()
        if now < self._last:
            self._lost += self._last - now
        self._last = now
        self._told = max(self._told, now + self._lost)  # the sum is rounded, in either direction
        return self._told
