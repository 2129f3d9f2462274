"""Requests with fifty endpoints, for decisions that are timed and made again."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.router import STRATEGIES, BudgetView, Candidate, Features, RouteRequest, Rules, Weights
from privacy.labels import Label

ENDPOINTS, SNAPSHOTS = 50, 400
LABELS = tuple(Label.__members__)
STATES = ("ample", "ample", "ample", "low", "spent", "down", "none")


def requests_of(seed: int) -> Iterator[RouteRequest]:
    """Yield requests with fifty endpoints without an end: every strategy, label and state of the budget."""
    chance = random.Random(seed)
    snapshots = [tuple(endpoint(n, chance) for n in range(ENDPOINTS)) for _ in range(SNAPSHOTS)]
    while True:
        yield RouteRequest(
            features=question(chance),
            candidates=chance.choice(snapshots),
            budget=budget(chance),
            rules=Rules(chance.choice(STRATEGIES), weights(chance), chance.choice(((), ("eu",), ("eu", "us")))),
            environment="production",
            profile="auto",
            config="3f5ac0ffee12",
            policy="0123456789ab",
            at="2026-11-22T10:00:00Z",
        )


def endpoint(number: int, chance: random.Random) -> Candidate:
    """Return one endpoint of a snapshot: half of them near, half of them clouds, most of them well."""
    away = number % 2 == 1
    base = Candidate(
        f"{'cloud' if away else 'ollama'}:m{number}",
        f"m{number // 4}",
        "cloud" if away else "ollama",
        not away,
        chance.choice((4_096, 32_768, 128_000)),
        quality=chance.choice((None, chance.uniform(30, 90))),
        breaker="open" if chance.random() < 0.05 else "closed",
        in_flight=chance.randrange(4),
        waiting=chance.randrange(0, 33, 4),
        slots=4,
        wait_s=chance.uniform(0, 8),
        ttft_s=chance.uniform(0.1, 3),
        total_s=chance.uniform(1, 15),
        measured=chance.random() < 0.8,
    )
    if not away:
        return base
    return replace(
        base,
        region=chance.choice(("eu", "us")),
        input_usd=chance.uniform(0.1, 3),
        output_usd=chance.uniform(0.3, 10),
        price_version="genai-prices",
        price_known=chance.random() < 0.9,
        max_label=chance.choice(("NONE", *LABELS[:3])),
    )


def question(chance: random.Random) -> Features:
    """Return what is known of a question."""
    return Features(
        label=chance.choices(LABELS, (1, 7, 1, 2))[0],
        capability="chat",
        tokens_in=chance.randint(100, 6_000),
        tokens_out=400,
        complexity=round(chance.random(), 3),
        complexity_parts=(("queries", round(chance.random(), 3)), ("words", round(chance.random(), 3))),
        left_s=chance.uniform(1, 20),
    )


def budget(chance: random.Random) -> BudgetView:
    """Return what is left to spend."""
    left = chance.uniform(0, 1)
    state: Any = chance.choice(STATES)
    return BudgetView(state, left, 1.0, 0.05 * left, "tenant local, day 2026-11-22", "" if state == "ample" else state)


def weights(chance: random.Random) -> Weights:
    """Return what counts how much."""
    return Weights(*(chance.uniform(0.05, 1) for _ in range(4)))


def usable(request: RouteRequest) -> RouteRequest:
    """Return a request whose endpoints are on the ladder: of those that are made at random hardly one is."""
    well: dict[str, Any] = {"outside": "", "unusable": "", "breaker": "closed", "opens_again_in_s": 0.0}
    can: dict[str, Any] = {"capabilities": ("chat",), "context_tokens": 1_000_000, "max_label": "CONFIDENTIAL"}
    able = [replace(c, **well, **can) for c in request.candidates]
    features = replace(request.features, label="INTERNAL", capability="chat", tokens_in=600, tokens_out=400)
    asked: dict[str, Any] = {
        "features": features,
        "candidates": tuple(able),
        "rules": replace(request.rules, regions=()),
    }
    return replace(request, **asked, budget=BudgetView("ample", 1.0, 1.0, 1e6), environment="production")
