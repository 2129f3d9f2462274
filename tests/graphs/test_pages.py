"""What no meter answers is answered from a page, word for word, and the page is cited; what names a building is not."""

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver

from graphs.routed import routed
from graphs.runtime import SERDE
from memory.knowledge_pages import FOLDER
from nodes.tell_page import KNOWLEDGE
from tests.graphs.small_graph import Scripted, graph_of, parts_of, run


def told(path: str) -> str:
    """Return the text of a page on one line."""
    return " ".join((FOLDER.parents[1] / path).read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "question", ["What is a good load factor?", "How do I cut baseload?", "Explain night set-back"]
)
async def test_page_is_the_answer_word_for_word_and_is_cited(question: str) -> None:
    models = Scripted()
    state, events = await run(question, models)
    assert state["problem"] is None
    assert (state["evidence"], state["classification"]["intent"]) == ([], KNOWLEDGE)
    [page] = state["pages"]
    said = told(page["path"])
    assert state["headline"] in said
    assert state["analysis"] in said
    assert page["path"] in " ".join(state["notes"])
    assert events[0]["event"] == "facts"
    assert models.asked == []  # no model has a part in it


@pytest.mark.parametrize("question", ["What is the load factor of b1?", "How high is the baseload of b2?"])
async def test_question_of_a_building_is_computed(question: str) -> None:
    state, _ = await run(question)
    assert state["pages"] == []
    assert state["evidence"]


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "How do I bake a cake?", "How do I cut baseload of b9?"]
)
async def test_what_no_page_answers_is_said_as_before(question: str) -> None:
    state, _ = await run(question)
    assert state["problem"] is not None
    assert (state["pages"], state["headline"]) == ([], "")


async def test_next_turn_does_not_cite_the_page_of_the_last() -> None:
    graph = graph_of(Scripted(), checkpointer=InMemorySaver(serde=SERDE))
    thread: RunnableConfig = {"configurable": {"thread_id": "t"}}
    first = await graph.ainvoke({"question": "What is a good load factor?"}, thread)
    second = await graph.ainvoke({"question": "Which building in London used the most electricity in 2018?"}, thread)
    assert [len(state["pages"]) for state in (first, second)] == [1, 0]
    assert second["evidence"]


async def test_route_alone_of_a_question_for_a_page_asks_no_model() -> None:
    found = await routed(parts_of(Scripted()), "What is a good load factor?")
    assert (found["status"], found["receipt"]["ladder"]) == ("answered", [])
    assert found["classification"]["intent"] == KNOWLEDGE
