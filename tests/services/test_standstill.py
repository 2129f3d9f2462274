"""A process that owes an answer and does no work is ended; one that works, or owes nothing, never is."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest

from config.settings import Settings
from services import standstill
from services.pid import kill
from services.process import end_at_once, ensure, stop
from services.record import Record, find_recorded
from services.service import Running, Service
from services.standstill import standing_still
from services.valkey import valkey

MANY = 5 * standstill.LOOKS


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, yet with room for a step of the clock that counts processor time."""
    monkeypatch.setattr(standstill, "LOOK_S", 0.05)


@pytest.fixture
async def running(service: Service) -> Running:
    """A server that runs."""
    return await ensure(service)


@pytest.fixture
def service(settings: Settings) -> Service:
    """The service that starts fastest."""
    return valkey(settings)


@pytest.fixture
async def busy(settings: Settings) -> AsyncIterator[Service]:
    """A service that computes without an end."""

    async def at_once(_port: int) -> bool:
        return True

    def command(port: str) -> list[str]:
        listens = "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[2])))"
        return ["python3", "-c", f"{listens}\nwhile True: pass", str(settings.home), port]

    made = replace(valkey(settings), name="busy", command=command, ready=at_once)
    yield made
    await stop(made)


@dataclass
class Owing:
    """Counts the looks, and tells when there were many."""

    owes: bool
    looks: int = 0
    many: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> bool:
        self.looks += 1
        if self.looks >= MANY:
            self.many.set()
        return self.owes


def watched(service: Service, owing: Callable[[], bool]) -> asyncio.Task[Record | None]:
    return asyncio.create_task(standing_still(service, owing))


async def test_process_that_is_stopped_while_it_owes_an_answer_is_ended_and_the_next_call_starts_another(
    service: Service, running: Running
) -> None:
    os.kill(running.pid, signal.SIGSTOP)
    found = await standing_still(service, lambda: True)
    assert found is not None
    await end_at_once(service, found)
    assert find_recorded(service) is None
    again = await ensure(service)
    assert again.started
    assert again.pid != running.pid


async def test_process_that_owes_nothing_may_stand_still(service: Service, running: Running) -> None:
    os.kill(running.pid, signal.SIGSTOP)
    owing = Owing(owes=False)
    looking = watched(service, owing)
    await owing.many.wait()
    looking.cancel()
    os.kill(running.pid, signal.SIGCONT)
    assert (await ensure(service)).pid == running.pid


async def test_process_that_computes_is_not_ended_however_long_it_owes_an_answer(busy: Service) -> None:
    pid, owing = (await ensure(busy)).pid, Owing(owes=True)
    looking = watched(busy, owing)
    await owing.many.wait()
    looking.cancel()
    assert (await ensure(busy)).pid == pid


async def test_process_that_ends_by_itself_is_looked_at_no_more(service: Service, running: Running) -> None:
    looking = watched(service, lambda: False)
    kill(running.pid)
    assert await looking is None


async def test_nothing_is_looked_at_where_nothing_runs(service: Service) -> None:
    assert await standing_still(service, lambda: True) is None
    assert not service.home.exists()


async def test_process_that_was_started_since_is_left_alone(service: Service, running: Running) -> None:
    before = find_recorded(service)
    assert before is not None
    kill(running.pid)
    again = await ensure(service)
    await end_at_once(service, before)
    assert (await ensure(service)).pid == again.pid
