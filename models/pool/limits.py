"""How much one endpoint takes at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a lane holds: calls under way, and calls that wait."""

    concurrency: int = 1
    """Calls under way at once; as many as the server has slots."""
    queue: int = 32
    """Calls that may wait; 0 lets none wait."""

    def __post_init__(self) -> None:
        if self.concurrency < 1 or self.queue < 0:
            raise ValueError(f"{self}: concurrency is 1 or more, queue 0 or more")
