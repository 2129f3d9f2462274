"""Days that are alike are found from the load alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.profiles.load import london, office
from tools.errors import NoData
from tools.profiles.clusters import day_kinds, kmeans, silhouette


def test_working_days_and_weekends_are_told_apart() -> None:
    local = london(12)
    hours = office(local) + np.random.default_rng(1).normal(0, 2, len(local.hour))
    found = day_kinds(hours, local)
    assert [(k.days, k.words.partition(",")[0]) for k in found.kinds] == [
        (60, "Monday to Friday"),
        (24, "Saturday and Sunday"),
    ]
    assert found.silhouette > 0.9
    assert found.kinds[0].kwh_per_day == pytest.approx(1280, rel=0.01)
    assert sum(k.share for k in found.kinds) == pytest.approx(1.0)


def test_season_is_named_where_a_kind_keeps_to_it() -> None:
    local = london(52)
    winter = np.isin(local.local.astype("M8[M]").astype(int) % 12, [0, 1, 11])
    hours = np.where(winter, 100.0, 20.0) + np.random.default_rng(1).normal(0, 2, len(winter))
    found = day_kinds(hours, local)
    assert found.kinds[1].words == "72 % on Monday to Friday, mostly in January, December"


def test_same_days_give_the_same_kinds() -> None:
    local = london(12)
    hours = office(local) + np.random.default_rng(1).normal(0, 15, len(local.hour))
    one, other = day_kinds(hours, local), day_kinds(hours, local)
    assert (one.kind == other.kind).all()
    assert one.silhouette == other.silhouette


@pytest.mark.parametrize("level", [0.0, 5.0, -3.0])
def test_constant_load_is_one_kind_and_says_so(level: float) -> None:
    local = london(6)
    found = day_kinds(np.full(len(local.hour), level), local)
    assert len(found.kinds) == 1
    assert found.silhouette == 0.0
    assert any("do not fall into kinds" in note for note in found.notes)


def test_shape_alone_may_be_compared() -> None:
    local = london(12)
    growing = office(local) * np.linspace(1, 4, len(local.hour))
    assert len(day_kinds(growing, local, by_shape=True).kinds) == 2


def test_days_with_long_gaps_are_left_out_and_counted() -> None:
    local = london(6)
    hours = office(local)
    hours[:12] = np.nan
    found = day_kinds(hours, local)
    assert len(found.day) == 41
    assert any("1 of 42 days" in note for note in found.notes)


def test_twenty_days_are_needed() -> None:
    local = london(2)
    with pytest.raises(NoData, match="14 nearly complete days"):
        day_kinds(office(local), local)


def test_silhouette_is_that_of_the_definition() -> None:
    points = np.array([[0.0], [1.0], [10.0], [12.0]])
    # a = (1, 1, 2, 2), b = (11, 10, 9.5, 11.5): the mean of (b - a) / max(a, b).
    expected = np.mean([10 / 11, 9 / 10, 7.5 / 9.5, 9.5 / 11.5])
    assert silhouette(points, np.array([0, 0, 1, 1])) == pytest.approx(float(expected))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=3, max_size=30), st.integers(2, 3))
def test_every_point_is_with_its_nearest_centre(points: list[tuple[float, float]], k: int) -> None:
    array = np.array(points)
    labels = kmeans(array, k)
    names = np.unique(labels)
    centres = np.array([array[labels == n].mean(axis=0) for n in names])
    distances = ((array[:, None, :] - centres) ** 2).sum(axis=2)
    own = distances[np.arange(len(array)), np.searchsorted(names, labels)]
    assert (own <= distances.min(axis=1) + 1e-6 * (1 + own)).all()
