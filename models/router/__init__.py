"""The router: a pure function from everything that is known now to a decision that can be made again, byte for byte.

To decide: `decide`, `strategy_named`; to keep and repeat: `record_of`, `read_record`, `replay`, `is_same`, `canonical`.
What goes in comes from `models.router.snapshot`; `models.router.what_if` asks what another configuration would do.
"""

from models.router.budget_view import NO_BUDGET, BudgetView
from models.router.candidate import Candidate
from models.router.decide import decide
from models.router.decision import REPORT, Decision, Exclusion, Scored
from models.router.record import canonical, is_same, read_record, record_of, replay
from models.router.request import Features, RouteRequest
from models.router.rules import Rules, Weights
from models.router.strategy_name import STRATEGIES, strategy_named

__all__ = [
    "NO_BUDGET",
    "REPORT",
    "STRATEGIES",
    "BudgetView",
    "Candidate",
    "Decision",
    "Exclusion",
    "Features",
    "RouteRequest",
    "Rules",
    "Scored",
    "Weights",
    "canonical",
    "decide",
    "is_same",
    "read_record",
    "record_of",
    "replay",
    "strategy_named",
]
