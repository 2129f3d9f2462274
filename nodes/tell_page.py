"""Answer what no meter answers from the page of the knowledge base that was asked for, and cite it."""

import asyncio
from typing import Protocol

from memory.knowledge import Pages as ShippedPages
from memory.knowledge_pages import Page, is_of_no_meter, page_asked_for
from nodes.events import Emit, facts_event, sentence_event
from nodes.state import AdvisorState, AdvisorUpdate, CitedPage
from nodes.verification import sentences
from tools.errors import BadQuestion
from tools.grammar.names import find
from tools.grammar.sentences.of_question import asked_plainly
from tools.readings import Inventory

KNOWLEDGE = "knowledge"
"""The intent of a question that a page answers."""


class Pages(Protocol):
    """The knowledge base."""

    async def find(self, question: str) -> Page | None:
        """Return the page that a question asks for, None where none fits well. Never raises."""
        ...


SHIPPED: Pages = ShippedPages()


async def tell_page(state: AdvisorState, *, pages: Pages, emit: Emit) -> AdvisorUpdate:
    """Return a page as the answer, its first paragraph leading, or nothing where none fits: the problem stays then.

    Every word and number stands in the page: no model has a part in it. There is no evidence, as nothing was computed.
    """
    page = await pages.find(asked_plainly(str(state["question"])))
    if page is None:
        return {}
    told = sentences(page.rest)
    found: AdvisorUpdate = {
        "problem": None,
        "headline": page.answer,
        "notes": [f"From the knowledge base, not from your meters: {page.cited}. Its sources: {page.sources}"],
        "pages": [CitedPage(id=page.id, title=page.title, path=f"data/knowledge/{page.id}.md", sources=page.sources)],
        "classification": {**state["classification"], "intent": KNOWLEDGE},
        "draft": told,
        "analysis": " ".join(told),
    }
    emit(facts_event({**found, "evidence": [], "charts": []}))
    for sentence in told:
        emit(sentence_event(sentence))
    return found


async def is_page_asked_for(question: str, inventory: Inventory) -> bool:
    """Tell whether a question is for a page by its form and words, and names none of the buildings and sites."""
    question = asked_plainly(question)
    if not is_of_no_meter(question) or _names_one(question, inventory):
        return False
    return await asyncio.to_thread(page_asked_for, question) is not None  # the first time it reads files


def may_be_of_a_page(state: AdvisorState) -> bool:
    """Tell whether a turn goes to the knowledge base: it asks for a page, or for nothing that could be read."""
    kind, problem = state["classification"], state.get("problem")
    if kind["intent"] == KNOWLEDGE:
        return True
    open_end = problem is not None and problem["status"] in ("clarify", "refused") and kind["intent"] != "command"
    return open_end and is_of_no_meter(asked_plainly(str(state["question"])))


def _names_one(question: str, inventory: Inventory) -> bool:
    try:
        named = find(question.lower(), inventory)
    except BadQuestion:
        return True  # it looks like a name, and the grammar says that there is none
    return bool(named.buildings or named.sites or named.ambiguous)
