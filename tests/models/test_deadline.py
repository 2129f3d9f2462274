"""The waits of one answer add up to its budget and never beyond."""

import asyncio

import pytest

from models import Deadline
from tests.models.pooling import run


class FakeClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_deadline_counts_down_to_zero_and_not_below() -> None:
    clock = FakeClock()
    deadline = Deadline.after(2.0, clock)
    clock.now += 1.5
    assert deadline.remaining() == 0.5
    assert not deadline.expired
    clock.now += 5
    assert deadline.remaining() == 0.0
    assert deadline.expired


def test_part_of_a_budget_never_outlasts_the_budget() -> None:
    clock = FakeClock()
    whole = Deadline.after(2.0, clock)
    assert whole.within(0.5).remaining() == 0.5
    assert whole.within(60).remaining() == 2.0


def test_clock_that_goes_backwards_never_ends_a_deadline_early() -> None:
    clock = FakeClock()
    deadline = Deadline.after(2.0, clock)
    clock.now -= 50
    assert not deadline.expired


def test_deadline_in_the_past_is_expired_at_once() -> None:
    assert Deadline.after(-1).expired


def test_block_ends_at_the_deadline_though_that_moves_while_it_waits() -> None:
    async def ended_s(moves_to: float) -> float:
        loop = asyncio.get_running_loop()
        end = [2.0]
        loop.call_later(1.0, lambda: end.__setitem__(0, moves_to))
        with pytest.raises(TimeoutError):
            async with Deadline(0.0, lambda: loop.time() - end[0]).timeout():
                await asyncio.sleep(60)
        return loop.time()

    assert run(ended_s(moves_to=2.0)) == pytest.approx(2.0)
    assert run(ended_s(moves_to=5.0)) == pytest.approx(5.0)


def test_block_that_ends_before_the_deadline_leaves_no_timer() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        async with Deadline.after(2.0, loop.time).timeout():
            await asyncio.sleep(1)
        await asyncio.sleep(60)
        assert loop.time() == 61

    run(main())


async def test_block_entered_after_the_deadline_ends_at_its_first_wait() -> None:
    with pytest.raises(TimeoutError):
        async with Deadline.after(-1).timeout():
            await asyncio.Event().wait()
