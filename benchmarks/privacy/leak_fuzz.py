"""Runs over the whole graph with secrets planted everywhere, under random faults, before clouds that record every byte.

`make leak-fuzz N=10000 [SEED=7]`. Each run has a seed of its own, printed where it leaks: `make leak-fuzz SEED=... N=1`
plays it again. A run plants secrets in the question, the conversation before it, memory, the name of a building, the
note of a data fault (what a file's metadata becomes), the error of a model, a single hour of the readings, or another
conversation at the same time; picks a policy; breaks something in half of the runs (a cloud, the gate, a detector, the
audit log, the policy while it runs, or the whole run at a random await); and asks. No local model ever answers.
"""

import asyncio
import contextlib
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from benchmarks.privacy.canaries import MAKERS, Canary, canary, disguised, escaped, reading
from graphs.advisor import build
from graphs.live_privacy import LivePrivacy
from graphs.parts import Parts
from graphs.runtime import SERDE
from models.cloud_chat import CloudModels
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelBusy, ModelError, ModelFailed, ModelTimeout, ModelUnreachable, TruncatedAnswer
from models.router import BudgetView
from models.usage import Chunk
from nodes.route import Snapshot
from privacy.audit import AuditEntry, AuditRecord
from privacy.audit.in_memory import MemoryAudit
from privacy.errors import AuditUnavailable
from privacy.labels import Label
from privacy.names import names_of
from privacy.names.inventory import NameInventory
from privacy.policy import Action, Policy
from privacy.policy.file import load_policy
from privacy.pseudonyms.vault import PseudonymVault
from privacy.scanner import Scanner
from privacy.spans import Scan
from tests.graphs.snapshots import PLENTY, snapshot_of
from tests.models.cloud_asking import DESTINATIONS, fake_of, site_at
from tests.small_site import END, START, SmallSite
from tests.wire.cloud import FakeCloud
from tests.wire.script import Act, Break, Cut, Garbage, Hang, Say, Status
from tools.readings import Fault, HourlySeries, Inventory

QUESTIONS = (
    "Which building in London used the most electricity in 2018?",
    "How much electricity did b1 use in 2019?",
    "What was the peak of b2 in July 2018?",
    "Compare b1 and b2 in 2018",
    "Show the hourly profile of b2 in 2018",
    "How much did the mill use in December 2018?",
)
PLACES = ("question", "history", "memory", "name", "metadata", "error", "readings", "elsewhere")
FAULTS = ("none", "cloud", "gate", "detector", "late", "audit", "policy", "cancel", "hang")
QUIET = ("error", "readings", "elsewhere")  # places of which a prompt should know nothing, so that it may leave
LOCAL = "m1"
SHORT_BUDGET_S = 1.25  # of which a second is kept back: a cloud that hangs costs a quarter of one
SHIPPED = load_policy()
PEAK_AT = datetime(2018, 7, 11, 14, tzinfo=UTC)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """What one run does."""

    seed: int
    question: str
    planted: dict[str, list[Canary]]
    texts: dict[str, str]
    fault: str
    open_policy: bool
    cancel_after: int
    cloud_act: Act
    local_error: ModelError

    @property
    def canaries(self) -> list[Canary]:
        """Return all that must not leave."""
        return [c for cs in self.planted.values() for c in cs]


def plan(seed: int) -> Plan:
    """Return the run of a seed; the same whenever it is asked for."""
    rng = random.Random(seed)
    planted: dict[str, list[Canary]] = {}
    texts: dict[str, str] = {}
    for place in rng.sample(QUIET if rng.random() < 0.5 else PLACES, rng.choice((1, 1, 2, 3))):
        secret = reading(rng) if place == "readings" else canary(rng.choice(sorted(MAKERS)), rng)
        planted[place] = [secret]
        plain = place == "readings" or rng.random() < 0.7
        texts[place] = secret.phrase if plain else disguised(secret.phrase, rng)
    errors = (
        ModelUnreachable(LOCAL, "nowhere", texts.get("error", "connection refused")),
        ModelBusy(LOCAL, 1.0),
        ModelTimeout(LOCAL, "first token", 2.0),
        ModelFailed(LOCAL, texts.get("error", "503")),
        TruncatedAnswer(LOCAL, texts.get("error", "cut")),
    )
    acts: tuple[Act, ...] = (
        Say(),
        Status(401, "no"),
        Status(429, "slow down", {"Retry-After": "1"}),
        Status(500, "oops"),
        Status(503, "later"),
        Status(302, "elsewhere", {"Location": "http://127.0.0.1:9/steal"}),
        Cut(),
        Break(),
        Garbage(),
    )
    fault = rng.choice(FAULTS) if rng.random() < 0.5 else "none"
    return Plan(
        seed=seed,
        question=rng.choice(QUESTIONS),
        planted=planted,
        texts=texts,
        fault=fault,
        open_policy=rng.random() < 0.3,
        cancel_after=rng.randint(1, 400),
        cloud_act=Hang() if fault == "hang" else rng.choice(acts) if fault == "cloud" else Say(),
        local_error=rng.choice(errors),
    )


