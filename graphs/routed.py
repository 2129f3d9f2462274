"""Where a question would go: classified and routed as for an answer, with no model asked and nothing kept."""

from typing import Any, TypeVar

from pydantic import BaseModel

from config.settings import Strategy
from graphs.answer_json import classification_json
from graphs.parts import Parts
from models.errors import ModelNotFound
from nodes.classify import classify
from nodes.route import route
from nodes.state import AdvisorState
from nodes.take_note import STATEMENT
from nodes.tell_page import KNOWLEDGE
from privacy.labels import Label

Form = TypeVar("Form", bound=BaseModel)
MODEL_LESS = (KNOWLEDGE, STATEMENT)
"""Intents of what goes to no model: what a page answers, and what is only kept."""
NOT_ASKED = "the rules are not sure how to read the question; for an answer the coordinator model is asked first"


class Unasked:
    """A coordinator that is not asked; it notes whether it would have been."""

    wanted = False

    async def fill(self, _messages: list[tuple[str, str]], _schema: type[Form], _label: Label) -> Form:
        """Note it, and fill nothing."""
        self.wanted = True
        raise ModelNotFound("coordinator", "a coordinator", [])


async def routed(parts: Parts, question: str, strategy: Strategy | None = None) -> dict[str, Any]:
    """Return status, reason, question, classification and receipt, of which the last record is the decision.

    The label is that of the question; facts that are more sensitive have it decided again.
    """
    coordinator = Unasked()
    state: AdvisorState = {"question": question}
    found = await classify(
        state,
        names=parts.readings,
        coordinator=coordinator,
        clock=parts.clock,
        labeller=parts.labeller,
        max_chars=parts.max_chars,
    )
    state = {**state, **found}
    problem = None if coordinator.wanted else state["problem"]
    if problem is None and state["classification"]["intent"] not in MODEL_LESS:
        decided = await route(
            state, ladder=parts.ladder, fingerprint=parts.fingerprint, budget_s=parts.budget_s, strategy=strategy
        )
        state = {**state, **decided}
    receipt = {**state["receipt"], "notes": [*state["receipt"]["notes"], *([NOT_ASKED] if coordinator.wanted else [])]}
    return {
        "status": problem["status"] if problem else "answered",
        "reason": problem["reason"] if problem else "",
        "question": question,
        "classification": classification_json(state["classification"]),
        "receipt": receipt,
    }
