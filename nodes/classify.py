"""Turn the question into typed queries: rules first, then what memory or the coordinator makes of it."""

import time
import uuid
from dataclasses import replace
from typing import Literal

from nodes.coordinate import Coordinator, coordinate
from nodes.phrasings import NO_PHRASINGS, Phrasings
from nodes.ports import Clock, Labeller, Names
from nodes.read_question import read_question
from nodes.state import (
    AdvisorState,
    AdvisorUpdate,
    AskedBack,
    Classification,
    Problem,
    Receipt,
    Status,
    Verification,
)
from nodes.take_note import STATEMENT
from nodes.tell_page import KNOWLEDGE, is_page_asked_for
from privacy.labels import Label, join
from telemetry.log import log
from tools.absence import cannot_answer
from tools.energy_query import ANALYSES, EnergyQuery
from tools.errors import BadQuestion, DataUnavailable, NoData
from tools.grammar import Parsed
from tools.grammar.left_out import leaves_out, without
from tools.statements import read_statement

WHAT_CAN_BE_ASKED = (
    "ask about the use, cost or carbon of your buildings: totals, peaks, ranks and changes, what wastes and why, "
    "savings, anomalies, peers, forecasts, what-ifs and payback; for example "
    '"Which building used the most electricity in 2019?" or "Why did b36 use more in 2019 than in 2018?"'
)
REFUSALS = {
    "command": (
        "EAIO reads meters and changes nothing: set-points and equipment stay with the people and the control system, "
        "and changes will only come with human approval"
    ),
    "off_topic": (
        f"that is not about the energy of your buildings; {WHAT_CAN_BE_ASKED}; to tell something of a building, begin "
        'with it, as in "b4 is open at night", or with "remember that"'
    ),
}


async def classify(
    state: AdvisorState,
    *,
    names: Names,
    coordinator: Coordinator,
    clock: Clock,
    labeller: Labeller,
    max_chars: int,
    phrasings: Phrasings = NO_PHRASINGS,
) -> AdvisorUpdate:
    """Return the typed queries, or the problem that ends the turn; what belongs to the last turn is cleared.

    The question is INTERNAL, and more where the person wrote something more sensitive into it.
    """
    question = state.get("question")
    fresh = _fresh()
    if not isinstance(question, str):
        return fresh | _ends("clarify", f"the question is a {type(question).__name__}, not a text; {WHAT_CAN_BE_ASKED}")
    question, left = _without_what_is_left_out(question, state.get("asked_back"))
    fresh["label"] = join(Label.INTERNAL, await labeller.label_of(question[:max_chars]))
    try:
        inventory = await names.inventory()
        if read_statement(question, inventory, clock(), max_chars, state.get("previous")):
            return fresh | {"classification": {**fresh["classification"], "intent": STATEMENT}}
        if await is_page_asked_for(question, inventory):
            return fresh | {"classification": {**fresh["classification"], "intent": KNOWLEDGE}}
        parsed = read_question(question, inventory, clock(), max_chars, *_talked_of(state))
        if parsed.intent == "ask" and not parsed.sure:
            known = await phrasings.known(question, parsed, inventory, clock(), fresh["label"])
            if known is not None:
                return fresh | _judged(known, question, state.get("previous"), by="memory")
            parsed = await coordinate(question, parsed, inventory, clock(), coordinator, fresh["label"])
    except BadQuestion as why:
        return fresh | _ends("clarify", str(why))
    except NoData as why:
        return fresh | _ends("no_data", str(why))
    except DataUnavailable as why:
        log.warning("classify: building data unavailable")
        return fresh | _ends("error", str(why))
    return fresh | _judged(replace(parsed, assumed=(*left, *parsed.assumed)), question, state.get("previous"))


def _without_what_is_left_out(question: str, before: AskedBack | None) -> tuple[str, tuple[str, ...]]:
    """Return the question that is meant, and what to tell: 'leave it out' means the last one without some words."""
    if before is None or not leaves_out(question):
        return question, ()
    words = ", ".join(repr(word) for word in before["words"])
    return without(before["question"], before["words"]), (f"left out, as agreed: {words}",)


