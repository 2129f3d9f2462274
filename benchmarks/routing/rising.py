"""Runs in which less may leave than when they began: nothing is sent after that, and nothing that was hidden.

    python -m benchmarks.routing.rising [RUNS] [SEED]

Each run asks the whole graph for what clouds may be told, with the real gate, before clouds that misbehave; no local
model ever answers. Then, at a random await of the run, something makes it more sensitive: the policy is tightened, the
gate begins to find more, the facts come under their full label, memory brings what is restricted, or the run's state
is raised from outside between two nodes, as LangGraph's `update_state` does. The pieces are those of the leak fuzz.

Counted is each byte that this process writes to a cloud, when it is written. For a state raised from outside and for a
port, the rise is when the run is told; for the policy, when it changes. Runs in which the moment came too late to
change anything are not counted among the runs asked for.
"""

import asyncio
import logging
import random
import sys
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from benchmarks.privacy.canaries import escaped
from benchmarks.privacy.leak_fuzz import NOW, Clouds, clouds
from benchmarks.routing.awaits import Awaits, Wire, counting, tapped
from benchmarks.routing.rising_scene import (
    ACTS,
    KINDS,
    Rise,
    RisingPorts,
    RisingPrivacy,
    Scene,
    kind_of,
    plan,
    scanner,
    site,
)
from graphs.advisor import build
from graphs.parts import Parts
from graphs.runtime import SERDE
from models.cloud_chat import CloudModels
from models.pool.retry import Backoff
from models.pooled import Pooled
from privacy.audit.in_memory import MemoryAudit
from privacy.labels import Label
from privacy.pseudonyms.vault import PseudonymVault
from privacy.spans import Scan
from tests.models.cloud_asking import site_at

QUICK = Backoff(tries=2, first_s=0.002, longest_s=0.002)
"""Tries again as the product does, but sooner: a run shall not sleep."""
USUAL_AWAITS, USUAL_NODES, PROCESSES = 100, 8, 2
TRIES = dict.fromkeys(KINDS, 1) | {"policy": 2}
"""Of so many moments the later one is taken: a prompt is on its way in the second half of a run."""
REMEMBERED = 25
"""Runs whose lengths tell where the moment of the next one may be."""


