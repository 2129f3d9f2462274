"""One time of a call, to its first text or to its end, as it follows from the call's size.

A structure, which changes slowly, says how much prompt, answer and company cost; a pace says by how much the last calls
were off, as their median. Once the last three were all outside the interval on the same side the load has changed: then
the whole structure is taken for so much slower or quicker, and what was learned of its parts is kept.
"""

from collections import deque
from dataclasses import dataclass
from math import exp, log
from statistics import median

from models.pool.regression import FadingRidge, value
from models.pool.spread import WIDEST, Spread

RECENT, SUDDEN = 9, 3
FLOOR_S = 1e-4
"""No time is shorter, seconds: what came from a cache would else be infinitely off."""
UNSCORED = 3
"""Calls before the first score: what is known of the prior's error says nothing of the model's."""

SETTLED, SETTLED_EVERY = 40, 4
"""After so many calls the structure is solved anew at every fourth only, which halves the cost of a call."""

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known, frozen."""

    prior: Row
    coefficients: Row
    pace: float
    half_width: float

    def at(self, row: Row) -> float:
        """Return the seconds at `row`."""
        return max(FLOOR_S, self.pace * value(self.coefficients, self.prior, row))


class Curve:
    """Learns one time from finished calls."""

    __slots__ = ("_bar", "_learned", "_new", "_recent", "_ridge", "_run", "_spread", "fit")

    def __init__(self, prior: Row) -> None:
        self._ridge, self._spread = FadingRidge(prior), Spread()
        self._recent = deque[_Seen](maxlen=RECENT)
        self._run, self._learned, self._new = 0, 0, True
        self._bar = WIDEST
        self.fit = Fit(prior, prior, 1.0, WIDEST)

    def learn(self, row: Row, measured_s: float, predicted_s: float) -> None:
        """Learn that a call of size `row` took `measured_s`, where `predicted_s` had been said before it."""
        measured_s = max(FLOOR_S, measured_s)
        off = log(measured_s / predicted_s)
        self._note_side(off)
        if self._learned >= UNSCORED:
            self._spread.add(abs(off))
        self._learned += 1
        self._see(row, measured_s)
        self._ridge.add(row, measured_s)
        if self._learned <= SETTLED or self._learned % SETTLED_EVERY == 0:
            self._ridge.solve()
            self._compare()
        self._freeze()

    def learn_least(self, row: Row, elapsed_s: float, predicted_s: float) -> None:
        """Learn from a call that was given up: it would have taken more than `elapsed_s`, if that says anything."""
        if elapsed_s <= predicted_s:
            return
        off = log(elapsed_s / predicted_s)
        self._note_side(off)
        self._spread.widen(outside=off > self.fit.half_width)
        self._see(row, elapsed_s)
        self._freeze()

    def forget_pace(self) -> None:
        """Let the next call alone say how fast the machine is."""
        self._recent.clear()
        self._run, self._new = 0, True

    def _note_side(self, off: float) -> None:
        """Count calls in a row outside the interval as it was before the first of them, which makes it wider."""
        if self._run == 0:
            self._bar = self.fit.half_width
        if abs(off) <= self._bar:
            self._run = 0
        else:
            self._run = max(self._run, 0) + 1 if off > 0 else min(self._run, 0) - 1

    def _see(self, row: Row, measured_s: float) -> None:
        """Compare one more call with the structure, which takes the pace of the last ones where that has changed."""
        self._recent.append(_Seen(row, measured_s, measured_s / self._ridge.value(row)))
        if abs(self._run) >= SUDDEN or self._new:
            while len(self._recent) > SUDDEN:
                self._recent.popleft()
            self._ridge.rescale(self._pace())
            self._compare()
            self._run, self._new = 0, False

    def _compare(self) -> None:
        for seen in self._recent:
            seen.ratio = seen.measured_s / self._ridge.value(seen.row)

    def _pace(self) -> float:
        return median(seen.ratio for seen in self._recent)

    def _freeze(self) -> None:
        self.fit = Fit(self._ridge.prior, self._ridge.coefficients, self._pace(), self._spread.half_width)


@dataclass(slots=True)
class _Seen:
    """One of the last calls, and how it compares with the structure."""

    row: Row
    measured_s: float
    ratio: float


def spread_around(seconds: float, half_width: float) -> tuple[float, float]:
    """Return the ends of the interval around `seconds`."""
    factor = exp(half_width)
    return seconds / factor, seconds * factor
