"""Whether a model is fast enough on this machine: the owners' targets, judged by what was measured."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from models.matrix.call import Call, Task
from models.matrix.intervals import percentile, wilson
from models.roles import Role

LEAST_RUNS = 5
"""Of fewer runs nothing is said of 90 %."""


@dataclass(frozen=True, slots=True)
class Target:
    """A share of the calls of a task is to end within so many seconds."""

    task: Task
    role: Role
    seconds: float
    share: float
    words: str


TARGETS = (
    Target("analysis", "analyst", 2.0, 0.9, "an analysis within 2 s for 90 %"),
    Target("classification", "coordinator", 1.0, 0.9, "a coordination step within 1 s for 90 %"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target and one model. `met` is None where too few calls were made to say."""

    model: str
    target: Target
    met: bool | None
    runs: int
    within: int
    low: float
    high: float
    """The 95 % interval of the share that ends in time."""
    reached_s: float | None
    """Within so many seconds the share of calls ended, None where too many ended in an error."""

    @property
    def words(self) -> str:
        """Return it in one line: `met: p90 1.4 s, 12 of 12 within 2 s (...)`."""
        if self.met is None:
            return f"not judged: {self.runs} runs, {LEAST_RUNS} are the least"
        percent = f"p{100 * self.target.share:g}"
        reached = f"{percent} {self.reached_s:.1f} s" if self.reached_s is not None else f"{percent} ended in an error"
        counted = f"{self.within} of {self.runs} within {self.target.seconds:g} s"
        interval = f"{100 * self.low:.0f} to {100 * self.high:.0f} % at 95 % confidence"
        return f"{'met' if self.met else 'missed'}: {reached}, {counted} ({interval})"


def judge(model: str, target: Target, calls: Iterable[Call]) -> Verdict:
    """Return whether the model's calls meet the target; one that ended in an error was never in time."""
    own = [c for c in calls if c.model == model and c.task == target.task]
    times = [math.inf if c.failure else c.total_ms / 1000 for c in own]
    within = sum(t <= target.seconds for t in times)
    reached = percentile(times, 100 * target.share)
    low, high = wilson(within, len(own))
    met = None if len(own) < LEAST_RUNS else reached is not None and reached <= target.seconds
    known = reached if reached is not None and math.isfinite(reached) else None
    return Verdict(model, target, met, len(own), within, low, high, known)
