"""Ollama as a process of ours: found, started where it was, and ended with all that it started, and nothing else."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from config.settings import Settings
from services import ollama_server as module
from services.errors import ServiceError, ServiceFailed
from services.ollama_server import (
    computed_s,
    end_marked,
    ensure_ollama,
    find_binary,
    marked,
    ollama_server,
    restart_ollama,
    stop_ollama,
)
from services.pid import born_s
from services.service import Service
from tests.models.ollama_server import BUILT, skip_unless_ci


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    """An Ollama of a home of its own, ended afterwards."""
    if not BUILT.exists() and not shutil.which("ollama"):
        skip_unless_ci("there is no Ollama here; `make ollama` builds one")
    one = ollama_server(settings, find_binary())
    yield one
    await stop_ollama(one)


def test_given_binary_is_taken_and_a_wrong_one_named(tmp_path: Path) -> None:
    program = tmp_path / "ollama"
    program.touch(mode=0o755)
    assert find_binary(program) == program
    with pytest.raises(ServiceError, match="EAIO_OLLAMA_BINARY"):
        find_binary(tmp_path / "none")


def test_binary_on_the_path_comes_before_the_built_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "built"
    monkeypatch.setattr(module, "BUILT", built)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ServiceError, match="run `make ollama`"):
        find_binary()
    built.touch()
    assert find_binary() == built
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/ollama")
    assert find_binary() == Path("/usr/bin/ollama")


def test_cloud_is_switched_off_and_models_are_kept_below_the_home(settings: Settings) -> None:
    described = ollama_server(settings, Path("/x/ollama"), parallel=2)
    assert described.environment["OLLAMA_NO_CLOUD"] == "1"
    assert described.environment["OLLAMA_NUM_PARALLEL"] == "2"
    assert described.environment["OLLAMA_MODELS"] == str(settings.home / "data/ollama/models")
    assert described.command("1234")[1] == "OLLAMA_HOST=127.0.0.1:1234"
    elsewhere = ollama_server(settings, Path("/x/ollama"), models=Path("/models"))
    assert elsewhere.environment["OLLAMA_MODELS"] == "/models"


@pytest.mark.slow
def test_only_processes_with_the_mark_of_this_home_are_ended(tmp_path: Path) -> None:
    def child(mark: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["sleep", "60"], env={**os.environ, module.MARK: mark})

    with child(str(tmp_path)) as ours, child(str(tmp_path / "other")) as theirs:
        os.kill(ours.pid, signal.SIGSTOP)
        assert [process.pid for process in marked(tmp_path)] == [ours.pid]
        assert computed_s(tmp_path) >= 0.0
        end_marked(tmp_path)
        assert born_s(ours.pid) is None
        assert theirs.poll() is None
        theirs.kill()


@pytest.mark.slow
async def test_killed_server_comes_back_at_its_port_and_what_it_left_is_ended(service: Service) -> None:
    first = await ensure_ollama(service)
    assert first.started
    assert (await ensure_ollama(service)).pid == first.pid
    stray = subprocess.Popen(["sleep", "60"], env={**os.environ, module.MARK: str(service.home)})
    os.kill(first.pid, signal.SIGKILL)
    while born_s(first.pid) is not None:
        await asyncio.sleep(0.01)
    second = await ensure_ollama(service)
    assert (second.port, second.started) == (first.port, True)
    assert stray.wait() == -signal.SIGKILL
    assert second.pid != first.pid
    environment = psutil.Process(second.pid).environ()
    assert environment["OLLAMA_NO_CLOUD"] == "1"
    assert "OPENAI_API_KEY" not in environment


@pytest.mark.slow
async def test_server_that_is_held_still_is_started_anew_at_its_port(service: Service) -> None:
    first = await ensure_ollama(service)
    os.kill(first.pid, signal.SIGSTOP)
    second = await restart_ollama(service)
    assert second.port == first.port
    assert born_s(first.pid) is None
    assert await stop_ollama(service)
    assert list(marked(service.home)) == []


@pytest.mark.slow
async def test_port_that_another_process_took_is_named(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await ensure_ollama(service)
    await stop_ollama(service)
    monkeypatch.setattr(module, "FREED_S", 0.1)
    service.record_file.write_text(f'{{"pid": 1, "born_s": 1.0, "port": {first.port}, "ready": true}}')
    async with await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", first.port):
        with pytest.raises(ServiceFailed, match=f"another process listens at port {first.port}"):
            await restart_ollama(service)
        assert (await ensure_ollama(service)).port != first.port
