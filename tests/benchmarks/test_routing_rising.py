"""The fuzz of the rising label counts awaits and bytes as they are, and would see a leak."""

import asyncio

import pytest

from benchmarks.routing.awaits import Awaits, Wire, counting, tapped
from benchmarks.routing.rising import Rising, rising
from benchmarks.routing.rising_scene import KINDS, kind_of, plan
from tests.wire.server import silent_port


@pytest.mark.parametrize(("at", "order"), [(1, "a.bc"), (2, "a.bc"), (3, "ab.c"), (4, "abc."), (99, "abc")])
async def test_the_moment_is_between_two_awaits_of_any_task_of_the_run(at: int, order: str) -> None:
    seen: list[str] = []

    async def step(name: str) -> None:
        seen.append(name)
        await asyncio.sleep(0)

    async def run() -> None:
        await step("a")
        await asyncio.gather(step("b"), step("c"))

    awaits = Awaits(at, lambda: seen.append("."))
    with counting(awaits):
        await asyncio.create_task(run())
    assert "".join(seen) == order
    assert awaits.seen == 4


async def test_a_cancelled_and_a_failing_task_end_as_they_would_without_being_counted() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise KeyError("x")

    with counting(Awaits(99, lambda: None)):
        with pytest.raises(KeyError):
            await asyncio.create_task(fails())
        sleeping = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        sleeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sleeping


async def test_bytes_are_counted_when_they_are_written() -> None:
    async with silent_port() as address:
        host, port = address.split(":")
        with tapped(Wire({int(port)})) as wire:
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"twelve bytes")
            assert wire.sent == 12
            assert wire.written == b"twelve bytes"
            writer.close()


@pytest.fixture
def _careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the transport look at the policy only before the connection is opened, and never again."""
    monkeypatch.setattr("models.cloud_transport.BEFORE_WRITING", ("never",))


async def runs(one: Rising, kind: str, number: int) -> None:
    """Do so many runs with one kind of rise, or until something is found."""
    seed = 0
    while one.tally[f"rise by {kind}"] < number and not one.found:
        seed += 1
        if kind_of(seed) == kind:
            await one.run(seed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_sent_after_a_rise(kind: str) -> None:
    async with rising() as one:
        await runs(one, kind, 5)
    assert not one.found


@pytest.mark.slow
@pytest.mark.usefixtures("_careless")
async def test_a_transport_that_does_not_look_again_is_found_out() -> None:
    async with rising() as one:
        await runs(one, "policy", 200)
    assert one.found


def test_a_run_of_a_seed_is_always_the_same() -> None:
    one, again = plan(7), plan(7)
    assert (one.question, one.planted, one.cloud_act) == (again.question, again.planted, again.cloud_act)
    assert kind_of(7) == kind_of(7)
