"""A lane lets in what can end in time, in order of urgency, and refuses the rest as soon as that is known."""

import asyncio
import json
from dataclasses import asdict

import pytest

from models import Deadline
from models.errors import ModelBusy, ModelFailed, ModelOverloaded, ModelResting, ModelTimeout
from models.pool import Limits, Pool, Priority, Work
from models.pool.queue import PASSES
from tests.models.pooling import ENDPOINT, WORK, FakeClock, Scene, run, usage

ONE = Limits(concurrency=1, queue=8)


def test_so_many_calls_are_under_way_as_the_limit_says_and_the_others_wait_their_turn() -> None:
    async def main() -> None:
        scene = Scene(Limits(concurrency=2, queue=8))
        calls = [scene.start(scene.call(str(n))) for n in range(5)]
        await asyncio.sleep(0.1)
        assert (scene.state.in_flight, scene.state.waiting) == (2, 3)
        await asyncio.gather(*calls)
        assert sorted(scene.ended) == [(str(n), 1.0 + n // 2, "answered") for n in range(5)]
        assert (scene.state.in_flight, scene.state.waiting) == (0, 0)

    run(main())


def test_coordination_goes_before_analysis_and_that_before_batch() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        calls = [scene.start(scene.call("first"))]
        await asyncio.sleep(0)
        for name, priority in (("b1", 2), ("a1", 1), ("c1", 0), ("b2", 2), ("a2", 1), ("c2", 0)):
            calls.append(scene.start(scene.call(name, priority=Priority(priority))))
        await asyncio.gather(*calls)
        assert scene.names() == ["first", "c1", "c2", "a1", "a2", "b1", "b2"]

    run(main())


def test_batch_call_is_served_though_urgent_ones_never_end() -> None:
    async def main() -> None:
        scene = Scene(ONE)

        async def urgent() -> None:
            for n in range(30):
                await scene.call(f"c{n}", priority=Priority.COORDINATION)

        streams = [scene.loop.create_task(urgent()) for _ in range(2)]
        batch = scene.start(scene.call("batch", priority=Priority.BATCH, within=600))
        await asyncio.gather(batch, *streams)
        assert scene.names().index("batch") <= PASSES + 1

    run(main())


def test_call_that_cannot_end_by_its_deadline_is_refused_at_once() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=2.0)
        running = scene.start(scene.call("running", takes=2.0))
        await asyncio.sleep(0)
        assert await scene.call("late", takes=2.0, within=3.0) == "ModelOverloaded"
        assert scene.ended[0][1] == scene.loop.time() == 30.0
        assert await scene.call("early", takes=2.0, within=5.0) == "answered"
        assert await running == "answered"

    run(main())


def test_call_too_long_even_at_once_is_refused_and_after_a_while_tried_again() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=10.0)
        assert await scene.call(takes=1.0, within=5.0) == "ModelOverloaded"
        await asyncio.sleep(120)
        assert await scene.call(takes=1.0, within=5.0) == "answered"

    run(main())


def test_nothing_is_refused_for_lack_of_knowledge() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        big = Work(100_000, 100_000)
        calls = [scene.start(scene.call(takes=0.01, within=1.0, work=big)) for _ in range(9)]
        assert await asyncio.gather(*calls) == ["answered"] * 9

    run(main())


def test_waiting_call_is_refused_when_it_cannot_end_in_time_any_more_and_not_at_its_deadline() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=2.0)
        began = scene.loop.time()
        hanging = scene.start(scene.call("hanging", takes=50.0))
        await asyncio.sleep(0)
        assert await scene.call("waiting", takes=2.0, within=6.0) == "ModelOverloaded"
        assert scene.loop.time() - began == pytest.approx(4.0, abs=0.1)
        assert await hanging == "answered"

    run(main())


def test_waiting_call_whose_deadline_passes_before_anything_is_known_times_out() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        hanging = scene.start(scene.call("hanging", takes=50.0))
        await asyncio.sleep(0)
        assert await scene.call("waiting", within=6.0) == "ModelTimeout"
        assert scene.loop.time() == pytest.approx(6.0, abs=0.01)
        await hanging

    run(main())


def test_late_call_at_the_head_does_not_keep_those_behind_it_who_fit() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=2.0)
        running = scene.start(scene.call("running", takes=4.5))
        await asyncio.sleep(0)
        calls = [scene.start(scene.call(name, takes=2.0, within=s)) for name, s in (("head", 5.0), ("fits", 20.0))]
        await asyncio.gather(running, *calls)
        assert scene.names() == ["running", "fits"]
        assert ("head", 33.0, "ModelOverloaded") in scene.ended

    run(main())


