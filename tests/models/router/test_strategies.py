"""Each strategy puts first what it is named for; the report is always last."""

import pytest

from models.router import REPORT, STRATEGIES, BudgetView, Weights, decide
from models.router.errors import BadRequest
from tests.models.router.routes import asked, cloud, near

SMALL = near("embedded:small", quality=31.5, total_s=2.0)
LARGE = near("ollama:large", quality=74.2, total_s=8.0)
CHEAP = cloud("cloud:cheap", quality=80.0, input_usd=0.27, output_usd=1.1, total_s=6.0)
BEST = cloud("cloud:best", quality=88.5, total_s=1.0)
ALL = (LARGE, SMALL, CHEAP, BEST)

ORDERS = {
    "local_first": [LARGE, SMALL, CHEAP, BEST],
    "local_only": [LARGE, SMALL],
    "cheapest": [LARGE, SMALL, CHEAP, BEST],
    "fastest": [BEST, SMALL, CHEAP, LARGE],
    "best_quality": [BEST, CHEAP, LARGE, SMALL],
}


@pytest.mark.parametrize("strategy", ORDERS)
def test_a_strategy_orders_by_what_it_is_named_for(strategy: str) -> None:
    weights = Weights(quality=1, cost=20, latency=0, load=0)
    decision = decide(asked(*ALL, strategy=strategy, weights=weights))
    assert decision.ladder == (*(c.id for c in ORDERS[strategy]), REPORT)
    assert decision.strategy == strategy
    assert decision.ladder[0] in decision.reason


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        (Weights(quality=1, cost=0, latency=0, load=0), BEST),
        (Weights(quality=0, cost=1, latency=0, load=0), LARGE),
        (Weights(quality=0, cost=0, latency=1, load=0), BEST),
    ],
)
def test_balanced_goes_by_the_weights(weights: Weights, first: object) -> None:
    decision = decide(asked(*ALL, strategy="balanced", weights=weights))
    assert decision.ladder[0] == getattr(first, "id", "")
    assert [s.score for s in decision.scored] == sorted((s.score for s in decision.scored), reverse=True)


def test_only_the_ratios_of_weights_matter() -> None:
    once, thrice = Weights(0.4, 0.3, 0.2, 0.1), Weights(1.2, 0.9, 0.6, 0.3)
    first, second = (decide(asked(*ALL, strategy="balanced", weights=weights)) for weights in (once, thrice))
    assert first == second


def test_weights_that_sum_to_nothing_are_refused_with_the_remedy() -> None:
    with pytest.raises(BadRequest, match="sum to nothing; give at least one of quality, cost, latency and load"):
        Weights(0, 0, 0, 0)


def test_where_everything_costs_nothing_the_cheapest_is_the_likeliest_to_be_right() -> None:
    decision = decide(asked(SMALL, LARGE, strategy="cheapest"))
    assert decision.ladder == (LARGE.id, SMALL.id, REPORT)
    assert "costs nothing" in decision.reason


def test_the_order_of_the_document_decides_between_equals() -> None:
    twins = [near("ollama:a"), near("ollama:b"), near("ollama:c")]
    for strategy in STRATEGIES:
        assert decide(asked(*twins, strategy=strategy)).ladder == ("ollama:a", "ollama:b", "ollama:c", REPORT)


def test_of_one_model_at_several_hosts_the_one_that_ends_first_is_asked_first() -> None:
    busy = near("ollama:q", name="q", wait_s=5.0, in_flight=1, waiting=1)
    other = near("ollama:other", name="other", total_s=1.0)
    idle = near("ollama:q@10.0.0.7:11434", name="q")
    assert decide(asked(busy, other, idle)).ladder == (idle.id, busy.id, other.id, REPORT)


def test_without_a_local_endpoint_the_best_cloud_comes_first_and_nothing_is_called_overloaded() -> None:
    decision = decide(asked(near(unusable="the model is missing; run `ollama pull qwen`"), CHEAP))
    assert decision.ladder == (CHEAP.id, REPORT)
    assert "no local endpoint can be asked" in decision.reason
    assert not decision.overloaded


def test_with_nobody_to_ask_the_report_is_written() -> None:
    decision = decide(asked())
    assert decision.ladder == (REPORT,)
    assert "report" in decision.reason


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_cloud_is_named_as_one_wherever_it_stands(strategy: str) -> None:
    decision = decide(asked(*ALL, strategy=strategy))
    assert set(decision.cloud) == (set() if strategy == "local_only" else {CHEAP.id, BEST.id})
    assert list(decision.cloud) == [id_ for id_ in decision.ladder if id_.startswith("cloud:")]


# Overload


def test_where_every_local_endpoint_would_end_too_late_a_cloud_comes_first() -> None:
    slow = near(wait_s=30.0)
    decision = decide(asked(slow, BEST))
    assert (decision.ladder, decision.overloaded) == ((BEST.id, slow.id, REPORT), True)
    assert "34 s" in decision.reason
    assert "15 s are left" in decision.reason


def test_where_every_local_queue_is_full_a_cloud_comes_first() -> None:
    full = near(in_flight=1, waiting=4, queue=4, measured=False)
    decision = decide(asked(full, BEST))
    assert decision.overloaded
    assert "4 calls waiting" in decision.reason


def test_a_slot_that_is_free_is_not_full_though_nobody_may_wait() -> None:
    assert not decide(asked(near(queue=0), BEST)).overloaded


def test_a_guess_moves_nothing_to_a_cloud() -> None:
    assert not decide(asked(near(wait_s=300.0, measured=False), BEST)).overloaded


def test_one_local_endpoint_with_time_keeps_the_question_here() -> None:
    slow, other = near(wait_s=30.0), near("ollama:other")
    decision = decide(asked(slow, other, BEST))
    assert (decision.ladder[:2], decision.overloaded) == ((slow.id, other.id), False)


@pytest.mark.parametrize(
    "closed",
    [{"label": "RESTRICTED"}, {"strategy": "local_only"}, {"budget": BudgetView("down")}, {"environment": "dev"}],
)
def test_an_overload_moves_nothing_where_no_cloud_may_be_asked(closed: dict[str, str]) -> None:
    decision = decide(asked(near(wait_s=30.0), BEST, **closed))  # type: ignore[arg-type]
    assert (decision.cloud, decision.overloaded) == ((), False)
    assert "too busy" in decision.reason
