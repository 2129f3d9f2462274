"""G6: a conversation is kept only where the policy's row of the checkpoints allows its label."""

from dataclasses import replace
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from graphs.checkpoints import PolicedSaver
from graphs.runtime import SERDE
from privacy.labels import Label
from privacy.policy import Action, Policy
from tests.graphs.gatehouse import POLICY
from tests.graphs.small_graph import Scripted, graph_of

TOTAL = "How much electricity did b1 use in 2018?"
PEAK = "What was the peak of b2 in July 2018?"
THREAD: Any = {"configurable": {"thread_id": "t"}}


def keeping(*allowed: Label) -> Policy:
    rows: dict[Label, Action] = {label: ("allow" if label in allowed else "deny") for label in Label}
    row = replace(POLICY.destinations["checkpoints"], rows=rows)
    return replace(POLICY, destinations={**POLICY.destinations, "checkpoints": row})


async def kept(policy: Policy, *questions: str) -> dict[str, Any]:
    graph = graph_of(Scripted(), checkpointer=PolicedSaver(lambda: policy, serde=SERDE))
    for question in questions:
        state = await graph.ainvoke({"question": question}, THREAD)
        assert state["answer"]
    return dict((await graph.aget_state(THREAD)).values)


async def test_g6_conversation_that_may_be_kept_is_kept() -> None:
    assert (await kept(POLICY, TOTAL))["question"] == TOTAL


async def test_g6_conversation_that_may_not_be_kept_is_answered_and_forgotten() -> None:
    assert await kept(keeping(Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL), PEAK) == {}


async def test_g6_conversation_that_becomes_too_sensitive_is_forgotten_from_its_beginning() -> None:
    assert await kept(keeping(Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL), TOTAL, PEAK) == {}


async def test_g6_conversation_below_the_limit_is_kept() -> None:
    assert (await kept(keeping(Label.PUBLIC, Label.INTERNAL), TOTAL))["question"] == TOTAL


@pytest.mark.parametrize("question", [TOTAL, PEAK])
async def test_g6_policy_of_nothing_keeps_nothing(question: str) -> None:
    assert await kept(keeping(), question) == {}


SECRET = "What was the total of b1 in 2018? The password: hunter2-Xk9"


class Noting(InMemorySaver):
    """Notes all that it is given to keep."""

    def __init__(self) -> None:
        super().__init__(serde=SERDE)
        self.given: list[str] = []

    async def aput(self, *given: Any) -> Any:
        """Keep a checkpoint."""
        self.given.append(repr(given))
        return await super().aput(*given)

    async def aput_writes(self, *given: Any, **named: Any) -> None:
        """Keep writes."""
        self.given.append(repr(given))
        await super().aput_writes(*given, **named)


async def test_g6_next_question_is_not_kept_before_its_own_label_is_known() -> None:
    policy, inner = keeping(Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL), Noting()
    graph = graph_of(Scripted(), checkpointer=PolicedSaver(lambda: policy, inner))
    await graph.ainvoke({"question": TOTAL}, THREAD)
    assert any(TOTAL in given for given in inner.given)
    state: Any = await graph.ainvoke({"question": SECRET}, THREAD)
    assert state["label"] is Label.RESTRICTED
    assert not any("hunter2" in given for given in inner.given)


async def test_turn_that_may_be_kept_follows_one_that_is_not_yet_labelled() -> None:
    policy = keeping(Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL)
    graph = graph_of(Scripted(), checkpointer=PolicedSaver(lambda: policy, serde=SERDE))
    for question in (TOTAL, "and in 2017?", "and the peak?"):
        state: Any = await graph.ainvoke({"question": question}, THREAD)
    assert state["classification"]["queries"][0].buildings == ("b1",)


async def test_g6_policy_that_became_stricter_forgets_what_was_kept() -> None:
    policies = [POLICY]
    graph = graph_of(Scripted(), checkpointer=PolicedSaver(lambda: policies[-1], serde=SERDE))
    await graph.ainvoke({"question": TOTAL}, THREAD)
    policies.append(keeping(Label.PUBLIC))
    assert (await graph.aget_state(THREAD)).values == {}
    policies.append(POLICY)
    assert (await graph.aget_state(THREAD)).values == {}
