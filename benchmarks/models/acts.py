"""What an upstream does with a request, in full or amiss."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Answering:
    """The whole answer, streamed where that is asked for; with something set, not quite."""

    first_after_s: float = 0.0
    """From the headers to the first token."""
    cut_after: int | None = None
    """Break the connection after so many tokens."""
    stall_after: int | None = None
    """Say nothing more after so many tokens, and close after `stall_s`."""
    stall_s: float = 30.0
    malformed_event: int | None = None
    """Which event is one too many, and no JSON."""
    done: bool = True
    """Whether the mark `[DONE]` ends the stream."""


@dataclass(frozen=True)
class Refusing:
    """A status with an error of OpenAI's form."""

    status: int
    message: str
    kind: str
    code: str | None = None
    retry_after_s: int | None = None


@dataclass(frozen=True)
class Resetting:
    """A reset of the connection before any byte of an answer."""


@dataclass(frozen=True)
class Silent:
    """A request taken, and nothing said."""

    for_s: float


Act = Answering | Refusing | Resetting | Silent
Behaviour = Callable[[int, float], Act]
"""What to do with a try, by its number from 1 and the seconds since `begin`."""

PREFILL_REFUSED = Refusing(
    400,
    "This model does not support assistant message prefill. The conversation must end with a user message.",
    "invalid_request_error",
)


def healthy(_number: int, _at_s: float) -> Act:
    """Answer in full."""
    return Answering()


@dataclass
class Try:
    """One request as the upstream saw it."""

    at_s: float
    """Since `begin`."""
    size: int
    """Bytes of its body."""
    did: str
    """What was done with it."""
    whole: bool = False
    """Whether a whole answer was sent."""
