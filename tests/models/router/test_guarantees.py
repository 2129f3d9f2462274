"""What holds of every decision, whatever is asked."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import Strategy
from models.router import REPORT, RouteRequest, Scored, decide
from privacy.labels import Label
from tests.models.router.generated import NAMES, figures, requests

BY_FIGURES: tuple[Strategy, ...] = ("cheapest", "fastest", "best_quality", "balanced")
FEWER = settings(max_examples=25, deadline=None)
"""A request is a hundred choices, so that an example takes as long as many of others."""
STATES = ("ample", "low", "spent", "down", "none")


def away(request: RouteRequest) -> dict[str, str | None]:
    """Return the highest label of every endpoint that is not proven to be near."""
    return {c.id: c.max_label for c in request.candidates if c.place == "cloud" or not c.local}


@FEWER
@given(requests())
def test_the_report_is_last_and_every_endpoint_is_on_the_ladder_once_or_has_its_reason(request: RouteRequest) -> None:
    decision = decide(request)
    assert decision.ladder[-1] == REPORT
    told = [*decision.ladder[:-1], *(e.id for e in decision.excluded)]
    assert sorted(told) == sorted(c.id for c in request.candidates)
    assert all(e.reason for e in decision.excluded)
    assert decision.reason


@FEWER
@given(requests())
def test_nothing_restricted_and_nothing_above_the_policys_label_goes_to_a_cloud(request: RouteRequest) -> None:
    label, clouds = Label[request.features.label], away(request)
    for rung in set(decide(request).ladder) & set(clouds):
        assert label < Label.RESTRICTED
        assert label <= Label[clouds[rung] or ""]


@FEWER
@given(requests())
def test_the_clouds_of_a_ladder_are_those_of_its_rungs_that_are_not_proven_to_be_near(request: RouteRequest) -> None:
    decision = decide(request)
    assert decision.cloud == tuple(rung for rung in decision.ladder if rung in away(request))


@FEWER
@given(requests())
def test_every_share_is_from_0_to_1_and_the_figures_of_the_rungs_stand_in_their_order(request: RouteRequest) -> None:
    decision = decide(request)
    assert tuple(s.id for s in decision.scored) == decision.ladder[:-1]
    for s in decision.scored:
        assert all(0 <= share <= 1 for share in (s.score, s.quality, s.cost, s.latency, s.load))


@FEWER
@given(requests())
def test_a_local_endpoint_is_never_left_out_for_label_region_budget_or_strategy(request: RouteRequest) -> None:
    for left_out in decide(request).excluded:
        assert left_out.id in away(request) or left_out.kind in (
            "environment", "unusable", "capability", "context", "breaker",
        )  # fmt: skip


@pytest.mark.slow
@FEWER
@given(requests(), figures(), st.sampled_from(STATES))
def test_a_tighter_budget_never_adds_a_cloud(request: RouteRequest, usd: float, state: str) -> None:
    tighter = replace(request.budget, question_usd=min(usd, request.budget.question_usd))
    if request.budget.state != "ample" or state != "ample":
        tighter = replace(tighter, state="spent")
    assert set(decide(replace(request, budget=tighter)).cloud) <= set(decide(request).cloud)


@pytest.mark.slow
@FEWER
@given(requests(), st.sampled_from(NAMES))
def test_a_higher_label_never_adds_a_cloud(request: RouteRequest, name: str) -> None:
    label = max(Label[name], Label[request.features.label])
    higher = replace(request, features=replace(request.features, label=label.name))
    assert set(decide(higher).cloud) <= set(decide(request).cloud)


@FEWER
@given(requests(), st.sampled_from([("eu",), ("us",), ("ch",)]))
def test_fewer_regions_never_add_a_cloud(request: RouteRequest, regions: tuple[str, ...]) -> None:
    given_now = request.rules.regions
    fewer = tuple(region for region in regions if not given_now or region in given_now) or ("nowhere",)
    narrowed = replace(request, rules=replace(request.rules, regions=fewer))
    assert set(decide(narrowed).cloud) <= set(decide(request).cloud)


@FEWER
@given(requests(), st.randoms(use_true_random=False))
def test_whoever_is_left_out_is_so_in_any_order(request: RouteRequest, chance: random.Random) -> None:
    first, second = decide(request), decide(shuffled(request, chance))
    assert set(first.excluded) == set(second.excluded)
    assert set(first.scored) == set(second.scored)
    assert first.overloaded == second.overloaded


@FEWER
@given(requests(strategies=BY_FIGURES), st.randoms(use_true_random=False))
def test_a_strategy_that_goes_by_figures_puts_the_same_figures_in_the_same_order(
    request: RouteRequest, chance: random.Random
) -> None:
    first, second = decide(request), decide(shuffled(request, chance))
    assert [weight(s, request) for s in first.scored] == [weight(s, request) for s in second.scored]


@pytest.mark.slow
@FEWER
@given(requests(strategies=BY_FIGURES))
def test_an_endpoint_less_turns_no_two_others_around(request: RouteRequest) -> None:
    known = replace(request, candidates=tuple(replace(c, quality=c.quality or 50.0) for c in request.candidates))
    fewer = replace(known, candidates=known.candidates[1:])
    kept = {c.id for c in fewer.candidates} | {REPORT}
    assert decide(fewer).ladder == tuple(rung for rung in decide(known).ladder if rung in kept)


@FEWER
@given(requests())
def test_an_overload_puts_a_cloud_before_everything_local_and_only_then(request: RouteRequest) -> None:
    decision = decide(request)
    if decision.overloaded:
        assert request.rules.strategy == "local_first"
        assert decision.ladder[: len(decision.cloud)] == decision.cloud != ()
        assert len(decision.cloud) < len(decision.ladder) - 1
    elif request.rules.strategy == "local_first" and decision.cloud:
        assert decision.ladder[-1 - len(decision.cloud) : -1] == decision.cloud


def shuffled(request: RouteRequest, chance: random.Random) -> RouteRequest:
    """Return a request with its candidates in another order."""
    order = list(request.candidates)
    chance.shuffle(order)
    return replace(request, candidates=tuple(order))


def weight(s: Scored, request: RouteRequest) -> float:
    """Return what a strategy goes by first."""
    by = {"cheapest": s.cost_usd, "fastest": s.time_s, "best_quality": s.quality, "balanced": s.score}
    return by[request.rules.strategy]
