"""Take the next rung of the ladder, and say why."""

from nodes.events import Emit, rung_event
from nodes.state import AdvisorState, AdvisorUpdate


async def fallback(state: AdvisorState, *, emit: Emit) -> AdvisorUpdate:
    """Return the receipt one rung further down; a cached text that did not hold has used up no rung."""
    receipt = state["receipt"]
    last = state["attempts"][-1] if state["attempts"] else None
    if last and last["endpoint"] == "cache":
        return {"receipt": receipt}
    rung = min(receipt["rung"] + 1, len(receipt["ladder"]) - 1)
    emit(rung_event(receipt["ladder"][rung], last["reason"] if last else ""))
    return {"receipt": {**receipt, "rung": rung}}
