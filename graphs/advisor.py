"""The advisor graph. Read it from top to bottom: that is what happens to a question."""

from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.attached import attached
from graphs.parts import Parts
from nodes.classify import classify
from nodes.fallback import fallback
from nodes.generate import generate_cloud, generate_local
from nodes.privacy_gate import privacy_gate
from nodes.recall_answer import is_recalled, recall_answer
from nodes.remember import remember
from nodes.report_evidence import report_evidence
from nodes.retrieve_context import retrieve_context
from nodes.route import route
from nodes.rungs import REPORT, current_endpoint, has_risen
from nodes.state import AdvisorState, AdvisorUpdate, Answer, Context, Question
from nodes.take_note import is_told, take_note
from nodes.tell_page import may_be_of_a_page, tell_page
from nodes.verify import is_verified, verify
from telemetry.timing import timed

Advisor = CompiledStateGraph[AdvisorState, Context, Question, Answer]


def build(parts: Parts, **compile_options: Any) -> Advisor:
    """Wire the nodes to their live parts."""
    graph = StateGraph(AdvisorState, context_schema=Context, input_schema=Question, output_schema=Answer)
    for name, node in bound_nodes(parts).items():
        graph.add_node(name, timed(name, node))

    rungs: dict[Hashable, str] = {"local": "generate_local", "cloud": "privacy_gate", "report": "report_evidence"}
    graph.add_edge(START, "classify")
    graph.add_conditional_edges(
        "classify",
        after_reading,
        {"question": "route", "page": "tell_page", "told": "take_note", "over": "remember"},
    )
    graph.add_edge("tell_page", "remember")
    graph.add_edge("take_note", "remember")
    graph.add_edge("route", "recall_answer")
    graph.add_conditional_edges("recall_answer", is_recalled, {True: "remember", False: "retrieve_context"})
    graph.add_conditional_edges(
        "retrieve_context", after_context, {**rungs, "cached": "verify", "reroute": "route", "over": "remember"}
    )
    graph.add_conditional_edges("privacy_gate", is_cleared, {True: "generate_cloud", False: "fallback"})
    graph.add_edge("generate_local", "verify")
    graph.add_edge("generate_cloud", "verify")
    graph.add_conditional_edges("verify", is_verified, {True: "remember", False: "fallback"})
    graph.add_conditional_edges("fallback", rung_kind, rungs)
    graph.add_edge("report_evidence", "remember")
    graph.add_edge("remember", END)
    return graph.compile(name="advisor", **compile_options)


def bound_nodes(p: Parts) -> dict[str, Callable[..., Awaitable[AdvisorUpdate]]]:
    """Return each node by its name, bound to the parts that it uses."""
    return {
        "classify": partial(
            classify,
            names=p.readings,
            coordinator=p.coordinator,
            clock=p.clock,
            labeller=p.labeller,
            max_chars=p.max_chars,
            phrasings=p.phrasings,
        ),
        "tell_page": partial(tell_page, pages=p.pages, emit=p.emit),
        "take_note": partial(
            take_note,
            readings=p.readings,
            teller=p.teller,
            labeller=p.labeller,
            clock=p.clock,
            emit=p.emit,
            max_chars=p.max_chars,
            compute_facts=p.compute_facts,
        ),
        "route": partial(route, ladder=p.ladder, fingerprint=p.fingerprint, budget_s=p.budget_s),
        "recall_answer": partial(recall_answer, answers=p.answers, emit=p.emit),
        "retrieve_context": partial(
            retrieve_context,
            readings=p.readings,
            recall=p.recall,
            labeller=p.labeller,
            emit=p.emit,
            compute_facts=p.compute_facts,
        ),
        "generate_local": partial(
            generate_local, analysts=p.analysts, names=p.readings, emit=p.emit, clock=p.clock, budget_s=p.budget_s
        ),
        "privacy_gate": partial(privacy_gate, gate=p.gate, names=p.readings),
        "generate_cloud": partial(
            generate_cloud, cloud=p.cloud, names=p.readings, emit=p.emit, clock=p.clock, budget_s=p.budget_s
        ),
        "verify": partial(verify, names=p.readings, emit=p.emit, clock=p.clock),
        "fallback": partial(fallback, emit=p.emit),
        "report_evidence": partial(report_evidence, names=p.readings, emit=p.emit),
        "remember": partial(remember, keeper=p.keeper, phrasings=p.phrasings),
    }


def after_reading(state: AdvisorState) -> str:
    """Go where the question leads: to what is computed, to the knowledge base, to what is kept, or out."""
    if is_told(state):
        return "told"
    if may_be_of_a_page(state):
        return "page"
    return "over" if state.get("problem") else "question"


def after_context(state: AdvisorState) -> str:
    """Go where the facts lead: out, back to the router, to the cached words, or to the first rung."""
    if state.get("problem"):
        return "over"
    if state["receipt"]["cloud"] and has_risen(state):
        return "reroute"
    return "cached" if state.get("cached") else rung_kind(state)


def is_cleared(state: AdvisorState) -> bool:
    """Tell whether the gate let the prompt through."""
    endpoint = current_endpoint(state)
    return not any(a["endpoint"] == endpoint and a["outcome"] == "denied" for a in state["attempts"])


def rung_kind(state: AdvisorState) -> str:
    """Tell what the current rung is: a local endpoint, a cloud one, or the report."""
    endpoint = current_endpoint(state)
    if endpoint == REPORT:
        return "report"
    return "cloud" if endpoint in state["receipt"].get("cloud", []) else "local"


graph = build(attached())
"""The advisor for LangGraph's own servers; it has no checkpointer of its own, they bring theirs."""
