"""What a fake model server does with a request. A script is a list of these; the last one is repeated."""

import re
from dataclasses import dataclass, field

TEXT = "The building used more electricity in winter."


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
    trickle: bool = False
    """Send the same bytes one at a time."""


@dataclass(frozen=True)
class Hang:
    """Send some tokens, then nothing, until the client goes away."""

    after: int = 0
    text: str = TEXT


@dataclass(frozen=True)
class Cut:
    """Send some tokens, then close."""

    after: int = 2
    clean: bool = False
    """Whether the body ends as HTTP wants it; else the connection breaks in the middle of it."""
    text: str = TEXT


@dataclass(frozen=True)
class Break:
    """Send some tokens, then an error inside the stream, as a server does whose model died."""

    after: int = 2
    said: str = "an error was encountered while running the model: unexpected EOF"
    text: str = TEXT


@dataclass(frozen=True)
class Garbage:
    """Answer with status 200 and bytes that are not the protocol."""

    body: bytes = b"<html>It works!</html>\n"


@dataclass(frozen=True)
class Status:
    """Refuse with a status."""

    code: int
    said: str = "refused"
    headers: dict[str, str] = field(default_factory=dict)


Act = Say | Hang | Cut | Break | Garbage | Status
