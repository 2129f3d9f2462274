"""Measure models in turn: each gets its block of the same prompts, round by round, until the time is over.

A machine that is busy for a while is so for all of them. What has been measured stands in `Measurements` at any time,
so that whoever interrupts still has it.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from config.settings import Settings
from gateway.model_matrix.questions import ToExplain, ToRead
from gateway.model_matrix.subjects import Subject
from gateway.model_matrix.trial import Speak, World, explain_facts, read_question
from models import ChatModels, Deadline, Endpoint, Sampling
from models.errors import ModelError
from models.gauge import probe, resident_bytes
from models.matrix import Call, Probe, Task
from models.roles import ANALYSIS, CLASSIFICATION, PROBE
from services.embedded_model import ensure_embedded_model

CALL_S = 60.0
"""What takes longer is given up, seconds: three times the budget of a whole answer."""
LOAD_S = 180.0
WANTS_TIME = ("ModelTimeout", "ModelOverloaded")
"""Errors of calls that have too little time: it ran out, or the pool saw beforehand that it would."""
PROBES = 3
"""How often the prompt speed of a model is asked for, in as many turns."""
PROBE_TOKENS = 16
PROBE_LINES = 12
ALL_TASKS: tuple[Task, ...] = ("classification", "analysis")
Told = Callable[[str], None]
Cleared = Callable[[str, ToExplain], Awaitable[Speak | str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured: so many runs a task and model, in blocks, within so many seconds."""

    runs: int
    block: int
    seconds: float
    tasks: tuple[Task, ...] = ALL_TASKS

    @property
    def rounds(self) -> int:
        """Return how many turns each model has."""
        return -(-self.runs // self.block)


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The first call of a model. `was_loaded`: it was in memory before, so `ms` holds no loading."""

    ms: float
    was_loaded: bool


@dataclass
class Measurements:
    """What has been measured so far."""

    calls: list[Call] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    warm: dict[str, WarmUp] = field(default_factory=dict)
    resident: dict[str, int | None] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """Why a model could not be asked at all."""
    denied: dict[str, list[str]] = field(default_factory=dict)
    """Why prompts were not cleared for a cloud model."""
    cut: int = 0
    """Calls that the end of the measuring cut or kept from beginning: they say nothing of their models."""
    complete: bool = False

    def add(self, call: Call, *, shortened: bool) -> None:
        """Take a call; one whose time was `shortened` by the end of the measuring is not blamed for wanting more."""
        if shortened and call.failure in WANTS_TIME:
            self.cut += 1
        else:
            self.calls.append(call)


@dataclass(frozen=True)
class Rounds:
    """What the calls need: models, prompts, and for cloud models the only way to speak to them."""

    settings: Settings
    chat: ChatModels
    world: World
    reading: Sequence[ToRead]
    explaining: Sequence[ToExplain]
    samplings: dict[Task, Sampling] = field(
        default_factory=lambda: {"classification": CLASSIFICATION, "analysis": ANALYSIS}
    )
    cloud: Cleared | None = None
    """Returns how a cloud endpoint is asked to explain facts, or why it may not be."""

    async def run(self, them: Sequence[Subject], plan: Plan, into: Measurements, tell: Told) -> None:
        """Measure; ends early where the time is over, with `complete` left False."""
        until = Deadline.after(plan.seconds)
        await asyncio.to_thread(_load_clients, {s.endpoint.place for s in them})
        for number in range(plan.rounds):
            tell(f"round {number + 1} of {plan.rounds}")
            # Each round begins with another model, so that none is always the first after a change.
            start = number % len(them) if them else 0
            for subject in [*them[start:], *them[:start]]:
                if subject.endpoint.id not in into.refused:
                    await self._turn(subject.endpoint, number, plan, into, until)
                if until.expired:
                    return
        into.complete = True

    async def _turn(self, endpoint: Endpoint, number: int, plan: Plan, into: Measurements, until: Deadline) -> None:
        if endpoint.local and not await self._warmed(endpoint, into, until):
            return
        for place in range(number * plan.block, min((number + 1) * plan.block, plan.runs)):
            for task in plan.tasks:
                if until.expired:
                    return
                shortened = until.remaining() < CALL_S
                call = await self._call(endpoint, task, place, into, until.within(CALL_S))
                if call is not None:
                    into.add(call, shortened=shortened)

    async def _call(
        self, endpoint: Endpoint, task: Task, place: int, into: Measurements, deadline: Deadline
    ) -> Call | None:
        """Make one call; None where there is no such prompt, or none that may go there."""
        if task == "classification":
            if not endpoint.local or place >= len(self.reading):
                return None
            asked = self.reading[place]
            return await read_question(self.chat, endpoint, asked, self.world, deadline, self.samplings[task])
        if place >= len(self.explaining):
            return None
        facts = self.explaining[place]
        speak = await self._speaker(endpoint, facts, self.samplings[task])
        if isinstance(speak, str):
            into.denied.setdefault(endpoint.id, []).append(speak)
            return None
        return await explain_facts(endpoint.id, speak, facts, self.world, deadline)

    async def _speaker(self, endpoint: Endpoint, facts: ToExplain, sampling: Sampling) -> Speak | str:
        if endpoint.local:
            return lambda prompt, until: self.chat.stream(endpoint, prompt, deadline=until, sampling=sampling)
        if self.cloud is None:
            return "clouds are only asked with --cloud"
        return await self.cloud(endpoint.id, facts)

    async def _warmed(self, endpoint: Endpoint, into: Measurements, until: Deadline) -> bool:
        """Load a model before its block, apart from what is measured; note its first load, memory and prompt speed."""
        before = await resident_bytes(endpoint, self.settings)
        deadline = until.within(LOAD_S)
        try:
            ms = await first_token_ms(self.chat, endpoint, deadline)
        except ModelError as why:
            if not until.expired:
                into.refused[endpoint.id] = str(why)
            return False
        into.warm.setdefault(endpoint.id, WarmUp(ms, before is not None))
        if sum(p.model == endpoint.id for p in into.probes) < PROBES:
            found = await probe(endpoint, await self._url(endpoint), fresh_prompt(), PROBE_TOKENS, until.within(CALL_S))
            into.probes += [found] if found else []
        into.resident[endpoint.id] = await resident_bytes(endpoint, self.settings)
        return True

    async def _url(self, endpoint: Endpoint) -> str:
        return endpoint.base_url or await ensure_embedded_model(self.settings)


async def first_token_ms(chat: ChatModels, endpoint: Endpoint, deadline: Deadline) -> float:
    """Ask for one token, so that the next call finds the model loaded; return what it took. Raises `ModelError`."""
    started = asyncio.get_running_loop().time()
    async with aclosing(chat.stream(endpoint, [("user", "Hi")], deadline=deadline, sampling=PROBE)) as chunks:
        async for _ in chunks:
            pass
    return 1000 * (asyncio.get_running_loop().time() - started)


def fresh_prompt() -> str:
    """Return a prompt that no cache holds: what is unlike any other stands first, then lines as facts have them."""
    chance = uuid.uuid4().hex
    lines = [
        f"- Building b{n}, electricity in month {n}: {int(chance[n], 16) + n},{n}00 kWh" for n in range(PROBE_LINES)
    ]
    return f"Report {chance}\n" + "\n".join(lines) + "\nSay which building stands out."


def _load_clients(places: set[str]) -> None:
    """Load the client libraries first: half a second that is no model's."""
    if "ollama" in places:
        import models.ollama_chat
    if places - {"ollama"}:
        import models.openai_chat  # noqa: F401
