"""Which calls are under way at which model, and when each model last gave a sign of life.

A model whose queue is long answers no probe in time and is well all the same: its tokens show it. And one that reads a
long prompt is silent for as long as that takes, which the caller can tell beforehand.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

QUIET_S = 1.5
"""How long a model that is asked may be silent before it is looked at, seconds: 7B models on a CPU write 5 tokens/s."""


@dataclass(eq=False, slots=True)
class Call:
    """One call under way."""

    model: str
    clock: Callable[[], float] = field(repr=False)
    quiet_until_s: float
    """When its first token should have come, on `clock`."""
    begun_s: float
    spoke_s: float | None = None

    def spoke(self) -> None:
        """Note that something of the answer came."""
        self.spoke_s = self.clock()


class Traffic:
    """The calls under way at one host."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[Call, None] = {}
        self._signs: dict[str, float] = {}
        self._doubted_s = float("-inf")

    @contextmanager
    def call(self, model: str, *, first_token_s: float = 0.0) -> Iterator[Call]:
        """Count a call while it is under way; `first_token_s` is how long its prompt may take to be read, seconds."""
        now = self._clock()
        call = Call(model, self._clock, now + max(QUIET_S, first_token_s), now)
        self._calls[call] = None
        try:
            yield call
        finally:
            del self._calls[call]
            if call.spoke_s is not None:
                self._signs[model] = max(call.spoke_s, self._signs.get(model, call.spoke_s))

    def in_flight(self, model: str) -> int:
        """Return how many calls are under way at a model."""
        return sum(call.model == model for call in self._calls)

    def last_token_s(self, model: str) -> float | None:
        """Return when a token of the model last came, on the clock; None where none has."""
        spoken = [call.spoke_s for call in self._calls if call.model == model and call.spoke_s is not None]
        kept = self._signs.get(model)
        return max([*spoken, *([] if kept is None else [kept])], default=None)

    def silent_s(self, model: str) -> float:
        """Return for how long calls have been under way without a sign of life, seconds; 0 where none is."""
        begun = min((call.begun_s for call in self._calls if call.model == model), default=None)
        if begun is None:
            return 0.0
        last = self.last_token_s(model)
        return max(0.0, self._clock() - (begun if last is None else max(begun, last)))

    def flows(self, model: str, within_s: float = QUIET_S) -> bool:
        """Tell whether a token of the model came within the last `within_s`, whoever waits besides."""
        last = self.last_token_s(model)
        return last is not None and last > self._doubted_s and self._clock() - last < within_s

    def doubt(self) -> None:
        """Take no token until now as a sign that the host is well: a call has just failed."""
        self._doubted_s = self._clock()

    def may_be_quiet(self, model: str) -> bool:
        """Tell whether some call's prompt may still be being read, so that silence says nothing yet."""
        now = self._clock()
        return any(c.model == model and c.spoke_s is None and now < c.quiet_until_s for c in self._calls)

    def forget(self, model: str) -> None:
        """Forget when a model last spoke: it is loaded anew."""
        self._signs.pop(model, None)
