"""What is remembered as a person reads it, whichever store it lies in, and what of it was forgotten."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from memory.agent_memory import Kind, Memory
from memory.told import Forgotten, ToldRow


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing remembered, whichever store it lies in. `state`: what a reader should know before relying on it."""

    id: str
    kind: Kind
    text: str
    buildings: tuple[str, ...]
    label: str
    source: str
    confidence: float
    at: datetime
    until: datetime | date | None
    state: str
    nearness: float | None = None


@dataclass(slots=True)
class Gone:
    """What was forgotten: what was remembered, effects on buildings in words, and how much in the other stores.

    `left`: what could not be forgotten, with the remedy.
    """

    remembered: list[Remembered] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    conversations: int = 0
    answers: int = 0
    shapes: list[str] = field(default_factory=list)
    runs: int = 0
    runs_kept: int = 0
    left: list[str] = field(default_factory=list)


def is_about(state: dict[str, Any], building: str) -> bool:
    """Tell whether the state of a conversation names a building in its words or has it in its facts and queries."""
    facts = [b for e in state.get("evidence") or () for b in e.buildings]
    previous = state.get("previous")
    asked = [*previous.buildings, *previous.against_buildings] if previous else []
    said = [str(state.get(name) or "") for name in ("question", "headline", "analysis", "answer")]
    said += [one["text"] for one in state.get("recalled") or ()]
    words = {word.strip(".,;:!?()'\"").lower() for text in said for word in text.split()}
    return building in {*facts, *asked, *words}


def of_memory(memory: Memory, nearness: float | None = None) -> Remembered:
    """Return what lies in agent memory as a person reads it."""
    on_trial = memory.kind == "procedure" and memory.confidence < 1
    return Remembered(
        id=memory.key,
        kind=memory.kind,
        text=memory.text,
        buildings=memory.buildings,
        label=memory.label.name,
        source=memory.source,
        confidence=memory.confidence,
        at=memory.created_at,
        until=memory.expires_at,
        state="on trial" if on_trial else "",
        nearness=nearness,
    )


def of_row(row: ToldRow, nearness: float | None = None) -> Remembered:
    """Return a told fact as a person reads it, and whether it holds."""
    state = f"superseded by {row.superseded_by}" if row.superseded_by else ""
    if not state and row.is_over(datetime.now(UTC).date()):
        state = "over"
    fact = row.fact
    return Remembered(
        id=fact.id,
        kind="fact",
        text=fact.text,
        buildings=(fact.building,),
        label=fact.label.name,
        source=fact.who,
        confidence=fact.confidence,
        at=fact.told_at,
        until=fact.end,
        state=state,
        nearness=nearness,
    )


def of_forgotten(forgotten: Forgotten) -> Remembered:
    """Return a told fact that is forgotten."""
    return of_row(ToldRow(forgotten.fact, None, 1, None, None, None))
