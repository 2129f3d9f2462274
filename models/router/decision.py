"""What the router decided, and why: the other half of a receipt.

What there are fifty of in a decision is a named tuple, which is made three times as quickly as a frozen dataclass.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

REPORT = "report"
"""The last rung of every ladder: the answer written from the evidence, without a model."""

Kind = Literal[
    "environment", "unusable", "label", "residency", "capability", "context", "breaker", "budget", "strategy"
]


class Exclusion(NamedTuple):
    """An endpoint that is not on the ladder, by the first reason that was found."""

    id: str
    kind: Kind
    reason: str
    """In words, with the values that were compared."""


class Scored(NamedTuple):
    """What an endpoint on the ladder was weighed by: shares from 0 to 1, of which more is better.

    `models/router/scoring.py` says what each is a share of. `score` is their balance by the weights.
    """

    id: str
    score: float
    quality: float
    cost: float
    latency: float
    load: float
    cost_usd: float
    """What the call costs at most, US dollars."""
    time_s: float
    """Waiting and answering, predicted, seconds."""
    note: str = ""
    """What a reader should know: `price unknown, counted as the dearest`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One routing decision."""

    strategy: str
    reason: str
    """Why the first rung is first, in words."""
    ladder: tuple[str, ...]
    """Ids of endpoints in the order to try them; the last is `REPORT`."""
    cloud: tuple[str, ...]
    """Those of the ladder that are a cloud's."""
    scored: tuple[Scored, ...]
    excluded: tuple[Exclusion, ...]
    overloaded: bool = False
    """Whether every local endpoint was too busy for the time that is left, so that a cloud comes first."""
