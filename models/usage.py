"""What a model sends back: pieces of text, then what they cost.

Tokens are counted by the server that read and wrote them. Where it sends no count they are estimated from characters
and marked so, because tokenizer packages download their tables.
"""

from dataclasses import dataclass
from math import ceil
from typing import Literal

Finish = Literal["stop", "length"]

CHARS_PER_TOKEN = 3.0
"""Measured on prompts of figures and units; digits make it lower than the four of plain English."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of one call."""

    tokens_in: int
    tokens_out: int
    estimated: bool
    """Whether the counts come from characters instead of from the server."""
    ttft_ms: float
    """From the request to the first text, milliseconds."""
    duration_ms: float
    """From the request to the end of the stream, milliseconds."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer. The last one of a stream, and only it, has `finish` and `usage`."""

    text: str
    finish: Finish | None = None
    """`length` where the model was stopped at `max_tokens`."""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one message of a server says, whichever protocol it spoke."""

    text: str = ""
    finish: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None


def estimate_tokens(text: str) -> int:
    """Return about how many tokens `text` is, rounded up."""
    return ceil(len(text) / CHARS_PER_TOKEN)
