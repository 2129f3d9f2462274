"""The calls that wait for a slot of one endpoint."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.deadline import Deadline
from models.errors import ModelError
from models.pool.prediction import Prediction
from models.pool.work import Priority, Work

if TYPE_CHECKING:
    from models.pool.ticket import Ticket

PASSES = 8
"""How often in a row a class of calls may be passed over for more urgent ones; then one of it is served."""


class Waiter:
    """A call that waits. Its future ends with the ticket, or with why there is none."""

    __slots__ = ("deadline", "expected_s", "future", "joined_s", "predicted", "priority", "timer", "work")

    def __init__(
        self, work: Work, priority: Priority, deadline: Deadline, predicted: Prediction, joined_s: float
    ) -> None:
        self.work, self.priority, self.deadline = work, priority, deadline
        self.predicted, self.joined_s = predicted, joined_s
        self.expected_s = predicted.total_s
        self.future: asyncio.Future[Ticket | ModelError] = asyncio.get_running_loop().create_future()
        self.timer: asyncio.TimerHandle | None = None

    @property
    def outcome(self) -> "Ticket | ModelError | None":
        """Return what it was given, if anything; a cancelled future holds nothing."""
        return self.future.result() if self.future.done() and not self.future.cancelled() else None

    def end(self, outcome: "Ticket | ModelError") -> None:
        """Let the caller go on, with a ticket or an error."""
        self.stop_timer()
        if not self.future.done():
            self.future.set_result(outcome)

    def stop_timer(self) -> None:
        """Look at it no more."""
        if self.timer is not None:
            self.timer.cancel()


class Queue:
    """Waiting calls by urgency, first come first served within one; none of them waits for ever.

    A class that was passed over `PASSES` times in a row comes next, so a batch call at the head of its class waits for
    at most that many others, however many urgent ones arrive.
    """

    __slots__ = ("_classes", "_count", "_passed", "work_s")

    def __init__(self) -> None:
        self._classes: tuple[dict[Waiter, None], ...] = tuple({} for _ in Priority)
        self._passed = [0 for _ in Priority]
        self._count = 0
        self.work_s = 0.0
        """The time of all that waits, one after another, as it was predicted when it came, seconds."""

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Waiter]:
        """Yield the waiting calls, the most urgent class first; those passed over too often still in their place."""
        for waiting in self._classes:
            yield from waiting

    def __contains__(self, waiter: Waiter) -> bool:
        return waiter in self._classes[waiter.priority]

    def add(self, waiter: Waiter) -> None:
        """Put a call at the end of its class."""
        self._classes[waiter.priority][waiter] = None
        self._count += 1
        self.work_s += waiter.expected_s

    def remove(self, waiter: Waiter) -> None:
        """Take a call out."""
        del self._classes[waiter.priority][waiter]
        self._count -= 1
        self.work_s = self.work_s - waiter.expected_s if self._count else 0.0  # no rest of rounding

    def ahead_of(self, priority: Priority) -> Iterator[Waiter]:
        """Yield the calls that are served before a new one of `priority`."""
        for waiting in self._classes[: priority + 1]:
            yield from waiting

    def last_below(self, priority: Priority) -> Waiter | None:
        """Return the call that a new one of `priority` may displace: the last of the least urgent class."""
        for waiting in reversed(self._classes[priority + 1 :]):
            if waiting:
                return next(reversed(waiting))
        return None

    def pop(self) -> Waiter:
        """Take out the call that is next."""
        chosen = self._next_class()
        waiter = next(iter(self._classes[chosen]))
        self.remove(waiter)
        self._passed[chosen] = 0
        for below in range(chosen + 1, len(self._classes)):
            self._passed[below] = self._passed[below] + 1 if self._classes[below] else 0
        return waiter

    def _next_class(self) -> int:
        present = [n for n, waiting in enumerate(self._classes) if waiting]
        longest = max(present, key=lambda n: self._passed[n])
        return longest if self._passed[longest] >= PASSES else present[0]
