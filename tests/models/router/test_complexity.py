"""How hard a question is, is said in parts that add up."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.router.chance import chance
from models.router.complexity import complexity_of_text, estimate, squeezed
from models.router.text_features import MOST_CHARS, TEXT_FEATURES, text_features
from models.router.text_weights import TEXT_WEIGHTS

CHOICES = "Find all zeros of x^2 + 1 in Z_5.\nA. 0\nB. 1\nC. 2, 3\nD. 4\nAnswer:"
SHARES = st.floats(0, 1)


@given(st.text(max_size=300))
def test_parts_of_any_text_add_up_to_its_score(text: str) -> None:
    found = complexity_of_text(text)
    assert 0 <= found.score <= 1
    assert found.score == squeezed(sum(part for _, part in found.parts))
    assert complexity_of_text(text) == found


def test_parts_are_told_largest_first_and_only_where_they_add_something() -> None:
    found = estimate({"a": 1.0, "b": 2.0, "c": 0.0, "unweighted": 5.0}, {"base": -0.5, "a": 0.1, "b": -1.0, "c": 9.0})
    assert found.parts == (("b", -2.0), ("base", -0.5), ("a", 0.1))


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert set(TEXT_WEIGHTS) == {"base", *TEXT_FEATURES}
    assert set(text_features(CHOICES)) | set(text_features("How much?")) == set(TEXT_FEATURES)


def test_choices_are_counted_apart_from_what_is_asked() -> None:
    found = text_features(CHOICES)
    assert found["choices with figures"] == 1.0
    assert found["words"] == pytest.approx(math.log1p(9))
    assert "no choices" not in found


def test_sum_with_figures_and_conditions_is_harder_than_a_plain_fact() -> None:
    plain = "Which city is the capital of France?\nA. Paris\nB. Lyon\nC. Marseille\nD. Nice\nAnswer:"
    hard = "If x + y = 7 and x * y = 12, find x, given x < y.\nA. 1\nB. 2\nC. 3\nD. 4\nAnswer:"
    assert complexity_of_text(hard).score > complexity_of_text(plain).score


def test_what_comes_after_the_most_that_is_read_changes_nothing() -> None:
    start = "word " * (MOST_CHARS // 5)
    assert complexity_of_text(start + " 1 2 3 = x?") == complexity_of_text(start + "5 6 7 <")


@given(SHARES, SHARES, st.floats(0, 100))
def test_chance_never_rises_with_complexity(one: float, other: float, quality: float) -> None:
    easier, harder = sorted((one, other))
    assert 0 <= chance(quality, harder) <= chance(quality, easier) <= 1


@given(SHARES, st.floats(0, 100), st.floats(0, 100))
def test_chance_never_falls_with_quality(complexity: float, one: float, other: float) -> None:
    worse, better = sorted((one, other))
    assert chance(worse, complexity) <= chance(better, complexity)


def test_unknown_quality_counts_as_guessing() -> None:
    assert chance(None, 0.3) == chance(25.0, 0.3)
