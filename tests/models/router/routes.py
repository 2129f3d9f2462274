"""Requests for the router, made of little."""

from dataclasses import replace
from typing import Any

from models.router import BudgetView, Candidate, Features, RouteRequest, Rules, Weights

AMPLE = BudgetView("ample", left_usd=1.0, limit_usd=1.0, question_usd=0.05, scope="tenant local, day 2026-11-22")
QUESTION = Features("INTERNAL", "chat", tokens_in=600, tokens_out=400, complexity=0.4, left_s=15.0)

NEAR = Candidate("", "", "ollama", True, 4096, quality=60.0, ttft_s=0.5, total_s=4.0, measured=True)
CLOUD = replace(
    Candidate("", "", "cloud", False, 128_000, quality=87.2, ttft_s=0.5, total_s=3.0, measured=True),
    input_usd=2.5,
    output_usd=10.0,
    price_version="a page",
    max_label="CONFIDENTIAL",
)


def near(id_: str = "ollama:qwen", **other: Any) -> Candidate:
    """Return a local endpoint that is idle and measured."""
    return replace(NEAR, **({"id": id_, "name": id_} | other))


def cloud(id_: str = "cloud:gpt-4o", **other: Any) -> Candidate:
    """Return a cloud that may be asked for what is confidential."""
    return replace(CLOUD, **({"id": id_, "name": id_} | other))


def asked(
    *candidates: Candidate,
    strategy: Any = "local_first",
    budget: BudgetView = AMPLE,
    weights: Weights | None = None,
    regions: tuple[str, ...] = (),
    environment: str = "production",
    **question: Any,
) -> RouteRequest:
    """Return the request of a question that these may answer."""
    features = replace(QUESTION, **question)
    rules = Rules(strategy, weights or Weights(), regions)
    return RouteRequest(
        features, candidates, budget, rules, environment, "local", "c0ffee", "p0l1cy", "2026-11-22T10:00:00Z"
    )
