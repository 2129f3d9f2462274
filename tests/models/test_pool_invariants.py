"""Whatever callers do, no slot is lost, none is given twice, and every call ends once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import Deadline
from models.errors import ModelError, ModelFailed, ModelOverloaded, PromptTooLong
from models.pool import Limits, Pool, Priority, Ticket, Work
from models.pool.queue import PASSES
from tests.models.pooling import ENDPOINT, WORK, FakeClock, Scene, run, usage


class LaneMachine(RuleBasedStateMachine):
    """A lane on a clock set by hand, in a loop that only turns when it is told to."""

    @initialize(concurrency=st.integers(1, 3), queue=st.integers(0, 4))
    def begin(self, concurrency: int, queue: int) -> None:
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.pool = Pool(clock=self.clock)
        self.limits = Limits(concurrency, queue)
        self.asked, self.order = 0, list[tuple[int, int]]()
        self.running = dict[int, tuple[Ticket, asyncio.Future[BaseException | None]]]()
        self.outcomes = Counter[int]()
        self.tasks = dict[int, asyncio.Task[None]]()
        self.priorities = dict[int, Priority]()
        self.turn()

    def turn(self) -> None:
        for _ in range(4):
            self.loop.call_soon(self.loop.stop)
            self.loop.run_forever()

    async def call(self, number: int, priority: Priority) -> None:
        try:
            deadline = Deadline.after(1000, self.clock)
            async with self.pool.admitted(
                ENDPOINT, self.limits, work=WORK, priority=priority, deadline=deadline
            ) as ticket:
                end = self.loop.create_future()
                self.running[number] = (ticket, end)
                self.order.append((number, priority))
                try:
                    error = await end
                finally:
                    del self.running[number]
                if error is not None:
                    raise error
                ticket.done(usage())
        except (ModelError, asyncio.CancelledError, ValueError):
            pass
        finally:
            self.outcomes[number] += 1

    @rule(priority=st.sampled_from(Priority))
    def ask(self, priority: Priority) -> None:
        number = self.asked
        self.asked += 1
        self.priorities[number] = priority
        self.tasks[number] = self.loop.create_task(self.call(number, priority))
        self.turn()

    @precondition(lambda self: self.running)
    @rule(data=st.data(), seconds=st.floats(0, 3))
    def end(self, data: st.DataObject, seconds: float) -> None:
        number = data.draw(st.sampled_from(sorted(self.running)))
        errors = (None, None, ModelFailed(ENDPOINT, "broke"), PromptTooLong(ENDPOINT, "no"), ValueError("bug"))
        self.clock.now += seconds
        self.running[number][1].set_result(data.draw(st.sampled_from(errors)))
        self.turn()

    @precondition(lambda self: any(not task.done() for task in self.tasks.values()))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from([n for n, task in self.tasks.items() if not task.done()]))
        self.tasks[number].cancel()
        self.turn()

    @precondition(
        lambda self: self.running and any(n not in self.running and not t.done() for n, t in self.tasks.items())
    )
    @rule(data=st.data())
    def cancel_who_is_just_given_a_slot(self, data: st.DataObject) -> None:
        ending = data.draw(st.sampled_from(sorted(self.running)))
        self.running[ending][1].set_result(None)
        waiting = [n for n, task in self.tasks.items() if n not in self.running and not task.done()]
        steps = data.draw(st.integers(0, 3))
        for _ in range(steps):
            self.loop.call_soon(self.loop.stop)
            self.loop.run_forever()
        self.tasks[data.draw(st.sampled_from(waiting))].cancel()
        self.turn()

    @rule(seconds=st.floats(-500, 30))
    def move_the_clock(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule(seconds=st.sampled_from([0.0, 5.0]))
    def pause(self, seconds: float) -> None:
        self.loop.call_soon(self.pool.pause, ENDPOINT, seconds)
        self.turn()

    @invariant()
    def counts_agree(self) -> None:
        state = self.pool.snapshot().get(ENDPOINT)
        if state is None:
            return
        assert state.in_flight == len(self.running) <= self.limits.concurrency
        assert 0 <= state.waiting <= self.limits.queue
        alive = sum(not task.done() for task in self.tasks.values())
        assert state.in_flight + state.waiting == alive
        assert all(count == 1 for count in self.outcomes.values())

    @invariant()
    def no_slot_is_idle_while_a_call_waits(self) -> None:
        state = self.pool.snapshot().get(ENDPOINT)
        if state is not None and state.waiting and not state.opens_again_in_s:
            assert state.in_flight == self.limits.concurrency or self.paused_by_timer()

    def paused_by_timer(self) -> bool:
        """A pause ends by a timer of the loop, whose time passes while the clock is set by hand."""
        return bool(self.pool._lanes[ENDPOINT]._resuming)

    def teardown(self) -> None:
        """Every call ends once, and nothing is left."""
        if not hasattr(self, "loop"):
            return
        self.loop.call_soon(self.pool.pause, ENDPOINT, 0)
        self.turn()
        while self.running:
            next(iter(self.running.values()))[1].set_result(None)
            self.turn()
        assert all(task.done() for task in self.tasks.values())
        assert self.outcomes == Counter(range(self.asked))
        state = self.pool.snapshot()[ENDPOINT]
        assert (state.in_flight, state.waiting) == (0, 0)
        self.loop.close()


LaneMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
test_lane_keeps_its_promises_whatever_happens = LaneMachine.TestCase


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_cancellation_at_any_moment_frees_slot_and_place(seed: int) -> None:
    async def main() -> None:
        chance, scene = random.Random(seed), Scene(Limits(concurrency=2, queue=6))
        for _ in range(40):
            call = scene.start(scene.call(takes=chance.uniform(0.1, 3), priority=Priority(chance.randrange(3))))
            if chance.random() < 0.5:
                scene.loop.call_later(chance.uniform(0, 4), call.cancel)
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(chance.choice([0, 0.2, 1.0]))
            assert scene.state.in_flight <= 2
            assert scene.state.waiting <= 6
        await asyncio.sleep(100)
        assert (scene.state.in_flight, scene.state.waiting, scene.state.breaker) == (0, 0, "closed")
        assert await scene.call() == "answered"

    run(main())


@given(
    arrivals=st.lists(st.tuples(st.sampled_from(Priority), st.floats(0, 5), st.floats(0.1, 3)), min_size=1, max_size=25)
)
@settings(max_examples=60, deadline=None)
def test_within_a_class_first_come_is_first_served_and_no_class_is_passed_over_for_long(
    arrivals: list[tuple[Priority, float, float]],
) -> None:
    async def main() -> None:
        scene, began = Scene(Limits(concurrency=1, queue=99)), list[int]()
        waiting: list[int] = []

        async def one(number: int, priority: Priority, takes: float) -> None:
            waiting.append(number)
            deadline = scene.deadline(9999)
            async with scene.pool.admitted(ENDPOINT, scene.limits, work=WORK, priority=priority, deadline=deadline):
                waiting.remove(number)
                began.append(number)
                await asyncio.sleep(takes)

        tasks = []
        for number, (priority, gap, takes) in enumerate(arrivals):
            tasks.append(scene.loop.create_task(one(number, priority, takes)))
            await asyncio.sleep(gap)
        await asyncio.gather(*tasks)
        for priority in Priority:
            of_class = [n for n in began if arrivals[n][0] == priority]
            assert of_class == sorted(of_class)
        for number in began:
            place, own = began.index(number), arrivals[number][0]
            more_urgent_and_later = [n for n in began[:place] if n > number and arrivals[n][0] < own]
            same_before = [n for n in began[:place] if n < number and arrivals[n][0] == own]
            assert len(more_urgent_and_later) <= (PASSES + 2) * (len(same_before) + 1)

    run(main())


async def test_leaving_a_stream_early_frees_the_slot_and_is_no_failure() -> None:
    pool = Pool()

    async def answer() -> AsyncGenerator[str, None]:
        async with pool.admitted(ENDPOINT, work=WORK, deadline=Deadline.after(60)) as ticket:
            ticket.first_token()
            yield "one"
            yield "two"

    for _ in range(5):
        async with aclosing(answer()) as pieces:
            assert await anext(pieces) == "one"
            assert pool.snapshot()[ENDPOINT].in_flight == 1
    state = pool.snapshot()[ENDPOINT]
    assert (state.in_flight, state.breaker, state.calls) == (0, "closed", 0)


@pytest.mark.parametrize("error", [ModelFailed(ENDPOINT, "x"), ValueError("bug"), KeyboardInterrupt()], ids=repr)
async def test_leaving_by_any_error_frees_the_slot(error: BaseException) -> None:
    pool = Pool()
    with pytest.raises(type(error)):
        async with pool.admitted(ENDPOINT, work=WORK, deadline=Deadline.after(60)):
            raise error
    assert pool.snapshot()[ENDPOINT].in_flight == 0


def test_bad_requests_do_not_open_the_breaker_and_say_nothing_of_a_probe() -> None:
    async def main() -> None:
        scene = Scene()
        for _ in range(30):
            assert await scene.call(raises=PromptTooLong(ENDPOINT, "9000 tokens")) == "PromptTooLong"
        states = [scene.state.breaker]
        for _ in range(3):
            await scene.call(raises=ModelFailed(ENDPOINT, "x"))
        await asyncio.sleep(2)
        assert await scene.call(raises=PromptTooLong(ENDPOINT, "9000 tokens")) == "PromptTooLong"
        states.append(scene.state.breaker)
        assert await scene.call() == "answered"
        states.append(scene.state.breaker)
        assert states == ["closed", "half-open", "closed"]

    run(main())


async def test_thousand_lanes_are_kept_apart() -> None:
    pool = Pool()
    for n in range(1000):
        with pytest.raises(ModelOverloaded):
            async with (
                pool.admitted(f"e{n}", Limits(1, 0), work=Work(1, 1), deadline=Deadline.after(9)),
                pool.admitted(f"e{n}", Limits(1, 0), work=Work(1, 1), deadline=Deadline.after(9)),
            ):
                pass
    assert all(state.in_flight == 0 for state in pool.snapshot().values())
