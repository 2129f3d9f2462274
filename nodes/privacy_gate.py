"""Clear a prompt for a cloud endpoint, or deny it. A denied prompt goes on locally, never around the gate."""

from nodes.ports import Gatekeeper, Names
from nodes.prompt import pieces
from nodes.rungs import current_endpoint, denied
from nodes.state import AdvisorState, AdvisorUpdate, Gated
from privacy.gate import Decision


async def privacy_gate(state: AdvisorState, *, gate: Gatekeeper, names: Names) -> AdvisorUpdate:
    """Return the clearance of the rung's prompt, or the denial as its attempt; what was found raises the label.

    The whole prompt is examined each time. What memory brought is for local models: it stays here; its label counts.
    """
    endpoint = current_endpoint(state)
    inventory = await names.inventory()
    asked = pieces(state["question"], state["evidence"], (), inventory)
    decision = await gate.clear(endpoint, asked, state["label"])
    receipt = state["receipt"]
    update: AdvisorUpdate = {
        "label": decision.label,
        "clearance": decision.clearance,
        "receipt": {**receipt, "gate": [*receipt.get("gate", []), gated(endpoint, decision)]},
    }
    if decision.clearance is None:
        update["attempts"] = [*state["attempts"], denied(endpoint, decision.reason)]
    return update


def gated(endpoint: str, decision: Decision) -> Gated:
    """Return a decision as the receipt keeps it."""
    return Gated(
        endpoint=endpoint,
        decision=decision.decision,
        label=decision.label.name,
        rule=decision.rule,
        reason=decision.reason,
        policy=decision.policy_hash,
    )
