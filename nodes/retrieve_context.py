"""Compute the facts that the question needs, and look up what is remembered of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from nodes.events import Emit, facts_event
from nodes.ports import Labeller
from nodes.prompt import claim_of
from nodes.state import AdvisorState, AdvisorUpdate, Problem, Receipt, Recollection
from privacy.labels import Label, join_all
from telemetry.log import log
from tools.compute import Facts, compute
from tools.errors import BadQuestion, DataUnavailable, NoData
from tools.evidence import Evidence
from tools.headline import headline
from tools.readings import Inventory, Readings


class Recall(Protocol):
    """Agent memory and answers already given, as far as they answer in time."""

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return remembered texts of at most `max_label`, so that memory raises no question above its facts.

        With each comes its label; a note tells where memory did not answer.
        """
        ...

    async def cached(self, evidence: Sequence[Evidence], language: str, writer: str) -> tuple[str | None, str | None]:
        """Return what `writer` said of exactly these facts, and a note where the cache did not answer."""
        ...


async def retrieve_context(
    state: AdvisorState, *, readings: Readings, recall: Recall, labeller: Labeller, emit: Emit
) -> AdvisorUpdate:
    """Return evidence, headline and what is remembered; the labels of all of it join the run's.

    Facts are as sensitive as readings until a rule of the policy lowers them. The headline is emitted as soon as it
    stands, before memory is asked.
    """
    if state["evidence"]:
        return {}  # routed again because the label rose: the facts stand, and have been shown
    try:
        inventory = await readings.inventory()
        facts = await asyncio.gather(*(compute(q, readings, inventory) for q in state["classification"]["queries"]))
    except (NoData, BadQuestion, DataUnavailable) as why:
        return {"problem": _problem(why)}
    facts, unlowered = await labelled(facts, labeller)
    found = _found(facts, inventory, state)
    emit(facts_event(found))
    language, writer = state["classification"]["language"], state["receipt"]["ladder"][0]
    sensitivity = join_all(e.label for e in found["evidence"])
    (texts, missed), (cached, absent) = await asyncio.gather(
        recall.recall(state["question"], sensitivity), recall.cached(found["evidence"], language, writer)
    )
    remembered: AdvisorUpdate = {
        "recalled": [Recollection(text=text, label=label.name) for text, label in texts],
        "cached": cached,
        "label": join_all([sensitivity, *(label for _, label in texts)]),
        "receipt": _noted(state["receipt"], unlowered, missed, absent),
    }
    return {**found, **remembered}


async def labelled(facts: Sequence[Facts], labeller: Labeller) -> tuple[list[Facts], str | None]:
    """Return the facts under the labels that the policy's rules allow, and a note where they could not be used."""
    claims = {e.id: claim_of(e) for f in facts for e in f.evidence}
    labels, note = await labeller.lower({claims[i]: g for f in facts for i, g in f.grounds.items()})
    return [_relabelled(f, {i: labels[claims[i]] for i in f.grounds}) for f in facts], note


def _relabelled(facts: Facts, labels: dict[str, Label]) -> Facts:
    """Return facts under their labels, by id; a chart of groups shows what they say, one of the mean day more."""
    evidence = tuple(e.model_copy(update={"label": labels[e.id]}) for e in facts.evidence)
    chart = facts.chart
    if chart and chart.kind == "bar":
        chart = replace(chart, label=join_all(e.label for e in evidence))
    return replace(facts, evidence=evidence, chart=chart)


def _noted(receipt: Receipt, *notes: str | None) -> Receipt:
    return {**receipt, "notes": [*receipt.get("notes", []), *filter(None, notes)]}


def _problem(why: Exception) -> Problem:
    if isinstance(why, DataUnavailable):
        log.warning("retrieve_context: building data unavailable")
        return Problem(status="error", reason=str(why))
    return Problem(status="no_data" if isinstance(why, NoData) else "clarify", reason=str(why))


def _found(facts: Sequence[Facts], inventory: Inventory, state: AdvisorState) -> AdvisorUpdate:
    kind = state["classification"]
    notes = [n for f in facts for n in f.notes] + [f"Assumed: {a}." for a in kind["assumed"]]
    if kind["ignored"]:
        notes.append(f"Not understood and left out: {', '.join(kind['ignored'])}.")
    return {
        "evidence": list({e.id: e for f in facts for e in f.evidence}.values()),
        "charts": [f.chart for f in facts if f.chart],
        "headline": " ".join(headline(f, inventory) for f in facts),
        "notes": notes,
    }
