"""The router: a pure function from everything that is known now to a decision that can be made again, byte for byte."""

from models.router.budget_view import NO_BUDGET, BudgetView
from models.router.candidate import Candidate
from models.router.decision import REPORT, Decision, Exclusion, Scored
from models.router.request import Features, RouteRequest
from models.router.rules import Rules, Weights

__all__ = [
    "NO_BUDGET",
    "REPORT",
    "BudgetView",
    "Candidate",
    "Decision",
    "Exclusion",
    "Features",
    "RouteRequest",
    "Rules",
    "Scored",
    "Weights",
]
