"""Parts for a graph that others serve: they attach to one runtime of this process, opened when first used.

LangGraph's servers import the graph, draw it, and may build it anew for each run; a live part must not be opened by
any of that, and only once however many runs there are.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from config.settings import Settings
from graphs.parts import Parts
from graphs.tracing import ignore_environment
from models.deadline import Deadline
from models.router import BudgetView
from models.routing import fingerprint
from models.usage import Chunk
from nodes.retrieve_context import Computed
from nodes.route import Snapshot
from nodes.state import AdvisorState, AdvisorUpdate
from privacy.declassify import Grounds
from privacy.gate import Decision
from privacy.labels import Label
from privacy.pieces import Message
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence
from tools.readings import By, HourlySeries, Inventory, Readings, Totals

if TYPE_CHECKING:
    from graphs.runtime import Runtime
    from memory.told import Given, Kept

Form = TypeVar("Form", bound=BaseModel)


class Attached:
    """Every port of the advisor, over the runtime of this process."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._runtime: Runtime | None = None

    async def inventory(self) -> Inventory:
        """Return the names that are known now."""
        return await (await self.parts()).readings.inventory()

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return the readings of each meter over [start, end)."""
        return await (await self.parts()).readings.hourly(meters, start, end)

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return what each meter adds up to over the local days [start, end)."""
        return await (await self.parts()).readings.totals(meters, start, end, by)

    async def fill(self, messages: list[tuple[str, str]], schema: type[Form], label: Label) -> Form:
        """Return a form filled by the coordinator."""
        return await (await self.parts()).coordinator.fill(messages, schema, label)

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return the analysts as they are now."""
        return await (await self.parts()).ladder.snapshot(tokens_in)

    async def budget(self, question_id: str) -> BudgetView:
        """Return what is left for a question."""
        return await (await self.parts()).ladder.budget(question_id)

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an analyst."""
        stream = (await self.parts()).analysts.speak(endpoint, prompt, deadline, label)
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()

    async def clear(self, endpoint: str, messages: tuple[Message, ...], label: Label) -> Decision:
        """Decide whether a prompt may go to a cloud endpoint."""
        return await (await self.parts()).gate.clear(endpoint, messages, label)

    async def label_of(self, text: str) -> Label:
        """Return what the quick detectors make of a text."""
        return await (await self.parts()).labeller.label_of(text)

    async def lower(self, facts: Mapping[str, Grounds]) -> tuple[dict[str, Label], str | None]:
        """Return the label of each fact after the policy's rules."""
        return await (await self.parts()).labeller.lower(facts)

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what earlier turns said of like questions."""
        return await (await self.parts()).recall.recall(question, max_label)

    async def cached(self, evidence: Sequence[Evidence], language: str, writer: str) -> tuple[str | None, str | None]:
        """Return a verified analysis of exactly these facts."""
        return await (await self.parts()).recall.cached(evidence, language, writer)

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep a finished turn."""
        return await (await self.parts()).keeper.keep(state)

    async def parts(self) -> Parts:
        """Return the live parts, opened when first asked for."""
        async with self._opening:
            if self._runtime is None:
                from graphs.runtime import open_runtime  # it builds this graph too: a cycle, if imported above

                self._runtime = await self._stack.enter_async_context(open_runtime(Settings()))
        return self._runtime.parts


class AttachedAnswers:
    """The answers given before, over the runtime of this process."""

    def __init__(self, port: Attached) -> None:
        self._port = port

    async def recall(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return the turn as it was answered before."""
        return await (await self._port.parts()).answers.recall(state)

    async def peek(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return the same, for a look before the question is asked in earnest."""
        return await (await self._port.parts()).answers.peek(state)

    async def compute_facts(self, query: EnergyQuery, readings: Readings, inventory: Inventory) -> Computed:
        """Compute the facts of a query."""
        return await (await self._port.parts()).compute_facts(query, readings, inventory)


class AttachedCloud:
    """The cloud's models over the runtime of this process."""

    def __init__(self, port: Attached) -> None:
        self._port = port

    async def speak(
        self, endpoint: str, clearance: str, deadline: Deadline, label: Label, question_id: str
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of a cloud model."""
        stream = (await self._port.parts()).cloud.speak(endpoint, clearance, deadline, label, question_id)
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()


class AttachedTold:
    """What is told, over the runtime of this process."""

    def __init__(self, port: Attached) -> None:
        self._port = port

    async def tell(self, given: "Given", *, question_id: str) -> "tuple[Kept, str | None]":
        """Keep it."""
        return await (await self._port.parts()).teller.tell(given, question_id=question_id)


def attached() -> Parts:
    """Return parts that open nothing until a run needs them."""
    ignore_environment()  # LangGraph's servers would trace every run as it is, if the environment asks for traces
    settings, port = Settings(), Attached()
    answers = AttachedAnswers(port)
    return Parts(
        readings=port,
        cloud=AttachedCloud(port),
        gate=port,
        labeller=port,
        coordinator=port,
        ladder=port,
        analysts=port,
        recall=port,
        keeper=port,
        clock=lambda: datetime.now(UTC),
        fingerprint=fingerprint(settings),
        budget_s=settings.answer_budget_s,
        max_chars=settings.max_question_chars,
        answers=answers,
        compute_facts=answers.compute_facts,
        teller=AttachedTold(port),
    )
