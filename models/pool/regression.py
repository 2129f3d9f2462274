"""A small linear model that is fitted anew with every call.

Ridge regression towards a prior, over sums that forget: each new row fades the ones before it, so that the last fifty
or so count. The prior never fades, which keeps a model of calls that were all alike from blowing up.
"""

from collections.abc import Sequence
from operator import mul

FADE = 0.98
"""What a row weighs after the next one, of 1: half of the weight is in the last 34."""
RIDGE = 0.05
"""What the prior weighs: a coefficient that is wrong by all its size costs as much as 5 % of one row that is."""
CLIP = 4.0
"""A row that is further off than this factor counts as if it were just so: one model that had to be loaded first."""


class FadingRidge:
    """Coefficients of a positive quantity, fitted to relative errors: 10 % off counts alike for short and long."""

    __slots__ = ("_rows", "_values", "coefficients", "prior")

    def __init__(self, prior: Sequence[float]) -> None:
        """Begin with coefficients `prior`, all of them above zero."""
        self.prior = tuple(prior)
        """What is taken for likely where nothing is known."""
        self.coefficients = self.prior
        self._rows = [[0.0] * len(prior) for _ in prior]
        self._values = [0.0] * len(prior)

    def value(self, row: Sequence[float]) -> float:
        """Return the value at `row`; never less than a twentieth of what the prior says."""
        return value(self.coefficients, self.prior, row)

    def add(self, row: Sequence[float], measured: float) -> None:
        """Note that the quantity at `row` was `measured`; `solve` takes it in."""
        expected = self.value(row)
        relative = [cell / expected for cell in row]
        target = min(max(measured / expected, 1 / CLIP), CLIP)
        for i, cell in enumerate(relative):
            sums = self._rows[i]
            for j in range(i, len(relative)):
                sums[j] = sums[j] * FADE + cell * relative[j]
            self._values[i] = self._values[i] * FADE + cell * target

    def rescale(self, factor: float) -> None:
        """Take the quantity for `factor` times as large everywhere, also where it was measured before."""
        self.prior = tuple(cell * factor for cell in self.prior)
        self.coefficients = tuple(cell * factor for cell in self.coefficients)
        self._rows = [[cell / factor**2 for cell in row] for row in self._rows]
        self._values = [cell / factor for cell in self._values]

    def solve(self) -> None:
        """Take in all that was noted: solve (sums + ridge) x = values + ridge * prior."""
        size = len(self.prior)
        left = [[self._rows[min(i, j)][max(i, j)] for j in range(size)] for i in range(size)]
        right = list(self._values)
        for i, prior in enumerate(self.prior):
            weight = RIDGE / (prior * prior)
            left[i][i] += weight
            right[i] += weight * prior
        self.coefficients = tuple(solved(left, right))


def value(coefficients: Sequence[float], prior: Sequence[float], row: Sequence[float]) -> float:
    """Return the value of a model at `row`."""
    fitted: float = sum(map(mul, coefficients, row))
    least: float = 0.05 * sum(map(mul, prior, row))
    return max(fitted, least)


def solved(left: list[list[float]], right: list[float]) -> list[float]:
    """Return x of `left x = right`, where `left` is symmetric and positive definite; both are used up."""
    size = len(right)
    for i in range(size):
        pivot = left[i]
        for k in range(i + 1, size):
            row = left[k]
            factor = row[i] / pivot[i]
            for j in range(i, size):
                row[j] -= factor * pivot[j]
            right[k] -= factor * right[i]
    for i in range(size - 1, -1, -1):
        known = sum(left[i][j] * right[j] for j in range(i + 1, size))
        right[i] = (right[i] - known) / left[i][i]
    return right
