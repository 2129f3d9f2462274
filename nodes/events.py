"""What a run tells while it goes: facts first, then each verified sentence. Nothing told is ever taken back."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from langgraph.config import get_stream_writer

from nodes.state import AdvisorUpdate

Emit = Callable[[dict[str, Any]], None]


def emit(event: dict[str, Any]) -> None:
    """Send an event to whoever streams the run; nobody is fine too."""
    get_stream_writer()(event)


def facts_event(found: AdvisorUpdate) -> dict[str, Any]:
    """Return the event that carries headline, evidence and charts."""
    return {
        "event": "facts",
        "headline": found["headline"],
        "evidence": [e.as_json() for e in found["evidence"]],
        "charts": [asdict(c) | {"label": c.label.name} for c in found["charts"]],
        "notes": found["notes"],
    }


def sentence_event(sentence: str) -> dict[str, Any]:
    """Return the event of one sentence of the analysis that may be shown."""
    return {"event": "sentence", "text": sentence}


def rung_event(endpoint: str, reason: str = "") -> dict[str, Any]:
    """Return the event of a rung being taken, with the reason where another failed."""
    return {"event": "rung", "endpoint": endpoint, "reason": reason}
