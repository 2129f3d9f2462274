"""What goes wrong in a mixed day, and when: each fault begins at a share of the day's questions, and some end later."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from benchmarks.routing.day_world import World
from services import Service, fleet
from services import record as records
from services.embedded_model import NAME as MODEL
from services.milvus import NAME as MILVUS
from services.postgres import postgres
from services.process import stop
from services.valkey import NAME as VALKEY
from tests.wire.script import TEXT, Act, Cut, Say, Status

Turn = Callable[[World], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong."""

    words: str
    begins: float
    """At this share of the day."""
    harm: Turn
    ends: float | None = None
    mend: Turn | None = None


@dataclass
class Timetable:
    """The faults of one day."""

    world: World
    faults: Sequence[Fault] = ()
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        begun = [(f.begins, f.words, f.harm) for f in self.faults]
        ended = [(f.ends, f"{f.words}: over", f.mend) for f in self.faults if f.ends is not None and f.mend]
        self._left = sorted([*begun, *ended], key=lambda change: change[0])

    async def reach(self, share: float) -> None:
        """Do what is due by this share of the day."""
        while self._left and self._left[0][0] <= share:
            _, words, turn = self._left.pop(0)
            await turn(self.world)
            self.done.append(words)


async def signalled(name: str, number: signal.Signals, world: World) -> None:
    """Send a signal to the process of a service, where it runs."""
    service = next(s for s in fleet(world.settings) if s.name == name)
    await asyncio.to_thread(_signal, service, number)


def _signal(service: Service, number: signal.Signals) -> None:
    record = records.find(service)
    if record is not None:
        os.kill(record.pid, number)


async def restarted(world: World) -> None:
    """Stop PostgreSQL under the questions that use it; who needs it next starts it again."""
    await stop(postgres(world.settings))


async def told(act: Act | None, names: tuple[str, ...], world: World) -> None:
    """Let clouds do something else; none named is all of them."""
    world.clouds.tell(act, *names)


def killed(name: str, begins: float, words: str) -> Fault:
    """Return the end of a process."""
    return Fault(words, begins, partial(signalled, name, signal.SIGKILL))


def hanging(name: str, begins: float, ends: float, words: str) -> Fault:
    """Return a time in which a process takes connections and says nothing."""
    harm, mend = (partial(signalled, name, number) for number in (signal.SIGSTOP, signal.SIGCONT))
    return Fault(words, begins, harm, ends, mend)


def cloudy(act: Act, begins: float, ends: float, words: str, *names: str) -> Fault:
    """Return a time in which clouds misbehave."""
    return Fault(words, begins, partial(told, act, names), ends, partial(told, None, names))


BUSY = Status(429, "slow down", {"Retry-After": "2"})
EVERY = (
    cloudy(Status(503, "overloaded"), 0.02, 0.16, "gpt-4o refuses with 503", "gpt-4o"),
    killed(MODEL, 0.05, "the local model is killed"),
    hanging(MODEL, 0.10, 0.14, "the local model hangs"),
    killed(VALKEY, 0.20, "Valkey is killed"),
    cloudy(BUSY, 0.22, 0.36, "gpt-4o refuses with 429", "gpt-4o"),
    Fault("PostgreSQL is restarted", 0.28, restarted),
    killed(MILVUS, 0.32, "Milvus is killed"),
    killed(MODEL, 0.40, "the local model is killed again"),
    cloudy(Say(TEXT, delay_s=30), 0.42, 0.56, "gpt-4o is silent for 30 s", "gpt-4o"),
    hanging(VALKEY, 0.46, 0.50, "Valkey hangs"),
    hanging(MILVUS, 0.52, 0.56, "Milvus hangs"),
    cloudy(Cut(after=6), 0.60, 0.74, "gpt-4o breaks off in the middle", "gpt-4o"),
    Fault("PostgreSQL is restarted again", 0.66, restarted),
    cloudy(Status(503, "overloaded"), 0.80, 0.92, "all clouds refuse with 503"),
    hanging(MODEL, 0.85, 0.88, "the local model hangs again"),
)
"""A day in which something is wrong for most of the time."""


def stores_only() -> tuple[Fault, ...]:
    """Return restarts of the database and losses of the cache, one after another."""
    turns = ((restarted, "PostgreSQL is restarted"), (partial(signalled, VALKEY, signal.SIGKILL), "Valkey is killed"))
    return tuple(
        Fault(words, 0.1 * (n + 1), harm)  # type: ignore[arg-type]
        for n, (harm, words) in enumerate(turns * 4)
    )


async def let_go(world: World) -> None:
    """Wake up whatever hangs, so that it can be stopped."""
    for service in fleet(world.settings):
        await asyncio.to_thread(_signal, service, signal.SIGCONT)
