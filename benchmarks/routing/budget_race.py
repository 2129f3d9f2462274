"""A race for one budget: processes of many tasks that spend, and of which some are killed in the middle of it.

Each worker tells what it does in a journal of its own, one line a step, which outlives it:

    r ID MOST MS   money was set aside, nano-dollars; how long that took
    c ID COST      the call was made, and this is owed
    s ID           its cost was counted
    x REASON       the call was refused
"""

import itertools
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOOK_S = 0.05
LIVES = (150, 600)
"""Decisions that a worker lives for, drawn at random."""
MOST_S = 300.0
CALL_S = 0.005
"""Longest time that a call takes, drawn at random."""
COST_NUSD = (500_000, 1_500_000)
"""What a call costs, drawn at random; a tenth to a half more is set aside."""


@dataclass
class Journal:
    """What all workers of a race told."""

    set_aside: dict[str, int] = field(default_factory=dict)
    took_ms: list[float] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """Return how often somebody asked for money and was answered."""
        return len(self.took_ms) + self.refused.total()

    @property
    def owed_nusd(self) -> int:
        """Return what all calls that were made cost, whether anybody counted it or not."""
        return sum(self.made.values())


def read(paths: Iterable[Path]) -> Journal:
    """Return what stands in journals; the line that a kill has cut is left out."""
    told = Journal()
    for path in paths:
        for line in path.read_text(errors="replace").split("\n")[:-1]:
            match line.split(" "):
                case ["r", id_, most, ms]:
                    told.set_aside[id_] = int(most)
                    told.took_ms.append(float(ms))
                case ["c", id_, cost]:
                    told.made[id_] = int(cost)
                case ["s", id_]:
                    told.counted.append(id_)
                case ["x", reason]:
                    told.refused[reason] += 1
    return told


@dataclass(frozen=True)
class Ended:
    """A race that is over."""

    told: Journal
    took_s: float
    kills: int


@dataclass(frozen=True)
class _Worker:
    """A process, what it tells, and after how many decisions it is killed."""

    process: subprocess.Popen[bytes]
    journal: Path
    lives: int

    @property
    def decided(self) -> int:
        """Return how many decisions it has made."""
        return read([self.journal]).decided

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()
        self.process.wait()


def race(
    command: Callable[[Path, int], Sequence[str]],
    folder: Path,
    *,
    processes: int,
    decisions: int,
    environment: Mapping[str, str] | None = None,
    look: Callable[[], None] = lambda: None,
) -> Ended:
    """Run workers until so many decisions are made; kill each at its work some time, and start another in its place.

    `command` makes the words of a worker from its journal and a number; `look` is called all the while.
    """
    chance, numbers = random.Random(6), itertools.count(1)

    def start() -> _Worker:
        number = next(numbers)
        journal = folder / f"{number}.journal"
        journal.touch()
        words = command(journal, number)
        process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
        return _Worker(process, journal, chance.randint(*LIVES))

    began, gone = time.monotonic(), Journal()
    running = [start() for _ in range(processes)]
    dead: list[Path] = []
    try:
        while gone.decided + sum(worker.decided for worker in running) < decisions:
            look()
            if time.monotonic() - began > MOST_S:
                raise TimeoutError(f"not {decisions} decisions within {MOST_S:g} s")
            for place, worker in enumerate(running):
                if worker.decided >= worker.lives:
                    worker.kill()
                    dead.append(worker.journal)
                    gone, running[place] = read(dead), start()
            time.sleep(LOOK_S)
    finally:
        for worker in running:
            worker.kill()
    return Ended(read(folder.glob("*.journal")), time.monotonic() - began, len(dead))
