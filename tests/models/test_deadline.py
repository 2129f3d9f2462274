"""The waits of one answer add up to its budget and never beyond."""

from models import Deadline


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
