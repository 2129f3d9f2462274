"""G1: the label of a state only rises."""

from typing import Annotated, Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import InvalidUpdateError
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Overwrite
from typing_extensions import TypedDict

from nodes.label_channel import RisingLabel
from nodes.state import AdvisorState
from privacy.labels import Label

RAISED: Any = {"configurable": {"thread_id": "t"}}


class State(TypedDict, total=False):
    label: Annotated[Label, RisingLabel]
    other: str


def graph_of(update: Any, **options: Any) -> Any:
    graph = StateGraph(State)
    graph.add_node("raise", lambda _: {"label": Label.RESTRICTED})
    graph.add_node("then", lambda _: update)
    graph.add_edge(START, "raise")
    graph.add_edge("raise", "then")
    graph.add_edge("then", END)
    return graph.compile(**options)


@pytest.mark.parametrize("lower", [Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL])
def test_g1_a_node_cannot_lower_the_label(lower: Label) -> None:
    assert graph_of({"label": lower}).invoke({})["label"] is Label.RESTRICTED


@pytest.mark.parametrize(
    "sneaked",
    [
        Overwrite(Label.PUBLIC),
        {"__overwrite__": Label.PUBLIC},
        {"value": Label.PUBLIC, "type": "__overwrite__"},
        {"__overwrite__": 0},
        0,
        "PUBLIC",
        None,
    ],
)
def test_g1_overwrite_and_what_is_no_label_are_refused(sneaked: Any) -> None:
    with pytest.raises(InvalidUpdateError, match="it can only rise"):
        graph_of({"label": sneaked}).invoke({})


def test_g1_overwrite_in_a_command_is_refused() -> None:
    with pytest.raises(InvalidUpdateError):
        graph_of(Command(update={"label": Overwrite(Label.PUBLIC)})).invoke({})


def test_g1_overwrite_of_a_kept_state_is_refused() -> None:
    graph = graph_of({"other": "x"}, checkpointer=InMemorySaver())
    graph.invoke({}, RAISED)
    with pytest.raises(InvalidUpdateError):
        graph.update_state(RAISED, {"label": Overwrite(Label.PUBLIC)})
    assert graph.get_state(RAISED).values["label"] is Label.RESTRICTED


def test_g1_the_advisor_carries_its_label_in_that_channel() -> None:
    assert RisingLabel in AdvisorState.__annotations__["label"].__metadata__
