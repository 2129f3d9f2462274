"""The port by which calls ask for money."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.budget.account import Account
from models.budget.spending import Planned, Spent
from models.router.budget_view import BudgetView


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money that is set aside for one call."""

    id: str
    account: Account
    planned: Planned
    day: date | None = None
    """The day, and so the month, that it counts in, by the clock of the store; None where nothing is counted."""


class Purse(Protocol):
    """Keeps the money. One call, one reservation, one settlement."""

    async def view(self, account: Account) -> BudgetView:
        """Return what is left for an account. It never raises: where the store does not answer, it is `down`."""
        ...

    async def reserve(self, account: Account, planned: Planned) -> Reservation:
        """Set aside what a call costs at most.

        Raises `BudgetSpent`, `BudgetLow` or `BudgetDown`, which are `BudgetRefused`; then nothing may be sent.
        """
        ...

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        """Count what a call did cost and free the rest. It never raises, and done twice it is done once."""
        ...
