"""Many who ask the same at the same moment are one call of the model, but never across tenants or labels."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import pytest

from config.settings import Settings
from graphs.advisor import build
from graphs.live_models import LiveModels
from models import ChatModels, Chunk, Deadline, open_chat_models
from nodes.coordinate import QueryForm, prompt
from privacy.labels import Label
from tests.graphs.small_graph import RANK, Scripted, parts_of
from tests.small_site import SmallSite
from tests.wire.ollama import FakeOllama
from tests.wire.script import Say
from tools.readings import HourlySeries

CROWD = 200
ANSWER = Say("b2 used the most. Heating may be the reason.", usage=(90, 11), delay_s=1.0)


@dataclass
class Together:
    """The analysts, who are asked once all have come."""

    live: LiveModels
    gate: asyncio.Barrier

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Wait for the others, then ask."""
        await self.gate.wait()
        async with aclosing(self.live.speak(endpoint, prompt, deadline, label)) as chunks:
            async for chunk in chunks:
                yield chunk


class KeptSite(SmallSite):
    """The small site, whose hours are worked out once."""

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: self._kept(m, start, end) for m in meters}

    @lru_cache(maxsize=100)  # noqa: B019 - one site for a test
    def _kept(self, meter: str, start: datetime, end: datetime) -> HourlySeries:
        return self._series(self._inventory.meters[meter], start, end)


@dataclass(frozen=True)
class Asking:
    """A group of people who ask the same, as one tenant and with memory of one label."""

    people: int
    tenant: str = "one"
    memory: Label = Label.INTERNAL


async def asked(*groups: Asking) -> tuple[list[dict[str, Any]], int]:
    """Let all groups ask at the same moment; return the final states, and how many calls the model got."""
    site, gate = KeptSite(), asyncio.Barrier(sum(group.people for group in groups))
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeOllama(ANSWER))
        settings = Settings(profile="local", ollama_host=fake.host)
        chat = await stack.enter_async_context(open_chat_models(settings))
        graphs = [graph_of(settings, chat, gate, site, group) for group in groups]
        runs = [
            g.ainvoke({"question": RANK}) for g, group in zip(graphs, groups, strict=True) for _ in range(group.people)
        ]
        states = await asyncio.gather(*runs)
        return states, len(fake.chats)


def graph_of(settings: Settings, chat: ChatModels, gate: asyncio.Barrier, site: SmallSite, group: Asking) -> Any:
    """Return a group's graph over the models that all share."""
    live = LiveModels(settings, chat, tenant=group.tenant)
    parts = parts_of(Scripted(recalled=[("nothing of note", group.memory)]), site)
    return build(replace(parts, ladder=live, analysts=Together(live, gate), budget_s=100.0))


@pytest.mark.slow
async def test_two_hundred_identical_questions_at_once_are_one_call_of_the_model() -> None:
    states, calls = await asked(Asking(CROWD))
    assert calls == 1
    assert {state["analysis"] for state in states} == {ANSWER.text}
    assert sum(state["usage"]["tokens_in"] for state in states) == 90
    attempts = [state["receipt"]["attempts"][-1] for state in states]
    assert sorted(a["shared"] for a in attempts) == [False] + [True] * (CROWD - 1)
    assert {a["outcome"] for a in attempts} == {"verified"}


@pytest.mark.slow
async def test_two_tenants_are_two_calls() -> None:
    _, calls = await asked(Asking(5, "one"), Asking(5, "two"))
    assert calls == 2


@pytest.mark.slow
async def test_two_labels_are_two_calls() -> None:
    states, calls = await asked(Asking(5, memory=Label.INTERNAL), Asking(5, memory=Label.CONFIDENTIAL))
    assert calls == 2
    assert {state["label"] for state in states} == {Label.INTERNAL, Label.CONFIDENTIAL}


async def test_coordinators_of_one_label_share_a_call_too() -> None:
    messages = prompt(RANK, await SmallSite().inventory())
    form = Say(QueryForm(about_energy="yes", measure="gas", statistic="total", building="b1", period="2018",
                         night_or_weekend="all hours", rank="none").model_dump_json(), delay_s=0.2)  # fmt: skip
    async with FakeOllama(form) as fake:
        settings = Settings(profile="local", ollama_host=fake.host, coordinator_budget_s=30.0)
        async with open_chat_models(settings) as chat:
            live = LiveModels(settings, chat)
            await chat.ladder("coordinator")
            labels = [Label.INTERNAL] * 5 + [Label.RESTRICTED] * 5
            forms = await asyncio.gather(*(live.fill(messages, QueryForm, label) for label in labels))
        assert {f.building for f in forms} == {"b1"}
        assert len(fake.chats) == 2
