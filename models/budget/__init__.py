"""What clouds may cost: money is set aside before a call and counted after it, by whoever keeps it.

The keeper in PostgreSQL is `memory.budgets.Budgets`; calls know it as `Purse`.
"""

from models.budget.account import Account
from models.budget.money import NANO, nusd_of, usd_of
from models.budget.purse import Purse, Reservation
from models.budget.spending import Planned, Spent
from models.budget.unmetered import UNMETERED, Unmetered

__all__ = [
    "NANO",
    "UNMETERED",
    "Account",
    "Planned",
    "Purse",
    "Reservation",
    "Spent",
    "Unmetered",
    "nusd_of",
    "usd_of",
]
