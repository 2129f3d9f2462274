"""What cannot or may not be asked is not on the ladder, and its reason holds the values that were compared."""

from typing import Any

import pytest

from models.router import NO_BUDGET, REPORT, BudgetView, RouteRequest, decide
from tests.models.router.routes import AMPLE, asked, cloud, near


def left_out(request: RouteRequest) -> tuple[str, str]:
    """Return the kind and the words of the one exclusion."""
    (one,) = decide(request).excluded
    return one.kind, one.reason


EXCLUDED = {
    "by the settings": (asked(cloud(outside="EAIO_CLOUD does not name it")), "environment", ["EAIO_CLOUD"]),
    "in a local environment": (asked(cloud(), environment="dev"), "environment", ["dev", "EAIO_ENVIRONMENT"]),
    "without a key": (asked(cloud(unusable="has no key; give it one")), "unusable", ["has no key; give it one"]),
    "above the policy's label": (
        asked(cloud(max_label="PUBLIC"), label="INTERNAL"),
        "label",
        ["INTERNAL data stays local", "lets PUBLIC go there at most"],
    ),
    "not in the policy": (asked(cloud(max_label=None)), "label", ["INTERNAL", "privacy.yaml"]),
    "denied by the policy": (asked(cloud(max_label="NONE"), label="PUBLIC"), "label", ["PUBLIC", "privacy.yaml"]),
    "restricted": (asked(cloud(max_label="RESTRICTED"), label="RESTRICTED"), "label", ["RESTRICTED data stays local"]),
    "elsewhere": (asked(cloud(region="us"), regions=("eu", "ch")), "residency", ["works in us", "eu, ch"]),
    "nobody knows where": (asked(cloud(), regions=("eu",)), "residency", ["nobody says", "eu", "`region`"]),
    "incapable": (asked(near(capabilities=("embed",))), "capability", ["'chat'", "embed"]),
    "too small": (asked(near(context_tokens=999)), "context", ["about 1000 tokens", "999"]),
    "resting": (asked(near(breaker="open", opens_again_in_s=12.5)), "breaker", ["failed too often", "12.5 s"]),
    "paused": (asked(cloud(opens_again_in_s=20.0)), "breaker", ["takes nothing for 20 s", "15 s are left"]),
    "too dear": (
        asked(cloud(), budget=BudgetView("ample", 0.1, 1.0, 0.005, "tenant local")),
        "budget",
        ["0.005500", "0.005000 US dollars", "tenant local", "`budgets`"],
    ),
    "low": (asked(cloud(), budget=BudgetView("low", reason="8 % are left")), "budget", ["8 % are left"]),
    "spent": (asked(cloud(), budget=BudgetView("spent")), "budget", ["the budget is spent", "eaio usage"]),
    "down": (asked(cloud(), budget=BudgetView("down", reason="the ledger is down")), "budget", ["the ledger is down"]),
    "no budget": (asked(cloud(), budget=NO_BUDGET), "budget", ["no budget is known here"]),
    "zero": (asked(cloud(), budget=BudgetView("ample", 0.0, 0.0, 0.0)), "budget", ["0.000000 US dollars"]),
    "local_only": (asked(cloud(), strategy="local_only"), "strategy", ["local_only asks no cloud"]),
}  # fmt: skip


@pytest.mark.parametrize("case", EXCLUDED)
def test_each_reason_is_told_with_what_was_compared(case: str) -> None:
    request, kind, words = EXCLUDED[case]
    found, reason = left_out(request)
    assert found == kind
    assert [word for word in words if word not in reason] == []
    assert decide(request).ladder == (REPORT,)


def test_the_first_reason_in_the_order_is_the_one_that_is_told() -> None:
    faults: list[tuple[str, dict[str, Any]]] = [
        ("environment", {"outside": "not named"}),
        ("unusable", {"unusable": "no key"}),
        ("label", {"max_label": None}),
        ("residency", {"region": "us"}),
        ("capability", {"capabilities": ("embed",)}),
        ("context", {"context_tokens": 300}),
        ("breaker", {"breaker": "open"}),
        ("budget", {"input_usd": 1000.0}),
    ]
    fit: dict[str, Any] = {"region": "eu"}
    for number, (kind, _) in enumerate(faults):
        given = fit | {name: value for _, fault in faults[number:] for name, value in fault.items()}
        assert left_out(asked(cloud(**given), regions=("eu",), strategy="local_only"))[0] == kind
    assert left_out(asked(cloud(**fit), regions=("eu",), strategy="local_only"))[0] == "strategy"


def test_what_is_local_is_never_left_out_for_label_region_or_budget() -> None:
    request = asked(near(), label="RESTRICTED", regions=("eu",), budget=NO_BUDGET, strategy="local_only")
    assert decide(request).excluded == ()


def test_an_ollama_that_is_not_proven_to_be_near_is_guarded_as_a_cloud() -> None:
    far = near("ollama:far", local=False)
    assert left_out(asked(far))[0] == "label"
    assert decide(asked(near("ollama:far", local=False, max_label="INTERNAL"))).cloud == ("ollama:far",)


def test_a_region_holds_the_regions_in_it_and_no_other_of_a_like_name() -> None:
    inside, beside = cloud("cloud:a", region="eu-west-1"), cloud("cloud:b", region="euro")
    decision = decide(asked(inside, beside, regions=("eu",)))
    assert decision.cloud == ("cloud:a",)


def test_a_local_model_is_asked_with_a_shorter_prompt_where_the_usual_one_does_not_fit() -> None:
    here, there = near(context_tokens=800), cloud(context_tokens=800)
    decision = decide(asked(here, there, tokens_least=300))
    assert decision.ladder == (here.id, REPORT)
    assert decision.excluded[0].kind == "context"


def test_a_short_pause_and_a_breaker_that_tries_again_leave_an_endpoint_on_the_ladder() -> None:
    paused, trying = cloud(opens_again_in_s=3.0), near(breaker="half_open")
    assert decide(asked(trying, paused)).excluded == ()


def test_a_call_that_costs_all_that_a_question_may_is_made() -> None:
    exactly = BudgetView("ample", 0.11, 1.0, 0.0055)
    assert decide(asked(cloud(), budget=exactly)).cloud == ("cloud:gpt-4o",)


def test_a_cloud_that_is_free_needs_budget_all_the_same() -> None:
    free = cloud(input_usd=0.0, output_usd=0.0)
    assert left_out(asked(free, budget=BudgetView("down")))[0] == "budget"
    assert decide(asked(free, budget=AMPLE)).cloud == (free.id,)
