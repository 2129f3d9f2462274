"""How long a call will take, as far as is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """The times of one call, once it has a slot, in seconds."""

    ttft_s: float
    """To the first text: half of all calls are sooner."""
    total_s: float
    """To the end of the answer: half of all calls are sooner."""
    low_s: float
    high_s: float
    """Between both ends nine of ten calls."""
    ttft_high_s: float
    """By when nineteen of twenty calls have given their first text; later than that, a hedge may ask elsewhere."""

    @property
    def sure_s(self) -> float:
        """Return by when 99 of 100 calls end: the spread to the 95th, stretched as a log-normal's tail is."""
        return float(self.total_s * (self.high_s / self.total_s) ** STRETCH)


STRETCH = 2.33 / 1.645
"""Standard deviations to the 99th percentile over those to the 95th."""
