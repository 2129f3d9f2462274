"""Which of the shapes a building's days follow: the likeliest, paid for by its parameters (BIC).

Each shape is tried with and without a level for days off, on both readings of the weather, and under two kinds of
errors: of one size all year, or in proportion to the use, in both cases with the memory that they show. Days are
weighted and freed of their neighbours' errors accordingly (see `whitening`), in rounds, since the weights follow from
the fit; without that a few cold days or one odd fortnight place the balance point. This places change points and
chooses the shape. Slopes and levels are then plain least squares, so that the residuals of the period sum to zero and a
spreadsheet's LINEST on the same degree days gives the same numbers. Where that would put the base load below zero, or
the level of days off, plain least squares places the change points too: those with the least error and no such level.

A 4P in the form of a V is a 5P without a dead band between heating and cooling. Buildings have one, so the V pays for
as many parameters as the 5P and is chosen only where it fits better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from tools.baseline.days import Days, Mask
from tools.baseline.noise import Noise, memory_of
from tools.baseline.search import Search
from tools.baseline.shapes import Line, Shape, solved
from tools.baseline.weather import Basis, Weather
from tools.baseline.whitening import Whitening
from tools.figures import Values

LEAST_SHARE_OF_MEAN = 0.05
ROUNDS = 2
REFINED = 4
LEAST_FREE = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A line with the search that placed its change points, and what was left then of the days (n, that all count)."""

    line: Line
    search: Search
    left: Values
    in_proportion: bool
    floor: float

    @property
    def whitening(self) -> Whitening:
        """Return how errors were whitened when it was found."""
        return self.search.whitening

    def refined(self, days: Days) -> "Choice":
        """Return the same shape with its change points to 0.005 K."""
        line = self.line
        points = self.search.refined(line.shape, (line.low_degc, line.high_degc))
        line = solved(line.shape, days, points, self.whitening, with_off=line.off_kwh is not None, basis=line.basis)
        return replace(self, line=line, left=days.kwh - line.use_kwh(days))

    def plain(self, days: Days) -> "Choice":
        """Return the same shape with its levels and slopes by plain least squares, none of the levels below zero.

        Where one would be although no use is, its change points move; where none will do, a mean is returned.
        """
        line, with_off = self.line, self.line.off_kwh is not None
        none = Whitening.none(days.day)
        points = (line.low_degc, line.high_degc)
        found = solved(line.shape, days, points, none, with_off=with_off, basis=line.basis)
        if not found.has_negative_level or (days.kwh < 0).any():
            return replace(self, line=found)
        search = self.search.whitened(none)
        near = search.change_points(line.shape)
        shape, points = (line.shape, search.refined(line.shape, near)) if near else ("1P", (0.0, 0.0))
        found = solved(shape, days, points, none, with_off=with_off, basis=line.basis)
        return replace(self, line=found, search=search, left=days.kwh - found.use_kwh(days))

    @property
    def white(self) -> Values:
        """Return what is left of the days, whitened."""
        return self.whitening(self.left[:, None])[:, 0]

    @property
    def surprise(self) -> float:
        """Return minus twice the log likelihood of a day, but for a constant."""
        n, white = len(self.left), self.white
        return log(max(float(white @ white) / n, self.floor)) + self.whitening.surprise / n

    def score(self, free: float) -> float:
        """Return the BIC at a count of independent days."""
        is_v = self.line.shape == "4P" and self.line.has_heating and self.line.has_cooling
        return free * self.surprise + (self.line.fitted + is_v) * log(free)


def chosen(days: Days, wanted: Sequence[Shape]) -> Choice:
    """Return the choice with the lowest BIC. `days` all count. The few that are likeliest at half a kelvin are refined.

    BIC counts the days that are independent: n, less where whitened errors of the closest choice still have a memory.
    """
    found = list(_choices(days, wanted))
    closest = min(found, key=lambda c: c.surprise)
    free = max(len(days) / inflation_left(days, closest), LEAST_FREE)
    likeliest = sorted(found, key=lambda c: c.score(free))[:REFINED]
    return min((c.refined(days) for c in likeliest), key=lambda c: c.score(free))


def inflation_left(days: Days, choice: Choice) -> float:
    """Return how much wider a mean is than that of independent errors, after whitening; at least 1."""
    spread = np.full(int(days.day[-1] - days.day[0]) + 1, np.nan)
    spread[days.day - days.day[0]] = choice.white
    return Noise(1.0, memory_of(spread)).inflation


def least_expected_kwh(days: Days) -> float:
    """Return the least that a day is taken to be expected to use, where errors are in proportion to it."""
    return LEAST_SHARE_OF_MEAN * float(days.kwh.mean())


def _choices(days: Days, wanted: Sequence[Shape]) -> Iterator[Choice]:
    bends = any(shape not in ("1P", "2P") for shape in wanted)
    bases: tuple[Basis, ...] = ("daily_mean", "hourly") if bends and days.hourly_degc is not None else ("daily_mean",)
    for basis in bases:
        search = Search.of(days, Weather.of(days, basis), Whitening.none(days.day), with_off=False)
        found = _shapes(days, wanted, search, basis)
        even = search.whitening.remembering(_best(found).left)
        found = _shapes(days, wanted, search.whitened(even), basis) if even.rho else found
        yield from found
        if days.kwh.min() >= 0 and days.kwh.mean() > 0:
            yield from _in_proportion(days, wanted, search, found)


def _in_proportion(days: Days, wanted: Sequence[Shape], search: Search, found: list[Choice]) -> list[Choice]:
    """Return the choices under errors in proportion to the use, from those under even errors."""
    basis = found[0].line.basis
    for _ in range(ROUNDS):
        best = _best(found)
        size = np.maximum(best.line.use_kwh(days), least_expected_kwh(days))
        whitening = best.whitening.sized(size).remembering(best.left)
        found = _shapes(days, wanted, search.whitened(whitening), basis)
    return found


def _best(found: Sequence[Choice]) -> Choice:
    return min(found, key=lambda c: c.score(len(c.left)))


def _shapes(days: Days, wanted: Sequence[Shape], search: Search, basis: Basis) -> list[Choice]:
    whitening = search.whitening
    is_even = bool((whitening.size == 1.0).all())
    least = 1e-14 * float((days.kwh / whitening.size) @ (days.kwh / whitening.size)) / len(days)
    found = []
    for with_off in (False, True) if has_both(days.off) else (False,):
        one = search.telling_days_off(days) if with_off else search
        for shape in wanted:
            points = one.change_points(shape)
            if points:
                line = solved(shape, days, points, whitening, with_off=with_off, basis=basis)
                left = days.kwh - line.use_kwh(days)
                found.append(Choice(line, one, left, not is_even, max(least, 1e-300)))
    return found


def has_both(off: Mask) -> bool:
    """Tell whether there are days off and others."""
    return bool(off.any() and not off.all())