@dataclass
class Rising:
    """All runs of one process."""

    clouds: Clouds
    wire: Wire
    tally: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)
    lengths: dict[str, deque[int]] = field(default_factory=dict)
    """By kind, how many awaits of the last runs there were in which a rise could still change something."""

    async def run(self, seed: int) -> bool:
        """Do the run of a seed; tell whether it rose while it ran."""
        scene = await self._prepared(seed)
        chance = random.Random(f"moment {seed}")
        lengths = self.lengths.setdefault(scene.rise.kind, deque([USUAL_AWAITS], REMEMBERED))
        at = max(chance.randint(1, chance.choice(lengths)) for _ in range(TRIES[scene.rise.kind]))
        scene.awaits = Awaits(at, scene.due)
        graph = self._graph(scene)
        with counting(scene.awaits):
            await asyncio.create_task(self._asked(scene, graph, chance))
        lengths.append(max(1, scene.awaits.seen if scene.rise.kind == "policy" else scene.last_asked))
        self._judged(scene)
        return scene.rise.sent_before is not None

    async def _prepared(self, seed: int) -> Scene:
        chance = random.Random(f"scene {seed}")
        planned = plan(seed)
        await self.clouds.prepare(planned)
        await self.clouds.models.close()
        sites = [site_at(d, s) for d, s in self.clouds.servers.items()]
        self.clouds.models = CloudModels(sites, policy_hash=lambda: self.clouds.policy.hash, pooled=lanes())
        for server in list(self.clouds.servers.values())[1:]:
            server.script[:] = [chance.choice(ACTS)]
        self.wire.sent = 0
        self.wire.written.clear()
        return Scene(planned, Rise(kind_of(seed)), self.wire, self.clouds)

    def _graph(self, scene: Scene) -> Any:
        ports = RisingPorts(scene.plan, scene=scene)

        def scan(text: str, stage: int) -> Scan:
            if stage > 1 and scene.says_more("gate"):
                return Scan(Label.RESTRICTED, faults=("the detector outbound failed (planned)",))
            return scanner().scan(text, stage)  # type: ignore[no-any-return]

        privacy = RisingPrivacy(
            lambda: self.clouds.policy,
            lambda _inventory: scan,
            MemoryAudit(),
            PseudonymVault(),
            self.clouds.models,
            site(),
            lambda: f"conversation {scene.plan.seed}",
        )
        privacy.scene = scene
        parts = Parts(site(), ports, ports, ports, privacy, privacy, privacy, ports, ports, lambda: NOW, "rising")
        return build(parts, checkpointer=InMemorySaver(serde=SERDE))

    async def _asked(self, scene: Scene, graph: Any, chance: random.Random) -> None:
        """Ask; where the state is to rise, node by node, with a higher label put in after one of them."""
        config = {"configurable": {"thread_id": str(scene.plan.seed)}}
        question = {"question": scene.plan.question}
        if scene.rise.kind != "state":
            await graph.ainvoke(question, config=config)
            return
        after = chance.randint(1, USUAL_NODES)
        await graph.ainvoke(question, config=config, interrupt_after="*")
        for number in range(1, 100):
            state = await graph.aget_state(config)
            if not state.next:
                return
            if number == after:
                await graph.aupdate_state(config, {"label": Label.RESTRICTED})
                scene.risen()
            await graph.ainvoke(None, config=config, interrupt_after="*")

    def _judged(self, scene: Scene) -> None:
        """Count what the run was, and note what was sent that should not have been."""
        rise, seed = scene.rise, scene.plan.seed
        if rise.sent_before is None:
            self.tally["the moment came too late to change anything"] += 1
            return
        after = self.wire.sent - rise.sent_before
        self.tally[f"rise by {rise.kind}"] += 1
        self.tally[f"rise {'after' if rise.cleared else 'before'} a prompt was cleared"] += 1
        self.tally[f"rise {'after' if rise.sent_before else 'before'} the first byte to a cloud"] += 1
        self.tally["runs in which a cloud was sent something before"] += rise.sent_before > 0
        if after:
            self.tally["bytes sent after the rise"] += after
            self.found.append(f"seed {seed}: {after} bytes after a rise by {rise.kind}, {rise.sent_before} before")
        for secret in escaped(bytes(self.wire.written) + self.clouds.received(), scene.plan.canaries):
            self.tally["secrets left"] += 1
            self.found.append(f"seed {seed}: {secret.type} left")


def lanes() -> Pooled:
    """Return lanes of their own for a run: a breaker that one run opened would keep the next from asking."""
    return Pooled(backoff=QUICK)


@asynccontextmanager
async def rising() -> AsyncIterator[Rising]:
    """Serve the clouds, and tap what is written to them."""
    async with clouds() as served:
        ports = {int(server.url.rpartition(":")[2]) for server in served.servers.values()}
        with tapped(Wire(ports)) as wire:
            yield Rising(served, wire)


async def done(runs: int, first: int, step: int) -> tuple[Counter[str], list[str]]:
    """Do so many runs that rise, of every `step`-th seed; return what they were and what was found."""
    for noisy in ("eaio", "httpx", "openai"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    async with rising() as one:
        seed, rose = first, 0
        while rose < runs:
            rose += await one.run(seed)
            seed += step
        return one.tally, one.found


def in_process(runs: int, first: int) -> tuple[Counter[str], list[str]]:
    """Do runs in a process of their own."""
    return asyncio.run(done(runs, first, PROCESSES))


def main(runs: int, seed: int) -> int:
    """Print what happened; return 1 where anything was sent after the rise, or a secret left."""
    began = time.monotonic()
    with ProcessPoolExecutor(PROCESSES) as pool:
        shares = [runs // PROCESSES + (n < runs % PROCESSES) for n in range(PROCESSES)]
        parts = list(pool.map(in_process, shares, range(seed, seed + PROCESSES)))
    tally = sum((counts for counts, _ in parts), Counter[str]())
    found = [line for _, lines in parts for line in lines]
    print(f"label rising: {runs} runs that rose, from seed {seed}, {time.monotonic() - began:.0f} s")
    for name, count in sorted(tally.items()):
        print(f"  {name}: {count}")
    for line in found[:50]:
        print(f"FOUND {line}")
    print(f"{tally['bytes sent after the rise']} bytes sent after the label rose, {tally['secrets left']} secrets left")
    return int(bool(found))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [5_000, 1][len(given) :])))
