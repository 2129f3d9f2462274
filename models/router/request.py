"""Everything that a routing decision is made from, as plain values: what is not in here had no part in it."""

from dataclasses import dataclass, field
from typing import Literal

from models.router.budget_view import BudgetView
from models.router.candidate import Candidate
from models.router.rules import Rules

Capability = Literal["chat", "form", "embed"]


@dataclass(frozen=True, slots=True)
class Features:
    """What the router knows of a question: sizes and estimates, never its words."""

    label: str
    """Name of the label that the run has now: `INTERNAL`."""
    capability: Capability
    """What the model must be able to do."""
    tokens_in: int
    """Estimated length of the prompt, tokens."""
    tokens_out: int
    """Longest answer, tokens."""
    complexity: float
    """How much there is to explain, 0 to 1."""
    complexity_parts: tuple[tuple[str, float], ...] = ()
    """What the estimate is the sum of, by feature, before it is squeezed into 0 to 1."""
    left_s: float = 20.0
    """Until the answer must stand, seconds."""


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """One decision's inputs."""

    features: Features
    candidates: tuple[Candidate, ...]
    """In the order of the routing document."""
    budget: BudgetView
    rules: Rules
    environment: str
    profile: str
    config: str
    """Fingerprint of settings and routing document."""
    policy: str = ""
    """Hash of the privacy policy, of which the candidates' `max_label` come."""
    at: str = field(default="")
    """When the snapshot was taken, UTC, ISO 8601 with `Z`."""
