"""Why an endpoint is not on the ladder, in words: the values that were compared, and the remedy where there is one."""

from collections.abc import Callable, Mapping

from models.router.candidate import Candidate
from models.router.decision import Kind
from models.router.figures import in_seconds
from models.router.most_cost import most_usd
from models.router.request import RouteRequest
from privacy.labels import Label

RESTRICTED = Label.RESTRICTED.name


def _environment(candidate: Candidate, request: RouteRequest) -> str:
    local_only = f"the environment {request.environment} is local only; EAIO_ENVIRONMENT=production asks clouds too"
    return candidate.outside or local_only


def _unusable(candidate: Candidate, _request: RouteRequest) -> str:
    return candidate.unusable


def _label(candidate: Candidate, request: RouteRequest) -> str:
    label, most = request.features.label, candidate.max_label
    if label == RESTRICTED:
        return f"{label} data stays local"
    if most in Label.__members__:
        return f"{label} data stays local; the policy lets {most} go there at most"
    return f"{label} data stays local; no policy lets anything go there, name it under `destinations` in privacy.yaml"


def _residency(candidate: Candidate, request: RouteRequest) -> str:
    allowed = f"`router.regions` allows {', '.join(request.rules.regions)}"
    if candidate.region:
        return f"it works in {candidate.region}; {allowed}"
    return f"nobody says where it works, and {allowed}; write its `region` in the routing document"


def _capability(candidate: Candidate, request: RouteRequest) -> str:
    can = ", ".join(candidate.capabilities) or "none"
    return f"it cannot {request.features.capability!r}; its capabilities are {can}"


def _context(candidate: Candidate, request: RouteRequest) -> str:
    question = request.features
    shortest = 0 if candidate.away else question.tokens_least
    needed = (shortest or question.tokens_in) + question.tokens_out
    return f"about {needed} tokens of prompt and answer; its context has {candidate.context_tokens}"


def _breaker(candidate: Candidate, request: RouteRequest) -> str:
    rest_s = candidate.opens_again_in_s
    if candidate.breaker == "open":
        return f"it failed too often and is left alone for {in_seconds(rest_s)}"
    return f"it takes nothing for {in_seconds(rest_s)}, and {in_seconds(request.features.left_s)} are left"


def _budget(candidate: Candidate, request: RouteRequest) -> str:
    budget = request.budget
    if budget.state != "ample":
        return budget.reason or f"the budget is {budget.state}; `eaio usage` shows what is left"
    of = f" of {budget.scope}" if budget.scope else ""
    most = f"a question may cost {budget.question_usd + 0.0:.6f} US dollars{of}"
    cost_usd = most_usd(candidate, request.features)
    return f"the call may cost {cost_usd:.6f}, and {most}; raise it under `budgets` in the routing document"


def _strategy(_candidate: Candidate, request: RouteRequest) -> str:
    return f"{request.rules.strategy} asks no cloud"


WORDS: Mapping[Kind, Callable[[Candidate, RouteRequest], str]] = {
    "environment": _environment,
    "unusable": _unusable,
    "label": _label,
    "residency": _residency,
    "capability": _capability,
    "context": _context,
    "breaker": _breaker,
    "budget": _budget,
    "strategy": _strategy,
}
