"""The way to one endpoint: so many calls under way, so many that wait, and none that cannot end in time.

Everything happens between two awaits of one event loop, so there are no locks: a call is let in, queued or refused in
one step, and each end of a call hands its slot on in one step.
"""

import asyncio
from collections.abc import Callable
from math import inf

from models.deadline import Deadline
from models.errors import ModelError, ModelResting, ModelTimeout
from models.pool import refusals
from models.pool.breaker import BreakerRules
from models.pool.health import Health
from models.pool.limits import Limits
from models.pool.outlook import Outlook
from models.pool.prediction import Prediction
from models.pool.queue import Queue, Waiter
from models.pool.slots import Slots
from models.pool.state import LaneState
from models.pool.ticket import Ticket
from models.pool.work import Priority, Work

EARLY_S = 1e-3
"""How close to the last moment a call counts as late, seconds: timers fire a little early."""

FRESH_S = 0.005
"""How long the state of a lane is good for where nothing happened, seconds: a route looks at all lanes at once."""
AMPLE = 3.0
"""So many times what all that waits would take one after another: with so much time left nobody can be late."""


class Lane:
    """The slots and the queue of one endpoint. `now` is a clock that never goes backwards."""

    def __init__(self, endpoint: str, now: Callable[[], float], rules: BreakerRules) -> None:
        self.endpoint, self.now = endpoint, now
        self._slots, self._queue, self._health = Slots(now()), Queue(), Health(rules, now())
        self._outlook = Outlook(self._slots, self._queue, self._health)
        self._resuming = False
        self._kept: LaneState | None = None
        self._good_until = 0.0

    def admit(self, limits: Limits, work: Work, priority: Priority, deadline: Deadline) -> Ticket | Waiter:
        """Give a slot or a place in the queue.

        Raises `ModelOverloaded`, `ModelResting` or, where the deadline is past, `ModelTimeout`.
        """
        if limits != self._outlook.limits:
            self._outlook.limits = limits
            self._hand_on()
        now, left = self.now(), deadline.remaining()
        if left <= 0.0:
            raise ModelTimeout(self.endpoint, "turn", 0.0)
        if self._health.breaker.state(now) == "half-open":
            return self._probe(work, deadline, now)
        self._require_open(left, now)
        predicted = self._outlook.predicted(work)
        if self._outlook.is_free(now):
            if self._outlook.is_hopeless(predicted, left, now):
                raise refusals.too_long(self.endpoint, predicted, left)
            return self._begin(work, deadline, predicted, now)
        if (wait_s := self._outlook.unsure_wait_s(priority, predicted, left, now)) is not None:
            raise refusals.unsure(self.endpoint, wait_s, predicted, left)
        self._require_place(priority)
        return self._join(Waiter(work, priority, deadline, predicted, now))

    async def wait(self, waiter: Waiter) -> Ticket:
        """Return the ticket of a call that waits, or raise why there is none; whoever leaves gives up the place."""
        try:
            outcome = await waiter.future
        except asyncio.CancelledError:
            self._abandon(waiter)
            raise
        if isinstance(outcome, ModelError):
            raise outcome
        return outcome

    def end(self, ticket: Ticket, error: BaseException | None) -> None:
        """Take a slot back: the call ended with `error`, or well where it is done, or was left."""
        now = self.now()
        beside = self._slots.take(ticket, now)
        self._health.judge(ticket, error, now)
        self._health.learn(ticket, error, beside, now)
        self._hand_on()

    def pause(self, seconds: float) -> None:
        """Send nothing for `seconds`; 0 ends a pause."""
        self._health.pause_until(self.now() + seconds)
        self._hand_on()

    def state(self, now: float) -> LaneState:
        """Return how the lane is at `now`; where no call came or ended since, as it was up to `FRESH_S` ago."""
        if self._kept is None or now > self._good_until:
            under_way, waiting, wait_s = len(self._slots), len(self._queue), self._outlook.about_wait_s(now)
            breaker, opens_again = self._health.breaker.state(now), self._health.opens_again_in(now)
            self._good_until = now + FRESH_S if wait_s or opens_again else inf
            estimate, slots = self._health.estimate, self._outlook.limits.concurrency
            self._kept = LaneState(slots, under_way, waiting, breaker, opens_again, wait_s, estimate.calls, estimate)
        return self._kept

    # Who is let in

    def _probe(self, work: Work, deadline: Deadline, now: float) -> Ticket:
        """Let one call through, whatever is known of its time: only so an endpoint that is back is found."""
        breaker, pause = self._health.breaker, self._health.pause_left(now)
        if breaker.probing or pause or not self._outlook.has_slot():
            raise ModelResting(self.endpoint, pause or breaker.retry_after(now))
        breaker.probing = True
        return self._begin(work, deadline, self._outlook.predicted(work), now, probe=True)

    def _require_open(self, left: float, now: float) -> None:
        """Raise where nothing is sent before the deadline, or, by the breaker, now."""
        breaker, pause = self._health.breaker, self._health.pause_left(now)
        if breaker.state(now) != "closed":
            raise ModelResting(self.endpoint, breaker.retry_after(now))
        if pause >= left:
            raise ModelResting(self.endpoint, pause)

    def _require_place(self, priority: Priority) -> None:
        """Raise where the queue is full of calls as urgent as this one; else a less urgent one makes room."""
        most = self._outlook.limits.queue
        if len(self._queue) < most:
            return
        displaced = self._queue.last_below(priority) if most else None
        if displaced is None:
            raise refusals.full(self.endpoint, most)
        self._refuse(displaced, refusals.displaced(self.endpoint, most))

    # Who waits

    def _join(self, waiter: Waiter) -> Waiter:
        self._queue.add(waiter)
        self._kept = None
        self._set_timer(waiter)
        self._resume_later()
        if self._queue.last_below(waiter.priority) is not None:
            self._weed(self.now())  # those who are passed may be late now
        return waiter

    def _set_timer(self, waiter: Waiter) -> None:
        """Look again when the call could not end in time any more, did it begin then."""
        delay = max(0.0, waiter.deadline.remaining() - self._outlook.needed_s(waiter.predicted))
        waiter.timer = asyncio.get_running_loop().call_later(delay, self._time_is_up, waiter)

    def _time_is_up(self, waiter: Waiter) -> None:
        if (late := self._too_late(waiter, 0.0)) is None:
            self._set_timer(waiter)  # the clock of the deadline is behind that of the loop
        else:
            self._refuse(waiter, late)

    def _too_late(self, waiter: Waiter, wait_s: float) -> ModelError | None:
        """Return the error of a waiting call that cannot end in time, did it begin in `wait_s`."""
        left, waited = waiter.deadline.remaining(), self.now() - waiter.joined_s
        if left <= EARLY_S:
            return ModelTimeout(self.endpoint, "turn", waited)
        if wait_s + self._outlook.needed_s(waiter.predicted) + EARLY_S < left:
            return None
        return refusals.late(self.endpoint, waited, wait_s, left)

    def _refuse(self, waiter: Waiter, error: ModelError) -> None:
        self._queue.remove(waiter)
        self._kept = None
        waiter.end(error)

    def _abandon(self, waiter: Waiter) -> None:
        """Give up what a cancelled caller has: its place in the queue, or the slot that it was just given."""
        if waiter in self._queue:
            self._queue.remove(waiter)
            self._kept = None
            waiter.stop_timer()
        elif isinstance(ticket := waiter.outcome, Ticket):
            self.end(ticket, None)

    # Who is served

    def _begin(
        self, work: Work, deadline: Deadline, predicted: Prediction, now: float, *, probe: bool = False
    ) -> Ticket:
        ticket = Ticket(self, work, deadline, predicted, now, probe=probe)
        self._slots.put(ticket, now)
        self._kept = None
        return ticket

    def _hand_on(self) -> None:
        """Give free slots to those who wait, and refuse at once who cannot be served in time any more."""
        self._kept = None
        if not self._queue:
            return
        now, breaker = self.now(), self._health.breaker
        if breaker.state(now) != "closed":
            for waiter in list(self._queue):
                self._refuse(waiter, ModelResting(self.endpoint, breaker.retry_after(now)))
            return
        self._weed(now)
        while self._queue and self._outlook.has_slot() and not self._health.pause_left(now):
            self._serve(self._queue.pop(), now)
        self._resume_later()

    def _weed(self, now: float) -> None:
        """Refuse the waiting calls that will not get a slot in time, each as if those before it were served."""
        forecast = self._outlook.forecast(now)
        soonest_s = min(waiter.deadline.remaining() for waiter in self._queue)
        if soonest_s > AMPLE * (forecast.wait_s + self._queue.work_s):
            return
        for waiter in list(self._queue):
            waiter.predicted = self._outlook.predicted_in_turn(waiter.work)
            if (late := self._too_late(waiter, forecast.wait_s)) is None:
                forecast.put(waiter)
            else:
                self._refuse(waiter, late)

    def _serve(self, waiter: Waiter, now: float) -> None:
        """Begin a call that waited, where it still fits; with others behind it, it must be sure to."""
        if waiter.future.done():
            return  # cancelled in this very turn of the loop
        predicted, left = self._outlook.predicted(waiter.work), waiter.deadline.remaining()
        if self._outlook.needed_in_turn_s(predicted) > left:
            waiter.end(refusals.too_long(self.endpoint, predicted, left))
        else:
            waiter.end(self._begin(waiter.work, waiter.deadline, predicted, now))

    def _resume_later(self) -> None:
        """Look again when the pause is over, where calls wait for it."""
        pause = self._health.pause_left(self.now())
        if pause and self._queue and not self._resuming:
            self._resuming = True
            asyncio.get_running_loop().call_later(pause, self._resume)

    def _resume(self) -> None:
        self._resuming = False
        self._hand_on()