def test_full_queue_refuses_and_names_its_length() -> None:
    async def main() -> None:
        scene = Scene(Limits(concurrency=1, queue=2))
        calls = [scene.start(scene.call(str(n))) for n in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(ModelOverloaded, match="its queue of 2 is full"):
            async with scene.pool.admitted(ENDPOINT, scene.limits, work=WORK, deadline=scene.deadline(60)):
                pass
        await asyncio.gather(*calls)
        assert len(scene.names()) == 3

    run(main())


def test_urgent_call_takes_the_last_place_of_a_full_queue_from_the_least_urgent() -> None:
    async def main() -> None:
        scene = Scene(Limits(concurrency=1, queue=2))
        calls = [scene.start(scene.call("first"))]
        calls += [scene.start(scene.call(name, priority=Priority.BATCH)) for name in ("b1", "b2")]
        await asyncio.sleep(0)
        calls.append(scene.start(scene.call("urgent", priority=Priority.COORDINATION)))
        await asyncio.gather(*calls)
        assert scene.names() == ["first", "urgent", "b1"]
        assert ("b2", 0.0, "ModelOverloaded") in scene.ended

    run(main())


def test_lane_without_a_queue_takes_what_has_a_slot_and_nothing_else() -> None:
    async def main() -> None:
        scene = Scene(Limits(concurrency=1, queue=0))
        first = scene.start(scene.call())
        await asyncio.sleep(0)
        assert await scene.call() == "ModelOverloaded"
        assert await first == "answered"

    run(main())


async def test_deadline_in_the_past_is_a_timeout_at_once() -> None:
    with pytest.raises(ModelTimeout):
        async with Pool().admitted(ENDPOINT, work=WORK, deadline=Deadline.after(-1)):
            pass


def test_more_slots_are_used_as_soon_as_a_caller_brings_them() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        calls = [scene.start(scene.call(str(n), takes=10)) for n in range(3)]
        await asyncio.sleep(1)
        scene.limits = Limits(concurrency=4, queue=8)
        calls.append(scene.start(scene.call("new", takes=10)))
        await asyncio.sleep(1)
        assert scene.state.in_flight == 4
        await asyncio.gather(*calls)

    run(main())


def test_retry_after_holds_back_all_calls_and_those_who_can_wait_do() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        assert await scene.call(raises=ModelBusy(ENDPOINT, 5.0)) == "ModelBusy"
        assert scene.state.opens_again_in_s == 5.0
        assert await scene.call(within=3.0) == "ModelResting"
        assert await scene.call("patient", within=30.0) == "answered"
        assert scene.ended[-1] == ("patient", 7.0, "answered")

    run(main())


def test_pause_sends_nothing_and_its_end_lets_those_in_who_wait() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        scene.pool.pause(ENDPOINT, 100)
        call = scene.start(scene.call(within=200))
        await asyncio.sleep(10)
        assert (scene.state.in_flight, scene.state.waiting) == (0, 1)
        scene.pool.pause(ENDPOINT, 0)
        assert await call == "answered"
        assert scene.loop.time() == 11

    run(main())


def test_resting_endpoint_refuses_at_once_and_says_for_how_long() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        for _ in range(3):
            await scene.call(raises=ModelFailed(ENDPOINT, "out of memory"))
        with pytest.raises(ModelResting) as resting:
            async with scene.pool.admitted(ENDPOINT, work=WORK, deadline=scene.deadline(60)):
                pass
        assert resting.value.retry_after_s == pytest.approx(1.0)
        assert scene.state.breaker == "open"
        assert scene.state.opens_again_in_s == pytest.approx(1.0)

    run(main())


def test_calls_that_wait_when_the_breaker_opens_are_sent_on_at_once() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        failing = [scene.start(scene.call(raises=ModelFailed(ENDPOINT, "broke"))) for _ in range(3)]
        waiting = [scene.start(scene.call()) for _ in range(4)]
        await asyncio.gather(*failing)
        assert await asyncio.gather(*waiting) == ["ModelResting"] * 4
        assert scene.loop.time() == 3.0

    run(main())


def test_primary_that_was_down_for_a_minute_is_used_again_within_thirty_seconds() -> None:
    async def main() -> None:
        scene, back_at = Scene(ONE), 60.0
        while scene.loop.time() < back_at + 30:
            down = scene.loop.time() < back_at
            await scene.call(takes=0.05, raises=ModelFailed(ENDPOINT, "down") if down else None)
            await asyncio.sleep(3)
        answered = [at for _, at, outcome in scene.ended if outcome == "answered"]
        assert answered[0] < back_at + 20
        assert all(outcome == "answered" for _, at, outcome in scene.ended if at > answered[0])
        assert sum(outcome == "ModelFailed" for *_, outcome in scene.ended) < 12

    run(main())


def test_probe_goes_through_whatever_is_predicted_and_what_was_known_before_the_outage_is_not_held_against_it() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=1.0)
        for _ in range(3):
            await scene.call(takes=15.0, raises=ModelTimeout(ENDPOINT, "first token", 15.0))
        await asyncio.sleep(2)
        assert await scene.call(takes=1.0, within=5.0) == "answered"
        assert await scene.call(takes=1.0, within=5.0) == "answered"

    run(main())


