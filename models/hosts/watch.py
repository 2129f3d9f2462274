"""Look at the models of one host, as often as there is reason to and no more.

While calls are under way their tokens show that a model works, and nothing is asked. A model that is silent, or idle,
is asked for a token; one that nobody has asked for half an hour is left alone, so that Ollama may let go of it.
"""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from models.hosts.api import KEEP_ALIVE_S, OllamaApi
from models.hosts.health import PROBE_S, Computed, Health, Probe
from models.hosts.traffic import QUIET_S, Traffic

Told = Callable[[str, Health], None]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A model with the context length of every call to it."""

    model: str
    num_ctx: int
    digest: str = ""
    """Of its content, where known: Ollama lists equal models under one name."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often models are looked at, seconds."""

    every_s: float = 1.8
    """Between two probes of an idle model, jittered by a tenth: with the probe, a hung one is known within 5."""
    share: float = 0.02
    """Most of an idle model's time that probes may take: where one takes 0.3 s, it comes every 15 s."""
    tick_s: float = 0.25
    """Between two looks at whether tokens flow, which ask nothing."""
    probe_s: float = PROBE_S
    """A probe that takes longer is silence."""
    silence_s: float = 120.0
    """Without a token for so long a model hangs, however busy it looks."""


CADENCE = Cadence()
AGAIN_S = 1.0
"""From a look at a silent model in use to the next, seconds: probes wait behind its calls, more show no more."""
TROUBLES_S = 0.05
"""Between two looks for trouble at least, seconds."""


class OllamaWatch:
    """What is known of the health of the models at one host."""

    def __init__(
        self,
        api: OllamaApi,
        models: Sequence[Pinned],
        *,
        computed_s: Computed | None = None,
        told: Told | None = None,
        cadence: Cadence = CADENCE,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.traffic = Traffic(clock)
        self._told, self._cadence, self._clock, self._chance = told, cadence, clock, chance
        self._probes = {
            one.model: Probe(api, one.model, one.num_ctx, self.traffic, clock, computed_s, one.digest, cadence.probe_s)
            for one in models
        }
        self._health: dict[str, Health] = {}
        self._looked: dict[str, float] = dict.fromkeys(self._probes, clock())
        self._next: dict[str, float] = dict.fromkeys(self._probes, clock())
        self._used: dict[str, float] = dict.fromkeys(self._probes, clock())
        self._busy_since: dict[str, float] = {}
        self._failed = set[str]()
        self.loaded = set[str]()
        """Models that were in memory when their host last answered."""
        self._trouble = asyncio.Event()

    @property
    def models(self) -> tuple[str, ...]:
        """Return the models that are looked at."""
        return tuple(self._probes)

    @property
    def health(self) -> Mapping[str, Health]:
        """Return how each model was when it was last looked at."""
        return MappingProxyType(self._health)

    def trouble(self) -> None:
        """Have every model looked at now: a call just failed, and tokens from before it show nothing any more."""
        self.traffic.doubt()
        self._trouble.set()

    async def due(self) -> list[str]:
        """Wait for a moment, or for trouble, and return the models that there is reason to look at."""
        await asyncio.sleep(TROUBLES_S)  # a hundred calls that fail at once are one reason, not a hundred
        with suppress(TimeoutError):
            async with asyncio.timeout(self._cadence.tick_s):
                await self._trouble.wait()
        if self._trouble.is_set():
            self._trouble.clear()
            return list(self._probes)
        return [model for model in self._probes if self._is_due(model)]

    async def look(self, model: str) -> Health:
        """Look at a model now, and return how it is. Raises KeyError for one that is not among the models."""
        health = self._patiently(model, await self._probes[model].look())
        before = self._health.get(model)
        self._health[model] = health
        if health.state in ("unloaded", "missing"):
            self.loaded.discard(model)
        elif health.state not in ("unreachable", "failing"):
            self.loaded.add(model)
        if self._told and (before is None or before.state != health.state):
            self._told(model, health)
        idle_s = max(self._cadence.every_s, health.took_s / self._cadence.share)
        self._looked[model] = self._clock()
        self._next[model] = self._looked[model] + idle_s * (0.9 + 0.2 * self._chance())
        return health

    def _is_due(self, model: str) -> bool:
        now = self._clock()
        if self.traffic.in_flight(model):
            self._used[model] = now
            silent = self.traffic.silent_s(model) >= QUIET_S and now - self._looked[model] >= AGAIN_S
            return silent or (now >= self._next[model] and not self.traffic.flows(model))
        return now >= self._next[model] and now - self._used[model] < KEEP_ALIVE_S

    def _patiently(self, model: str, health: Health) -> Health:
        """Return the health; a first failure is left to Ollama to mend, and nothing may look busy for too long."""
        if health.state == "failing":
            self.traffic.forget(model)
            if model not in self._failed:
                self._failed.add(model)
                return Health("loading", f"{health.why}; Ollama loads it anew", health.took_s)
            return health
        self._failed.discard(model)
        if health.state not in ("busy", "loading"):
            self._busy_since.pop(model, None)
            return health
        since = self._busy_since.setdefault(model, self._clock())
        if self._clock() - since < self._cadence.silence_s:
            return health
        return Health("hung", f"no token for {self._cadence.silence_s:g} s", health.took_s)
