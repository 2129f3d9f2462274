"""How likely a model of a known quality answers a question of a known complexity well.

A logistic curve of two things that are logits themselves: the model's quality and the question's complexity, as in a
Rasch model of test items. It is fitted on two models, of 69 and 81 % on MMLU, over the graded questions of RouteLLM;
for qualities far from these it is an extrapolation.
"""

import math

from models.router.complexity import squeezed
from models.router.rules import CURVE, Curve

GUESSING = 25.0
"""Percent that a model reaches on four choices that knows nothing: what an unknown quality counts as."""
EDGE = 0.001
"""Shares are kept this far from 0 and 1, where a logit has no end."""


def chance(quality: float | None, complexity: float, curve: Curve = CURVE) -> float:
    """Return the chance of a right answer, 0 to 1, of a model of `quality` percent; it falls as `complexity` rises."""
    ability = logit((GUESSING if quality is None else quality) / 100)
    return squeezed(curve.base + curve.quality * ability - curve.complexity * logit(complexity))


def logit(share: float) -> float:
    """Return the logarithm of the odds of a share, kept finite."""
    inside = min(1 - EDGE, max(EDGE, share))
    return math.log(inside / (1 - inside))
