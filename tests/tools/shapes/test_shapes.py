"""What a load is like does not hang on its size, its noise or where its record begins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_load import hours_of, load_kwh, temperature_degc
from tools.errors import NoData
from tools.figures import Values
from tools.shapes import DIMENSIONS, building_vector, day_shapes, differences, distances, strangeness, traits_of

DAYS = 182
CLOCK = hours_of(DAYS)
OUTSIDE = temperature_degc(DAYS)
OFFICE = load_kwh(CLOCK)
NIGHT_OWL = np.where((CLOCK.hour >= 20) | (CLOCK.hour < 4), 40.0, 15.0) * (
    1 + 0.05 * np.random.default_rng(2).standard_normal(24 * DAYS)
)
HEATED = load_kwh(CLOCK, seed=3, kwh_per_k=4.0)


def vector(load: Values) -> Values:
    """Return the shape of a load with its weather."""
    return building_vector(traits_of(load, CLOCK, OUTSIDE), "shape")


def apart(one: Values, other: Values) -> float:
    """Return how far two loads' shapes are apart."""
    return float(distances(vector(one), vector(other)[None])[0])


@given(st.floats(0.01, 1_000.0))
@settings(max_examples=20, deadline=None)
def test_size_does_not_change_the_shape(times: float) -> None:
    assert apart(OFFICE, times * OFFICE) == pytest.approx(0.0, abs=1e-6)


def test_size_counts_where_the_same_building_is_sought() -> None:
    traits = [traits_of(times * OFFICE, CLOCK, OUTSIDE) for times in (1.0, 1.01, 3.0, 30.0)]
    same, near, three, thirty = (building_vector(t) for t in traits)
    to = distances(same, np.array([near, three, thirty]))
    assert to[0] < 1.0 < to[1]
    assert to[1] == pytest.approx(to[2], rel=0.01)  # of two unlike sizes none is nearer
    assert differences(traits[0], traits[2])["level"] == pytest.approx(float(to[1]))


def test_changed_copy_is_nearer_than_another_building() -> None:
    rng = np.random.default_rng(4)
    copy = np.roll(2.0 * OFFICE * (1 + 0.1 * rng.standard_normal(len(OFFICE))), 1)
    assert apart(OFFICE, copy) < min(apart(OFFICE, NIGHT_OWL), apart(OFFICE, HEATED))


def test_weather_response_is_what_a_day_rises_by_for_each_degree() -> None:
    found = traits_of(HEATED, CLOCK, OUTSIDE)
    assert found.weather[0] * found.mean_kw == pytest.approx(4.0, rel=0.1)
    assert traits_of(OFFICE, CLOCK, OUTSIDE).weather[0] == pytest.approx(0.0, abs=0.01)
    assert traits_of(HEATED, CLOCK).weather.tolist() == [0.0, 0.0]


def test_part_of_the_week_has_its_own_shape() -> None:
    free = traits_of(OFFICE, CLOCK, OUTSIDE, CLOCK.among("weekend"))
    assert np.isnan(free.curve[0]).all()
    assert free.curve[1:] == pytest.approx(np.ones((2, 24)), abs=0.1)
    assert np.isfinite(building_vector(free)).all()


def test_vector_has_as_many_numbers_as_its_collection_expects() -> None:
    traits = traits_of(OFFICE, CLOCK, OUTSIDE)
    assert len(building_vector(traits)) == DIMENSIONS["whole"]
    assert len(building_vector(traits, "shape")) == DIMENSIONS["shape"]


@pytest.mark.parametrize("load", [np.full(24 * DAYS, np.nan), np.zeros(24 * DAYS)], ids=["nothing valid", "zero"])
def test_load_without_shape_is_refused_in_words(load: Values) -> None:
    with pytest.raises(NoData, match=r"96 are needed|zero throughout"):
        traits_of(load, CLOCK, OUTSIDE)
    with pytest.raises(NoData, match="none has a shape"):
        day_shapes(load, CLOCK, OUTSIDE)


def test_gaps_change_a_shape_little() -> None:
    gappy = np.where(np.random.default_rng(5).random(len(OFFICE)) < 0.2, np.nan, OFFICE)
    assert apart(OFFICE, gappy) < 0.2 * apart(OFFICE, NIGHT_OWL)


def test_day_is_nearest_to_days_of_its_kind() -> None:
    shapes = day_shapes(OFFICE, CLOCK, OUTSIDE)
    sunday = shapes.place(int(shapes.day[shapes.day % 7 == 3][5]))
    assert sunday is not None
    order = np.argsort(distances(shapes.vector[sunday], shapes.vector))[1:21]
    assert ((shapes.day[order] + 3) % 7 >= 5).all()


def test_day_with_three_missing_hours_is_left_out_and_one_with_two_is_not() -> None:
    gappy = OFFICE.copy()
    gappy[24:27] = gappy[48:50] = np.nan
    shapes = day_shapes(gappy, CLOCK, OUTSIDE)
    assert shapes.left_out == day_shapes(OFFICE, CLOCK, OUTSIDE).left_out + 1
    assert [shapes.place(int(CLOCK.keys("day")[0]) + n) is None for n in (1, 2)] == [True, False]


def test_weeks_begin_on_monday_and_are_whole() -> None:
    weeks = day_shapes(OFFICE, CLOCK, OUTSIDE, "week")
    assert ((weeks.day + 3) % 7 == 0).all()
    assert len(weeks) == DAYS // 7
    assert weeks.vector.shape[1] == 170


def test_day_that_the_building_never_had_is_strange_and_the_others_are_not() -> None:
    odd = OFFICE.copy()
    odd[24 * 40 : 24 * 41] = 90.0  # in winter, when local days are those of UTC
    found = strangeness(day_shapes(odd, CLOCK, OUTSIDE))
    assert np.flatnonzero(found.is_strange).tolist() == [40]
    assert found.distance.argmax() == 40


def test_too_short_a_history_says_how_much_is_needed() -> None:
    with pytest.raises(NoData, match="20 are needed"):
        strangeness(day_shapes(OFFICE[: 24 * 10], hours_of(10)))
