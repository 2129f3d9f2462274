"""A breaker opens for what the endpoint did, rests no longer than it says, and lets one call find out."""

import asyncio
import inspect

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import streaming
from models.errors import (
    ContentFiltered,
    CredentialRejected,
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotClearedForCloud,
    PromptTooLong,
    QuotaExhausted,
    RequestRejected,
    TruncatedAnswer,
)
from models.pool import BreakerRules
from models.pool.breaker import END_OF_ANSWER, Breaker, weight
from models.pool.steady_clock import SteadyClock
from tests.models.pooling import FakeClock

E = "ollama:m"


@pytest.mark.parametrize(
    "error",
    [
        ModelFailed(E, "out of memory"),
        ModelUnreachable(E, "http://127.0.0.1:1", "refused"),
        ModelTimeout(E, "first token", 15),
        ModelTimeout(E, "next token", 4),
        MalformedAnswer(E, "no JSON"),
        TruncatedAnswer(E, "no end"),
    ],
    ids=str,
)
def test_sick_endpoint_counts_as_a_failure(error: ModelError) -> None:
    assert weight(error) == 1.0


@pytest.mark.parametrize(
    "error",
    [
        PromptTooLong(E, "9000 tokens"),
        ContentFiltered(E, "no"),
        RequestRejected(E, "bad"),
        NotClearedForCloud(E, "no"),
        CredentialRejected(E, 401),
        QuotaExhausted(E),
        ModelNotFound(E, "m"),
        ModelTimeout(E, "end of its answer", 20),
        asyncio.CancelledError(),
        GeneratorExit(),
        ValueError("a bug of the caller"),
        None,
    ],
    ids=repr,
)
def test_bad_request_wrong_key_leaving_caller_and_short_deadline_do_not(error: BaseException | None) -> None:
    assert weight(error) == 0.0


def test_busy_endpoint_counts_half() -> None:
    assert weight(ModelBusy(E, 2)) == 0.5


def test_wait_that_a_deadline_ended_has_the_name_that_the_stream_gives_it() -> None:
    assert f'"{END_OF_ANSWER}"' in inspect.getsource(streaming)


def test_share_of_failures_opens_it_and_fewer_than_the_least_do_not() -> None:
    rules = BreakerRules(failure_share=0.5, least_failures=4, in_a_row=99)
    breaker = Breaker(rules)
    for now in range(3):
        breaker.failed(now, 1.0, probe=False)
    assert breaker.state(3) == "closed"
    breaker.failed(3, 1.0, probe=False)
    assert breaker.state(3) == "open"


def test_failures_among_many_good_ends_do_not_open_it() -> None:
    breaker = Breaker()
    for now in range(200):
        if now % 3 == 0:
            breaker.failed(now / 10, 1.0, probe=False)
        else:
            breaker.succeeded(now / 10, probe=False)
    assert breaker.state(20) == "closed"


def test_failures_older_than_the_window_are_forgotten() -> None:
    breaker = Breaker(BreakerRules(window_s=10, least_failures=3, in_a_row=99))
    for now in (0, 20, 40, 60, 80):
        breaker.failed(now, 1.0, probe=False)
    assert breaker.state(80) == "closed"


def test_some_failures_in_a_row_open_it_whatever_came_before() -> None:
    breaker = Breaker()
    for now in range(20):
        breaker.succeeded(now, probe=False)
    for now in (20, 35, 50):
        assert breaker.state(now) == "closed"
        breaker.failed(now, 1.0, probe=False)
    assert breaker.state(50) == "open"


def test_each_failed_probe_doubles_the_rest_up_to_the_longest_and_a_good_one_starts_anew() -> None:
    breaker = Breaker(BreakerRules(rest_s=1, longest_rest_s=15))
    now, rests = 0.0, []
    for _ in range(3):
        breaker.failed(now, 1.0, probe=False)
    for _ in range(7):
        rests.append(breaker.rest_left(now))
        now += rests[-1]
        assert breaker.state(now) == "half-open"
        breaker.failed(now, 1.0, probe=True)
    assert rests == [1, 2, 4, 8, 15, 15, 15]
    now += 15
    breaker.succeeded(now, probe=True)
    assert breaker.state(now) == "closed"
    for _ in range(3):
        breaker.failed(now, 1.0, probe=False)
    assert breaker.rest_left(now) == 1


