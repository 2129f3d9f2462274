"""What a receipt says of its route: each decision, from which it is made again, and why an endpoint was left out."""

from dataclasses import replace
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from config.settings import Strategy
from graphs.routed import routed
from models.errors import ModelUnreachable
from models.router import BudgetView
from models.router.record import is_same, read_record
from nodes.route import Snapshot
from privacy.labels import Label
from tests.graphs.small_graph import RANK, Scripted, graph_of, parts_of, run
from tools.errors import DataUnavailable

PEAK = "What was the peak of b2 in July 2018?"
CLOUD = "cloud:gpt-4o"
LOCAL_FIRST: Strategy = "local_first"
WORDS: list[Any] = ["The peak deserves a look."]


def records(state: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records of a turn, each held to be its own replay."""
    found: list[dict[str, Any]] = state["receipt"]["routes"]
    assert all(is_same(record) for record in found)
    return found


async def test_receipt_holds_the_decision_and_all_that_it_was_made_from() -> None:
    state, _ = await run(RANK)
    [record] = records(state)
    request, decision = read_record(record)
    assert (request.features.label, request.config, request.environment) == ("INTERNAL", "test", "production")
    assert request.features.complexity_parts
    assert list(decision.ladder) == state["receipt"]["ladder"] == ["m1", "report"]
    assert state["receipt"]["strategy"] == decision.strategy


async def test_each_turn_has_an_id_of_its_own_under_which_it_is_kept() -> None:
    models = Scripted()
    graph = graph_of(models, checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "t"}}
    ids = [(await graph.ainvoke({"question": RANK}, config))["receipt"]["question_id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert [kept["question_id"] for kept in models.kept] == ids
    assert all(len(id_) == 13 and id_.startswith("r") for id_ in ids)


async def test_second_turn_of_a_conversation_has_none_of_the_records_and_notes_of_the_first() -> None:
    graph = graph_of(Scripted({CLOUD: [], "m1": WORDS}, remote=(CLOUD,)), checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "t"}}
    first = await graph.ainvoke({"question": PEAK}, config)
    refused = await graph.ainvoke({"question": "What is the capital of France?"}, config)
    assert len(first["receipt"]["routes"]) == 2
    assert first["receipt"]["notes"]
    assert (refused["receipt"]["routes"], refused["receipt"]["notes"], refused["receipt"]["ladder"]) == ([], [], [])
    assert refused["receipt"]["reason"] == "no route was needed"


async def test_label_that_rises_with_the_facts_is_routed_again_where_a_cloud_was_on_the_ladder() -> None:
    state, _ = await run(PEAK, Scripted({"m1": WORDS, CLOUD: []}, remote=(CLOUD,)))
    labels = [record["request"]["features"]["label"] for record in records(state)]
    assert labels == ["INTERNAL", "RESTRICTED"]
    assert state["receipt"]["ladder"] == ["m1", "report"]
    assert any(note.startswith(f"{CLOUD} left out: RESTRICTED") for note in state["receipt"]["notes"])


async def test_label_that_rises_with_no_cloud_on_the_ladder_is_not_routed_again() -> None:
    state, _ = await run(PEAK, Scripted({"m1": WORDS}))
    assert len(records(state)) == 1


async def test_what_memory_did_not_answer_is_still_noted_after_a_second_decision() -> None:
    class Forgetful(Scripted):
        async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
            return [], "agent memory: no answer within 1 s"

    state, _ = await run(PEAK, Forgetful({"m1": WORDS, CLOUD: []}, remote=(CLOUD,)))
    assert len(records(state)) == 2
    assert "agent memory: no answer within 1 s" in state["receipt"]["notes"]


async def test_second_decision_goes_by_the_facts_that_there_are() -> None:
    state, _ = await run("hour of day profile of b2 in 2018", Scripted({"m1": WORDS, CLOUD: []}, remote=(CLOUD,)))
    before, after = (record["request"]["features"] for record in records(state))
    assert len(state["evidence"]) > 8
    assert before["tokens_in"] <= after["tokens_in"]
    assert after["tokens_least"] < after["tokens_in"]


async def test_budget_is_asked_only_where_a_cloud_may_be_paid() -> None:
    near, far = Scripted({"m1": WORDS}), Scripted({"m1": WORDS, CLOUD: []}, remote=(CLOUD,))
    await run(RANK, near)
    state, _ = await run(RANK, far)
    assert near.counted == []
    assert far.counted == [state["receipt"]["question_id"]]


@pytest.mark.parametrize("state_of", ["spent", "low", "down", "none"])
async def test_budget_that_does_not_pay_leaves_the_cloud_out_and_the_receipt_says_why(state_of: Any) -> None:
    reason = f"the budget is {state_of}; ask again tomorrow"
    models = Scripted(
        {"m1": [ModelUnreachable("m1", "nowhere", "down")], CLOUD: []},
        remote=(CLOUD,),
        left=BudgetView(state_of, scope="tenant test, day", reason=reason),
    )
    state, _ = await run(RANK, models)
    assert state["receipt"]["chosen"] == "report"
    assert f"{CLOUD} left out: {reason}" in state["receipt"]["notes"]
    assert [(a["endpoint"], a["outcome"]) for a in state["receipt"]["attempts"]] == [
        ("m1", "failed"),
        (CLOUD, "denied"),
    ]


async def test_who_was_left_out_is_no_attempt_where_a_models_words_stand() -> None:
    models = Scripted({"m1": ["b2 used the most."], CLOUD: []}, remote=(CLOUD,), most=None)
    state, _ = await run(RANK, models)
    assert [a["endpoint"] for a in state["receipt"]["attempts"]] == ["m1"]
    assert [e["id"] for e in records(state)[0]["decision"]["excluded"]] == [CLOUD]


class Lacking(Scripted):
    """Models of which one cannot be used."""

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return the models; the first is missing at its server."""
        seen = await super().snapshot(tokens_in)
        first = replace(seen.candidates[0], unusable="m1 has no models, not 'm1'; run `ollama pull m1`")
        return replace(seen, candidates=(first, *seen.candidates[1:]))


async def test_missing_model_is_never_asked_and_told_with_its_remedy_where_nobody_else_wrote() -> None:
    models = Lacking({"m1": WORDS})
    state, _ = await run(RANK, models)
    assert models.asked == []
    assert state["receipt"]["ladder"] == ["report"]
    assert "ollama pull m1" in state["receipt"]["attempts"][0]["reason"]


async def test_missing_model_takes_no_rung_of_the_next() -> None:
    state, events = await run(RANK, Lacking({"m1": WORDS, "m2": ["b2 used the most."]}))
    assert state["receipt"]["chosen"] == "m2"
    assert [e["endpoint"] for e in events if e["event"] == "rung"] == ["m2"]


async def test_route_alone_asks_no_model_and_keeps_nothing() -> None:
    models = Scripted({"m1": WORDS, CLOUD: []}, remote=(CLOUD,))
    found = await routed(parts_of(models), RANK)
    assert (found["status"], found["reason"], found["question"]) == ("answered", "", RANK)
    assert found["classification"]["queries"][0]["statistic"] == "total"
    assert found["receipt"]["ladder"] == ["m1", CLOUD, "report"]
    assert is_same(found["receipt"]["routes"][-1])
    assert (models.asked, models.kept) == ([], [])


async def test_route_alone_takes_another_strategy() -> None:
    models = Scripted({CLOUD: [], "m1": WORDS}, remote=(CLOUD,))
    usual, other = [await routed(parts_of(models), RANK, strategy) for strategy in (None, LOCAL_FIRST)]
    assert (usual["receipt"]["ladder"][0], other["receipt"]["ladder"][0]) == (CLOUD, "m1")


async def test_route_alone_of_a_question_that_the_rules_do_not_read_says_that_a_model_would_read_it_first() -> None:
    found = await routed(parts_of(Scripted()), "Wie viel Strom hat b1 im Jahr 2018 verbraucht?")
    assert found["status"] == "answered"
    assert found["receipt"]["ladder"] == ["m1", "report"]
    assert "coordinator" in found["receipt"]["notes"][-1]


@pytest.mark.parametrize(
    ("question", "status"),
    [("What is the capital of France?", "refused"), ("How much did b99 use in 2018?", "clarify"), ("", "clarify")],
)
async def test_route_alone_of_a_question_that_has_no_facts_says_why(question: str, status: str) -> None:
    found = await routed(parts_of(Scripted()), question)
    assert found["status"] == status
    assert found["reason"]
    assert found["receipt"]["routes"] == []


async def test_route_alone_without_data_names_the_remedy() -> None:
    class Down:
        async def inventory(self) -> Any:
            raise DataUnavailable("the building data does not answer; `eaio up` starts PostgreSQL")

    found = await routed(replace(parts_of(Scripted()), readings=Down()), RANK)  # type: ignore[arg-type]
    assert found["status"] == "error"
    assert "eaio up" in found["reason"]
