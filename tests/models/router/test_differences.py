"""Two decisions compared, in words: nothing where they are the same, and never nothing where they are not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from models.router import BudgetView, RouteRequest, decide
from models.router.differences import differences
from tests.models.router.generated import requests
from tests.models.router.routes import asked, cloud, near

BOTH = asked(near(), cloud())


def between(before: RouteRequest, after: RouteRequest) -> str:
    return "\n".join(differences(decide(before), decide(after)))


def test_of_two_that_are_the_same_nothing_is_said() -> None:
    assert between(BOTH, BOTH) == ""


def test_another_strategy_is_told_with_who_comes_first_and_why() -> None:
    told = between(BOTH, asked(near(), cloud(), strategy="best_quality"))
    assert "the strategy is best_quality; it was local_first" in told
    assert "cloud:gpt-4o comes first instead of ollama:qwen: cloud:gpt-4o has the best chance" in told
    assert "the ladder is cloud:gpt-4o → ollama:qwen → report; it was ollama:qwen → cloud:gpt-4o → report" in told


def test_who_is_left_out_is_told_with_the_reason() -> None:
    low = asked(near(), cloud(), budget=BudgetView("low", reason="8 % are left"))
    assert "cloud:gpt-4o is left out (budget): 8 % are left" in between(BOTH, low)
    assert "cloud:gpt-4o may be asked; it was left out (budget): 8 % are left" in between(low, BOTH)


def test_another_reason_is_told() -> None:
    low, denied = asked(cloud(), budget=BudgetView("low", reason="8 %")), asked(cloud(max_label=None))
    assert "cloud:gpt-4o is left out for another reason (label)" in between(low, denied)


def test_who_is_new_and_who_is_gone_is_told() -> None:
    assert "cloud:gpt-4o is not there; it was" in between(BOTH, asked(near()))
    assert "cloud:gpt-4o is there; it was not" in between(asked(near()), BOTH)
    assert "is there; it was not, and is left out: 8 %" in between(
        asked(near()), asked(near(), cloud(), budget=BudgetView("low", reason="8 %"))
    )


def test_an_overload_is_told() -> None:
    busy = asked(near(wait_s=60.0), cloud())
    assert "clouds come first because all that is local is too busy" in between(BOTH, busy)
    assert "clouds do not come first any more" in between(busy, BOTH)


def test_other_figures_are_told_with_what_they_were() -> None:
    told = between(BOTH, asked(near(), cloud(input_usd=0.0, output_usd=1.0, price_known=False)))
    assert "cloud:gpt-4o: score " in told
    assert "cost_usd 0.0004, was 0.0055" in told
    assert "noted 'price unknown, counted as the dearest'" in told


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(requests(most=3), requests(most=3))
def test_nothing_is_said_if_and_only_if_nothing_is_different(one: RouteRequest, other: RouteRequest) -> None:
    before, after = decide(one), decide(other)
    assert bool(differences(before, after)) == (before != after)
    assert differences(before, decide(replace(one))) == []
