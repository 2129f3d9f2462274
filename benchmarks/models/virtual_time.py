"""An event loop whose time leaps: where nothing is ready, the next timer is due at once.

Hours of queueing take seconds, and two runs are the same to the last digit. For code that waits for timers only.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own, in seconds from 0."""

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__()
        self._look: Any = self._selector.select  # type: ignore[attr-defined]
        self._selector.select = self._leap  # type: ignore[attr-defined]

    def time(self) -> float:
        """Return the virtual time."""
        return self._now

    def _leap(self, timeout: float | None) -> Any:
        if timeout is None:
            raise RuntimeError("everything waits, and nothing will ever happen")
        self._now += max(0.0, timeout)
        return self._look(0)


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run `main` in virtual time, as `asyncio.run` does in real time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
