"""Compute the facts that the question needs, and look up what is remembered of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Protocol

from memory.answer_cache_series import series_of
from nodes.events import Emit, facts_event
from nodes.ports import Labeller
from nodes.prompt import claim_of
from nodes.state import (
    AdvisorState,
    AdvisorUpdate,
    Classification,
    FactsPart,
    Problem,
    Receipt,
    Recollection,
    RestsOn,
)
from privacy.labels import Label, join_all
from telemetry.log import log
from tools.compute import Facts, compute
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, DataUnavailable, NoData
from tools.evidence import Evidence
from tools.headline import headline
from tools.readings import Inventory, Readings
from tools.watched import Watched

Computed = tuple[Facts, AbstractSet[str]]
Compute = Callable[[EnergyQuery, Readings, Inventory], Awaitable[Computed]]
"""Returns the facts of a query, and the meters that were read for them."""


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


async def computed(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Computed:
    """Compute the facts of a query, and note what was read. Raises as `tools.compute.compute` does."""
    watched = Watched(readings)
    return await compute(query, watched, inventory), watched.read


async def retrieve_context(
    state: AdvisorState,
    *,
    readings: Readings,
    recall: Recall,
    labeller: Labeller,
    emit: Emit,
    compute_facts: Compute = computed,
) -> AdvisorUpdate:
    """Return evidence, headline and what is remembered; the labels of all of it join the run's.

    Facts are as sensitive as readings until a rule of the policy lowers them. The headline is emitted as soon as it
    stands, before memory is asked.
    """
    if state["evidence"]:
        return {}  # routed again because the label rose: the facts stand, and have been shown
    try:
        inventory = await readings.inventory()
        queries = state["classification"]["queries"]
        made = await asyncio.gather(*(compute_facts(query, readings, inventory) for query in queries))
    except (NoData, BadQuestion, DataUnavailable) as why:
        return {"problem": _problem(why)}
    facts, unlowered = await labelled([of_query for of_query, _ in made], labeller)
    found = _found(facts, inventory, state)
    read = frozenset[str]().union(*(of_query for _, of_query in made))
    found["rests_on"] = RestsOn(series=list(series_of(queries, inventory, read)), data_version=inventory.data_version)
    emit(facts_event(found))
    language, writer = state["classification"]["language"], state["receipt"]["ladder"][0]
    sensitivity = join_all(e.label for e in found["evidence"])
    (texts, missed), (cached, absent) = await asyncio.gather(
        recall.recall(state["question"], sensitivity), recall.cached(found["evidence"], language, writer)
    )
    new = [(text, label) for text, label in texts if found["headline"] not in text]  # else it says nothing more
    remembered: AdvisorUpdate = {
        "recalled": [Recollection(text=text, label=label.name) for text, label in new],
        "cached": cached,
        "label": join_all([sensitivity, *(label for _, label in new)]),
        "receipt": _noted(state["receipt"], unlowered, missed, absent),
    }
    return {**found, **remembered}


async def labelled(facts: Sequence[Facts], labeller: Labeller) -> tuple[list[Facts], str | None]:
    """Return the facts under the labels that the policy's rules allow, and a note where they could not be used."""
    claims = {e.id: claim_of(e) for f in facts for e in f.evidence}
    labels, note = await labeller.lower({claims[i]: g for f in facts for i, g in f.grounds.items()})
    return [_relabelled(f, {i: labels[claims[i]] for i in f.grounds}) for f in facts], note


def _relabelled(facts: Facts, labels: dict[str, Label]) -> Facts:
    """Return facts under their labels, by id; a chart of groups shows what they say, one of the mean day more.

    What rests on a thing that was told is at least as sensitive as that.
    """
    least = max((fact.label for fact in facts.told), default=Label.PUBLIC)
    evidence = tuple(e.model_copy(update={"label": max(labels[e.id], least)}) for e in facts.evidence)
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
    notes = [n for f in facts for n in f.notes] + notes_of(state["classification"])
    return {
        "parts": _parts(facts),
        "evidence": list({e.id: e for f in facts for e in f.evidence}.values()),
        "charts": [f.chart for f in facts if f.chart],
        "headline": " ".join([*(headline(f, inventory) for f in facts), *doubts_of(state["classification"])]),
        "notes": notes,
    }


def doubts_of(kind: Classification) -> list[str]:
    """Return what the headline itself must say: which words of the question the figure leaves out of account."""
    return [f"Note: not understood and left out: {', '.join(kind['ignored'])}."] if kind["ignored"] else []


def notes_of(kind: Classification) -> list[str]:
    """Return what is to be told of how a question was read."""
    left_out = [f"Not understood and left out: {', '.join(kind['ignored'])}."] if kind["ignored"] else []
    return [*(f"Assumed: {a}." for a in kind["assumed"]), *left_out]


def _parts(facts: Sequence[Facts]) -> list[FactsPart]:
    """Return which evidence, chart and notes belong to which query."""
    charts = 0
    parts = []
    for of_query in facts:
        place = charts if of_query.chart else None
        charts += of_query.chart is not None
        ids, notes = [e.id for e in of_query.evidence], list(of_query.notes)
        parts.append(FactsPart(query=of_query.query, evidence=ids, chart=place, notes=notes, words=of_query.words))
    return parts
