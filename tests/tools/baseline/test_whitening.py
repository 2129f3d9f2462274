"""Whitened days have errors of one size that know nothing of each other."""

import numpy as np
import pytest

from tests.tools.baseline.made import errors
from tools.baseline.noise import lag1
from tools.baseline.whitening import Whitening

DAYS = np.arange(2000)


def test_lasting_errors_lose_their_memory() -> None:
    lasting = errors(2000, 0.6)
    white = Whitening.none(DAYS).remembering(lasting)
    assert white.rho == pytest.approx(0.6, abs=0.05)
    assert lag1(white(lasting[:, None])[:, 0]) == pytest.approx(0.0, abs=0.05)


def test_a_gap_in_the_days_starts_anew() -> None:
    lasting = errors(4, 0.5)
    found = Whitening.none(np.array([1, 2, 5, 6])).remembering(lasting).follows
    assert found.tolist() == [False, True, False, True]


def test_errors_that_alternate_are_left_as_they_are() -> None:
    swinging = np.tile([1.0, -1.0], 1000)
    white = Whitening.none(DAYS).remembering(swinging)
    assert white(swinging[:, None])[:, 0].tolist() == swinging.tolist()


def test_errors_of_every_size_become_one_size() -> None:
    size = np.linspace(1.0, 10.0, 2000)
    white = Whitening.none(DAYS).sized(size)((size * errors(2000))[:, None])[:, 0]
    assert white[:1000].std() == pytest.approx(white[1000:].std(), rel=0.1)


def test_whitening_is_no_way_to_look_likelier() -> None:
    left = errors(2000)
    small = Whitening.none(DAYS).sized(np.full(2000, 10.0))
    n = 2000
    assert n * np.log(float((small(left[:, None]) ** 2).sum()) / n) + small.surprise == pytest.approx(
        n * np.log(float((left**2).sum()) / n)
    )
