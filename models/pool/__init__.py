"""The pool: to each endpoint so many calls at a time, in order of urgency, and none that cannot end in time.

Going in: `Pool`, `Limits`, `Work`, `Priority`, `Ticket`; what is known: `LaneState`, `Prediction`; when an endpoint is
left alone: `BreakerRules`; asking again, or elsewhere: `persistent`, `hedged`.
"""

from models.pool.breaker import BreakerRules
from models.pool.hedge import hedged
from models.pool.limits import Limits
from models.pool.pool import Pool
from models.pool.prediction import Prediction
from models.pool.retry import persistent
from models.pool.state import LaneState
from models.pool.ticket import Ticket
from models.pool.work import Priority, Work

__all__ = [
    "BreakerRules",
    "LaneState",
    "Limits",
    "Pool",
    "Prediction",
    "Priority",
    "Ticket",
    "Work",
    "hedged",
    "persistent",
]
