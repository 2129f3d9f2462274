"""Complete the answer without a model: the facts, and plain remarks by rule."""

from nodes.events import Emit, sentence_event
from nodes.ports import Names
from nodes.rungs import left_out
from nodes.state import AdvisorState, AdvisorUpdate, Attempt
from tools.remarks import remarks


async def report_evidence(state: AdvisorState, *, names: Names, emit: Emit) -> AdvisorUpdate:
    """Return an analysis by rule behind what was already shown; where there are no facts, nothing is added.

    Who was left off the ladder is told behind those who were asked: that is why no model stands here.
    """
    if not state.get("evidence"):
        return {"analysis": ""}
    shown = list(state.get("draft", []))
    added = [r for r in remarks(state["evidence"], await names.inventory()) if r not in shown]
    for remark in added:
        emit(sentence_event(remark))
    whole = [*shown, *added]
    return {"draft": whole, "analysis": " ".join(whole), "attempts": [*state["attempts"], *_never_asked(state)]}


def _never_asked(state: AdvisorState) -> list[Attempt]:
    known = {attempt["endpoint"] for attempt in state["attempts"]}
    return [attempt for attempt in left_out(state["receipt"]) if attempt["endpoint"] not in known]
