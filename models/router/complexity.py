"""How hard a question is: a sum of named parts, squeezed into 0 to 1. No model is asked.

There is one scale for all questions: the chance that Mixtral 8x7B, a model of 69 % on MMLU, gets the question wrong.
`chance` turns it into the chance of a right answer for a model of another quality. Every weight is fitted on outcomes
that are in this repository; `python -m benchmarks.routing.complexity` prints how, and how good they are.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from models.router.text_features import text_features
from models.router.text_weights import TEXT_WEIGHTS

DIGITS = 6
"""Of what is compared or kept: the last bits of an exponential differ between machines."""
MOST = 30.0
"""Beyond this the curve is flat to more digits than are kept."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """An estimate with its reasons."""

    score: float
    """0 to 1, more is harder."""
    parts: tuple[tuple[str, float], ...]
    """What each feature adds, largest first; their sum, squeezed, is the score."""


def estimate(features: Mapping[str, float], weights: Mapping[str, float]) -> Complexity:
    """Return the sum of `features` times `weights`, and `base`, squeezed; a feature without a weight adds nothing."""
    parts = [("base", round(weights["base"], DIGITS))]
    parts += [(name, round(weights.get(name, 0.0) * value, DIGITS)) for name, value in features.items()]
    told = sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))
    return Complexity(squeezed(sum(part for _, part in told)), tuple(told))


def complexity_of_text(text: str) -> Complexity:
    """Return the complexity of any question from its words, with its choices where it offers some."""
    return estimate(text_features(text), TEXT_WEIGHTS)


def squeezed(total: float) -> float:
    """Return the logistic curve at `total`, rounded."""
    return round(1.0 / (1.0 + math.exp(-max(-MOST, min(MOST, total)))), DIGITS)
