"""Settle the analysis: only sentences that the evidence carries, from the model or from the cache."""

from nodes.events import Emit, sentence_event
from nodes.ports import Clock, Names
from nodes.rungs import CACHE
from nodes.state import AdvisorState, AdvisorUpdate, Attempt, Verification
from nodes.verification import carried, fault_of, sentences


async def verify(state: AdvisorState, *, names: Names, emit: Emit, clock: Clock) -> AdvisorUpdate:
    """Return the analysis. A text from the cache is judged like one from a model, against the facts of this turn."""
    if not state.get("cached"):
        return {"analysis": " ".join(state.get("draft", []))}
    known = carried(state["evidence"], await names.inventory(), clock())
    judged = [(s, fault_of(s, known)) for s in sentences(state["cached"] or "")]
    kept = [s for s, reason in judged if reason is None]
    for sentence in kept:
        emit(sentence_event(sentence))
    dropped = [{"sentence": s, "reason": r} for s, r in judged if r is not None]
    return {
        "draft": kept,
        "analysis": " ".join(kept),
        "attempts": [*state["attempts"], _from_cache(bool(kept))],
        "verification": Verification(checked=len(judged), kept=len(kept), dropped=dropped),
        "cached": None,
    }


def _from_cache(held: bool) -> Attempt:
    return Attempt(
        endpoint=CACHE,
        outcome="verified" if held else "failed",
        reason="an analysis of exactly these facts was kept"
        if held
        else "the kept analysis is not carried by the evidence",
        ms=0.0,
        ttft_ms=0.0,
        tokens_in=0,
        tokens_out=0,
        estimated=False,
    )


def is_verified(state: AdvisorState) -> bool:
    """Tell whether the last attempt stands."""
    return bool(state["attempts"]) and state["attempts"][-1]["outcome"] == "verified"
