"""However a service is started, killed or left behind, there is one of it, and it is ours."""

import asyncio
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from config.settings import Settings
from services import process
from services.errors import ServiceFailed, ServiceTimeout
from services.lock import held
from services.pid import born_s, kill
from services.probe import free_port, is_free
from services.process import ensure, status, stop
from services.record import read
from services.service import Service
from services.valkey import valkey

StartElsewhere = Callable[[Service], Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
def service(settings: Settings) -> Service:
    """The service that starts fastest."""
    return valkey(settings)


@pytest.fixture
async def shell(settings: Settings) -> AsyncIterator[Callable[[str], Service]]:
    """Make a service of a shell script, `$1` its port; it is never ready."""
    made: list[Service] = []

    async def never(_port: int) -> bool:
        return False

    def make(script: str) -> Service:
        def command(port: str) -> list[str]:
            return ["/bin/sh", "-c", script, str(settings.home), port]

        made.append(replace(valkey(settings), name="shell", command=command, ready=never, start_timeout_s=0.3))
        return made[-1]

    yield make
    for one in made:
        await stop(one)


async def test_second_start_attaches_to_the_first(service: Service) -> None:
    first, second = await ensure(service), await ensure(service)
    assert (first.started, second.started) == (True, False)
    assert (first.pid, first.port) == (second.pid, second.port)


async def test_attaching_takes_less_than_ten_milliseconds(service: Service) -> None:
    await ensure(service)
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        await ensure(service)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[7] < 0.010


async def test_tasks_that_start_at_once_get_one_server(service: Service) -> None:
    running = await asyncio.gather(*(ensure(service) for _ in range(8)))
    assert len({one.pid for one in running}) == 1
    assert sum(one.started for one in running) == 1


async def test_processes_that_start_at_once_get_one_server_that_outlives_them(
    service: Service, start_elsewhere: StartElsewhere
) -> None:
    starters = [await start_elsewhere(service) for _ in range(2)]
    said = [(await starter.communicate())[0].decode().split() for starter in starters]
    assert sorted(word for _, word in said) == ["attached", "started"]
    assert {int(pid) for pid, _ in said} == {(await ensure(service)).pid}


async def test_killed_service_is_started_again(service: Service) -> None:
    first = await ensure(service)
    await asyncio.to_thread(kill, first.pid)
    second = await ensure(service)
    assert second.started
    assert second.pid != first.pid


async def test_record_of_a_recycled_process_id_is_neither_trusted_nor_stopped(service: Service) -> None:
    running = await ensure(service)
    await stop(service)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        kept = {"pid": stranger.pid, "born_s": 1.0, "port": running.port, "ready": True}
        service.record_file.write_text(json.dumps(kept))
        assert not await stop(service)
        service.record_file.write_text(json.dumps(kept))
        again = await ensure(service)
        assert again.started
        assert again.pid != stranger.pid
        await stop(service)
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "born_s": 0, "port": 1, "ready": true}'])
async def test_broken_record_is_as_good_as_none(service: Service, kept: str) -> None:
    service.record_file.parent.mkdir(parents=True)
    service.record_file.write_text(kept)
    assert read(service.record_file) is None


async def test_service_whose_starter_died_before_recording_it_is_found_again(service: Service) -> None:
    first = await ensure(service)
    service.record_file.unlink()
    assert (await status(service)).pid == first.pid
    second = await ensure(service)
    assert (second.pid, second.started) == (first.pid, False)


async def test_service_whose_starter_died_while_it_started_is_waited_for(service: Service) -> None:
    first = await ensure(service)
    kept = json.loads(service.record_file.read_text())
    service.record_file.write_text(json.dumps(kept | {"ready": False}))
    assert (await ensure(service)).pid == first.pid
    assert json.loads(service.record_file.read_text())["ready"]


async def test_service_that_hangs_is_unhealthy_and_can_be_stopped(service: Service) -> None:
    running = await ensure(service)
    os.kill(running.pid, signal.SIGSTOP)
    assert (await status(service)).state == "unhealthy"
    assert await stop(replace(service, stop_timeout_s=0.1))
    assert born_s(running.pid) is None


async def test_stop_ends_the_service_of_this_home_only(service: Service, tmp_path: Path) -> None:
    other = valkey(Settings(home=tmp_path / "other"))
    here, there = await ensure(service), await ensure(other)
    try:
        assert await stop(service)
        assert born_s(here.pid) is None
        assert (await status(service)).state == "stopped"
        assert (await ensure(other)).pid == there.pid
    finally:
        await stop(other)


async def test_stopping_what_never_ran_is_no_fault(service: Service) -> None:
    assert not await stop(service)
    assert not service.home.exists()


async def test_another_port_is_tried_when_the_first_is_taken(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as squatter:
        taken = squatter.sockets[0].getsockname()[1]
        ports = iter([taken, free_port()])
        monkeypatch.setattr(process, "free_port", lambda: next(ports))
        running = await ensure(service)
    assert running.port != taken


async def test_service_that_ends_at_once_is_reported_with_its_last_words(shell: Callable[[str], Service]) -> None:
    service = shell("echo a reason; exit 3")
    with pytest.raises(ServiceFailed, match=re.escape(f"shell did not start: a reason (log: {service.log})")):
        await ensure(service)


async def test_service_that_is_never_ready_is_ended_and_reported(shell: Callable[[str], Service]) -> None:
    service = shell("while :; do sleep 60; done")
    with pytest.raises(ServiceTimeout, match=r"was not ready after 0\.3 s"):
        await ensure(service)
    assert (await status(service)).pid is None


async def test_start_that_another_process_holds_for_too_long_is_reported(service: Service) -> None:
    await ensure(service)
    async with held(service):
        with pytest.raises(ServiceTimeout, match="another process"):
            await stop(replace(service, start_timeout_s=0.05))


async def test_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServiceFailed, match="EAIO_HOME"):
        await ensure(valkey(Settings(home=tmp_path / "file" / "home")))


async def test_service_gets_none_of_our_keys(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    running = await ensure(service)
    assert "OPENAI_API_KEY" not in psutil.Process(running.pid).environ()


async def test_long_log_is_put_aside(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.launch.LOG_LIMIT_BYTES", 10)
    service.log.parent.mkdir(parents=True)
    service.log.write_text("a long story\n")
    await ensure(service)
    assert service.log.with_suffix(".log.1").read_text() == "a long story\n"


def test_port_that_somebody_listens_at_is_not_free() -> None:
    port = free_port()
    assert is_free(port)
