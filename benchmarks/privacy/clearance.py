"""How many of the product's own prompts the gate lets go, and whether a name goes with them.

Every question of the answer set is answered without a model; its prompt is then shown to the gate for gpt-4o. What is
on restricted facts must be denied; what is on internal facts should be cleared, or the cloud is of no use; and no id or
name of a building may be left in what is cleared, as a search by words tells that shares no code with the detectors.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.answers.check import NO_MODEL, cases
from config.settings import Settings
from graphs.live_privacy import LivePrivacy
from graphs.runtime import Runtime, open_runtime
from nodes.prompt import pieces
from nodes.state import AdvisorState
from privacy.labels import Label
from privacy.preview import Preview
from tools.readings import Inventory

CLOUD = "cloud:gpt-4o"


@dataclass
class Clearance:
    """Counts over the prompts of the answer set."""

    internal: int = 0
    cleared: int = 0
    restricted: int = 0
    escaped: int = 0
    """Prompts on restricted facts that would have been sent."""
    named: int = 0
    """Prompts that would have been sent with a building's name in them."""
    reasons: Counter[str] = field(default_factory=Counter)


class Watching:
    """A keeper that keeps nothing and remembers the last state."""

    state: AdvisorState

    async def keep(self, state: AdvisorState) -> list[str]:
        """Remember the turn."""
        self.state = state
        return []


async def measure(limit: int | None = None) -> Clearance:
    """Ask, and preview every prompt; `limit` takes only so many questions."""
    found, watching = Clearance(), Watching()
    settings = Settings(log_level="error").model_copy(update={**NO_MODEL, "cloud": ()})  # nothing can be sent
    questions = [question for group in cases() for question, _ in group]
    async with open_runtime(settings, keeper=watching) as runtime:
        for question in questions[:limit]:
            await runtime.ask(question)
            if watching.state["evidence"]:
                await _count(found, runtime, watching.state)
    return found


async def _count(found: Clearance, runtime: Runtime, state: AdvisorState) -> None:
    gate: Any = runtime.parts.gate
    assert isinstance(gate, LivePrivacy), "the runtime has the live gate"
    inventory = await runtime.data.inventory()
    prompt = pieces(state["question"], state["evidence"], [], inventory)
    told = await gate.preview(CLOUD, prompt, max(e.label for e in state["evidence"]), conversation=state["question"])
    if max(e.label for e in state["evidence"]) is Label.RESTRICTED:
        found.restricted += 1
        found.escaped += told.allowed
    else:
        found.internal += 1
        found.cleared += told.allowed
        if not told.allowed:
            found.reasons[f"{told.reason} ({state['question'][:60]})"] += 1
    found.named += bool(_names_in(told, inventory))


def _names_in(told: Preview, inventory: Inventory) -> list[str]:
    """Return ids and names of buildings that stand as whole words in what would be sent."""
    sent = "\n".join(text for role, text in told.sent if role == "user")
    names = {n for b in inventory.buildings.values() for n in (b.id, b.name)}
    return [n for n in names if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", sent, re.IGNORECASE)]


if __name__ == "__main__":
    import asyncio

    result = asyncio.run(measure())
    print(result)
    for reason, count in result.reasons.most_common(40):
        print(count, reason)
