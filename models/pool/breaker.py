"""Whether an endpoint is asked at all: it is left alone for a while once it failed too often.

Closed, it counts the ends of calls over a window of time and of number. Where the share of failures is too high, or
there were some in a row, it opens, and nothing is sent. After its rest it is half-open: exactly one call goes through.
Where that one ends well the breaker closes; where it fails the next rest is twice as long, up to a longest one that
keeps an endpoint that is back from being overlooked.
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from models.errors import (
    MalformedAnswer,
    ModelBusy,
    ModelFailed,
    ModelTimeout,
    ModelUnreachable,
    TruncatedAnswer,
)

State = Literal["closed", "open", "half-open"]

SICK = (ModelFailed, ModelUnreachable, ModelTimeout, MalformedAnswer, TruncatedAnswer)
BUSY = 0.5
"""What a refusal for load counts: the endpoint works, and more of them say that it takes nothing."""


@dataclass(frozen=True, slots=True)
class BreakerRules:
    """When a breaker opens, and for how long."""

    window_s: float = 60.0
    """How long the end of a call counts, seconds."""
    window_calls: int = 20
    """How many ends count, the last ones."""
    failure_share: float = 0.5
    """The share of failures at which it opens, 0 to 1."""
    least_failures: float = 3.0
    """It does not open for fewer, however large their share."""
    in_a_row: int = 3
    """So many failures with no good end between them open it, whatever came before: a hung model takes long to fail."""
    rest_s: float = 1.0
    """The first rest, seconds; each one after a failed probe is twice as long."""
    longest_rest_s: float = 15.0
    """The longest rest, seconds."""

    def __post_init__(self) -> None:
        times = min(self.window_s, self.rest_s) > 0 and self.rest_s <= self.longest_rest_s
        counts = 0 < self.least_failures <= self.window_calls and self.in_a_row > 0
        if not (times and counts and 0 < self.failure_share <= 1):
            raise ValueError(
                f"{self}: times and counts are above 0, rest_s is at most longest_rest_s, failure_share at most 1,"
                " least_failures at most window_calls"
            )


RULES = BreakerRules()


def weight(error: BaseException | None) -> float:
    """Return how much an end of a call says that the endpoint is sick, 0 to 1.

    Nothing at all where the request was bad, the key was wrong or the caller left; nor where the deadline ended an
    answer that was being written, which is for the prediction to learn from.
    """
    if isinstance(error, ModelBusy):
        return BUSY
    if isinstance(error, ModelTimeout) and error.waiting_for == END_OF_ANSWER:
        return 0.0
    return 1.0 if isinstance(error, SICK) else 0.0


END_OF_ANSWER = "end of its answer"
"""What `ModelTimeout` says it waited for where tokens still came."""


class Breaker:
    """The breaker of one endpoint. Every moment it is given comes from one clock that never goes backwards."""

    __slots__ = ("_ends", "_opened_at", "_rest_s", "_row", "_rules", "probing")

    def __init__(self, rules: BreakerRules = RULES) -> None:
        self._rules = rules
        self._ends = deque[tuple[float, float]](maxlen=rules.window_calls)
        self._opened_at: float | None = None
        self._rest_s, self._row = rules.rest_s, 0.0
        self.probing = False
        """Whether the one call of a half-open breaker is under way."""

    def state(self, now: float) -> State:
        """Return what it is at `now`."""
        if self._opened_at is None:
            return "closed"
        return "open" if self.rest_left(now) > 0 else "half-open"

    def rest_left(self, now: float) -> float:
        """Return the seconds until it is half-open, 0 where it is not open."""
        return 0.0 if self._opened_at is None else max(0.0, self._opened_at + self._rest_s - now)

    def retry_after(self, now: float) -> float:
        """Return the seconds after which to look again: the rest, or the first one while a probe is under way."""
        return self.rest_left(now) or self._rules.rest_s

    def succeeded(self, now: float, *, probe: bool) -> None:
        """Learn that a call ended well; a probe that did closes it."""
        if probe:
            self._close()
        elif self._opened_at is None:
            self._ends.append((now, 0.0))
            self._row = 0.0

    def failed(self, now: float, how_much: float, *, probe: bool) -> None:
        """Learn that a call failed; a probe that did opens it for longer, and enough others open it."""
        if probe:
            self._rest_s = min(self._rest_s * 2, self._rules.longest_rest_s)
            self._opened_at, self.probing = now, False
        elif self._opened_at is None:
            self._ends.append((now, how_much))
            self._row += how_much
            if self._too_many(now):
                self._opened_at = now

    def left(self, *, probe: bool) -> None:
        """Learn that a call ended without saying anything; after a probe that did the next call is the probe."""
        if probe:
            self.probing = False

    def _close(self) -> None:
        self._opened_at, self._rest_s, self.probing = None, self._rules.rest_s, False
        self._row = 0.0
        self._ends.clear()

    def _too_many(self, now: float) -> bool:
        if self._row >= self._rules.in_a_row:
            return True
        while self._ends and self._ends[0][0] < now - self._rules.window_s:
            self._ends.popleft()
        failures = sum(failure for _, failure in self._ends)
        return failures >= max(self._rules.least_failures, self._rules.failure_share * len(self._ends))
