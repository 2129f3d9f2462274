"""Keep what the turn was worth, and close its receipt. Failure here never costs the user the answer."""

from typing import Protocol

from nodes.route import REPORT
from nodes.state import AdvisorState, AdvisorUpdate
from nodes.verify import is_verified


class Keeper(Protocol):
    """What keeps a finished turn: ledger, evidence, agent memory, response cache."""

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep the turn; return a note for each part that could not be kept in time. Never raises."""
        ...


async def remember(state: AdvisorState, *, keeper: Keeper) -> AdvisorUpdate:
    """Return the answer as one text and the closed receipt; what could not be kept is noted in it."""
    closed = close(state)
    notes = await keeper.keep({**state, **closed})
    if notes:
        closed["receipt"] = {**closed["receipt"], "notes": [*closed["receipt"].get("notes", []), *notes]}
    return closed


def close(state: AdvisorState) -> AdvisorUpdate:
    """Return the answer and the receipt of a turn that is over."""
    problem = state.get("problem")
    said = [state["headline"], state.get("analysis", "")]
    receipt = state.get("receipt") or {
        "label": state["label"].name,
        "profile": "",
        "reason": "no route was needed",
        "ladder": [],
        "rung": 0,
        "chosen": None,
        "config": "",
        "cloud": [],
    }
    wrote = state["attempts"][-1]["endpoint"] if is_verified(state) else REPORT
    return {
        "answer": problem["reason"] if problem else "\n\n".join(filter(None, said)),
        "receipt": {
            **receipt,
            "label": state["label"].name,
            "chosen": None if problem else wrote,
            "attempts": state["attempts"],
            "cost": state["usage"]["cost"],
        },
    }
