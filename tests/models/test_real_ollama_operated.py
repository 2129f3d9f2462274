"""Operating the real Ollama: its figures, a hang that only a token shows, and a restart that loses no call."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from benchmarks.models.restart import create_models
from config.settings import Settings
from models.errors import ModelError, TransientModelError
from models.hosts.api import open_api
from models.hosts.health import Probe
from models.hosts.loading import Use, memory_of, settle
from models.hosts.operated import operated
from models.hosts.present import facts_of, residents_of
from models.hosts.pull import pull
from models.hosts.traffic import Traffic
from models.hosts.watch import Pinned
from services import ollama_server as ours
from services.ollama_server import ensure_ollama, find_binary, marked, stop_ollama
from tests.models.ollama_server import OllamaServer

MODEL = "qwen2.5:7b"
USE = Use(MODEL, ("analyst",), 4096, waiting=1)


async def test_figures_are_those_of_the_running_model(ollama_server: OllamaServer) -> None:
    async with open_api(ollama_server.host) as api:
        assert await settle(api, await memory_of(api, [USE])) == []
        (held,) = await residents_of(api)
        facts = (await facts_of(api, [MODEL]))[MODEL]
        (runner,) = ollama_server.runners()
    assert (facts.quantisation, facts.parameters, held.context_tokens) == ("Q4_1", "134.52M", 4096)
    estimate, measured = facts.footprint_bytes(4096), psutil.Process(runner).memory_info().rss
    assert measured <= estimate * 1.05
    assert 0.9 * held.size_bytes <= estimate <= 2 * held.size_bytes


async def test_model_is_unloaded_when_its_room_is_needed(ollama_server: OllamaServer) -> None:
    async with open_api(ollama_server.host) as api:
        await settle(api, await memory_of(api, [USE]))
        too_small = await memory_of(api, [USE], budget_bytes=1_000_000)
        assert too_small.plan.of("unload") == (MODEL,)
        assert await settle(api, too_small) == []
        async with asyncio.timeout(5):
            while await residents_of(api):
                await asyncio.sleep(0.05)


async def test_hung_runner_is_known_in_under_five_seconds(ollama_server: OllamaServer) -> None:
    async with open_api(ollama_server.host) as api:
        digest = (await facts_of(api, [MODEL]))[MODEL].digest
        await api.one_token(MODEL, 4096, keep_alive_s=60, timeout_s=20)
        probe = Probe(api, MODEL, 4096, Traffic(), time.monotonic, digest=digest)
        assert (await probe.look()).state == "healthy"
        (runner,) = ollama_server.runners()
        os.kill(runner, signal.SIGSTOP)
        begun = time.monotonic()
        try:
            assert (await probe.look()).state == "hung"
            assert time.monotonic() - begun < 5
        finally:
            os.kill(runner, signal.SIGCONT)
        await api.one_token(MODEL, 4096, keep_alive_s=60, timeout_s=20)


async def test_pull_without_a_network_names_the_model_and_the_remedy(ollama_server: OllamaServer) -> None:
    async with open_api(ollama_server.host) as api:
        with pytest.raises(TransientModelError, match=r"localhost:9/library/nomodel.*eaio models pull"):
            async for _ in pull(api, "localhost:9/library/nomodel:1b"):
                pass


@asynccontextmanager
async def served(home: Path) -> AsyncIterator[tuple[str, Settings]]:
    service = ours.ollama_server(Settings(home=home), find_binary())
    try:
        running = await ensure_ollama(service)
        host = f"{running.host}:{running.port}"
        await asyncio.to_thread(create_models, home, host)
        yield host, Settings(home=home)
    finally:
        await stop_ollama(service)


@pytest.mark.slow
@pytest.mark.parametrize("runners", [True, False], ids=["runner", "server"])
async def test_ollama_of_ours_that_is_held_still_is_started_anew_in_under_ten_seconds(
    tmp_path: Path, runners: bool
) -> None:
    async with served(tmp_path / "home") as (host, settings):
        service = ours.ollama_server(settings, find_binary())
        async with operated(host, [Pinned(MODEL, 4096)], service=service) as care, open_api(host) as api:
            await api.one_token(MODEL, 4096, keep_alive_s=60, timeout_s=20)
            for process in marked(settings.home):
                if ("serve" not in process.info["cmdline"]) is runners:
                    os.kill(process.pid, signal.SIGSTOP)
            begun = time.monotonic()
            while not await answers(host):
                assert time.monotonic() - begun < 10
        assert care.restarts == 1


async def answers(host: str) -> bool:
    try:
        async with open_api(host) as api:
            await api.one_token(MODEL, 4096, keep_alive_s=60, timeout_s=1)
    except ModelError:
        await asyncio.sleep(0.1)
        return False
    return True
