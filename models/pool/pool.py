"""The lanes of all endpoints: where every call of a model begins and ends."""

import time
from collections.abc import Callable, Sequence
from types import TracebackType

from models.deadline import Deadline
from models.pool.breaker import RULES, BreakerRules
from models.pool.lane import Lane
from models.pool.limits import Limits
from models.pool.prediction import Prediction
from models.pool.state import LaneState
from models.pool.steady_clock import SteadyClock
from models.pool.ticket import Ticket
from models.pool.work import Priority, Work

LIMITS = Limits()


class Pool:
    """A lane for each endpoint id, which names a model at a host. For one event loop; without threads or tasks."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, breaker: BreakerRules = RULES) -> None:
        self._now = SteadyClock(clock)
        self._rules = breaker
        self._lanes: dict[str, Lane] = {}

    @property
    def first_rest_s(self) -> float:
        """Return for how long an endpoint that failed too often is left alone at first, seconds."""
        return self._rules.rest_s

    def admitted(
        self,
        endpoint: str,
        limits: Limits = LIMITS,
        *,
        work: Work,
        deadline: Deadline,
        priority: Priority = Priority.ANALYSIS,
    ) -> "Admission":
        """Wait for a slot and hold it: `async with pool.admitted(...) as ticket`.

        On entry raises `ModelOverloaded` where the queue is full or the call would not end by the deadline, said at
        once or as soon as it is known; `ModelResting` where the endpoint is left alone; `ModelTimeout` where the
        deadline passed. The slot is free again when the block is left, in whatever way: well after `ticket.done`, as
        a failure of its kind by a `ModelError`, and as nothing at all by a cancellation.
        """
        return Admission(self._lane(endpoint), limits, work, priority, deadline)

    def snapshot(self) -> dict[str, LaneState]:
        """Return how all lanes are."""
        now = self._now()
        return {endpoint: lane.state(now) for endpoint, lane in self._lanes.items()}

    def predicted(self, endpoint: str, work: Work) -> Prediction:
        """Return the times of a call that would have its slot now."""
        return self._lane(endpoint).state(self._now()).predicted(work)

    def prefer(self, endpoints: Sequence[str], work: Work) -> list[str]:
        """Return the endpoints of one model by least expected time, waiting included; the given order ends ties.

        One that rests comes last. Of one that was never asked the others' mean is expected, so that it gets its turn.
        """
        now = self._now()
        states = {endpoint: self._lane(endpoint).state(now) for endpoint in endpoints}
        known = [state.predicted(work).total_s for state in states.values() if state.calls]
        usual = sum(known) / len(known) if known else 0.0

        def expected_s(endpoint: str) -> tuple[bool, float]:
            state = states[endpoint]
            own = state.predicted(work).total_s if state.calls else usual
            return state.breaker == "open", max(state.wait_s, state.opens_again_in_s) + own

        return sorted(endpoints, key=expected_s)

    def pause(self, endpoint: str, seconds: float) -> None:
        """Send nothing to an endpoint for `seconds`, for example while it restarts; 0 ends the pause.

        Calls under way go on; those that wait stay where they can still end in time, else they are refused at once.
        """
        self._lane(endpoint).pause(seconds)

    def _lane(self, endpoint: str) -> Lane:
        lane = self._lanes.get(endpoint)
        if lane is None:
            lane = self._lanes[endpoint] = Lane(endpoint, self._now, self._rules)
        return lane


class Admission:
    """One way into a lane and out of it."""

    __slots__ = ("_asked", "_lane", "_ticket")

    def __init__(self, lane: Lane, limits: Limits, work: Work, priority: Priority, deadline: Deadline) -> None:
        self._lane = lane
        self._asked = (limits, work, priority, deadline)
        self._ticket: Ticket | None = None

    async def __aenter__(self) -> Ticket:
        """Wait for a slot."""
        outcome = self._lane.admit(*self._asked)
        self._ticket = outcome if isinstance(outcome, Ticket) else await self._lane.wait(outcome)
        return self._ticket

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the slot back."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._lane.end(ticket, error)
