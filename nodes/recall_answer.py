"""Answer a question as it was answered before, where nothing that the answer rests on has changed since."""

from collections.abc import Sequence
from typing import Protocol

from memory.answer_cache_entry import KeptAnswer, KeptFacts
from nodes.events import Emit, facts_event, sentence_event
from nodes.retrieve_context import notes_of
from nodes.rungs import CACHE
from nodes.state import AdvisorState, AdvisorUpdate, Attempt, FactsPart, Verification
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence, iso_z
from tools.headline import headline
from tools.readings import Inventory


class Answers(Protocol):
    """Whole answers that were given before."""

    async def recall(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return the turn as it was answered before, still right now, or what a later `keep` needs; and a note.

        The note tells where the store did not answer. Never raises.
        """
        ...

    async def peek(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return the same, for a look before the question is asked in earnest, with names that may be of before.

        Nothing is found where they are no longer those of now.
        """
        ...


class NoAnswers:
    """Nothing is kept, and nothing found."""

    async def recall(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:  # noqa: ARG002
        """Return nothing."""
        return {}, None

    peek = recall


NO_ANSWERS = NoAnswers()


async def recall_answer(state: AdvisorState, *, answers: Answers, emit: Emit | None) -> AdvisorUpdate:
    """Return a whole answer of before, shown at once, or nothing: then the facts are computed.

    Between the last look at the versions of the data and the first word shown nothing is awaited.
    """
    if state["evidence"]:
        return {}  # routed again because the label rose: the facts have been shown
    found, note = await answers.recall(state)
    if note:
        found["receipt"] = {**state["receipt"], "notes": [*state["receipt"].get("notes", []), note]}
    if emit is not None and is_recalled({**state, **found}):
        emit(facts_event(found))
        for sentence in found["draft"]:
            emit(sentence_event(sentence))
    return found


def is_recalled(state: AdvisorState) -> bool:
    """Tell whether the turn was answered from the cache as a whole."""
    return bool(state["receipt"].get("cached"))


def fits(kept: KeptAnswer, queries: Sequence[EnergyQuery]) -> bool:
    """Tell whether a kept answer can be worded for these queries.

    An analysis wrote its own sentences: those stand only for a question in the same unit and the same words of time.
    """
    pairs = list(zip(kept.facts, queries, strict=False))
    same = len(kept.facts) == len(queries)
    return same and all(part.words is None or _worded(part.query) == _worded(query) for part, query in pairs)


def _worded(query: EnergyQuery) -> tuple[str | None, ...]:
    periods = (query.period, query.against_period)
    return (query.unit, *(p.words if p else None for p in periods))


def answered_before(state: AdvisorState, kept: KeptAnswer, inventory: Inventory) -> AdvisorUpdate:
    """Return the turn with the facts, charts and words of before, and a headline in the words of this question."""
    kind = state["classification"]
    facts = [_reworded(part, query) for part, query in zip(kept.facts, kind["queries"], strict=True)]
    receipt = state["receipt"]
    return {
        "evidence": list({e.id: e for f in facts for e in f.evidence}.values()),
        "charts": [f.chart for f in facts if f.chart],
        "headline": " ".join(headline(f, inventory) for f in facts),
        "notes": [n for f in facts for n in f.notes] + notes_of(kind),
        "label": kept.label,
        "draft": list(kept.analysis),
        "analysis": " ".join(kept.analysis),
        "attempts": [*state["attempts"], _from_cache(kept)],
        "verification": Verification(checked=len(kept.analysis), kept=len(kept.analysis), dropped=[]),
        "receipt": {
            **receipt,
            "cached": {
                "at": iso_z(kept.made_at),
                "by": kept.by,
                "data_version": kept.data_version,
                "saved_s": round(kept.took_s, 3),
                "saved_tokens": kept.tokens_in + kept.tokens_out,
            },
        },
    }


def _reworded(part: KeptFacts, query: EnergyQuery) -> Facts:
    """Return kept facts as those of this query, whose wording may be another."""
    return Facts(query, tuple(_of_query(e, query) for e in part.evidence), part.chart, part.notes, words=part.words)


def _of_query(evidence: Evidence, query: EnergyQuery) -> Evidence:
    own = evidence.query
    wording: dict[str, object] = {"unit": query.unit}
    for name in ("period", "against_period"):
        one, other = getattr(own, name), getattr(query, name)
        if one and other and (one.start, one.end) == (other.start, other.end):
            wording[name] = other
    if all(getattr(own, name) == value for name, value in wording.items()):
        return evidence
    return evidence.model_copy(update={"query": own.model_copy(update=wording)})


def _from_cache(kept: KeptAnswer) -> Attempt:
    return Attempt(
        endpoint=CACHE,
        outcome="verified",
        reason=f"answered at {iso_z(kept.made_at)} from the same data, explained by {kept.by}",
        ms=0.0,
        ttft_ms=0.0,
        tokens_in=0,
        tokens_out=0,
        estimated=False,
    )


def kept_facts(state: AdvisorState) -> tuple[KeptFacts, ...]:
    """Return the facts of a turn, query by query, as they are kept."""
    by_id, charts = {e.id: e for e in state["evidence"]}, state["charts"]
    return tuple(_kept(part, by_id, charts) for part in state["parts"])


def _kept(part: FactsPart, by_id: dict[str, Evidence], charts: Sequence[object]) -> KeptFacts:
    place = part["chart"]
    return KeptFacts.model_construct(
        query=part["query"],
        evidence=tuple(by_id[i] for i in part["evidence"]),
        chart=None if place is None else charts[place],
        notes=tuple(part["notes"]),
        words=part["words"],
    )
