"""What endpoints are weighed by is a share of what the question has, and says where a figure is not known."""

import pytest

from models.router import BudgetView, Candidate, Scored, Weights, decide
from tests.models.router.routes import asked, cloud, near


def scored(*candidates: Candidate, **question: object) -> dict[str, Scored]:
    return {s.id: s for s in decide(asked(*candidates, **question)).scored}  # type: ignore[arg-type]


def test_cost_is_the_share_of_the_questions_money_that_is_left() -> None:
    one = scored(cloud(), budget=BudgetView("ample", 1.0, 1.0, 0.011))["cloud:gpt-4o"]
    assert (one.cost_usd, one.cost) == (0.0055, 0.5)


def test_latency_is_the_share_of_the_time_that_is_left() -> None:
    one = scored(near(wait_s=2.0, total_s=4.0), left_s=15.0)["ollama:qwen"]
    assert (one.time_s, one.latency) == (6.0, 0.6)
    assert scored(near(wait_s=20.0), left_s=15.0)["ollama:qwen"].latency == 0.0


def test_load_is_the_share_of_a_slot_that_a_new_call_finds() -> None:
    found = scored(near("a"), near("b", in_flight=1), near("c", slots=2, in_flight=2, waiting=4))
    assert [found[id_].load for id_ in "abc"] == [1.0, 0.5, 0.25]


def test_quality_is_the_chance_of_a_right_answer_and_falls_with_complexity() -> None:
    easy, hard = (scored(near(), complexity=complexity)["ollama:qwen"].quality for complexity in (0.1, 0.9))
    assert 0 < hard < easy < 1


def test_an_unknown_quality_counts_as_the_lowest_on_the_list_and_says_so() -> None:
    found = scored(near("a", quality=40.0), near("b", quality=70.0), near("c", quality=None))
    assert found["c"].quality == found["a"].quality < found["b"].quality
    assert found["c"].note == "quality unknown, counted as the lowest"


def test_where_no_quality_is_known_all_are_alike() -> None:
    found = scored(near("a", quality=None), near("b", quality=None))
    assert found["a"].quality == found["b"].quality > 0


def test_a_price_that_nobody_knows_is_said_to_be_counted_as_the_dearest() -> None:
    assert "price unknown, counted as the dearest" in scored(cloud(price_known=False))["cloud:gpt-4o"].note


def test_a_guessed_time_is_called_a_guess() -> None:
    assert scored(near(measured=False))["ollama:qwen"].note == "time not measured yet, a guess"


def test_shares_do_not_depend_on_who_else_is_there() -> None:
    alone, among = scored(cloud()), scored(near("a", quality=90.0), cloud(), cloud("cloud:dear", output_usd=30.0))
    assert alone["cloud:gpt-4o"] == among["cloud:gpt-4o"]


def test_the_score_is_the_balance_of_the_shares() -> None:
    one = scored(cloud(in_flight=1), weights=Weights(0.4, 0.3, 0.2, 0.1))["cloud:gpt-4o"]
    assert one.score == pytest.approx(0.4 * one.quality + 0.3 * one.cost + 0.2 * one.latency + 0.1 * one.load, abs=1e-6)
