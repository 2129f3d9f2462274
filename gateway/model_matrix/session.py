"""One bench as it goes on; whoever interrupts it reads what it has found."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from config.settings import Settings
from gateway.model_matrix.figures import Machine, Report, report_of
from gateway.model_matrix.prepared import Prepared, prepared, reference, samplings
from gateway.model_matrix.rounds import ALL_TASKS, Cleared, Measurements, Plan, Rounds
from gateway.model_matrix.subjects import Subject, subjects
from gateway.screen import notice
from models.matrix.recommendation import ROLE_OF
from models.matrix.sizes import GIB
from models.routing import load_routing

RUNS, QUICK_RUNS = 12, 5
BLOCK, QUICK_BLOCK = 4, 1
"""Prompts a turn: several, because a model that must be loaded anew at each turn takes seconds for it."""
MINUTES, QUICK_MINUTES = 4.0, 0.8


@dataclass
class Bench:
    """What was asked for, and what has been found. `begun`: there is something to be shown."""

    options: Namespace
    settings: Settings
    them: list[Subject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    found: Measurements = field(default_factory=Measurements)
    tell: Callable[[str], None] = notice
    begun: bool = False

    @property
    def plan(self) -> Plan:
        """Return what the options ask for."""
        quick, role = self.options.quick, self.options.role
        tasks = tuple(task for task in ALL_TASKS if role in (None, ROLE_OF[task]))
        runs = self.options.runs or (QUICK_RUNS if quick else RUNS)
        minutes = self.options.minutes or (QUICK_MINUTES if quick else MINUTES)
        return Plan(runs, QUICK_BLOCK if quick else BLOCK, 60 * minutes, tasks)

    async def run(self) -> None:
        """Measure everything."""
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(prepared(self.options, self.settings))
            names = [name.strip() for name in self.options.models.split(",") if name.strip()]
            self.them = await subjects(self.settings, parts.chat, names)
            cloud = await self._clouds(stack, parts) if self.options.cloud else None
            plan = self.plan
            rounds = Rounds(
                self.settings,
                parts.chat,
                parts.world,
                await parts.reading(plan.runs) if "classification" in plan.tasks else (),
                await parts.explaining(plan.runs) if "analysis" in plan.tasks else (),
                samplings(parts.routing),
                cloud,
            )
            self.begun = True
            await rounds.run(self.them, plan, self.found, self.tell)

    async def _clouds(self, stack: AsyncExitStack, parts: Prepared) -> Cleared:
        """Add the cloud models; return the way to them, which leads through the gate."""
        from gateway.model_matrix.cloud import open_clouds

        clouds = await stack.enter_async_context(open_clouds(self.settings, parts.data))
        there = clouds.endpoints()
        if not there:
            self.notes.append("No cloud model was measured: EAIO_CLOUD names none.")
        self.them += [Subject(endpoint) for endpoint in there]
        return clouds.speaker

    def report(self) -> Report:
        """Return what has been found so far."""
        routing = load_routing(self.settings.routing)
        return report_of(
            self.found,
            self.them,
            self.plan,
            machine=Machine.here(),
            budget_bytes=round((self.options.memory_gib or routing.document.ollama.memory_gib) * GIB),
            seed=self.options.seed,
            reference=reference(routing),
            notes=self.notes,
        )
