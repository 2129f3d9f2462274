"""Charges for the highest load of a month, as utilities bill them.

The billed demand is the highest load within the charge's hours, but never less than a share (the ratchet) of the
highest of this and the eleven months before, nor than a contracted minimum. Utilities meter means of 15 or 30 minutes;
the mean of an hour is never above the highest of those, so the true charge may be higher.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadQuestion
from tools.figures import Values
from tools.money.rates import ALWAYS, When

RATCHET_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DemandCharge:
    """A price per kW of a month's billed demand.

    `when`: hours whose load counts. `ratchet_percent`: least share of the highest demand of twelve months, 0 for none.
    """

    name: str
    price_per_kw: float
    when: When = ALWAYS
    ratchet_percent: float = 0.0
    minimum_kw: float = 0.0

    def __post_init__(self) -> None:
        """Raise `BadQuestion` for a ratchet that is no percent."""
        if not 0 <= self.ratchet_percent <= 100:
            raise BadQuestion(f"the ratchet of {self.name} is {self.ratchet_percent:g} %; give 0 to 100")

    def measured_kw(self, hours: Values, cells: NDArray[np.int64], month: NDArray[np.int64]) -> dict[int, float]:
        """Return the highest load of each month within the charge's hours; months without one are absent."""
        counts = self.when.table().ravel()[cells] & np.isfinite(hours)
        peaks: dict[int, float] = {}
        for key in np.unique(month[counts]):
            peaks[int(key)] = float(hours[counts & (month == key)].max())
        return peaks

    def billed_kw(self, measured: dict[int, float]) -> dict[int, float]:
        """Return the billed demand of each month, never below zero."""
        billed = {}
        for key, peak in measured.items():
            recent = max(kw for m, kw in measured.items() if key - RATCHET_MONTHS < m <= key)
            billed[key] = max(peak, self.ratchet_percent / 100.0 * recent, self.minimum_kw, 0.0)
        return billed