class PlantedSite(SmallSite):
    """The small site, with a secret in a building's name or in the note of a data fault."""

    def __init__(self, texts: dict[str, str]) -> None:
        note = texts.get("metadata")
        fault = (Fault("b2/electricity", "metadata", START, END, 5, note),) if note else ()
        super().__init__(fault)
        if name := texts.get("name"):
            kept = self._inventory
            b2 = replace(kept.buildings["b2"], name=name)
            self._inventory = replace(kept, buildings={**kept.buildings, "b2": b2})
        self._peak_kw = float(texts.get("readings", 0.0))

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours, worked out once for all runs."""
        return {m: self._with_peak(m, _series(m, start, end)) for m in meters}

    def _with_peak(self, meter: str, series: HourlySeries) -> HourlySeries:
        """Put a peak of its own into July 2018 of b2, and take it from the hours beside it, so that no sum tells."""
        at = int((PEAK_AT - series.start).total_seconds() // 3600)
        if not self._peak_kw or meter != "b2/electricity" or not 24 <= at < len(series.values) - 24:
            return series
        values = series.values.copy()
        values[at - 24 : at + 24] += (values[at] - self._peak_kw) / 47
        values[at] = self._peak_kw
        return HourlySeries(series.start, values, series.flags)


_plain = SmallSite()


@lru_cache(maxsize=1_000)
def _series(meter: str, start: datetime, end: datetime) -> HourlySeries:
    return _plain._series(_plain._inventory.meters[meter], start, end)  # noqa: SLF001 - the same rows, kept


@dataclass
class Ports:
    """The local models and memory of one run: every local attempt fails, so that the clouds are asked."""

    plan: Plan
    kept: list[Any] = field(default_factory=list)

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return a local endpoint and every cloud, to which anything may go as far as the router knows."""
        local = Endpoint(LOCAL, "analyst", "embedded", LOCAL, None, 4096)
        cloud = [Endpoint(f"cloud:{d}", "analyst", "cloud", d, None, 64_000, local=False) for d in DESTINATIONS]
        return snapshot_of([local, *cloud], tokens_in, profile="production", reason="fuzz")

    async def budget(self, question_id: str) -> BudgetView:
        """Return plenty."""
        return PLENTY

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Fail as planned."""
        raise self.plan.local_error
        yield Chunk("")

    async def fill(self, messages: list[tuple[str, str]], schema: Any, label: Label) -> Any:
        """Fail as planned."""
        raise self.plan.local_error

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what memory holds, under a label that says nothing of it."""
        text = self.plan.texts.get("memory")
        return ([(text, Label.PUBLIC)] if text else []), None

    async def cached(self, evidence: Any, language: str, writer: str) -> tuple[str | None, str | None]:
        """Return nothing."""
        return None, None

    async def keep(self, state: Any) -> list[str]:
        """Keep nothing."""
        return []


class FuzzAudit(MemoryAudit):
    """An audit log that breaks as planned."""

    broken = False

    async def append(self, record: AuditRecord) -> AuditEntry:
        """Add one entry, unless broken."""
        if self.broken:
            raise AuditUnavailable("the audit log does not answer (planned)")
        return await super().append(record)


@dataclass
class Clouds:
    """The three clouds, and the models that ask them under the policy in force."""

    servers: dict[str, FakeCloud]
    policy: Policy = SHIPPED
    models: CloudModels = field(default_factory=lambda: CloudModels(()))
    upset: bool = True
    """Whether a run may have left a key rejected, a pause or an endpoint at rest: the next one needs other models."""

    async def prepare(self, plan: Plan) -> None:
        """Set policy and scripts for a run, and forget what was received."""
        if self.upset:
            await self.models.close()
            sites = [site_at(d, s) for d, s in self.servers.items()]
            self.models = CloudModels(sites, policy_hash=lambda: self.policy.hash)
        self.upset = plan.fault in ("cloud", "hang", "cancel")
        for server in self.servers.values():
            server.script[:] = [plan.cloud_act]
            server.received.clear()
        rows: dict[Label, Action] = {
            Label.PUBLIC: "allow",
            Label.INTERNAL: "allow",
            Label.CONFIDENTIAL: "pseudonymise",
        }
        destinations = dict(SHIPPED.destinations)
        for name, server in self.servers.items():
            known = replace(destinations[name], hosts=(server.url.removeprefix("http://"),))
            destinations[name] = replace(known, rows={**known.rows, **rows}) if plan.open_policy else known
        self.policy = replace(SHIPPED, destinations=destinations)

    def received(self) -> bytes:
        """Return every byte that a cloud was sent."""
        return b"".join(bytes(s.received) for s in self.servers.values())


@asynccontextmanager
async def clouds() -> AsyncIterator[Clouds]:
    """Serve the three clouds on loopback."""
    async with AsyncExitStack() as stack:
        servers = {d: await stack.enter_async_context(fake_of(d, Say())) for d in DESTINATIONS}
        found = Clouds(servers)
        try:
            yield found
        finally:
            await found.models.close()


