"""A memory, and how it lies in the store: one item, its text for the search and the rest beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, Literal, get_args

from privacy.labels import Label, join

Kind = Literal["episode", "fact", "procedure"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FOUND_BY_MEANING: Final[tuple[Kind, ...]] = ("episode", "fact")
"""A reading of a phrasing is looked up by the phrasing itself and never by nearness."""
BY_MEANING: Final = ("found",)
"""The namespace in which those lie, so that one search finds them all."""
MAX_TEXT_CHARS = 4_000  # more than a prompt has room for
ID_CHARS = 12
LETTERS: Final[dict[Kind, str]] = {"episode": "m", "fact": "f", "procedure": "p"}
"""How ids begin. `e` is for evidence, `r` for runs, `t` for what was told."""


@dataclass(frozen=True)
class Memory:
    """One thing remembered.

    `about` is what it tells something of: another memory of the same kind about the same takes its place. `version` is
    that of the data it rests on, so that what came from older data never takes the place of what came from newer.
    Times have a zone. `id` follows from kind and `about` where none is given. `details` is JSON.
    """

    text: str
    label: Label
    kind: Kind
    buildings: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    id: str = ""
    about: str = ""
    source: str = ""
    confidence: float = 1.0
    version: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if any(at is not None and at.tzinfo is None for at in (self.created_at, self.expires_at)):
            raise ValueError("the times of a memory need a zone")

    @property
    def key(self) -> str:
        """Return the id, which is that of what it is about where none was given."""
        return self.id or id_of(self.kind, self.about or self.text)

    def lives_at(self, now: datetime) -> bool:
        """Tell whether it has not expired."""
        return self.expires_at is None or self.expires_at > now


def id_of(kind: Kind, about: str) -> str:
    """Return the id of what is remembered about something: a letter for its kind, then hexadecimal digits."""
    return LETTERS[kind] + sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:ID_CHARS]


def namespace_of(kind: Kind) -> tuple[str, ...]:
    """Return where memories of a kind lie in the store of a tenant."""
    return (*BY_MEANING, f"{kind}s") if kind in FOUND_BY_MEANING else (f"{kind}s",)


def cleaned(memory: Memory) -> Memory:
    """Return a memory that can be kept, with its id: its text cut where too long, half a surrogate pair replaced."""
    text = memory.text[:MAX_TEXT_CHARS].encode("utf-8", "replace").decode()
    return replace(memory, text=text, id=memory.key)


def merged(new: Memory, before: Memory | None) -> Memory:
    """Return what is to be kept where `before` lies: the one that rests on newer data, then the one told later.

    Its label is the higher of both: it can only rise. `details` of both join, those of the kept one over the other.
    """
    if before is None:
        return new
    is_older = (new.version, new.created_at) < (before.version, before.created_at)
    kept, other = (before, new) if is_older else (new, before)
    return replace(kept, label=join(new.label, before.label), details={**other.details, **kept.details})


def as_value(memory: Memory) -> dict[str, Any]:
    """Return a memory as the value of an item."""
    return {
        "text": memory.text,
        "label": memory.label.name,
        "kind": memory.kind,
        "buildings": list(memory.buildings),
        "created_at": memory.created_at.isoformat(),
        "expires_at": memory.expires_at.isoformat() if memory.expires_at else None,
        "about": memory.about,
        "source": memory.source,
        "confidence": memory.confidence,
        "version": memory.version,
        "details": dict(memory.details),
    }


def memory_of(key: str, value: Mapping[str, Any]) -> Memory:
    """Return the memory that an item is."""
    expires_at = value["expires_at"]
    return Memory(
        text=value["text"],
        label=Label[value["label"]],
        kind=value["kind"],
        buildings=tuple(value["buildings"]),
        created_at=datetime.fromisoformat(value["created_at"]),
        expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
        id=key,
        about=value["about"],
        source=value["source"],
        confidence=value["confidence"],
        version=value["version"],
        details=value["details"],
    )


def minutes_left(memory: Memory, now: datetime | None = None) -> float | None:
    """Return its time to live in minutes, as a store takes it; None for ever."""
    if memory.expires_at is None:
        return None
    return (memory.expires_at - (now or datetime.now(UTC))).total_seconds() / 60
