"""Decide who explains the facts: a pure decision over what can be asked now, recorded so that it can be made again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from config.settings import Strategy
from models.router import NO_BUDGET, BudgetView, Candidate, Decision, Features, RouteRequest, Rules
from models.router.decide import decide
from models.router.record import record_of
from nodes.complexity import estimate_of
from nodes.prompt import FEWER_FACTS, MAX_FACTS, estimated_tokens
from nodes.state import AdvisorState, AdvisorUpdate, Receipt
from nodes.time_left import left_s

TOLD = frozenset({"label", "residency", "capability", "context", "breaker", "budget"})
"""Kinds of exclusions that are noted, because the endpoint is there and would have been asked at another time."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What can be asked at one moment, and what a choice among it goes by."""

    profile: str
    reason: str
    """Why the profile is the one in force."""
    environment: str
    candidates: tuple[Candidate, ...]
    rules: Rules
    policy: str
    """Hash of the privacy policy in force."""
    tokens_out: int
    """Longest answer, tokens."""
    at: datetime


class Ladder(Protocol):
    """What can be asked now, and what it may cost."""

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return the analysts as they are now, each with its times for a prompt of so many tokens."""
        ...

    async def budget(self, question_id: str) -> BudgetView:
        """Return what is left for a question. Never raises."""
        ...


async def route(
    state: AdvisorState, *, ladder: Ladder, fingerprint: str, budget_s: float, strategy: Strategy | None = None
) -> AdvisorUpdate:
    """Return the receipt of a decision, behind those of this turn before it; `strategy` replaces the one in force."""
    sizes = _sizes(state)
    seen = await ladder.snapshot(sizes[0])
    paid = any(c.away and not c.outside and not c.unusable for c in seen.candidates)
    request = RouteRequest(
        features=_features(state, sizes, seen, budget_s),
        candidates=seen.candidates,
        budget=await ladder.budget(state["question_id"]) if paid else NO_BUDGET,
        rules=replace(seen.rules, strategy=strategy) if strategy else seen.rules,
        environment=seen.environment,
        profile=seen.profile,
        config=fingerprint,
        policy=seen.policy,
        at=f"{seen.at:%Y-%m-%dT%H:%M:%S.%f}Z",
    )
    return {"receipt": _receipt(state["receipt"], seen.reason, request, decide(request))}


def _sizes(state: AdvisorState) -> tuple[int, int]:
    """Return the length of the prompt as it is first tried, and of the shortest form of it, tokens, as estimated."""
    question, kind, recalled = state["question"], state["classification"], state.get("recalled", [])
    facts = len(state["evidence"]) or _expected_facts(kind["complexity"])
    usual = estimated_tokens(question, min(facts, MAX_FACTS), recalled)
    return usual, min(usual, estimated_tokens(question, FEWER_FACTS[-1], []))


def _expected_facts(complexity: str) -> int:
    """Return how many facts there will be: on the answer set one or two, four where something is compared."""
    return {"low": 2, "medium": 4}.get(complexity, MAX_FACTS)


def _features(state: AdvisorState, sizes: tuple[int, int], seen: Snapshot, budget_s: float) -> Features:
    complexity = estimate_of(state["classification"]["queries"], state["question"])
    return Features(
        label=state["label"].name,
        capability="chat",
        tokens_in=sizes[0],
        tokens_out=seen.tokens_out,
        complexity=complexity.score,
        complexity_parts=complexity.parts,
        left_s=round(left_s(state, budget_s, seen.at.timestamp()), 3),
        tokens_least=sizes[1],
    )


def _receipt(before: Receipt, reason: str, request: RouteRequest, decision: Decision) -> Receipt:
    notes = [f"{e.id} left out: {e.reason}" for e in decision.excluded if e.kind in TOLD]
    return {
        **before,
        "label": request.features.label,
        "profile": request.profile,
        "reason": reason,
        "ladder": list(decision.ladder),
        "rung": 0,
        "config": request.config,
        "cloud": list(decision.cloud),
        "strategy": decision.strategy,
        "notes": list(dict.fromkeys([*before.get("notes", []), *notes])),
        "routes": [*before.get("routes", []), record_of(request, decision)],
    }
