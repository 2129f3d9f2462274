"""Take the next rung of the ladder, and say why."""

from models.errors import ContentFiltered
from nodes.events import Emit, rung_event
from nodes.rungs import CACHE, cut_off, denied
from nodes.state import AdvisorState, AdvisorUpdate, Receipt
from privacy.labels import Label

FILTERED = ContentFiltered.__name__


async def fallback(state: AdvisorState, *, emit: Emit) -> AdvisorUpdate:
    """Return the receipt at the next rung that may be asked; a cached text that did not hold has used up no rung.

    A label that has risen since the ladder was made cuts clouds off, and so do the rules of a provider: what one
    forbids is not offered to the next.
    """
    receipt, attempts, label = state["receipt"], state["attempts"], state.get("label", Label.RESTRICTED)
    last = attempts[-1] if attempts else None
    of_cache = last is not None and last["endpoint"] == CACHE
    rung = receipt["rung"] if of_cache else receipt["rung"] + 1
    filtered = any(a.get("error") == FILTERED for a in attempts)
    passed, notes = [], []
    for endpoint in receipt["ladder"][rung:-1]:
        if why := cut_off(receipt, endpoint, label):
            passed.append(denied(endpoint, why))
            notes.append(f"{endpoint} cut off: {why}")
        elif not (filtered and endpoint in receipt["cloud"]):
            break
        rung += 1
    rung = min(rung, len(receipt["ladder"]) - 1)
    if not of_cache or passed:
        emit(rung_event(receipt["ladder"][rung], last["reason"] if last else ""))
    noted: Receipt = {**receipt, "rung": rung, "notes": [*receipt.get("notes", []), *notes]}
    return {"receipt": noted, "attempts": [*attempts, *passed]}