def _fresh() -> AdvisorUpdate:
    """Return the channels that belong to one turn, empty, so that no fact of the last one passes for this one's."""
    question_id = f"r{uuid.uuid4().hex[:12]}"
    return {
        "question_id": question_id,
        "receipt": _unrouted(question_id),
        "asked_at": time.time(),
        "label": Label.INTERNAL,
        "problem": None,
        "asked_back": None,
        "evidence": [],
        "charts": [],
        "notes": [],
        "pages": [],
        "parts": [],
        "rests_on": None,
        "answer_key": None,
        "headline": "",
        "recalled": [],
        "cached": None,
        "clearance": None,
        "draft": [],
        "attempts": [],
        "analysis": "",
        "answer": "",
        "verification": Verification(checked=0, kept=0, dropped=[]),
        "usage": {"tokens_in": 0, "tokens_out": 0, "estimated": False, "cost": 0.0},
        "timings_ms": {},
        "classification": Classification(
            intent="unclear", queries=[], complexity="low", language="en", by="grammar", ignored=[], assumed=[]
        ),
    }


def _unrouted(question_id: str) -> Receipt:
    """Return the receipt of a turn before its first decision, which is that of one without facts to the end."""
    return Receipt(
        label=Label.INTERNAL.name,
        profile="",
        reason="no route was needed",
        ladder=[],
        rung=0,
        chosen=None,
        config="",
        cloud=[],
        notes=[],
        strategy="",
        question_id=question_id,
        routes=[],
    )


def _ends(status: Status, reason: str) -> AdvisorUpdate:
    return {"problem": Problem(status=status, reason=reason)}


def _talked_of(state: AdvisorState) -> tuple[EnergyQuery | None, EnergyQuery | None, str | None]:
    """Return the last query, the one before it, and the building that led the last answer where that was a ranking."""
    previous, evidence = state.get("previous"), state.get("evidence")
    ranked = previous and previous.group == "building" and previous.order and evidence
    leader = evidence[0].buildings[0] if ranked and evidence and len(evidence[0].buildings) == 1 else None
    return previous, state.get("earlier"), leader


def _judged(
    parsed: Parsed, question: str, before: EnergyQuery | None, by: Literal["coordinator", "memory"] = "coordinator"
) -> AdvisorUpdate:
    kind = Classification(
        intent=parsed.intent,
        queries=list(parsed.queries),
        complexity=complexity(parsed.queries),
        language=parsed.language,
        by="grammar" if parsed.sure else by,
        ignored=list(parsed.ignored),
        assumed=list(parsed.assumed),
    )
    update: AdvisorUpdate = {"classification": kind}
    if parsed.intent in REFUSALS:
        return update | _ends("refused", REFUSALS[parsed.intent])
    if parsed.intent == "not_yet":
        return update | _ends("no_data", cannot_answer(parsed.because))
    if not parsed.queries:
        if parsed.ignored:
            asked_back = AskedBack(question=question, words=list(parsed.ignored))
            return update | {"asked_back": asked_back} | _ends("clarify", parsed.because)
        return update | _ends("clarify", f"{parsed.because}; {WHAT_CAN_BE_ASKED}")
    return update | {
        "previous": parsed.queries[-1],
        "earlier": parsed.queries[-2] if len(parsed.queries) > 1 else before,
    }


def complexity(queries: tuple[EnergyQuery, ...]) -> Literal["low", "medium", "high"]:
    """Estimate how much there is to explain.

    One figure is low, a comparison, a rank or an analysis medium; causes and several queries are high.
    """
    if len(queries) > 1 or any(q.statistic == "causes" for q in queries):
        return "high"
    compared = any(q.statistic in ANALYSES for q in queries) or any(
        q.against_period or q.against_buildings or q.against_hours or q.group != "none" for q in queries
    )
    return "medium" if compared else "low"
