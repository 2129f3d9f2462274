"""The answer as others read it: one plain JSON object, the same from the command line and from Python."""

from typing import Any

from nodes.rungs import CACHE
from nodes.state import Answer, Classification


def answer_json(state: Answer, thread_id: str, extra_ms: dict[str, float]) -> dict[str, Any]:
    """Return a finished run as JSON values. Its fields are promised to outside readers: add, never rename."""
    problem, kind = state.get("problem"), state["classification"]
    return {
        "status": problem["status"] if problem else "answered",
        "reason": problem["reason"] if problem else "",
        "question": state["question"],
        "headline": state["headline"],
        "analysis": state["analysis"],
        "answer": state["answer"],
        "evidence": [e.as_json() for e in state["evidence"]],
        "notes": list(state["notes"]),
        "pages": list(state["pages"]),
        "classification": classification_json(kind),
        "receipt": dict(state["receipt"]),
        "usage": dict(state["usage"]),
        "verification": dict(state["verification"]),
        "cached": state["receipt"].get("chosen") == CACHE,
        "timings_ms": {**state["timings_ms"], **extra_ms},
        "thread_id": thread_id,
    }


def classification_json(kind: Classification) -> dict[str, Any]:
    """Return what a question was read as, as JSON values."""
    return {**kind, "queries": [q.model_dump(mode="json") for q in kind["queries"]]}


def fault_json(question: object, reason: str, thread_id: str) -> dict[str, Any]:
    """Return the object of a run that broke: the same fields, status `error`, the reason with its remedy."""
    return {
        "status": "error",
        "reason": reason,
        "question": question if isinstance(question, str) else repr(question),
        "headline": "",
        "analysis": "",
        "answer": reason,
        "evidence": [],
        "notes": [],
        "pages": [],
        "classification": _nothing_read(),
        "receipt": _nothing_routed(),
        "usage": {"tokens_in": 0, "tokens_out": 0, "estimated": False, "cost": 0.0},
        "verification": {"checked": 0, "kept": 0, "dropped": []},
        "cached": False,
        "timings_ms": {},
        "thread_id": thread_id,
    }


def _nothing_read() -> dict[str, Any]:
    return {
        "intent": "unclear",
        "queries": [],
        "complexity": "low",
        "language": "en",
        "by": "grammar",
        "ignored": [],
        "assumed": [],
    }


def _nothing_routed() -> dict[str, Any]:
    return {
        "label": "RESTRICTED",
        "profile": "",
        "reason": "",
        "ladder": [],
        "rung": 0,
        "chosen": None,
        "config": "",
        "cloud": [],
        "attempts": [],
        "cost": 0.0,
        "notes": [],
        "strategy": "",
        "question_id": "",
        "routes": [],
    }
