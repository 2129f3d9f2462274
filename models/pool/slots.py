"""The calls under way at one endpoint, and how many of them ran beside each."""

from collections.abc import Iterator

from models.pool.ticket import Ticket


class Slots:
    """Tickets of calls under way. Keeps the sum of calls over time, from which the company of each one follows."""

    __slots__ = ("_area", "_at", "_tickets")

    def __init__(self, now: float) -> None:
        self._tickets: dict[Ticket, None] = {}
        self._area, self._at = 0.0, now

    def __len__(self) -> int:
        return len(self._tickets)

    def __iter__(self) -> Iterator[Ticket]:
        return iter(self._tickets)

    def put(self, ticket: Ticket, now: float) -> None:
        """Begin a call."""
        self._count(now)
        ticket.area = self._area
        self._tickets[ticket] = None

    def take(self, ticket: Ticket, now: float) -> float:
        """End a call; return how many others ran beside it, on average over its time."""
        self._count(now)
        del self._tickets[ticket]
        return max(0.0, (self._area - ticket.area) / max(now - ticket.began_s, 1e-9) - 1)

    def _count(self, now: float) -> None:
        self._area += len(self._tickets) * (now - self._at)
        self._at = now