def test_probe_that_is_left_makes_way_for_the_next_one() -> None:
    breaker = Breaker()
    for _ in range(3):
        breaker.failed(0, 1.0, probe=False)
    breaker.probing = True
    breaker.left(probe=True)
    assert breaker.state(2) == "half-open"
    assert not breaker.probing


@pytest.mark.parametrize(
    "rules",
    [
        {"window_s": 0},
        {"rest_s": -1},
        {"rest_s": 20, "longest_rest_s": 15},
        {"failure_share": 0},
        {"failure_share": 1.1},
        {"least_failures": 0},
        {"least_failures": 30},
        {"in_a_row": 0},
        {"window_s": float("nan")},
    ],
    ids=str,
)
def test_rules_that_cannot_be_are_rejected_with_what_they_may_be(rules: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        BreakerRules(**rules)  # type: ignore[arg-type]


def test_steady_clock_stands_still_where_the_other_jumps_back_and_goes_on() -> None:
    clock = FakeClock(100.0)
    steady = SteadyClock(clock)
    clock.now = 110.0
    assert steady() == 110.0
    clock.now = 10.0
    assert steady() == 110.0
    clock.now = 15.0
    assert steady() == 115.0


class BreakerMachine(RuleBasedStateMachine):
    """Whatever happens, on a clock that jumps: one probe at a time, no rest too long, none for good calls alone."""

    @initialize()
    def begin(self) -> None:
        self.raw = FakeClock(1000.0)
        self.now = SteadyClock(self.raw)
        self.set_to = BreakerRules(window_s=20, rest_s=1, longest_rest_s=15)
        self.breaker = Breaker(self.set_to)
        self.probe, self.failed_ever, self.slept = False, False, 0.0

    @rule(seconds=st.floats(0, 40))
    def wait(self, seconds: float) -> None:
        before = self.breaker.rest_left(self.now())
        self.raw.now += seconds
        assert self.breaker.rest_left(self.now()) == pytest.approx(max(0.0, before - seconds), abs=1e-6)

    @rule(seconds=st.floats(0, 10_000))
    def jump_back(self, seconds: float) -> None:
        before = self.breaker.rest_left(self.now())
        self.raw.now -= seconds
        assert self.breaker.rest_left(self.now()) <= before

    @rule()
    def good_end(self) -> None:
        state = self.breaker.state(self.now())
        self.breaker.succeeded(self.now(), probe=False)
        assert self.breaker.state(self.now()) == state

    @rule(how_much=st.sampled_from([0.5, 1.0]))
    def bad_end(self, how_much: float) -> None:
        self.failed_ever = True
        self.breaker.failed(self.now(), how_much, probe=False)

    @precondition(lambda self: self.breaker.state(self.now()) == "half-open" and not self.breaker.probing)
    @rule()
    def begin_probe(self) -> None:
        assert not self.probe
        self.breaker.probing = self.probe = True

    @precondition(lambda self: self.probe)
    @rule(how=st.sampled_from(["good", "bad", "left"]))
    def end_probe(self, how: str) -> None:
        self.probe = False
        if how == "good":
            self.breaker.succeeded(self.now(), probe=True)
            assert self.breaker.state(self.now()) == "closed"
        elif how == "bad":
            self.breaker.failed(self.now(), 1.0, probe=True)
            assert self.breaker.state(self.now()) == "open"
        else:
            self.breaker.left(probe=True)
            assert self.breaker.state(self.now()) == "half-open"

    @invariant()
    def rests_no_longer_than_the_longest(self) -> None:
        now = self.now()
        assert 0 <= self.breaker.rest_left(now) <= self.set_to.longest_rest_s
        assert self.breaker.probing == self.probe
        if not self.failed_ever:
            assert self.breaker.state(now) == "closed"


BreakerMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_breaker_keeps_its_promises_whatever_happens = BreakerMachine.TestCase
