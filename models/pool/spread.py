"""How far predictions are off: a 90 % interval that stays one when the load changes.

Adaptive conformal inference (Gibbs and Candès, Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021,
arXiv:2106.00170). The score of a call is |log(measured / predicted)|, the half-width is the quantile of the last
scores at a level that moves: each call outside the interval makes it wider, each one inside a little narrower, so that
the long-run share of calls outside is what was asked for, whatever the load does.
"""

from bisect import bisect_left, insort
from collections import deque
from math import ceil, log

OUTSIDE = 0.08
"""The share of calls that may be outside."""
STEP = 0.05
"""How fast the level moves; the authors use 0.005 for series of thousands, and calls are fewer."""
LEVELS = (0.02, 0.2)
"""The least and the greatest level, so that a run of luck does not make it a point, nor one of mishaps everything."""
FEWEST, KEPT = 9, 60
"""Scores without which nothing is said (the largest of nine is the least that covers 90 %), and those that count."""
NARROWEST, WIDEST = log(1.02), log(8.0)
"""The half-width before enough is known: from an eighth to eight times."""


class Spread:
    """The half-width of the interval, in logarithms of the ratio of measured and predicted."""

    __slots__ = ("_level", "_order", "_sorted", "half_width")

    def __init__(self) -> None:
        self._level, self._order, self._sorted = OUTSIDE, deque[float](), list[float]()
        self.half_width = WIDEST

    def add(self, score: float) -> None:
        """Learn from one call whose score was `score`, 0 or more."""
        self.widen(outside=score > self.half_width)
        if len(self._order) == KEPT:
            del self._sorted[bisect_left(self._sorted, self._order.popleft())]
        self._order.append(score)
        insort(self._sorted, score)
        self.half_width = self._quantile()

    def widen(self, *, outside: bool) -> None:
        """Move the level: a call was inside or outside."""
        least, greatest = LEVELS
        self._level = min(max(self._level + STEP * (OUTSIDE - outside), least), greatest)
        self.half_width = self._quantile()

    def _quantile(self) -> float:
        count = len(self._sorted)
        if count < FEWEST:
            return WIDEST
        rank = ceil((count + 1) * (1 - self._level))
        return min(max(self._sorted[min(rank, count) - 1], NARROWEST), WIDEST)
