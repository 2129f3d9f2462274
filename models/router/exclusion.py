"""Whether an endpoint may be asked at all: what no score makes up for.

The checks are made in the order of `Kind`, and the first that fails is the one that is told. What is on this machine or
in its network is never left out for a label, a region or a budget: nothing leaves and nothing is paid.
"""

from config.settings import Environment
from models.router.candidate import Candidate
from models.router.decision import Exclusion, Kind
from models.router.exclusion_words import WORDS
from models.router.most_cost import most_usd
from models.router.region import lies_in_one
from models.router.request import RouteRequest
from privacy.labels import Label

LOCAL_ONLY: tuple[Environment, ...] = ("dev", "test")
HIGHEST_OUT: dict[str | None, int] = {label.name: min(label, Label.CONFIDENTIAL) for label in Label}
"""What may leave at most, by the label that the policy is said to allow: no policy lets out what is restricted."""
NOTHING = -1


class Screen:
    """What the endpoints of one request are held against, read out of it once."""

    def __init__(self, request: RouteRequest) -> None:
        question, rules, budget = request.features, request.rules, request.budget
        self._request, self._regions = request, rules.regions
        self._label, self._capability, self._left_s = Label[question.label], question.capability, question.left_s
        self._tokens = question.tokens_in + question.tokens_out
        self._tokens_least = (question.tokens_least or question.tokens_in) + question.tokens_out
        self._pays, self._may_usd = budget.state == "ample", budget.question_usd
        self._local_environment = request.environment in LOCAL_ONLY
        self._local_strategy = rules.strategy == "local_only"

    def exclusion(self, candidate: Candidate, *, away: bool) -> Exclusion | None:
        """Return why an endpoint cannot be asked, None where it can."""
        kind = self._of_cloud(candidate) if away else self._of_local(candidate)
        return None if kind is None else Exclusion(candidate.id, kind, WORDS[kind](candidate, self._request))

    def _of_local(self, candidate: Candidate) -> Kind | None:
        if candidate.outside:
            return "environment"
        return "unusable" if candidate.unusable else self._of_any(candidate, self._tokens_least)

    def _of_cloud(self, candidate: Candidate) -> Kind | None:
        if candidate.outside or self._local_environment:
            return "environment"
        if candidate.unusable:
            return "unusable"
        if self._label > HIGHEST_OUT.get(candidate.max_label, NOTHING):
            return "label"
        if self._regions and not lies_in_one(candidate.region, self._regions):
            return "residency"
        return self._of_any(candidate, self._tokens) or self._of_paid(candidate)

    def _of_any(self, candidate: Candidate, tokens: int) -> Kind | None:
        """Check what every endpoint must have; `tokens` is the least length of prompt and answer."""
        if self._capability not in candidate.capabilities:
            return "capability"
        if tokens > candidate.context_tokens:
            return "context"
        pause_s = candidate.opens_again_in_s
        return "breaker" if candidate.breaker == "open" or (pause_s and pause_s >= self._left_s) else None

    def _of_paid(self, candidate: Candidate) -> Kind | None:
        if not self._pays or most_usd(candidate, self._request.features) > self._may_usd:
            return "budget"
        return "strategy" if self._local_strategy else None
