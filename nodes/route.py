"""Decide who explains the facts: a pure decision over what answers now, recorded in a receipt."""

from collections.abc import Sequence
from typing import Protocol

from models.endpoint import Endpoint
from nodes.state import AdvisorState, AdvisorUpdate, Receipt
from privacy.labels import Label

REPORT = "report"


class Ladder(Protocol):
    """What may be asked now, best first, and why."""

    async def analysts(self) -> tuple[str, str, Sequence[Endpoint]]:
        """Return the profile, the reason for it, and the endpoints of role `analyst`."""
        ...


def current_endpoint(state: AdvisorState) -> str:
    """Return the id of the endpoint whose turn it is, or `REPORT`."""
    return state["receipt"]["ladder"][state["receipt"]["rung"]]


async def route(state: AdvisorState, *, ladder: Ladder, fingerprint: str) -> AdvisorUpdate:
    """Return the receipt of this turn's route."""
    profile, reason, endpoints = await ladder.analysts()
    return {"receipt": decide(state["label"], profile, reason, endpoints, fingerprint)}


def decide(label: Label, profile: str, reason: str, endpoints: Sequence[Endpoint], config: str) -> Receipt:
    """Return the receipt: endpoints in their order, cloud ones only under a label that may leave, the report last."""
    allowed = [e for e in endpoints if e.local or label < Label.RESTRICTED]
    rungs = [e.id for e in allowed] + [REPORT]
    cloud = [e.id for e in allowed if not e.local]
    notes = [f"{e.id} left out: {label.name} data stays local" for e in endpoints if e not in allowed]
    return Receipt(
        label=label.name,
        profile=profile,
        reason=reason,
        ladder=rungs,
        rung=0,
        chosen=None,
        config=config,
        cloud=cloud,
        notes=notes,
    )
