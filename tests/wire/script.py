"""What a fake model server does with a request. A script is a list of these; the last one is repeated."""

import re
from dataclasses import dataclass, field
from typing import Literal

TEXT = "The building used more electricity in winter."

Reason = Literal["", "context", "filter", "quota", "key", "size", "memory"]
"""What a provider gives as the cause of a refusal; "" is what goes with the status."""


def tokens(text: str) -> list[str]:
    """Split a text as a model would send it: words with the space before them."""
    return re.findall(r"\s*\S+", text)


@dataclass(frozen=True)
class Say:
    """Answer in full."""

    text: str = TEXT
    finish: str = "stop"
    usage: tuple[int, int] | None = (42, 7)
    """Tokens in and out as the server counts them; None sends no counts."""
    cached: int = 0
    """Of the tokens in, those that it had read before."""
    trickle: bool = False
    """Send the same bytes one at a time."""
    packed: bool = False
    """Send it as gzip."""
    delay_s: float = 0.0
    """Seconds of silence before the first byte."""
    end: Literal["marked", "unmarked", "broken", "open"] = "marked"
    """What follows the last message: the protocol's mark of the end; nothing; nothing, and the connection breaks; or
    nothing, and the connection stays open until the client goes away."""
    model: str | None = None
    """The name that it answers under; None is the usual one."""
    content_type: str | None = None
    """Said instead of the right one."""


@dataclass(frozen=True)
class Call:
    """Answer with a call of a tool."""

    name: str = "switch"
    arguments: dict[str, object] = field(default_factory=lambda: {"point": "AHU-1"})


@dataclass(frozen=True)
class Hang:
    """Send some tokens, then nothing, until the client goes away."""

    after: int = 0
    text: str = TEXT
    mute: bool = False
    """Whether not even the head of an answer is sent."""


@dataclass(frozen=True)
class Cut:
    """Send some tokens, then close."""

    after: int = 2
    clean: bool = False
    """Whether the body ends as HTTP wants it; else the connection breaks in the middle of it."""
    torn: bool = False
    """Whether half a message comes before the end."""
    text: str = TEXT


@dataclass(frozen=True)
class Break:
    """Send some tokens, then an error inside the stream, as a server does whose model died."""

    after: int = 2
    said: str = "an error was encountered while running the model: unexpected EOF"
    text: str = TEXT
    code: int = 500
    reason: Reason = ""


@dataclass(frozen=True)
class Spoil:
    """Answer in full, with a line between two tokens that is not the protocol."""

    after: int = 2
    text: str = TEXT


@dataclass(frozen=True)
class Blank:
    """Answer with messages that hold no choice, and with no last one."""


@dataclass(frozen=True)
class Block:
    """Say that the prompt is not answered, with status 200 and no answer: Gemini's way."""


@dataclass(frozen=True)
class Garbage:
    """Answer with status 200 and bytes that are not the protocol."""

    body: bytes = b"<html>It works!</html>\n"
    content_type: str | None = None
    """None is that of the protocol."""


@dataclass(frozen=True)
class Status:
    """Refuse with a status."""

    code: int
    said: str = "refused"
    headers: dict[str, str] = field(default_factory=dict)
    reason: Reason = ""


Act = Say | Call | Hang | Cut | Break | Spoil | Blank | Block | Garbage | Status
