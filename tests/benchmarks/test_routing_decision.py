"""The benchmark of decisions replays what it says it does."""

import itertools

import pytest

from benchmarks.routing import bench
from benchmarks.routing.decision import at, replayed
from benchmarks.routing.decision_requests import ENDPOINTS, requests_of, usable
from models.router import decide


def test_requests_differ_and_have_fifty_endpoints() -> None:
    made = list(itertools.islice(requests_of(1), 50))
    assert {len(r.candidates) for r in made} == {ENDPOINTS}
    assert len(set(made)) == 50
    assert {len(decide(r).ladder) > 1 for r in made} == {True}


def test_usable_requests_have_a_ladder() -> None:
    request = next(requests_of(2))
    assert len(decide(usable(request)).ladder) >= ENDPOINTS // 2


@pytest.mark.slow
def test_what_hypothesis_makes_is_replayed_the_same() -> None:
    made, same, rungs = replayed(20, seed=1)
    assert made == same >= 20
    assert rungs > 0


def test_percentile_is_of_the_times() -> None:
    assert at([3.0, 1.0, 2.0], 0.5) == 2.0
    assert at([1.0] * 94 + [9.0] * 6, 0.95) == 9.0


def test_part_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["nights"]) == 2
    assert "there is no part nights; they are decision, budgets" in capsys.readouterr().err
