"""With data there is always a headline and an analysis, whatever else is missing or slow; without data, a remedy."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from services import stop_all
from services.postgres import postgres
from services.process import stop
from tests.models.ollama_server import OllamaServer
from tests.wire.ollama import FakeOllama
from tests.wire.script import Act, Break, Cut, Garbage, Hang, Say, Status

RANK = "Which building used the most electricity in 2019, and how much?"
HEADLINE = "b105 had the highest electricity use in 2019: 7,432,846 kWh"
BUDGET_S = 6.0
NOWHERE = {"redis_url": "redis://127.0.0.1:1/0", "milvus_uri": "http://127.0.0.1:1"}


@asynccontextmanager
async def runtime_of(settings: Settings, **changes: Any) -> AsyncIterator[Runtime]:
    """Open a runtime over the shared home with some settings changed."""
    async with open_runtime(settings.model_copy(update={"answer_budget_s": BUDGET_S, **changes})) as runtime:
        yield runtime


async def answer(settings: Settings, **changes: Any) -> dict[str, Any]:
    """Answer the rank question once."""
    async with runtime_of(settings, **changes) as runtime:
        await runtime.data.inventory()
        return await runtime.ask(RANK)


def assert_answered_in_time(result: dict[str, Any]) -> None:
    """Check that the person got facts, an analysis and a receipt that names the cause, within the budget."""
    assert result["status"] == "answered"
    assert result["headline"].startswith(HEADLINE)
    assert result["analysis"]
    assert result["timings_ms"]["total"] < 1000 * (BUDGET_S + 1)
    assert result["timings_ms"]["headline"] < 1000 * BUDGET_S


@pytest.mark.parametrize(
    ("act", "cause"),
    [
        (Hang(), "ModelTimeout"),
        (Hang(after=3), "ModelTimeout"),
        (Cut(after=4), "TruncatedAnswer"),
        (Cut(after=0), "Model"),
        (Break(after=2), "TruncatedAnswer"),
        (Garbage(), "MalformedAnswer"),
        (Status(500), "Model"),
        (Status(503), "Model"),
        (Say("b4 used 12 kWh. b8 used 13 kWh."), "carried by the evidence"),
        (Say("\u0000\ufffd }{ ]["), "carried by the evidence"),
        (Say(""), "wrote nothing"),
    ],
    ids=lambda value: repr(value) if isinstance(value, Act) else None,
)
async def test_analyst_that_fails_costs_no_answer_and_the_receipt_names_the_cause(
    settings: Settings, act: Act, cause: str
) -> None:
    async with FakeOllama(act) as ollama:
        result = await answer(settings, profile="local", ollama_host=ollama.host)
    assert_answered_in_time(result)
    assert result["receipt"]["chosen"] == "report"
    assert cause in result["receipt"]["attempts"][0]["reason"]


async def test_missing_model_is_told_with_the_pull_line(settings: Settings) -> None:
    async with FakeOllama(Say(), models=("llama3.2:3b",)) as ollama:
        result = await answer(settings, profile="local", ollama_host=ollama.host)
    assert_answered_in_time(result)
    assert "ollama pull qwen2.5:7b" in result["receipt"]["attempts"][0]["reason"]


async def test_no_ollama_at_all_is_told_with_the_way_to_start_it(settings: Settings) -> None:
    result = await answer(settings, profile="local", ollama_host="127.0.0.1:1")
    assert_answered_in_time(result)
    assert "ollama serve" in result["receipt"]["attempts"][0]["reason"]


async def test_memory_and_cache_down_are_notes_in_the_receipt_and_nothing_else(settings: Settings) -> None:
    async with FakeOllama(Say("b105 used the most electricity.")) as ollama:
        result = await answer(settings, profile="local", ollama_host=ollama.host, **NOWHERE)
    assert_answered_in_time(result)
    assert result["receipt"]["chosen"] == "ollama:qwen2.5:7b"
    notes = " ".join(result["receipt"]["notes"])
    assert "agent memory" in notes
    assert "response cache" in notes


async def test_everything_but_the_data_down_at_once_still_gives_the_answer(settings: Settings) -> None:
    async with FakeOllama(Hang()) as ollama:
        result = await answer(settings, profile="local", ollama_host=ollama.host, **NOWHERE)
    assert_answered_in_time(result)
    assert result["receipt"]["chosen"] == "report"


async def test_database_that_is_not_there_is_an_error_that_names_the_remedy(settings: Settings) -> None:
    async with runtime_of(settings, database_url="postgresql://eaio@127.0.0.1:1/eaio") as runtime:
        result = await runtime.ask(RANK)
    assert result["status"] == "error"
    assert "eaio up" in result["reason"]


async def test_embedded_database_that_was_stopped_is_started_again_in_the_middle_of_a_run(settings: Settings) -> None:
    async with (
        FakeOllama(Say("b105 used the most electricity.")) as ollama,
        runtime_of(settings, profile="local", ollama_host=ollama.host) as runtime,
    ):
        await runtime.ask(RANK)
        await stop(postgres(settings))
        assert_answered_in_time(await runtime.ask(RANK))


async def test_ollama_runner_that_was_stopped_costs_no_answer(settings: Settings, ollama_server: OllamaServer) -> None:
    async with runtime_of(settings, profile="local", ollama_host=ollama_server.host) as runtime:
        await runtime.data.inventory()
        await runtime.ask("How much electricity did b4 use in 2019?")
        runners = ollama_server.runners()
        for pid in runners:
            os.kill(pid, signal.SIGSTOP)
        try:
            result = await runtime.ask(RANK)
        finally:
            for pid in runners:
                os.kill(pid, signal.SIGCONT)
    assert runners
    assert_answered_in_time(result)
    assert result["receipt"]["chosen"] == "report"


async def test_ollama_runner_that_was_killed_in_mid_stream_costs_no_answer(
    settings: Settings, ollama_server: OllamaServer
) -> None:
    async with runtime_of(settings, profile="local", ollama_host=ollama_server.host) as runtime:
        await runtime.data.inventory()
        events = runtime.stream("How much electricity did b8 use in 2019?")
        result: dict[str, Any] = {}
        async for event in events:
            if event["event"] == "rung":
                asyncio.get_running_loop().call_later(0.3, _kill, ollama_server)
            if event["event"] == "answer":
                result = event["answer"]
    assert result["status"] == "answered"
    assert result["analysis"]


def _kill(server: OllamaServer) -> None:
    for pid in server.runners():
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
async def test_two_runtimes_that_open_an_empty_home_at_the_same_moment_both_answer(tmp_path: Any) -> None:
    settings = Settings(home=tmp_path / "home", profile="local", ollama_host="127.0.0.1:1").model_copy(update=NOWHERE)
    try:
        results = await asyncio.gather(answer(settings), answer(settings))
        assert [r["status"] for r in results] == ["answered", "answered"]
    finally:
        await stop_all(settings)


async def test_answer_comes_within_its_budget_even_where_every_part_waits(settings: Settings) -> None:
    started = time.monotonic()
    async with FakeOllama(Hang()) as ollama:
        await answer(settings, profile="local", ollama_host=ollama.host, answer_budget_s=3.0, **NOWHERE)
    assert time.monotonic() - started < 3.0 + 2.0
