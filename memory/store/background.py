"""Work that nobody waits for, one piece after another, in a thread that ends when there is none."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

from memory.errors import MemoryDown

log = logging.getLogger(__name__)
Work = Callable[[], object]


class Background:
    """Pieces of work by name: while one waits, another of its name is the same work and is not added."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: deque[tuple[str | None, Work]] = deque()
        self._running = False

    def soon(self, work: Work, name: str | None = None) -> None:
        """Have it done after all that waits already. What breaks off is logged: nothing that is kept depends on it."""
        with self._changed:
            if name is not None and any(name == waiting for waiting, _ in self._waiting):
                return
            self._waiting.append((name, work))
            if not self._running:
                self._running = True
                Thread(target=self._run, name="store background", daemon=True).start()

    def settle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; tell whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running, timeout_s)

    def drop(self) -> None:
        """Forget what has not begun."""
        with self._changed:
            self._waiting.clear()

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._running = False
                    self._changed.notify_all()
                    return
                _, work = self._waiting.popleft()
            try:
                work()
            except MemoryDown as error:
                log.info("upkeep of the store waits for another time: %s", error)
            except Exception:
                log.exception("upkeep of the store failed")
