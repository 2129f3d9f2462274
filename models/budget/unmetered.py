"""A purse without a bottom, for tests and measurements; `open_runtime` never uses it."""

from dataclasses import dataclass
from uuid import uuid4

from models.budget.account import Account
from models.budget.purse import Reservation
from models.budget.spending import Planned, Spent
from models.router.budget_view import BudgetView

PLENTY_USD = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Unmetered:
    """Sets aside whatever is asked for, and counts nothing."""

    async def view(self, account: Account) -> BudgetView:
        """Return more than anything costs."""
        return BudgetView("ample", PLENTY_USD, PLENTY_USD, PLENTY_USD, f"tenant {account.tenant}, unmetered")

    async def reserve(self, account: Account, planned: Planned) -> Reservation:
        """Return a reservation that nothing keeps."""
        return Reservation(uuid4().hex, account, planned)

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        """Forget it."""


UNMETERED = Unmetered()
