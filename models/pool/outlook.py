"""What a lane expects: of a call that comes, and of those that wait."""

from models.pool.forecast import Forecast
from models.pool.health import Health
from models.pool.limits import Limits
from models.pool.prediction import Prediction
from models.pool.queue import Queue
from models.pool.slots import Slots
from models.pool.work import Priority, Work

SHORTEST_WAIT_S = 1e-3
"""What is said of a wait where all calls under way are overdue, seconds: it is not none."""


class Outlook:
    """Looks at slots, queue and health of one lane, and changes none of them."""

    __slots__ = ("_health", "_queue", "_slots", "limits")

    def __init__(self, slots: Slots, queue: Queue, health: Health) -> None:
        self._slots, self._queue, self._health = slots, queue, health
        self.limits = Limits()

    def has_slot(self) -> bool:
        """Tell whether one more call may be under way."""
        return len(self._slots) < self.limits.concurrency

    def is_free(self, now: float) -> bool:
        """Tell whether a call that comes may begin at once."""
        return self.has_slot() and not self._queue and not self._health.pause_left(now)

    def predicted(self, work: Work) -> Prediction:
        """Return the times of a call that begins beside those under way."""
        beside = min(len(self._slots), self.limits.concurrency - 1)
        return self._health.estimate.predicted(work, beside)

    def predicted_in_turn(self, work: Work) -> Prediction:
        """Return the times of a call that begins when others have ended, with all other slots taken."""
        return self._health.estimate.predicted(work, self.limits.concurrency - 1)

    def is_hopeless(self, predicted: Prediction, left_s: float, now: float) -> bool:
        """Tell whether a call that need not wait would more likely than not end too late."""
        return self._health.estimate.guesses and self._health.hoped_s(predicted, now) > left_s

    def unsure_wait_s(self, priority: Priority, predicted: Prediction, left_s: float, now: float) -> float | None:
        """Return the wait of a call that would end too late in more than one of 100 cases, None where it would not."""
        if not self._health.estimate.knows:
            return None
        forecast = self.forecast(now)
        for waiter in self._queue.ahead_of(priority):
            forecast.put(waiter)
        return forecast.wait_s if forecast.sure_end_s(predicted) > left_s else None

    def needed_s(self, predicted: Prediction) -> float:
        """Return the time without which a waiting call has no hope, 0 as long as nothing is known."""
        return predicted.total_s if self._health.estimate.guesses else 0.0

    def needed_in_turn_s(self, predicted: Prediction) -> float:
        """Return the time without which a call does not get its turn: where others wait behind it, it must be sure."""
        return predicted.sure_s if self._queue and self._health.estimate.knows else self.needed_s(predicted)

    def forecast(self, now: float) -> Forecast:
        """Return when the slots will be free."""
        slots = max(self.limits.concurrency, len(self._slots))
        return Forecast.of(self._slots, slots, now, self._health.pause_left(now))

    def about_wait_s(self, now: float) -> float:
        """Return the wait of a new call, without playing through who gets which slot."""
        pause = self._health.pause_left(now)
        if not self._queue and self.has_slot():
            return pause
        ends = [ticket.expected_end_s for ticket in self._slots]
        work = sum([end - now for end in ends if end > now], self._queue.work_s)
        return max(pause, work / self.limits.concurrency, SHORTEST_WAIT_S)
