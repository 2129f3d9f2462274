"""A database that is restarted under the questions costs none of them its answer."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from benchmarks.answers.check import NO_MODEL
from config.settings import Settings
from graphs.runtime import open_runtime
from models.endpoint import Endpoint
from models.errors import ModelUnreachable
from models.router import BudgetView
from models.usage import Chunk
from nodes.route import Snapshot
from services.postgres import postgres
from services.process import stop
from tests.graphs.snapshots import PLENTY, snapshot_of

RANK = "Which building used the most electricity in 2019, and how much?"
HEADLINE = "b105 had the highest electricity use in 2019"


class StoppingAnalyst:
    """A model that cannot be reached, and with which the database goes away."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return it as one that can be asked."""
        return snapshot_of([Endpoint("m1", "analyst", "embedded", "m1", None, 4096)], tokens_in)

    async def budget(self, question_id: str) -> BudgetView:
        """Return plenty."""
        return PLENTY

    async def speak(self, endpoint: str, *_prompt: Any) -> AsyncGenerator[Chunk, None]:
        """Stop the database, then fail."""
        await stop(postgres(self._settings))
        raise ModelUnreachable(endpoint, "nowhere", "connection refused")
        yield Chunk("")


async def test_database_that_goes_away_after_the_facts_costs_no_answer(settings: Settings) -> None:
    alone, stopping = settings.model_copy(update=NO_MODEL), StoppingAnalyst(settings)
    async with open_runtime(alone, analysts=stopping, ladder=stopping) as runtime:
        await runtime.data.inventory()
        answer = await runtime.ask(RANK)
    assert answer["status"] == "answered"
    assert answer["headline"].startswith(HEADLINE)
    assert answer["receipt"]["chosen"] == "report"
    assert [a["endpoint"] for a in answer["receipt"]["attempts"]] == ["m1"]


async def test_questions_that_come_while_the_database_is_restarted_are_answered(settings: Settings) -> None:
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.ask(RANK)
        stopping = asyncio.create_task(stop(postgres(settings)))
        answers = []
        while not stopping.done():
            answers.append(await runtime.ask(RANK))
        answers.append(await runtime.ask(RANK))
    assert [a["status"] for a in answers] == ["answered"] * len(answers)
