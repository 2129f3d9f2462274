"""Complete the answer without a model: the facts, and plain remarks by rule."""

from nodes.events import Emit, sentence_event
from nodes.ports import Names
from nodes.state import AdvisorState, AdvisorUpdate
from tools.remarks import remarks


async def report_evidence(state: AdvisorState, *, names: Names, emit: Emit) -> AdvisorUpdate:
    """Return an analysis by rule behind what was already shown; where there are no facts, nothing is added."""
    if not state.get("evidence"):
        return {"analysis": ""}
    shown = list(state.get("draft", []))
    added = [r for r in remarks(state["evidence"], await names.inventory()) if r not in shown]
    for remark in added:
        emit(sentence_event(remark))
    return {"draft": [*shown, *added], "analysis": " ".join([*shown, *added])}
