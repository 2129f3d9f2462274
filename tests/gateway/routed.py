"""Requests to the router as tests of the commands need them: a model here, a cloud, and plenty to spend."""

from dataclasses import replace
from typing import Any

from models.router import BudgetView, Candidate, Features, RouteRequest, Rules, decide, record_of

HERE = Candidate(
    "embedded:smollm2:135m", "smollm2-135m", "embedded", local=True, context_tokens=4096, quality=31.5, slots=2,
    ttft_s=1.2, total_s=4.5, measured=True,
)  # fmt: skip
AWAY = Candidate(
    "cloud:gpt-4o", "gpt-4o", "cloud", local=False, context_tokens=128_000, region="us", quality=87.2, input_usd=2.5,
    output_usd=10.0, price_version="genai-prices 0.2.3", max_label="INTERNAL", slots=16, ttft_s=0.6, total_s=2.0,
)  # fmt: skip
AMPLE = BudgetView("ample", 0.8, 1.0, 0.04, "tenant local, day 2026-11-22")


def request_of(label: str = "INTERNAL", **other: Any) -> RouteRequest:
    """Return a request in production, with anything of it replaced."""
    parts = (("base", -1.0), ("comparison", 0.5))
    given: dict[str, Any] = {
        "features": Features(label, "chat", 320, 400, 0.42, parts, 18.5),
        "candidates": (HERE, AWAY),
        "budget": AMPLE,
        "rules": Rules(),
        "environment": "production",
        "profile": "embedded",
        "config": "abc123",
        "policy": "def456",
        "at": "2026-11-22T10:00:00Z",
    }
    return RouteRequest(**{**given, **other})


def record(**other: Any) -> dict[str, Any]:
    """Return the record of the decision on such a request."""
    request = request_of(**other)
    return record_of(request, decide(request))


def answer_with(*records: dict[str, Any]) -> dict[str, Any]:
    """Return as much of an answer as holds these records."""
    receipt: dict[str, Any] = {"ladder": ["report"], "routes": list(records), "question_id": "r0123456789ab"}
    if records:
        decided, asked = records[-1]["decision"], records[-1]["request"]
        receipt |= {name: decided[name] for name in ("ladder", "cloud", "strategy")}
        receipt |= {"label": asked["features"]["label"], "profile": asked["profile"], "config": asked["config"]}
    return {"status": "answered", "headline": "1,234 kWh", "receipt": receipt}


def busy(candidate: Candidate) -> Candidate:
    """Return it with a full queue."""
    return replace(candidate, in_flight=candidate.slots, waiting=candidate.queue)
