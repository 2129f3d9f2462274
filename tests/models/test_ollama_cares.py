"""A process that goes on asking an Ollama looks after it; what hangs is mended while its calls wait."""

import asyncio
import os
import signal
from contextlib import aclosing
from pathlib import Path

import pytest

from benchmarks.models.restart import create_models
from config.settings import Settings
from models import ChatModels, Chunk, Deadline, Sampling, open_chat_models
from models.errors import ModelUnreachable, PermanentModelError
from models.hosts.own import with_own_ollama
from models.routing.file import SHIPPED
from services.errors import ServiceError
from services.fleet import fleet, start_all, status_all, stop_all
from services.ollama_server import find_binary, marked, own_server, stop_ollama
from tests.models.asking import QUESTION
from tests.models.ollama_server import BUILT, skip_unless_ci
from tests.wire.ollama import FakeOllama

SHORT = Sampling(temperature=0.0, max_tokens=8)


async def asked(models: ChatModels) -> list[Chunk]:
    endpoint, *_ = await models.ladder("analyst")
    stream = models.stream(endpoint, QUESTION, deadline=Deadline.after(40), sampling=SHORT)
    async with aclosing(stream) as chunks:
        return [chunk async for chunk in chunks]


async def test_a_process_that_asks_once_or_twice_looks_after_nothing() -> None:
    async with FakeOllama() as fake:
        async with open_chat_models(Settings(profile="local", ollama_host=fake.host)) as models:
            await asked(models)
            await asked(models)
        assert {request.path for request in fake.requests} == {
            "/api/version",
            "/api/tags",
            "/api/experimental/aliases",
            "/api/chat",
        }


async def test_an_own_ollama_that_cannot_start_leaves_the_settings_as_they_are(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, ollama_managed=True, ollama_binary=tmp_path / "none")
    assert await with_own_ollama(settings) is settings
    with pytest.raises(ServiceError, match="EAIO_OLLAMA_BINARY"):
        own_server(settings)
    assert "ollama" not in [service.name for service in fleet(settings)]


async def test_without_the_setting_no_ollama_is_ours() -> None:
    settings = Settings()
    assert own_server(settings) is None
    assert await with_own_ollama(settings) is settings


@pytest.fixture
def managed(tmp_path: Path) -> Settings:
    if not BUILT.exists():
        try:
            find_binary()
        except ServiceError as why:
            skip_unless_ci(str(why))
    return Settings(home=tmp_path, profile="local", ollama_managed=True)


@pytest.mark.slow
async def test_an_ollama_of_ours_that_hangs_is_started_anew_and_the_waiting_call_is_answered(managed: Settings) -> None:
    settings = await with_own_ollama(managed)
    service = own_server(managed)
    assert service is not None
    try:
        await asyncio.to_thread(create_models, managed.home, settings.ollama_host)
        async with open_chat_models(settings) as models:
            for _ in range(3):  # with the third call the host is looked after
                assert (await asked(models))[-1].finish is not None
            for process in marked(managed.home):
                if "serve" not in process.info["cmdline"]:
                    os.kill(process.pid, signal.SIGSTOP)
            assert (await asked(models))[-1].usage is not None
    finally:
        await stop_ollama(service)
    assert list(marked(managed.home)) == []


@pytest.mark.slow
async def test_an_ollama_of_ours_is_one_of_the_services(managed: Settings) -> None:
    try:
        started = await start_all(managed, only=["ollama"])
        assert "port" in str(started["ollama"])
        states = {one.name: one.state for one in await status_all(managed)}
        assert states["ollama"] == "running"
        settings = await with_own_ollama(managed)
        async with open_chat_models(settings) as models:
            with pytest.raises(Exception, match="ollama pull") as missing:
                await asked(models)
            assert not isinstance(missing.value, ModelUnreachable)
    finally:
        assert (await stop_all(managed))["ollama"]


async def until_refused(models: ChatModels) -> None:
    for _ in range(100):
        await asked(models)


@pytest.mark.slow
async def test_a_model_that_the_memory_budget_never_holds_is_refused_with_the_figures(
    managed: Settings, tmp_path: Path
) -> None:
    small = tmp_path / "small.yaml"
    small.write_text(SHIPPED.read_text().replace("memory_gib: 12", "memory_gib: 0.05"))
    settings = (await with_own_ollama(managed)).model_copy(update={"routing": small})
    service = own_server(managed)
    assert service is not None
    try:
        await asyncio.to_thread(create_models, managed.home, settings.ollama_host)
        async with open_chat_models(settings) as models:
            for _ in range(3):
                await asked(models)
            with pytest.raises(PermanentModelError, match=r"more than the budget of 0\.05 GiB"):
                await until_refused(models)
    finally:
        await stop_ollama(service)
