"""A label that rises in the middle of a run cuts clouds off, wherever it rises: what was cleared before is not sent."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from graphs import advisor
from graphs.runtime import SERDE
from models.deadline import Deadline
from models.errors import NotClearedForCloud
from nodes.fallback import fallback
from nodes.prompt import ours
from nodes.rungs import cut_off
from nodes.state import AdvisorUpdate
from privacy.labels import Label
from privacy.pieces import Message
from tests.graphs.small_graph import RANK, graph_of
from tests.graphs.two_clouds import FIRST, SECOND, TwoClouds, two_clouds
from tests.wire.script import Cut, Say, Status

BEFORE_SENDING = ("classify", "route", "retrieve_context", "generate_local", "verify", "fallback", "privacy_gate")
THREAD: Any = {"configurable": {"thread_id": "t"}}
Node = Callable[..., Awaitable[AdvisorUpdate]]


@pytest.fixture
async def clouds() -> AsyncIterator[TwoClouds]:
    """Give two clouds of which the first is down."""
    async with two_clouds(Status(503, "later"), Say("Heating may be the reason.")) as found:
        yield found


def raised_at(name: str, monkeypatch: pytest.MonkeyPatch, turn: int = 1) -> None:
    """Have a node raise the label when it runs for the so manyth time."""
    usual, ran = advisor.bound_nodes, [0]

    def bound(parts: Any) -> dict[str, Node]:
        nodes = usual(parts)
        node = nodes[name]

        async def raising(state: Any) -> AdvisorUpdate:
            update = await node(state)
            ran[0] += 1
            return {**update, "label": Label.RESTRICTED} if ran[0] == turn else update

        return {**nodes, name: raising}

    monkeypatch.setattr(advisor, "bound_nodes", bound)


async def test_without_a_rise_the_second_cloud_answers(clouds: TwoClouds) -> None:
    state = await graph_of(clouds.script(), privacy=clouds.privacy).ainvoke({"question": RANK})
    assert state["receipt"]["chosen"] == SECOND
    assert state["receipt"]["strategy"]


@pytest.mark.parametrize("node", BEFORE_SENDING)
async def test_g5_label_that_rises_at_a_node_before_the_first_cloud_sends_nothing(
    node: str, clouds: TwoClouds, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised_at(node, monkeypatch)
    state = await graph_of(clouds.script(), privacy=clouds.privacy).ainvoke({"question": RANK})
    assert clouds.received == b""
    assert state["receipt"]["chosen"] == "report"
    assert state["analysis"]


@pytest.mark.parametrize(("node", "turn"), [("generate_cloud", 1), ("verify", 2)])
async def test_label_that_rises_after_the_first_cloud_cuts_the_second_off_with_a_note(
    node: str, turn: int, clouds: TwoClouds, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised_at(node, monkeypatch, turn)
    state = await graph_of(clouds.script(), privacy=clouds.privacy).ainvoke({"question": RANK})
    assert clouds.servers["gpt-4o"].received
    assert not clouds.servers["gemini"].received
    assert f"{SECOND} cut off: the label rose to RESTRICTED" in " ".join(state["receipt"]["notes"])
    assert [a["outcome"] for a in state["receipt"]["attempts"]] == ["failed", "failed", "denied"]


async def test_label_that_rises_while_a_cloud_writes_lets_no_other_cloud_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Heating may be the reason. Check the boiler first. Look at the fans."
    async with two_clouds(Cut(after=8, text=text), Say("The pumps may run too long.")) as clouds:
        raised_at("generate_cloud", monkeypatch)
        state = await graph_of(clouds.script(), privacy=clouds.privacy).ainvoke({"question": RANK})
        assert not clouds.servers["gemini"].received
    assert state["analysis"].startswith("Heating may be the reason.")
    assert state["receipt"]["chosen"] == "report"


async def paused(clouds: TwoClouds) -> Any:
    """Return a graph that was stopped between clearance and sending, as a crash or a person stops it."""
    options: dict[str, Any] = {"checkpointer": InMemorySaver(serde=SERDE), "interrupt_before": ["generate_cloud"]}
    graph: Any = graph_of(clouds.script(), privacy=clouds.privacy, **options)
    state = await graph.ainvoke({"question": RANK}, THREAD)
    assert state["receipt"]["ladder"] == ["m1", FIRST, SECOND, "report"]
    assert (await graph.aget_state(THREAD)).values["clearance"]
    return graph


async def test_run_that_was_stopped_goes_on_where_its_label_stayed(clouds: TwoClouds) -> None:
    await (await paused(clouds)).ainvoke(None, THREAD)
    assert clouds.servers["gpt-4o"].received


async def test_g5_label_that_is_raised_between_clearance_and_sending_sends_nothing(clouds: TwoClouds) -> None:
    graph = await paused(clouds)
    await graph.aupdate_state(THREAD, {"label": Label.RESTRICTED}, as_node="privacy_gate")
    state = await graph.ainvoke(None, THREAD)
    assert clouds.received == b""
    reasons = [a["reason"] for a in state["receipt"]["attempts"] if a["endpoint"] == FIRST]
    assert "the label rose to RESTRICTED, and it was cleared as INTERNAL" in reasons[0]


async def test_g5_run_that_is_played_again_does_not_send_with_the_old_clearance(clouds: TwoClouds) -> None:
    graph = await paused(clouds)
    before = (await graph.aget_state(THREAD)).config
    await graph.ainvoke(None, THREAD)
    clouds.servers["gpt-4o"].received.clear()
    await graph.ainvoke(None, before)
    assert not clouds.servers["gpt-4o"].received


async def test_g5_clearance_serves_once_and_under_its_label_alone(clouds: TwoClouds) -> None:
    privacy, asked = clouds.privacy, (Message("user", (ours("What should be checked next?"),)),)
    for label, sends in ((Label.CONFIDENTIAL, False), (Label.PUBLIC, True)):
        decision = await privacy.clear(SECOND, asked, Label.PUBLIC)
        assert decision.clearance
        stream = privacy.speak(SECOND, decision.clearance, Deadline.after(10), label, "r1")
        if not sends:
            with pytest.raises(NotClearedForCloud, match="cleared as PUBLIC"):
                await anext(stream)
            assert clouds.received == b""
            continue
        assert [chunk.text async for chunk in stream]
        with pytest.raises(NotClearedForCloud, match="not known here"):
            await anext(privacy.speak(SECOND, decision.clearance, Deadline.after(10), label, "r1"))


async def test_policy_that_is_tightened_between_clearance_and_sending_sends_nothing(clouds: TwoClouds) -> None:
    graph = await paused(clouds)
    clouds.policy = replace(clouds.policy, hash="tighter")
    state = await graph.ainvoke(None, THREAD)
    assert not clouds.servers["gpt-4o"].received
    assert "no longer in force" in state["receipt"]["attempts"][1]["reason"]


@pytest.mark.parametrize(("label", "goes"), [("INTERNAL", "c2"), ("CONFIDENTIAL", "c2"), ("RESTRICTED", "report")])
async def test_g5_fallback_passes_clouds_that_may_not_have_the_label_of_now(label: str, goes: str) -> None:
    most = {"c1": "INTERNAL", "c2": "CONFIDENTIAL"} if label != "INTERNAL" else {"c1": None, "c2": "INTERNAL"}
    candidates = [{"id": id_, "max_label": highest} for id_, highest in most.items()]
    receipt: Any = {
        "label": "PUBLIC",
        "ladder": ["m1", "c1", "c2", "report"],
        "cloud": ["c1", "c2"],
        "rung": 0,
        "routes": [{"request": {"candidates": candidates}, "decision": {}}],
    }
    told: Any = await fallback(
        {"receipt": receipt, "attempts": [], "label": Label[label]},  # type: ignore[typeddict-item]
        emit=lambda _: None,
    )
    assert told["receipt"]["ladder"][told["receipt"]["rung"]] == goes
    assert told["receipt"]["notes"][0].startswith("c1 cut off: the label rose to")


@pytest.mark.parametrize("most", [None, "NONE", "RESTRICTED", "nonsense"])
def test_nothing_restricted_goes_to_a_cloud_whatever_a_receipt_says(most: str | None) -> None:
    routes = [{"request": {"candidates": [{"id": "c1", "max_label": most}]}}]
    receipt: Any = {"ladder": ["c1", "report"], "cloud": ["c1"], "routes": routes}
    assert cut_off(receipt, "c1", Label.RESTRICTED)
