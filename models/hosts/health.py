"""Whether a model at an Ollama host really writes: one token of it, within a deadline.

Ollama answers `/api/version` and `/api/ps` at once while the process that generates is stopped, so only a token shows
that a model is well. A token takes its place in the queue behind real answers, though, so silence alone is not held
against a model: tokens that came meanwhile, a lease that moved or a process that computes show that it works.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from models.errors import (
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotLocal,
)
from models.hosts.api import KEEP_ALIVE_S, OllamaApi
from models.hosts.present import Resident, residents_of
from models.hosts.traffic import Traffic

PROBE_S = 2.5
"""How long a loaded model may take over one token, seconds; 0.3 s is usual for a 7B model on a CPU."""
LISTING_S = 2.0
"""How long the host may take to say what it has loaded, seconds."""
OTHERS_S = 0.5
"""By how much a lease must have moved differently from the clock to have been renewed by somebody's answer, seconds."""

State = Literal["healthy", "busy", "loading", "unloaded", "hung", "failing", "missing", "unreachable"]
ILL: frozenset[State] = frozenset({"hung", "failing", "unreachable"})
"""What a restart may mend."""
COMPUTES = 0.05
"""Share of the time for which a process must have computed to be at work; a stopped one has for none of it."""
COMPUTED_OVER_S = 0.6
"""Over which end of a probe that is looked at, seconds: what a process did before it was stopped must not count."""
Computed = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Health:
    """How a model is, and how that is known, in words."""

    state: State
    why: str
    took_s: float = 0.0
    """How long the probe took, seconds."""

    @property
    def well(self) -> bool:
        """Tell whether calls to it may succeed."""
        return self.state not in ILL and self.state != "missing"


@dataclass(frozen=True, slots=True)
class Probe:
    """Looks after one model at one host."""

    api: OllamaApi
    model: str
    num_ctx: int
    """That of the real calls, or the probe would make Ollama load the model anew."""
    traffic: Traffic
    clock: Callable[[], float]
    computed_s: Computed | None = None
    """Tells how long the host's model processes have computed so far, seconds; None where we cannot see them."""
    digest: str = ""
    timeout_s: float = PROBE_S

    async def look(self) -> Health:
        """Return how the model is, without loading one that is not loaded. Takes at most twice `timeout_s`."""
        begun = self.clock()
        if self.traffic.flows(self.model):
            return Health("healthy", "its tokens flow")
        try:
            before = await self._resident()
            if before is None:
                self.traffic.forget(self.model)
                return Health("unloaded", "not in memory; the next call loads it", self.clock() - begun)
            return await self._asked(before)
        except ModelError as fault:
            if self.traffic.flows(self.model):
                return Health("healthy", "its tokens flow", self.clock() - begun)
            return Health(_state_of(fault), str(fault), self.clock() - begun)

    async def _asked(self, before: Resident) -> Health:
        begun, computed = self.clock(), 0.0
        asking = asyncio.create_task(self._one_token())
        try:
            await asyncio.wait([asking], timeout=max(0.0, self.timeout_s - COMPUTED_OVER_S))
            if not asking.done():  # only then: it takes a look at every process of the machine
                computed = await self._computed_s()
            await asking
        except (ModelTimeout, ModelBusy):
            return await self._silent(before, begun, computed)
        finally:
            asking.cancel()
        return Health("healthy", "wrote a token", self.clock() - begun)

    async def _silent(self, before: Resident, begun: float, computed: float) -> Health:
        """Judge a silence by what else shows that the model works."""
        if self.traffic.flows(self.model):
            return Health("healthy", "its tokens flow", self.clock() - begun)
        after = await self._resident()
        took = self.clock() - begun
        if after is None:
            return Health("unloaded", "Ollama let go of it; the next call loads it", took)
        if self.computed_s and await self._computed_s() - computed >= COMPUTES * COMPUTED_OVER_S:
            return Health("busy", "no token, and its process computes", took)
        if self.traffic.may_be_quiet(self.model):
            return Health("busy", "no token, and a long prompt is being read", took)
        return self._by_lease(before, after, took)

    def _by_lease(self, before: Resident, after: Resident, took: float) -> Health:
        """Judge by the lease: it runs with the clock until the first answer, and then moves with each answer only."""
        moved = (after.expires_at_s or 0.0) - (before.expires_at_s or 0.0)
        if moved > 0 and self.traffic.last_token_s(self.model) is None:
            return Health("loading", "no answer since it was loaded yet", took)
        if moved > 0 and abs(moved - took) > OTHERS_S:
            return Health("busy", "no token, and it answers others", took)
        return Health("hung", f"in memory, and wrote no token within {self.timeout_s:g} s", took)

    async def _one_token(self) -> None:
        await self.api.one_token(self.model, self.num_ctx, keep_alive_s=KEEP_ALIVE_S, timeout_s=self.timeout_s)

    async def _resident(self) -> Resident | None:
        found = await residents_of(self.api, LISTING_S)
        return next((one for one in found if one.is_(self.model, self.digest)), None)

    async def _computed_s(self) -> float:
        return await self.computed_s() if self.computed_s else 0.0


def _state_of(fault: ModelError) -> State:
    match fault:
        case ModelNotFound() | NotLocal():
            return "missing"
        case ModelUnreachable() | MalformedAnswer() | ModelTimeout():
            return "unreachable"
        case _:
            return "failing"
