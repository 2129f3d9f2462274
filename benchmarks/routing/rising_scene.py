"""One run in which something makes a question more sensitive: what it is asked, what hides in it, and when it rises."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from benchmarks.privacy.canaries import MAKERS, canary
from benchmarks.privacy.leak_fuzz import LOCAL, Clouds, Plan, PlantedSite, Ports, scanner_of
from benchmarks.routing.awaits import Awaits, Wire
from graphs.live_privacy import LivePrivacy
from models.errors import ModelUnreachable
from privacy.declassify import Grounds
from privacy.gate import Decision
from privacy.labels import Label
from privacy.pieces import Message
from privacy.policy import Policy
from tests.wire.script import Act, Break, Cut, Garbage, Say, Status

CLEARED = (
    "Which building in London used the most electricity in 2018?",
    "How much electricity did b1 use in 2019?",
    "Compare b1 and b2 in 2018",
    "How much did the mill use in December 2018?",
)
"""Questions on facts that the open policy lets go."""
ACTS: tuple[Act, ...] = (
    Say(),
    Say(),
    Say(),
    Status(503, "later"),
    Status(429, "slow down", {"Retry-After": "0"}),
    Cut(),
    Break(),
    Garbage(),
)
KINDS = {"policy": 0.50, "state": 0.25, "gate": 0.13, "memory": 0.07, "facts": 0.05}
"""How the rise comes about, and in what share of the runs."""


@dataclass
class Rise:
    """When a run became more sensitive, as far as anything had happened by then."""

    kind: str
    due: bool = False
    """Whether the ports are to say so from now on."""
    sent_before: int | None = None
    """Bytes written to clouds by then; None while it has not risen."""
    cleared: bool = False
    """Whether a prompt had been cleared."""


@dataclass
class Scene:
    """One run: its ports, each of which says more once the rise is due."""

    plan: Plan
    rise: Rise
    wire: Wire
    clouds: Clouds
    awaits: Awaits = field(init=False)
    cleared: int = 0
    last_asked: int = 0
    """The await at which a port could last have said more."""

    def risen(self) -> None:
        """Note that the run is told now."""
        if self.rise.sent_before is None:
            self.rise.sent_before, self.rise.cleared = self.wire.sent, self.cleared > 0

    def due(self) -> None:
        """Make it more sensitive: at once by the policy, else at the next port that can tell."""
        self.rise.due = True
        if self.rise.kind == "policy":
            self.clouds.policy = tightened(self.clouds.policy)
            self.risen()

    def says_more(self, kind: str) -> bool:
        """Tell whether a port is to say more now, and note that it does."""
        if self.rise.kind != kind:
            return False
        self.last_asked = self.awaits.seen
        if not self.rise.due:
            return False
        self.risen()
        return True


class RisingPrivacy(LivePrivacy):
    """The gate and the labeller, which note clearances and keep facts under their full label once that is due."""

    scene: Scene

    async def clear(self, endpoint: str, messages: tuple[Message, ...], label: Label) -> Decision:
        """Clear, and note it."""
        decision = await super().clear(endpoint, messages, label)
        self.scene.cleared += decision.clearance is not None
        return decision

    async def lower(self, facts: Mapping[str, Grounds]) -> tuple[dict[str, Label], str | None]:
        """Lower labels, or none where the rise is due."""
        if self.scene.says_more("facts"):
            return dict.fromkeys(facts, Label.RESTRICTED), None
        return await super().lower(facts)


@dataclass
class RisingPorts(Ports):
    """Memory that brings something restricted once that is due; else something that may leave."""

    scene: Scene | None = None

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what memory holds."""
        await asyncio.sleep(0)
        if self.scene and self.scene.says_more("memory"):
            return [(self.plan.texts["memory"], Label.RESTRICTED)], None
        return [("People liked the last report.", Label.INTERNAL)], None


def plan(seed: int) -> Plan:
    """Return the run of a seed: what is asked, what is hidden, how the first cloud behaves."""
    chance = random.Random(seed)
    secret = canary(chance.choice(sorted(MAKERS)), chance)
    return Plan(
        seed=seed,
        question=chance.choice(CLEARED),
        planted={"memory": [secret]},
        texts={"memory": secret.phrase},
        fault="cloud",
        open_policy=True,
        cancel_after=0,
        cloud_act=chance.choice(ACTS),
        local_error=ModelUnreachable(LOCAL, "nowhere", "connection refused"),
    )


def kind_of(seed: int) -> str:
    """Return how the rise of a seed comes about."""
    return random.Random(f"kind {seed}").choices(list(KINDS), list(KINDS.values()))[0]


def tightened(policy: Policy) -> Policy:
    """Return a policy under which nothing goes to any destination."""
    shut = {name: replace(d, rows=dict.fromkeys(Label, "deny")) for name, d in policy.destinations.items()}
    return replace(policy, destinations=shut, hash="0" * 12)


@lru_cache(maxsize=1)
def site() -> PlantedSite:
    """Return the small site, one for all runs."""
    return PlantedSite({})


@lru_cache(maxsize=1)
def scanner() -> Any:
    """Return its scanner, one for all runs."""
    return scanner_of(site()._inventory)  # noqa: SLF001 - what its `inventory` returns
