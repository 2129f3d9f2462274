"""Everything that a routing decision is made from, as plain values: what is not in here had no part in it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from models.router.budget_view import BudgetView
from models.router.candidate import Candidate
from models.router.decision import REPORT
from models.router.errors import BadRequest
from models.router.figures import require_figure
from models.router.rules import Rules
from privacy.labels import Label

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
    tokens_least: int = 0
    """Length of the shortest prompt that a local model is asked with where `tokens_in` do not fit; 0 where none is."""

    def __post_init__(self) -> None:
        if self.label not in Label.__members__:
            raise BadRequest(f"{self.label!r} is no label; give {', '.join(Label.__members__)}")
        for name in ("tokens_in", "tokens_out", "left_s", "tokens_least"):
            require_figure("the question", name, getattr(self, name))
        require_figure("the question", "complexity", self.complexity, 1.0)


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

    def __post_init__(self) -> None:
        if twice := [id_ for id_, n in Counter(c.id for c in self.candidates).items() if n > 1]:
            raise BadRequest(f"{', '.join(twice)} is a candidate twice; a ladder has each endpoint once")
        if any(c.id == REPORT for c in self.candidates):
            raise BadRequest(f"{REPORT!r} is the last rung of every ladder and no endpoint's id; give another one")
