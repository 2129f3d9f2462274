"""A host that hangs is drained, started anew where it is ours, warmed, and let in again; any other is gone around."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from config.settings import Settings
from models.deadline import Deadline
from models.errors import ModelFailed, ModelOverloaded, ModelResting, ModelTimeout, ModelUnreachable
from models.hosts.api import OllamaApi, open_api
from models.hosts.care import Mending, OllamaCare
from models.hosts.operated import computing, operated, restarting
from models.hosts.watch import Cadence, OllamaWatch, Pinned
from services.ollama_server import ollama_server
from tests.wire.ollama_host import FakeOllamaHost

pytestmark = pytest.mark.slow

MODEL, OTHER = "qwen2.5:7b", "llama3.2:3b"
PINNED = [Pinned(OTHER, 4096), Pinned(MODEL, 4096)]
SOON = Deadline.after


class Clock:
    """Time that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Cared:
    """A fake host, its care, and how often it was started anew."""

    def __init__(self, fake: FakeOllamaHost, api: OllamaApi, ours: bool, mends: bool, grace_s: float) -> None:
        self.fake, self.clock, self.mends, self.restarts = fake, Clock(), mends, 0
        cadence = Cadence(tick_s=0.0, probe_s=0.1)
        self.watch = OllamaWatch(api, PINNED, clock=self.clock, chance=lambda: 0.5, cadence=cadence)
        restart = self.restart if ours else None
        mending = Mending(grace_s=grace_s, load_s=1.0)
        self.care = OllamaCare(api, PINNED, self.watch, restart=restart, mending=mending, clock=self.clock)

    async def restart(self) -> None:
        self.restarts += 1
        if not self.mends:
            raise ModelUnreachable("ollama", "here", "it does not come up")
        self.fake.hung, self.fake.loaded = False, []

    async def tend(self) -> None:
        await self.care.tend(await self.watch.due())


Care = Callable[..., Awaitable[Cared]]


@asynccontextmanager
async def cared(*, ours: bool = True, mends: bool = True, grace_s: float = 0.0) -> AsyncIterator[Cared]:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        one = Cared(fake, api, ours, mends, grace_s)
        await one.tend()
        yield one


async def hang(one: Cared) -> None:
    one.fake.hung = True
    one.clock.now += 5
    await one.tend()


async def test_hung_host_is_started_anew_and_what_was_loaded_is_loaded_as_it_was() -> None:
    async with cared() as one:
        await hang(one)
        assert (one.restarts, one.care.restarts, one.fake.loaded) == (1, 1, [MODEL])
        assert one.fake.tokens()[-1]["options"]["num_ctx"] == 4096
        assert one.care.door(MODEL).is_open
        assert one.care.door(OTHER).is_open


async def test_nobody_is_let_in_while_a_host_is_mended_and_who_waited_is_let_in_after() -> None:
    async with cared() as one:
        door, entered = one.care.door(MODEL), asyncio.Event()

        async def call() -> None:
            async with door.admitted(SOON(5)):
                entered.set()

        calls: list[asyncio.Task[None]] = []
        restart = one.restart

        async def watched() -> None:
            calls.append(asyncio.create_task(call()))
            await asyncio.sleep(0)
            assert not entered.is_set()
            assert not door.is_open
            await restart()

        one.care._restart = watched
        await hang(one)
        await asyncio.gather(*calls)
        assert entered.is_set()


async def test_answer_whose_tokens_flow_is_given_a_moment_to_finish() -> None:
    async with cared(grace_s=2.0) as one:
        with one.watch.traffic.call(OTHER) as call:
            one.fake.hung = True
            one.clock.now += 5
            call.spoke()
            tending = asyncio.create_task(one.tend())
            while one.care.door(MODEL).is_open:
                await asyncio.sleep(0)
            assert one.restarts == 0
        one.clock.now += 1  # the answer is complete, and a second later no token flows
        await tending
        assert one.restarts == 1


async def test_host_of_others_is_not_touched_and_its_calls_go_elsewhere_until_it_is_well() -> None:
    async with cared(ours=False) as one:
        await hang(one)
        assert one.restarts == 0
        with pytest.raises(ModelResting):
            async with one.care.door(MODEL).admitted(SOON(1)):
                pass
        one.fake.hung = False
        one.clock.now += 5
        await one.tend()
        assert one.care.door(MODEL).is_open


async def test_restart_in_vain_sends_calls_elsewhere_and_is_tried_again_later_and_later() -> None:
    async with cared(mends=False) as one:
        await hang(one)
        await one.tend()
        with pytest.raises(ModelResting):
            async with one.care.door(MODEL).admitted(SOON(1)):
                pass
        for tries, wait_s in enumerate((2, 4, 8, 16, 30, 30), start=1):
            one.clock.now += wait_s - 0.1
            one.watch.trouble()
            await one.tend()
            assert one.restarts == tries
            one.clock.now += 0.2
            one.watch.trouble()
            await one.tend()
            assert one.restarts == tries + 1
        one.mends = True
        one.clock.now += 30
        await one.tend()
        assert one.care.door(MODEL).is_open


async def test_call_that_waits_at_a_door_that_stays_shut_is_told_at_its_deadline() -> None:
    async with cared() as one:
        door = one.care.door(MODEL)
        door.shut()
        with pytest.raises(ModelTimeout, match="restart of its host"):
            async with door.admitted(SOON(0.05)):
                pass


async def test_only_a_fault_that_may_be_the_hosts_has_it_looked_at() -> None:
    async with cared() as one:
        one.care.failed(ModelOverloaded(MODEL, "full"))
        assert await one.watch.due() == []
        one.care.failed(ModelFailed(MODEL, "broke"))
        assert await one.watch.due() == [OTHER, MODEL]


async def test_model_that_is_not_cared_for_has_no_door() -> None:
    async with cared() as one:
        with pytest.raises(KeyError):
            one.care.door("other")


async def test_care_runs_until_the_end_and_leaves_no_task() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake:
        before = asyncio.all_tasks()
        async with operated(fake.host, PINNED, cadence=Cadence(tick_s=0.0)):
            while not fake.tokens():
                await asyncio.sleep(0.01)
        assert {task for task in asyncio.all_tasks() - before if "care of" in task.get_name()} == set()


async def test_restart_that_fails_is_a_model_that_cannot_be_reached(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "services").mkdir(parents=True)
    (home / "logs").mkdir()
    (home / "data").mkdir()
    service = ollama_server(Settings(home=home), Path("/bin/false"))
    with pytest.raises(ModelUnreachable, match="did not start"):
        await restarting(service)()
    assert await computing(service)() == 0.0