@dataclass
class Fuzz:
    """All runs of one call."""

    clouds: Clouds
    stage: int
    tally: Counter[str] = field(default_factory=Counter)

    async def run(self, seed: int) -> list[Canary]:
        """Do the run of a seed; return the secrets that left."""
        planned = plan(seed)
        await self.clouds.prepare(planned)
        site, audit, ports = PlantedSite(planned.texts), FuzzAudit(), Ports(planned)
        audit.broken = planned.fault == "audit"
        privacy = LivePrivacy(
            lambda: self.clouds.policy,
            lambda inventory: self._scan(planned, inventory),
            audit,
            PseudonymVault(),
            self.clouds.models,
            site,
            lambda: f"conversation {seed}",
        )
        budget_s = SHORT_BUDGET_S if planned.fault == "hang" else 20.0
        parts = Parts(site, ports, ports, ports, privacy, privacy, privacy, ports, ports, lambda: NOW, "fuzz", budget_s)
        await self._asked(planned, build(parts, checkpointer=InMemorySaver(serde=SERDE)))
        self._count(planned, audit)
        return escaped(self.clouds.received(), planned.canaries)

    async def _asked(self, planned: Plan, graph: Any) -> None:
        """Ask, with the turn before it or the other conversation where that is planned, and cancel where that is."""
        config = {"configurable": {"thread_id": str(planned.seed)}}
        if "elsewhere" in planned.texts:
            other = {"configurable": {"thread_id": f"{planned.seed} elsewhere"}}
            await graph.ainvoke({"question": f"{QUESTIONS[1]} Note: {planned.texts['elsewhere']}"}, config=other)
        turns = [f"{QUESTIONS[1]} Note: {planned.texts['history']}"] if "history" in planned.texts else []
        asked = (
            f"{planned.question} Note: {planned.texts['question']}" if "question" in planned.texts else planned.question
        )
        for question in [*turns, asked]:
            task = asyncio.create_task(graph.ainvoke({"question": question}, config=config))
            if planned.fault == "cancel":
                await _cancel_after(planned.cancel_after, task)
            with contextlib.suppress(asyncio.CancelledError):
                state = await task
                self.tally["answered" if state["answer"] else "without an answer"] += 1

    def _scan(self, planned: Plan, inventory: Inventory | None) -> Any:
        scanner = scanner_of(inventory)
        policy = self.clouds.policy

        def scan(text: str, stage: int) -> Scan:
            if planned.fault == "policy" and stage > 1:
                self.clouds.policy = replace(policy, hash=f"{planned.seed:x}")
            if planned.fault == "gate" and stage > 1:
                raise RuntimeError(text)
            if planned.fault in ("detector", "late") and stage > 1:
                words = "failed (KeyError)" if planned.fault == "detector" else "was not done in time"
                return Scan(Label.RESTRICTED, faults=(f"the detector outbound {words}",))
            return scanner.scan(text, min(stage, self.stage))

        return scan

    def _count(self, planned: Plan, audit: FuzzAudit) -> None:
        self.tally[f"fault {planned.fault}"] += 1
        self.tally.update(f"gate {e.decision}" for e in audit.entries if e.destination)
        self.tally["runs in which a cloud was sent something"] += bool(self.clouds.received())


def scanner_of(inventory: Inventory | None) -> Scanner:
    """Return the scanner for the names of an inventory."""
    assert inventory is not None, "the small site always has one"
    names = names_of(sites=inventory.sites.values(), buildings=inventory.buildings.values(), meters=inventory.meters)
    return Scanner(NameInventory.build(names), SHIPPED.types, SHIPPED.combinations)


async def _cancel_after(steps: int, task: "asyncio.Task[Any]") -> None:
    """Cancel a run after so many turns of the event loop."""
    for _ in range(steps):
        if task.done():
            return
        await asyncio.sleep(0)
    task.cancel()


async def fuzz(runs: int, seed: int, *, stage: int = 2) -> int:
    """Do so many runs from a seed on; print what happened, and each leak with its seed; return how many runs leaked."""
    logging.getLogger("eaio").setLevel(logging.CRITICAL)
    leaks, started = 0, time.perf_counter()
    async with clouds() as servers:
        one = Fuzz(servers, stage)
        for number in range(seed, seed + runs):
            for secret in await one.run(number):
                leaks += 1
                print(f"LEAK seed {number}: {secret.type}, planted {sorted(plan(number).planted)}")
    print(f"leak fuzz: {runs} runs from seed {seed}, stage {stage}, {time.perf_counter() - started:.0f} s")
    for name, count in sorted(one.tally.items()):
        print(f"  {name}: {count}")
    print(f"{leaks} secrets left")
    return leaks


if __name__ == "__main__":
    sys.exit(asyncio.run(fuzz(int(sys.argv[1]), int(sys.argv[2]))) > 0)
