"""When a slot will be free: the calls under way and those that wait, played through by their predicted times."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import sqrt

from models.pool.prediction import STRETCH, Prediction
from models.pool.queue import Waiter
from models.pool.ticket import Ticket

OVERDUE = 0.2
"""What a call that has run longer than was predicted still takes, as a share of what it has run."""


@dataclass(slots=True)
class Forecast:
    """The moments at which slots become free, seconds from now, and how unsure they are."""

    slots: list[float]
    variance: float

    @classmethod
    def of(cls, under_way: Iterable[Ticket], slots: int, now: float, pause_s: float) -> "Forecast":
        """Return when the calls under way end; nothing begins before `pause_s`."""
        ends, variance = [], 0.0
        for ticket in under_way:
            ends.append(max(pause_s, left_s(ticket, now)))
            variance += _variance(ticket.predicted)
        ends.extend(pause_s for _ in range(slots - len(ends)))
        heapify(ends)
        return cls(ends, variance / slots**2)

    @property
    def wait_s(self) -> float:
        """Return when the next slot is free."""
        return self.slots[0]

    def put(self, waiter: Waiter) -> None:
        """Let a waiting call have the next slot."""
        heapreplace(self.slots, self.slots[0] + waiter.predicted.total_s)
        self.variance += _variance(waiter.predicted) / len(self.slots) ** 2

    def sure_end_s(self, predicted: Prediction) -> float:
        """Return by when a call that has the next slot has ended, in 99 of 100 cases.

        The waits and the call itself are taken for independent, so their spreads add up as squares.
        """
        spread = STRETCH * sqrt(self.variance + _variance(predicted))
        return self.wait_s + predicted.total_s + spread


def left_s(ticket: Ticket, now: float) -> float:
    """Return about how long a call still takes; its deadline ends it in any case."""
    elapsed = now - ticket.began_s
    expected = max(ticket.predicted.total_s - elapsed, OVERDUE * elapsed)
    return min(expected, ticket.deadline.remaining())


def _variance(predicted: Prediction) -> float:
    """Return the square of the distance from the middle to the 95th percentile."""
    return (predicted.high_s - predicted.total_s) ** 2
