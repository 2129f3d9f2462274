"""Keep what the turn was worth, and close its receipt. Failure here never costs the user the answer."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from nodes.phrasings import NO_PHRASINGS, Phrasings
from nodes.rungs import REPORT
from nodes.state import AdvisorState, AdvisorUpdate, Attempt
from nodes.verify import is_verified


class Keeper(Protocol):
    """What keeps a finished turn: ledgers, evidence, agent memory, response cache."""

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep the turn; return a note for each part that could not be kept in time. Never raises."""
        ...


async def remember(state: AdvisorState, *, keeper: Keeper, phrasings: Phrasings = NO_PHRASINGS) -> AdvisorUpdate:
    """Return the answer as one text and the closed receipt; what could not be kept is noted in it.

    How the turn was read is left for the next one to judge, as this one judges the turn before.
    """
    closed = close(state)
    before = state.get("reading")
    notes, reading = await asyncio.gather(keeper.keep({**state, **closed}), phrasings.learned(state, before))
    if reading != before:
        closed["reading"] = reading
    if notes:
        closed["receipt"] = {**closed["receipt"], "notes": [*closed["receipt"].get("notes", []), *notes]}
    return closed


def close(state: AdvisorState) -> AdvisorUpdate:
    """Return the answer and the receipt of a turn that is over."""
    problem, receipt = state.get("problem"), state["receipt"]
    said = [state["headline"], state.get("analysis", "")]
    chosen = state["attempts"][-1]["endpoint"] if is_verified(state) else REPORT
    return {
        "answer": problem["reason"] if problem else "\n\n".join(filter(None, said)),
        "receipt": {
            **receipt,
            "label": state["label"].name,
            "chosen": None if problem else chosen,
            "attempts": state["attempts"],
            "cost": state["usage"]["cost"],
            "notes": [*receipt.get("notes", []), *_cut_short(state["attempts"], chosen)],
        },
    }


def _cut_short(attempts: Sequence[Attempt], chosen: str) -> list[str]:
    """Return a note for each model whose words stand though it did not bring them to an end."""
    notes = []
    for attempt in attempts:
        if attempt["outcome"] != "verified" and (kept := attempt.get("kept")):
            sentences = f"{kept} sentence{'s' if kept > 1 else ''}"
            notes.append(f"{attempt['endpoint']} failed; its {sentences} stay, and {chosen} completed the answer")
        elif attempt.get("stopped"):
            notes.append(f"{attempt['endpoint']} was stopped at its longest answer; what it began last is left out")
    return notes
