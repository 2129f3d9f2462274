"""A counter that only rises becomes what was used; what it did beside rising is recognised, and nothing is guessed."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.registers import RegisterUse, register_use

T0 = 1_704_067_200  # 2024-01-01 00:00 UTC
HOUR = 3600


def use(values: list[float], *, interval_s: int = HOUR, at: list[int] | None = None) -> RegisterUse:
    """Read a register at every interval from `T0` on, or at the intervals given."""
    moments = np.array(at if at is not None else range(len(values)), np.int64) * interval_s + T0
    return register_use(moments, np.array(values, float), np.arange(len(values)), interval_s=interval_s)


def hours(moments: np.ndarray) -> list[int]:
    return [int(moment - T0) // HOUR for moment in moments]


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.integers(1, 50), min_size=5, max_size=60),
    start=st.integers(0, 10_000),
    seed=st.randoms(use_true_random=False),
)
def test_uses_add_up_to_what_the_register_rose_by_in_any_order_of_its_readings(
    steps: list[int], start: int, seed: object
) -> None:
    level = start + 1 + np.concatenate([[0], np.cumsum(steps)]).astype(float)
    at = T0 + HOUR * np.arange(len(level))
    order = np.random.default_rng(len(steps)).permutation(len(level))
    found = register_use(at[order], level[order], order, interval_s=HOUR)
    assert found.values.tolist() == [float(step) for step in steps]
    assert found.at.tolist() == at[:-1].tolist()
    assert (len(found.resets), len(found.rollovers), len(found.dropped), found.gaps) == (0, 0, 0, ())


def test_roll_over_at_a_power_of_ten_is_counted_over_the_turn() -> None:
    found = use([99_960.5, 99_975.5, 99_990.5, 5.5, 20.5])
    assert found.values.tolist() == [15.0, 15.0, 15.0, 15.0]
    assert hours(found.rollovers) == [2]
    pulses = use([65_500.0, 65_520.0, 4.0, 24.0])
    assert pulses.values.tolist() == [20.0, 20.0, 20.0]


def test_reset_or_replaced_register_has_no_use_over_the_change_and_goes_on_after_it() -> None:
    found = use([41_000.0, 41_010.0, 41_020.0, 3.0, 12.0, 22.0])
    assert hours(found.resets) == [2]
    assert found.values.tolist()[:2] == [10.0, 10.0]
    assert math.isnan(found.values[2])
    assert found.values.tolist()[3:] == [9.0, 10.0]


def test_zero_or_sentinel_amid_readings_is_left_out_and_the_rest_of_the_gap_known_in_total() -> None:
    found = use([100.0, 110.0, 0.0, -9999.0, 140.0, 150.0])
    assert hours(found.dropped) == [2, 3]
    assert found.gaps == ((T0 + HOUR, T0 + 4 * HOUR, 30.0),)
    assert math.isnan(found.values[1])
    assert found.values[[0, 2]].tolist() == [10.0, 10.0]


def test_one_reading_far_off_both_its_neighbours_is_left_out() -> None:
    for wrong in (50.0, 90_000.0):
        found = use([100.0, 110.0, 120.0, wrong, 140.0, 150.0])
        assert hours(found.dropped) == [3]
        assert found.gaps == ((T0 + 2 * HOUR, T0 + 4 * HOUR, 20.0),)


def test_standing_register_used_nothing() -> None:
    assert use([7.0, 7.0, 8.0]).values.tolist() == [0.0, 1.0]


def test_gap_within_an_hour_is_shared_out_and_over_its_end_left_open() -> None:
    found = use([0.5, 1.5, 4.5, 5.5], interval_s=900, at=[0, 1, 3, 4])
    assert found.values.tolist() == [1.0, 1.5, 1.5, 1.0]
    across = use([0.5, 1.5, 4.5, 5.5], interval_s=900, at=[2, 3, 5, 6])
    assert across.gaps == ((T0 + 3 * 900, T0 + 5 * 900, 3.0),)


def test_second_reading_for_a_moment_is_named() -> None:
    found = use([10.0, 20.0, 21.0, 30.0], at=[0, 1, 1, 2])
    assert (found.values.tolist(), found.duplicates.tolist()) == ([10.0, 10.0], [2])


def test_too_few_readings_tell_no_use() -> None:
    assert len(use([5.0]).at) == len(use([]).at) == 0
