"""What a caller says of a call before it is made: how large it is, and how urgent."""

from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """How urgent a call is. Lower is sooner."""

    COORDINATION = 0
    """A step that others wait for: a classification, a route."""
    ANALYSIS = 1
    """An answer that a person reads while it is written."""
    BATCH = 2
    """Work that nobody looks at now."""


@dataclass(frozen=True, slots=True)
class Work:
    """The estimated size of a call."""

    tokens_in: int
    """Length of the prompt, tokens."""
    tokens_out: int
    """Longest answer, tokens; the lane learns how much of it is used."""

    def __post_init__(self) -> None:
        if self.tokens_in < 0 or self.tokens_out < 0:
            raise ValueError(f"{self} has a negative count; give the estimated tokens of prompt and answer, 0 or more")
