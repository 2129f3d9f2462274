"""Who asks the same at once comes to the model at different moments, some after its answer: it is one call still."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from config.settings import Settings
from graphs.advisor import build
from graphs.live_models import LiveModels
from models import ChatModels
from models.asked import asked_now
from nodes.state import Answer
from tests.graphs.small_graph import RANK, Scripted, parts_of
from tests.wire.ollama import FakeOllama
from tests.wire.script import Say

CROWD = 30
SAID = "b2 used the most. Check the schedule of its heating."


@pytest.mark.slow
async def test_identical_questions_asked_at_once_make_one_call_though_the_answer_takes_no_time() -> None:
    async with FakeOllama(Say(SAID)) as fake:
        settings = Settings(profile="local", ollama_host=fake.host)
        chat = ChatModels(settings, clock=lambda: 0.0)  # one look at Ollama: a crowd in one process starves the next
        live = LiveModels(settings, chat)
        parts = replace(parts_of(Scripted()), ladder=live, analysts=live, coordinator=live, budget_s=90)
        graph = build(parts)

        async def ask() -> Answer:
            with asked_now():
                return cast(Answer, await graph.ainvoke({"question": RANK}))

        await live.analysts()
        answers = await asyncio.gather(*(ask() for _ in range(CROWD)))
        assert len(fake.chats) == 1
        await ask()  # and whoever asks later is no part of the crowd
        assert len(fake.chats) == 2
        await chat.close()
    assert {answer["analysis"] for answer in answers} == {SAID}
    spent = sorted((a["usage"]["tokens_in"], a["usage"]["tokens_out"]) for a in answers)
    assert spent == [(0, 0)] * (CROWD - 1) + [(42, 7)]
    assert len({answer["receipt"]["question_id"] for answer in answers}) == CROWD
