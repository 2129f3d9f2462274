"""What the weather of a day asks of a building: how far it was below or above a temperature, on average.

Two readings of "how far". `daily_mean`: the day's mean temperature against the change point, as in ASHRAE's toolkit and
CalTRACK. `hourly`: each hour's temperature against it, averaged over the day (degree hours over 24), which counts the
cold night of a mild day; buildings that answer within hours follow this one, and then daily means place a balance point
some K too far from the middle. A model is fitted in both and the likelier kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from tools.baseline.days import Days, Mask
from tools.errors import BadQuestion
from tools.figures import Values

Basis = Literal["daily_mean", "hourly"]


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """The temperatures of n days: their means and, for the hourly basis, their hours (n by 25)."""

    mean_degc: Values
    hourly_degc: Values | None = None

    @classmethod
    def of(cls, days: Days, basis: Basis) -> Self:
        """Return the weather of days. Raises `BadQuestion` where the hours are asked for and only means are known."""
        if basis == "daily_mean":
            return cls(days.temperature_degc)
        if days.hourly_degc is None:
            raise BadQuestion(
                "this baseline follows hourly temperatures; give the hours of these days, not their means"
            )
        known = np.isfinite(days.temperature_degc)
        return cls(days.temperature_degc, np.where(known[:, None], days.hourly_degc, np.nan))

    def only(self, mask: Mask) -> Self:
        """Return the weather of the days inside `mask`."""
        return type(self)(self.mean_degc[mask], None if self.hourly_degc is None else self.hourly_degc[mask])

    def below_k(self, at_degc: Values) -> Values:
        """Return how far each day was below each of C temperatures, n by C, never negative; NaN where unknown."""
        return self._over_the_day(lambda degc: np.maximum(at_degc - degc, 0.0), len(at_degc))

    def above_k(self, at_degc: Values) -> Values:
        """Return how far each day was above each of C temperatures, n by C, never negative; NaN where unknown."""
        return self._over_the_day(lambda degc: np.maximum(degc - at_degc, 0.0), len(at_degc))

    def share_below(self, at_degc: float) -> Values:
        """Return the share of each day that was below a temperature, 0 to 1: how `below_k` answers a change of it."""
        return self._over_the_day(lambda degc: np.where(degc < at_degc, 1.0, 0.0), 1)[:, 0]

    def _over_the_day(self, of: Callable[[Values], Values], width: int) -> Values:
        """Return the mean over each day's hours of a function of the temperature (n by 1 to n by `width`)."""
        if self.hourly_degc is None:
            return np.asarray(of(self.mean_degc[:, None]))
        total = np.zeros((len(self.mean_degc), width))
        known = np.isfinite(self.hourly_degc)
        for hour, at in zip(self.hourly_degc.T, known.T, strict=True):
            total += np.where(at[:, None], of(np.where(at, hour, 0.0)[:, None]), 0.0)
        hours = known.sum(axis=1)[:, None]
        return np.asarray(np.divide(total, hours, out=np.full_like(total, np.nan), where=hours > 0))
