"""What a model sends back: pieces of text, then what they cost.

Tokens are counted by the server that read and wrote them. Where it sends no count they are estimated from characters
and marked so, because tokenizer packages download their tables.
"""

import time
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

Finish = Literal["stop", "length"]

DIGITS = b"0123456789"
MARKS = bytes(range(33, 48)) + bytes(range(58, 65)) + bytes(range(91, 97)) + bytes(range(123, 127))
TOKENS_PER_DIGIT, TOKENS_PER_MARK, TOKENS_PER_LETTER, TOKENS_PER_OTHER = 1.1, 0.8, 0.22, 1.7
"""Measured with the tokenizer of SmolLM2, which like Qwen's reads figures digit by digit. On lines of evidence, tables,
JSON and English prose the estimate is within 20 % of the count; other languages run to more tokens than it says."""


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
    at: float = field(default_factory=time.perf_counter)
    """When it came, however late it is read; seconds of `time.perf_counter`."""


def estimate_tokens(text: str) -> int:
    """Return about how many tokens `text` is, rounded up."""
    ascii_ = text.encode("ascii", "ignore")
    other = len(text) - len(ascii_)
    digits = len(ascii_) - len(ascii_.translate(None, DIGITS))
    marks = len(ascii_) - len(ascii_.translate(None, MARKS))
    letters = len(ascii_) - digits - marks
    return ceil(
        digits * TOKENS_PER_DIGIT + marks * TOKENS_PER_MARK + letters * TOKENS_PER_LETTER + other * TOKENS_PER_OTHER
    )
