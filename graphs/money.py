"""The purse that clouds are paid from."""

from config.settings import Settings
from graphs.live_data import LiveData
from memory.budgets import Budgets
from models.routing import DocumentError, load_routing
from models.routing.budgets_part import BudgetsPart


def budgets_of(settings: Settings, data: LiveData) -> Budgets:
    """Return the budgets of an installation; their limits are those of the routing document."""
    return Budgets(data.pool, budgets_part(settings), settings.home)


def budgets_part(settings: Settings) -> BudgetsPart:
    """Return what clouds may cost; where the document does not hold no cloud is asked, and nothing may be spent."""
    try:
        return load_routing(settings.routing).document.budgets
    except DocumentError:
        return BudgetsPart(daily_usd=0.0, monthly_usd=0.0)
