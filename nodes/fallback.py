"""Take the next rung of the ladder, and say why."""

from models.errors import ContentFiltered
from nodes.events import Emit, rung_event
from nodes.state import AdvisorState, AdvisorUpdate

FILTERED = ContentFiltered.__name__


async def fallback(state: AdvisorState, *, emit: Emit) -> AdvisorUpdate:
    """Return the receipt one rung further down; a cached text that did not hold has used up no rung."""
    receipt = state["receipt"]
    last = state["attempts"][-1] if state["attempts"] else None
    if last and last["endpoint"] == "cache":
        return {"receipt": receipt}
    rung = min(receipt["rung"] + 1, len(receipt["ladder"]) - 1)
    if last and last.get("error") == FILTERED:
        # What one provider's rules forbid is not offered to the next.
        rung = next(n for n in range(rung, len(receipt["ladder"])) if receipt["ladder"][n] not in receipt["cloud"])
    emit(rung_event(receipt["ladder"][rung], last["reason"] if last else ""))
    return {"receipt": {**receipt, "rung": rung}}
