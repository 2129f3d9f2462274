"""How much a question gives a model to explain."""

from datetime import datetime

from models.router.chance import chance
from models.router.complexity import complexity_of_text
from models.router.query_weights import QUERY_WEIGHTS
from nodes.complexity import QUERY_FEATURES, estimate_of, query_features
from tools.energy_query import EnergyQuery, Period

YEAR = Period(start=datetime(2019, 1, 1), end=datetime(2020, 1, 1), words="2019")
BEFORE = Period(start=datetime(2018, 1, 1), end=datetime(2019, 1, 1), words="2018")
TOTAL = EnergyQuery(buildings=("b4",), period=YEAR)
CHANGE = EnergyQuery(buildings=("b4",), period=YEAR, against_period=BEFORE)


def test_comparison_is_harder_than_a_total_and_the_parts_say_so() -> None:
    total, change = estimate_of([TOTAL], "How much?"), estimate_of([CHANGE], "How much more?")
    assert change.score > total.score
    assert ("comparison", QUERY_WEIGHTS["comparison"]) in change.parts
    assert "comparison" not in dict(total.parts)


def test_question_without_a_query_is_estimated_from_its_words() -> None:
    assert estimate_of([], "Why is that?") == complexity_of_text("Why is that?")


def test_every_feature_of_queries_has_a_weight_and_every_weight_a_feature() -> None:
    assert set(QUERY_WEIGHTS) == {"base", *QUERY_FEATURES}
    assert set(query_features([TOTAL])) == set(QUERY_FEATURES)


def test_further_queries_make_a_question_harder() -> None:
    assert estimate_of([TOTAL, CHANGE], "Both?").score > estimate_of([CHANGE], "One?").score


def test_small_model_is_told_to_explain_a_total_more_often_than_a_comparison() -> None:
    total, change = estimate_of([TOTAL], "How much?"), estimate_of([CHANGE], "How much more?")
    assert 1 > chance(31.5, total.score) > chance(31.5, change.score) > 0.5
