"""How much of an answer's time is left."""

import time

from models.deadline import Deadline
from nodes.state import AdvisorState

RESERVE_S = 1.0
"""Kept back, so that the answer can still be finished in its time, seconds."""


def left_s(state: AdvisorState, budget_s: float, now_s: float) -> float:
    """Return the seconds that a model may still write at a moment, as `time.time` tells it."""
    return max(0.0, budget_s - RESERVE_S - (now_s - state["asked_at"]))


def deadline_of(state: AdvisorState, budget_s: float) -> Deadline:
    """Return until when a model may write."""
    return Deadline.after(left_s(state, budget_s, time.time()))
