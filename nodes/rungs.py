"""The ladder of a turn: whose turn it is, who may still be asked, and who was never on it."""

from typing import Any

from models.price import Price
from models.router import REPORT
from nodes.state import AdvisorState, Attempt, Receipt
from privacy.labels import Label

CACHE = "cache"
"""The endpoint of an attempt that took words from the response cache."""
FREE = Price(0.0, 0.0)
BY_CHOICE = frozenset({"environment", "strategy"})
"""Kinds of exclusions that somebody has chosen, so that nobody misses the endpoint."""

__all__ = ["CACHE", "FREE", "REPORT", "current_endpoint", "cut_off", "denied", "has_risen", "left_out", "price_of"]


def current_endpoint(state: AdvisorState) -> str:
    """Return the id of the endpoint whose turn it is, or `REPORT`."""
    return state["receipt"]["ladder"][state["receipt"]["rung"]]


def has_risen(state: AdvisorState) -> bool:
    """Tell whether the label is above that of the last decision."""
    return state["label"] > Label[state["receipt"]["label"]]


def cut_off(receipt: Receipt, endpoint: str, label: Label) -> str:
    """Return why a rung may not be asked under a label, in words; nothing where it may."""
    if endpoint not in receipt["cloud"]:
        return ""
    most = _most(receipt, endpoint)
    if most is not None and label <= min(most, Label.CONFIDENTIAL):
        return ""
    goes = "nothing" if most is None else f"{most.name} at most"
    return f"the label rose to {label.name}, and {goes} may go there"


def left_out(receipt: Receipt) -> list[Attempt]:
    """Return the endpoints that the last decision left off the ladder, but for those that nobody wished on it."""
    if not (decided := _last(receipt, "decision")):
        return []
    return [denied(e["id"], e["reason"]) for e in decided["excluded"] if e["kind"] not in BY_CHOICE]


def price_of(receipt: Receipt, endpoint: str) -> Price:
    """Return what an endpoint takes, as the last decision saw it."""
    found = _candidate(receipt, endpoint)
    return Price(found["input_usd"], found["output_usd"]) if found else FREE


def denied(endpoint: str, reason: str) -> Attempt:
    """Return the attempt that never was."""
    return Attempt(
        endpoint=endpoint,
        outcome="denied",
        reason=reason,
        ms=0.0,
        ttft_ms=None,
        tokens_in=0,
        tokens_out=0,
        estimated=False,
    )


def _most(receipt: Receipt, endpoint: str) -> Label | None:
    """Return the highest label that may go to a cloud, as the last decision saw it."""
    return Label.__members__.get(_candidate(receipt, endpoint).get("max_label") or "")


def _candidate(receipt: Receipt, endpoint: str) -> dict[str, Any]:
    candidates = _last(receipt, "request").get("candidates", [])
    return next((c for c in candidates if c["id"] == endpoint), {})


def _last(receipt: Receipt, part: str) -> dict[str, Any]:
    routes = receipt.get("routes", [])
    return dict(routes[-1][part]) if routes else {}
