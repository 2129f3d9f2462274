"""Days made comparable: weighted by the size of their errors, and freed of what yesterday's error says of today's.

Generalised least squares under errors that last from day to day (Prais and Winsten 1954): with each day's row divided
by its error's size, and the share rho of the day before taken off, what is left is independent and plain least squares
is the best there is. Temperatures change from day to day and lasting errors do not, so balance points become sharper.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tools.baseline.days import Mask
from tools.baseline.noise import lag1
from tools.figures import Values

MOST_RHO = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Whitening:
    """What to do to the rows of n days: `size` divides each; `rho` of the row before comes off where it `follows`."""

    size: Values
    rho: float
    follows: Mask

    @classmethod
    def none(cls, day: NDArray[np.int64]) -> Self:
        """Return the whitening that leaves days, given as days since 1970, as they are."""
        return cls(np.ones(len(day)), 0.0, np.concatenate([[False], np.diff(day) == 1]))

    def sized(self, size: Values) -> Self:
        """Return this one for errors of another size."""
        return type(self)(size, self.rho, self.follows)

    def remembering(self, left: Values) -> Self:
        """Return this one with the memory of some residuals; none where neighbours differ more than others do."""
        return type(self)(self.size, float(np.clip(self._lag1(left / self.size), 0.0, MOST_RHO)), self.follows)

    def __call__(self, columns: Values) -> Values:
        """Return whitened columns, n by k."""
        even: Values = columns / self.size[:, None]
        if not self.rho:
            return even
        found: Values = float(np.sqrt(1.0 - self.rho**2)) * even
        found[1:] = np.where(self.follows[1:, None], even[1:] - self.rho * even[:-1], found[1:])
        return found

    @property
    def surprise(self) -> float:
        """Return what it adds to minus twice the log likelihood: it must not look likelier by shrinking the errors."""
        starts = len(self.follows) - int(self.follows.sum())
        return 2.0 * float(np.log(self.size).sum()) - starts * float(np.log(1.0 - self.rho**2))

    def _lag1(self, even: Values) -> float:
        """Return the correlation with the day before, where there is one."""
        return lag1(np.insert(even, np.flatnonzero(~self.follows), np.nan))