def test_half_open_breaker_lets_exactly_one_of_many_through() -> None:
    async def main() -> None:
        scene = Scene(Limits(concurrency=4, queue=8))
        await asyncio.gather(*(scene.call(raises=ModelFailed(ENDPOINT, "broke")) for _ in range(4)))
        await asyncio.sleep(5)
        outcomes = await asyncio.gather(*(scene.call() for _ in range(5)))
        assert sorted(outcomes) == ["ModelResting"] * 4 + ["answered"]

    run(main())


def test_snapshot_is_frozen_plain_and_stays_as_it_was() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        call = scene.start(scene.call())
        await asyncio.sleep(0)
        before = scene.state
        await call
        assert before.in_flight == 1
        assert scene.state.calls == 1
        assert json.loads(json.dumps(asdict(before)))["breaker"] == "closed"
        with pytest.raises(AttributeError):
            before.in_flight = 7  # type: ignore[misc]

    run(main())


def test_snapshot_tells_the_wait_and_the_time_of_a_call() -> None:
    async def main() -> None:
        scene = Scene(ONE)
        await scene.learn(takes=2.0)
        calls = [scene.start(scene.call(takes=2.0)) for _ in range(3)]
        await asyncio.sleep(1)
        assert scene.state.wait_s == pytest.approx(5.0, rel=0.05)
        assert scene.state.predicted(WORK).total_s == pytest.approx(2.0, rel=0.05)
        assert scene.pool.predicted(ENDPOINT, WORK).ttft_s == pytest.approx(0.5, rel=0.05)
        await asyncio.gather(*calls)
        assert scene.state.wait_s == 0.0

    run(main())


def test_host_with_the_least_expected_wait_is_preferred_and_a_resting_one_comes_last() -> None:
    async def main() -> None:
        clock = FakeClock()
        pool = Pool(clock=clock)

        async def call(host: str, takes: float) -> None:
            async with pool.admitted(host, work=WORK, deadline=Deadline.after(99, clock)) as ticket:
                clock.now += takes
                ticket.done(usage())

        for _ in range(5):
            await call("slow", 4.0)
            await call("quick", 1.0)
        assert pool.prefer(["slow", "new", "quick"], WORK) == ["quick", "new", "slow"]
        async with pool.admitted("quick", work=WORK, deadline=Deadline.after(99, clock)):
            clock.now += 1e-3
            assert pool.prefer(["slow", "quick"], WORK) == ["quick", "slow"]
        for _ in range(3):
            with pytest.raises(ModelFailed):
                async with pool.admitted("quick", work=WORK, deadline=Deadline.after(99, clock)):
                    raise ModelFailed("quick", "broke")
        assert pool.prefer(["quick", "slow"], WORK) == ["slow", "quick"]
        assert pool.prefer(["new", "newer"], WORK) == ["new", "newer"]

    run(main())


@pytest.mark.parametrize(
    "make",
    [
        lambda: Limits(concurrency=0),
        lambda: Limits(queue=-1),
        lambda: Work(-1, 5),
        lambda: Work(5, -1),
    ],
)
def test_sizes_that_cannot_be_are_rejected(make: object) -> None:
    with pytest.raises(ValueError, match="or more"):
        make()  # type: ignore[operator]


def test_clock_that_jumps_back_an_hour_neither_prolongs_a_rest_nor_loses_a_slot() -> None:
    async def main() -> None:
        clock = FakeClock(10_000.0)
        pool = Pool(clock=clock)

        async def call(error: Exception | None = None) -> None:
            async with pool.admitted(ENDPOINT, work=WORK, deadline=Deadline.after(60)) as ticket:
                clock.now -= 3600
                clock.now += 0.1
                if error is not None:
                    raise error
                ticket.done(usage(-5, -7))

        for _ in range(3):
            with pytest.raises(ModelFailed):
                await call(ModelFailed(ENDPOINT, "broke"))
        clock.now += 1.05
        for _ in range(5):
            await call()
        state = pool.snapshot()[ENDPOINT]
        assert (state.breaker, state.in_flight, state.calls) == ("closed", 0, 5)
        assert state.predicted(WORK).total_s > 0

    run(main())
