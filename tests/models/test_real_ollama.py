"""Against the real Ollama, with SmolLM2 under the names of the roles."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from config.settings import Settings
from models import ANALYSIS, ChatModels, Chunk, Deadline, Endpoint, Sampling, open_chat_models, survey, warm
from models.errors import ModelError, ModelNotFound, ModelTimeout, ModelUnreachable, TruncatedAnswer
from models.usage import Usage
from tests.models.ollama_server import OllamaServer, running_ollama

STORY = [("user", "Write a very long story of the sea in many chapters, and count every wave.")]
ENDLESS = Sampling(temperature=0.0, max_tokens=3000)


class Complexity(BaseModel):
    """What a coordinator fills."""

    complexity: Literal["low", "medium", "high"]


def settings_of(server: OllamaServer) -> Settings:
    return Settings(profile="local", ollama_host=server.host)


def story(models: ChatModels, endpoint: Endpoint, seconds: float = 20) -> AsyncGenerator[Chunk, None]:
    return models.stream(endpoint, STORY, deadline=Deadline.after(seconds), sampling=ENDLESS)


async def rest(chunks: AsyncGenerator[Chunk, None]) -> list[Chunk]:
    return [chunk async for chunk in chunks]


@contextmanager
def stopped(pids: list[int]) -> Iterator[None]:
    """Hold processes still."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


async def test_both_roles_answer_with_counts_of_the_server(ollama_server: OllamaServer) -> None:
    async with open_chat_models(Settings(ollama_host=ollama_server.host)) as models:
        assert (await models.resolution()).profile == "local"
        for role in ("coordinator", "analyst"):
            (endpoint,) = await models.ladder(role)
            stream = models.stream(endpoint, [("user", "Say hi.")], deadline=Deadline.after(20), sampling=ANALYSIS)
            async with aclosing(stream) as chunks:
                *pieces, last = [chunk async for chunk in chunks]
            assert "".join(piece.text for piece in pieces).strip()
            assert last.usage is not None
            assert not last.usage.estimated
            assert last.usage.tokens_out >= len(pieces) > 0


async def test_form_is_filled_while_it_is_written(ollama_server: OllamaServer) -> None:
    async with open_chat_models(settings_of(ollama_server)) as models:
        (endpoint,) = await models.ladder("coordinator")
        question = [("user", "How complex is: which building used most gas? Answer as JSON.")]
        filled = await models.fill(endpoint, question, Complexity, deadline=Deadline.after(20))
    assert filled.complexity in ("low", "medium", "high")


async def test_calls_that_differ_do_not_reload_the_model(ollama_server: OllamaServer) -> None:
    async with open_chat_models(settings_of(ollama_server)) as models:
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)
        before = ollama_server.runners()
        (endpoint,) = await models.ladder("coordinator")
        await models.fill(endpoint, [("user", "JSON, please.")], Complexity, deadline=Deadline.after(20))
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)
        assert ollama_server.runners() == before != []


async def test_hung_runner_is_given_up_within_the_deadline_though_ollama_still_answers(
    ollama_server: OllamaServer,
) -> None:
    async with open_chat_models(settings_of(ollama_server)) as models:
        await warm(models, "analyst", Deadline.after(20))
        (endpoint,) = await models.ladder("analyst")
        with stopped(ollama_server.runners()):
            assert (await survey(ollama_server.host)).reachable
            async with asyncio.timeout(2):
                with pytest.raises(ModelTimeout):
                    await anext(story(models, endpoint, seconds=1))
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)


async def test_runner_killed_while_it_writes_cuts_the_answer_and_the_next_one_comes(
    ollama_server: OllamaServer,
) -> None:
    async with open_chat_models(settings_of(ollama_server)) as models:
        (endpoint,) = await models.ladder("analyst")
        async with aclosing(story(models, endpoint)) as chunks:
            assert (await anext(chunks)).text
            for pid in ollama_server.runners():
                os.kill(pid, signal.SIGKILL)
            with pytest.raises(TruncatedAnswer):
                await rest(chunks)
        assert isinstance(await warm(models, "analyst", Deadline.after(20)), Usage)


@pytest.mark.slow
async def test_server_killed_while_it_writes_cuts_the_answer_and_is_then_unreachable(tmp_path: Path) -> None:
    with running_ollama(tmp_path) as server:
        async with open_chat_models(settings_of(server)) as models:
            (endpoint,) = await models.ladder("analyst")
            async with aclosing(story(models, endpoint)) as chunks:
                assert (await anext(chunks)).text
                os.kill(server.pid, signal.SIGKILL)
                with pytest.raises(TruncatedAnswer):
                    await rest(chunks)
            assert isinstance(await warm(models, "analyst", Deadline.after(5)), ModelUnreachable)


async def test_missing_model_is_named_before_and_after_it_went(ollama_server: OllamaServer) -> None:
    settings = Settings(profile="local", ollama_host=ollama_server.host, analyst_model="nomodel:1b")
    async with open_chat_models(settings) as models:
        (known,) = await models.ladder("analyst")
        # Known to be there when the ladder was made, and removed since.
        gone = Endpoint(known.id, "analyst", "ollama", "nomodel:1b", known.base_url, known.context_tokens)
        for endpoint in (known, gone):
            with pytest.raises(ModelNotFound, match="ollama pull nomodel:1b"):
                await anext(story(models, endpoint))


async def test_cancelled_answer_frees_ollama_for_the_next_question(ollama_server: OllamaServer) -> None:
    async with open_chat_models(settings_of(ollama_server)) as models:
        (endpoint,) = await models.ladder("analyst")
        begun = asyncio.Event()

        async def read() -> None:
            async for _ in story(models, endpoint, seconds=60):
                begun.set()

        reading = asyncio.create_task(read())
        await begun.wait()
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        # One answer at a time: uncancelled, the story would hold the model for most of a minute.
        assert isinstance(await warm(models, "analyst", Deadline.after(5)), Usage)


async def test_warming_returns_what_went_wrong_instead_of_raising(ollama_server: OllamaServer) -> None:
    settings = Settings(profile="local", ollama_host=ollama_server.host, analyst_model="nomodel:1b")
    async with open_chat_models(settings) as models:
        assert isinstance(await warm(models, "analyst", Deadline.after(5)), ModelError)
        assert await warm(models, "embedder", Deadline.after(5)) is None
