"""A prompt as pieces: each text with where it comes from, so that a label is computed and never claimed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from privacy.labels import Label


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a prompt, and what is known of its origin."""

    text: str
    source: str
    """A source of the policy: `question`, `tool.energy`, `memory.episode`. One that is unknown is RESTRICTED."""
    label: Label = Label.PUBLIC
    """The label that this very piece carries. It can only raise the one of its source."""
    claim: str = ""
    """The fingerprint of a fact that may have been declassified; see `Declassifier`."""
    figure: str = ""
    """The amount in the text that is the fact's own. Where its claim holds, detectors need not judge it again: a sum of
    a year looks to them like a reading of an hour."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt: its pieces, one a line."""

    role: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return what the model would read."""
        return "\n".join(p.text for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What somebody wants to send, and where."""

    messages: tuple[Message, ...]
    label: Label
    """The label of the run. It can only raise what the gate finds itself."""
    destination: str
    conversation: str = ""
    tenant: str = "local"
    asker: str = ""
    """Who asked. The audit log holds a keyed digest of it."""
    model: str = ""
    """The model at the destination, as its provider names it."""
    temperature: float = 0.2
    max_tokens: int = 256
    schema: Mapping[str, Any] | None = field(default=None)


def texts(messages: Iterable[Message]) -> tuple[tuple[str, str], ...]:
    """Return messages as (role, text)."""
    return tuple((m.role, m.text) for m in messages)
