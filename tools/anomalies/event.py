"""What is found: an event with its kind, its hours, its size in kWh, a score, and words."""

from dataclasses import dataclass
from typing import Literal

from tools.clock import LocalClock

Kind = Literal["level_shift", "spike", "stuck", "zero_run", "missing", "schedule_drift", "unusual_day"]
KINDS: tuple[Kind, ...] = ("level_shift", "spike", "stuck", "zero_run", "missing", "schedule_drift", "unusual_day")


@dataclass(frozen=True, slots=True)
class Event:
    """Hours `first` to `end` (excluded) of a series that are not as they should be.

    `kwh`: use less what was to be expected, so negative where too little was metered; of a zero run or missing hours
    minus what was probably used. `score`: how far beyond its kind's threshold, 1 at the threshold; comparable within a
    kind.
    """

    kind: Kind
    first: int
    end: int
    kwh: float
    score: float
    words: str

    @property
    def hours(self) -> int:
        """Return how long it lasts."""
        return self.end - self.first

    def overlaps(self, first: int, end: int) -> bool:
        """Tell whether it has an hour in common with [first, end)."""
        return self.first < end and first < self.end


def local_time(clock: LocalClock, index: int) -> str:
    """Write the local time of an hour: 2019-03-14 07:00."""
    return str(clock.local[index].astype("M8[m]")).replace("T", " ")
