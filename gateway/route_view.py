"""A routing decision on a screen: in three lines, or with everything that it was made from."""

from typing import TYPE_CHECKING

from gateway.dollars import dollars
from gateway.grid import Grid, without_empty
from gateway.screen import Screen

if TYPE_CHECKING:
    from models.router import Candidate, Decision, Features, RouteRequest

THEN = " → "


def show_short(screen: Screen, request: "RouteRequest", decision: "Decision") -> None:
    """Show the ladder and why its first rung is first."""
    screen.say(THEN.join(decision.ladder), "bold")
    screen.say(why(decision))
    parts = [request.features.label, f"strategy {decision.strategy}", f"complexity {request.features.complexity:.2f}"]
    if decision.excluded:
        parts.append(f"{len(decision.excluded)} left out")
    screen.say(" · ".join([*parts, "`eaio route --explain` shows every endpoint"]), "dim")


def show_all(screen: Screen, request: "RouteRequest", decision: "Decision", digest: str) -> None:
    """Show the decision and all that it was made from: of this, and of nothing else, the router knew."""
    screen.say(THEN.join(decision.ladder), "bold")
    screen.say(why(decision))
    for grid in (*decided(request, decision), question_grid(request.features)):
        screen.say()
        screen.grid(grid)
    screen.say()
    screen.say(budget_line(request))
    screen.say(origin_line(request, digest), "dim")


def decided(request: "RouteRequest", decision: "Decision") -> list[Grid]:
    """Return the tables of the endpoints: on the ladder, left out, and how each was at that moment."""
    grids = []
    if decision.scored:
        grids.append(ladder_grid(decision))
    if decision.excluded:
        grids.append(excluded_grid(decision))
    if request.candidates:
        grids += [moment_grid(request.candidates), static_grid(request.candidates)]
    return grids


def ladder_grid(decision: "Decision") -> Grid:
    """Return what each endpoint on the ladder was weighed by: shares from 0 to 1, of which more is better."""
    columns = ("rung", "endpoint", "score", "quality", "cost", "latency", "load", "at most", "takes", "note")
    rows = [
        (
            *(str(number), s.id, *(f"{share:.2f}" for share in (s.score, s.quality, s.cost, s.latency, s.load))),
            *(dollars(s.cost_usd), f"{s.time_s:.1f} s", s.note),
        )
        for number, s in enumerate(decision.scored, 1)
    ]
    title = f"On the ladder, by {decision.strategy}; scores are shares from 0 to 1, of which more is better"
    right = frozenset(columns) - {"endpoint", "note"}
    return without_empty(Grid(columns, rows, title, right, frozenset({"note"})), ("note",))


def excluded_grid(decision: "Decision") -> Grid:
    """Return the endpoints that are not on the ladder, each with the first reason that was found."""
    rows = [(out.id, out.kind, out.reason) for out in decision.excluded]
    return Grid(("endpoint", "by", "why"), rows, "Left out", wide=frozenset({"why"}))


def moment_grid(candidates: "tuple[Candidate, ...]") -> Grid:
    """Return how busy and how quick every endpoint was when the decision was made."""
    columns = ("endpoint", "breaker", "calls", "queue", "waits", "first text", "whole", "said by")
    right = frozenset({"calls", "queue", "waits", "first text", "whole"})
    rows = [_moment(one) for one in candidates]
    return Grid(columns, rows, "Every endpoint, as it was at that moment", right, frozenset({"breaker"}))


def _moment(one: "Candidate") -> tuple[str, ...]:
    rests = f" for {one.opens_again_in_s:.1f} s" if one.breaker == "open" else ""
    return (
        *(one.id, one.breaker.replace("_", "-") + rests, f"{one.in_flight}/{one.slots}", f"{one.waiting}/{one.queue}"),
        *(f"{one.wait_s:.1f} s", f"{one.ttft_s:.1f} s", f"{one.total_s:.1f} s"),
        "calls" if one.measured else "a guess",
    )


def static_grid(candidates: "tuple[Candidate, ...]") -> Grid:
    """Return what every endpoint can do, what it costs and what may go there."""
    columns = ("endpoint", "can", "context", "quality", "$/M in, out", "price of", "up to", "region", "note")
    rows = [
        (
            *(one.id, ", ".join(one.capabilities), f"{one.context_tokens:,}"),
            *(f"{one.quality:g}" if one.quality is not None else "", _price(one), _priced_by(one)),
            *(one.max_label or "", one.region, one.note),
        )
        for one in candidates
    ]
    grid = Grid(
        columns, rows, "What each of them is", frozenset({"context", "quality"}), frozenset({"price of", "note"})
    )
    return without_empty(grid, ("quality", "$/M in, out", "price of", "up to", "region", "note"))


def _price(one: "Candidate") -> str:
    return f"{one.input_usd:g}, {one.output_usd:g}" if one.input_usd or one.output_usd else ""


def _priced_by(one: "Candidate") -> str:
    return f"{one.price_version}{'' if one.price_known else ', the dearest'}" if one.price_version else ""


def question_grid(features: "Features") -> Grid:
    """Return what the router knew of the question."""
    parts = ", ".join(f"{name} {amount:+.2f}" for name, amount in features.complexity_parts)
    rows = [
        ("label", features.label),
        ("needs", features.capability),
        ("prompt", f"about {features.tokens_in:,} tokens{_shorter(features)}"),
        ("answer", f"at most {features.tokens_out:,} tokens"),
        ("complexity", f"{features.complexity:.2f} of 1" + (f", from {parts}" if parts else "")),
        ("time left", f"{features.left_s:.1f} s"),
    ]
    return Grid(("question", "as the router sees it"), rows, wide=frozenset({"as the router sees it"}))


def _shorter(features: "Features") -> str:
    least = features.tokens_least
    return f", or {least:,} where these do not fit" if 0 < least < features.tokens_in else ""


def budget_line(request: "RouteRequest") -> str:
    """Say what was left to spend, and whose it was."""
    budget = request.budget
    why = f": {budget.reason}" if budget.reason else ""
    if budget.state == "none" and not any(c.away and not c.outside and not c.unusable for c in request.candidates):
        return "Budget: not looked at; nothing that could be asked costs anything."
    if budget.state in ("none", "down"):
        return f"Budget: {budget.state}{why}; nothing is spent."
    left = f"{dollars(budget.left_usd)} of {dollars(budget.limit_usd)} left ({budget.scope})"
    return f"Budget: {budget.state}, {left}, at most {dollars(budget.question_usd)} for this question{why}."


def origin_line(request: "RouteRequest", digest: str) -> str:
    """Say under which settings the decision was made, and which one it was."""
    regions = f"regions {', '.join(request.rules.regions)}" if request.rules.regions else ""
    weights = request.rules.weights
    parts = (
        f"environment {request.environment}",
        f"profile {request.profile}",
        f"weights {weights.quality:g} {weights.cost:g} {weights.latency:g} {weights.load:g}",
        regions,
        f"config {request.config}",
        f"policy {request.policy}" if request.policy else "",
        request.at,
        f"digest {digest[:12]}",
    )
    return " · ".join(filter(None, parts))


def why(decision: "Decision") -> str:
    """Say why the first rung is first; it may begin with the id of an endpoint, which has no capitals."""
    return f"Why: {decision.reason}."
