"""Clear a prompt for a cloud endpoint, or deny it. A denied prompt goes on locally, never around the gate."""

from nodes.generate import denied
from nodes.route import current_endpoint
from nodes.state import AdvisorState, AdvisorUpdate
from privacy.gate import clear


async def privacy_gate(state: AdvisorState) -> AdvisorUpdate:
    """Return the denial as an attempt of the rung; nothing where the prompt is cleared."""
    endpoint = current_endpoint(state)
    decision = clear(state["question"], state["label"], endpoint)
    return {} if decision.cleared else {"attempts": [*state["attempts"], denied(endpoint, decision.reason)]}
