"""How a lane is, frozen: for a route, a receipt, a page."""

from dataclasses import dataclass

from models.pool.breaker import State
from models.pool.latency import Estimate
from models.pool.prediction import Prediction
from models.pool.work import Work


@dataclass(frozen=True, slots=True)
class LaneState:
    """A lane at one moment: plain values that stay as they are (`dataclasses.asdict` is JSON)."""

    slots: int
    """Calls that may be under way at once."""
    in_flight: int
    waiting: int
    breaker: State
    opens_again_in_s: float
    """Until something is sent again, seconds: the breaker's rest, or the pause that the endpoint asked for."""
    wait_s: float
    """How long a new call would wait for a slot, about, seconds."""
    calls: int
    """Calls that ended well, ever."""
    estimate: Estimate

    def predicted(self, work: Work) -> Prediction:
        """Return the times of a call of this size from its slot on; `wait_s` comes before it."""
        return self.estimate.predicted(work, min(self.in_flight, self.slots - 1))
