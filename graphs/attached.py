"""Parts for a graph that others serve: they attach to one runtime of this process, opened when first used.

LangGraph's servers import the graph, draw it, and may build it anew for each run; a live part must not be opened by
any of that, and only once however many runs there are.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from config.settings import Settings
from graphs.parts import Parts
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.usage import Chunk
from nodes.state import AdvisorState
from privacy.labels import Label
from tools.evidence import Evidence
from tools.readings import HourlySeries, Inventory

if TYPE_CHECKING:
    from graphs.runtime import Runtime

Form = TypeVar("Form", bound=BaseModel)


class Attached:
    """Every port of the advisor, over the runtime of this process."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._runtime: Runtime | None = None

    async def inventory(self) -> Inventory:
        """Return the names that are known now."""
        return await (await self._parts()).readings.inventory()

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return the readings of each meter over [start, end)."""
        return await (await self._parts()).readings.hourly(meters, start, end)

    async def fill(self, messages: list[tuple[str, str]], schema: type[Form]) -> Form:
        """Return a form filled by the coordinator."""
        return await (await self._parts()).coordinator.fill(messages, schema)

    async def analysts(self) -> tuple[str, str, Sequence[Endpoint]]:
        """Return the profile, the reason for it, and the analysts."""
        return await (await self._parts()).ladder.analysts()

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an analyst."""
        stream = (await self._parts()).analysts.speak(endpoint, prompt, deadline)
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what earlier turns said of like questions."""
        return await (await self._parts()).recall.recall(question, max_label)

    async def cached(self, evidence: Sequence[Evidence], language: str, writer: str) -> tuple[str | None, str | None]:
        """Return a verified analysis of exactly these facts."""
        return await (await self._parts()).recall.cached(evidence, language, writer)

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep a finished turn."""
        return await (await self._parts()).keeper.keep(state)

    async def _parts(self) -> Parts:
        async with self._opening:
            if self._runtime is None:
                from graphs.runtime import open_runtime  # it builds this graph too: a cycle, if imported above

                self._runtime = await self._stack.enter_async_context(open_runtime(Settings()))
        return self._runtime.parts


def attached() -> Parts:
    """Return parts that open nothing until a run needs them."""
    settings, port = Settings(), Attached()
    return Parts(
        readings=port,
        coordinator=port,
        ladder=port,
        analysts=port,
        recall=port,
        keeper=port,
        clock=lambda: datetime.now(UTC),
        fingerprint=settings.fingerprint(),
        budget_s=settings.answer_budget_s,
        max_chars=settings.max_question_chars,
    )
