"""Against the embedded model's real server."""

import os
import signal
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal

import pytest
from pydantic import BaseModel

from config.settings import Settings
from models import ChatModels, Chunk, Deadline, Endpoint, Sampling, open_chat_models, warm
from models.errors import ModelTimeout, ModelUnreachable, TruncatedAnswer
from models.usage import Usage
from services.embedded_model import embedded_model
from services.errors import ServiceFailed
from services.process import ensure

STORY = [("user", "Write a very long story of the sea in many chapters, and count every wave.")]
ENDLESS = Sampling(temperature=0.0, max_tokens=3000)
SHORT = Sampling(temperature=0.0, max_tokens=8)


class Complexity(BaseModel):
    """What a coordinator fills."""

    complexity: Literal["low", "medium", "high"]


async def pid_of_server(settings: Settings) -> int:
    return (await ensure(embedded_model(settings))).pid


async def rest(chunks: AsyncGenerator[Chunk, None]) -> list[Chunk]:
    return [chunk async for chunk in chunks]


async def first_of_story(models: ChatModels, endpoint: Endpoint, seconds: float) -> Chunk:
    stream = models.stream(endpoint, STORY, deadline=Deadline.after(seconds), sampling=ENDLESS)
    async with aclosing(stream) as chunks:
        return await anext(chunks)


async def test_server_is_started_by_the_first_question_and_answers_both_roles(embedded_settings: Settings) -> None:
    async with open_chat_models(embedded_settings) as models:
        (analyst,), (coordinator,) = await models.ladder("analyst"), await models.ladder("coordinator")
        stream = models.stream(analyst, [("user", "Say hi.")], deadline=Deadline.after(20), sampling=SHORT)
        async with aclosing(stream) as chunks:
            *pieces, last = [chunk async for chunk in chunks]
        assert "".join(piece.text for piece in pieces).strip()
        assert last.usage is not None
        assert not last.usage.estimated
        filled = await models.fill(coordinator, [("user", "Low?")], Complexity, deadline=Deadline.after(20))
        assert filled.complexity in ("low", "medium", "high")


async def test_hung_server_is_given_up_within_the_deadline(embedded_settings: Settings) -> None:
    async with open_chat_models(embedded_settings) as models:
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)
        (endpoint,) = await models.ladder("analyst")
        pid = await pid_of_server(embedded_settings)
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(ModelTimeout):
                await first_of_story(models, endpoint, seconds=0.5)
        finally:
            os.kill(pid, signal.SIGCONT)
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)


async def test_server_that_stands_still_is_ended_and_the_same_question_answered_by_a_new_one(
    embedded_settings: Settings,
) -> None:
    async with open_chat_models(embedded_settings) as models:
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)
        (endpoint,) = await models.ladder("analyst")
        pid = await pid_of_server(embedded_settings)
        os.kill(pid, signal.SIGSTOP)
        assert (await first_of_story(models, endpoint, seconds=20)).text
    assert await pid_of_server(embedded_settings) != pid


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_server_killed_or_stopped_while_it_writes_cuts_the_answer_and_the_next_question_starts_it_again(
    embedded_settings: Settings, number: signal.Signals
) -> None:
    async with open_chat_models(embedded_settings) as models:
        (endpoint,) = await models.ladder("analyst")
        stream = models.stream(endpoint, STORY, deadline=Deadline.after(20), sampling=ENDLESS)
        async with aclosing(stream) as chunks:
            assert (await anext(chunks)).text
            os.kill(await pid_of_server(embedded_settings), number)
            with pytest.raises(TruncatedAnswer):
                await rest(chunks)
        assert (await first_of_story(models, endpoint, seconds=20)).text


async def test_server_that_does_not_start_is_unreachable_with_the_reason(embedded_settings: Settings) -> None:
    async def start_embedded(settings: Settings) -> str:
        raise ServiceFailed("embedded_model", "no space left on device", settings.home / "log")

    async with open_chat_models(embedded_settings, start_embedded=start_embedded) as models:
        (endpoint,) = await models.ladder("analyst")
        with pytest.raises(ModelUnreachable, match="no space left on device"):
            await first_of_story(models, endpoint, seconds=5)


async def test_server_that_takes_too_long_to_start_is_given_up_within_the_deadline(embedded_settings: Settings) -> None:
    async with open_chat_models(embedded_settings) as models:
        (endpoint,) = await models.ladder("analyst")
        with pytest.raises(ModelTimeout, match="no start"):
            await first_of_story(models, endpoint, seconds=0.01)
