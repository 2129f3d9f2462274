"""What is remembered comes back while it holds, as far as there is room, and never above the label of the facts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from graphs.live_memory import LiveMemory, fitting
from memory.agent_memory import AgentMemory, Memory
from memory.load import load_shipped
from memory.milvus import milvus_of
from memory.postgres import Pool, fetch, writing
from memory.response_cache import ResponseCache
from memory.series_versions import data_identity, mark_buildings
from memory.told import Given, forget_told, tell
from models.embedding import Embedder
from models.usage import estimate_tokens
from privacy.labels import Label
from services.milvus import milvus
from services.process import stop
from tests.graphs.gatehouse import POLICY
from tests.memory.data_folder import write_data_folder

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
ASKED = "How much electricity did the hall use in January 2019?"
FOUND = "Asked: How much electricity did the hall use in January 2019? Found: the hall used 5 kWh."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Milvus is stopped at the end."""
    given = Settings(home=tmp_path_factory.mktemp("home"), milvus_uri=None, memory_budget_s=20.0)
    yield given
    asyncio.run(stop(milvus(given)))


@dataclass
class Data:
    """The building data of a test, as `LiveData` gives them."""

    store: Pool

    async def pool(self) -> Pool:
        """Return the pool."""
        return self.store

    async def identity(self) -> str:
        """Return which data these are."""
        return await data_identity(self.store)


@dataclass
class Scene:
    """A memory over a store with the hall and the baths."""

    agent: AgentMemory
    pool: Pool
    open: Callable[..., LiveMemory]

    async def finding(self, text: str = FOUND, **changes: Any) -> Memory:
        """Keep a finding of the hall's meter, as of now, and return it."""
        [(version,)] = await fetch(self.pool, "SELECT version FROM data_state")
        details = {"series": ["hall/electricity"], "data": await data_identity(self.pool)}
        made = Memory(text, Label.INTERNAL, "episode", ("hall",), NOW, about=text, version=version, details=details)
        await self.agent.keep(replace(made, **changes))
        return made


@pytest.fixture
async def scene(
    settings: Settings, empty: Pool, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Scene]:
    """Open a memory of this test's tenant."""
    await load_shipped(empty, write_data_folder(tmp_path / "shipped"))
    embedder = Embedder()
    agent = AgentMemory(milvus_of(settings), embedder, tenant=request.node.name)

    async def nowhere() -> str:
        return "redis://127.0.0.1:1/0"

    def live(**changes: Any) -> LiveMemory:
        given = settings.model_copy(update=changes)
        return LiveMemory(given, Data(empty), agent, ResponseCache(nowhere), lambda: POLICY)  # type: ignore[arg-type]

    yield Scene(agent, empty, live)
    await agent.close()
    await embedder.close()


async def test_finding_comes_back_until_its_data_change_and_that_is_said(scene: Scene) -> None:
    await scene.finding()
    memory = scene.open()
    assert await memory.recall(ASKED, Label.INTERNAL) == ([(FOUND, Label.INTERNAL)], None)
    async with writing(scene.pool) as connection:
        await mark_buildings(connection, ["hall"])
    texts, note = await memory.recall(ASKED, Label.INTERNAL)
    assert texts == []
    assert note == "agent memory: 1 left out, for it holds no longer"


async def test_finding_of_another_database_does_not_come_back(scene: Scene) -> None:
    await scene.finding(details={"series": ["hall/electricity"], "data": "another"})
    assert (await scene.open().recall(ASKED, Label.INTERNAL))[0] == []


async def test_what_is_above_the_label_of_the_facts_does_not_come_back(scene: Scene) -> None:
    await scene.finding(label=Label.RESTRICTED)
    assert await scene.open().recall(ASKED, Label.CONFIDENTIAL) == ([], None)
    assert (await scene.open().recall(ASKED, Label.RESTRICTED))[0] == [(FOUND, Label.RESTRICTED)]


async def test_words_of_a_told_fact_come_back_as_long_as_it_is_told(scene: Scene) -> None:
    memory, words = scene.open(), "The hall is open at night in January 2019"
    fact = (await tell(scene.pool, Given("hall", "note", {}, words, Label.INTERNAL), who="mia")).fact
    assert await memory.remember_fact(fact.id, words, Label.INTERNAL, ["hall"]) is None
    assert await memory.recall("Is the hall open at night in January 2019?", Label.INTERNAL) == (
        [(words, Label.INTERNAL)],
        None,
    )
    await forget_told(scene.pool, [fact.id], who="mia")  # while Milvus was away: its copy stays
    assert (await memory.recall("Is the hall open at night in January 2019?", Label.INTERNAL))[0] == []
    assert await memory.forget_fact([fact.id]) is None
    assert await scene.agent.listed() == []


async def test_store_that_is_away_is_a_note_and_never_an_error(settings: Settings, scene: Scene) -> None:
    await scene.finding()
    memory = scene.open(memory_budget_s=0.000_1)
    texts, note = await memory.recall(ASKED, Label.INTERNAL)
    assert texts == []
    assert note == "agent memory: no answer within 0.0001 s"
    assert "no answer" in str(await memory.remember_fact("t1", "a", Label.INTERNAL, ["hall"]))


def memory_of(text: str, days: int = 0) -> Memory:
    """Return a finding so many days old."""
    return Memory(text, Label.INTERNAL, "episode", (), NOW - timedelta(days=days))


def test_nearest_comes_first_and_of_those_as_near_the_newest() -> None:
    found = [(memory_of("old", 9), 0.901), (memory_of("far"), 0.86), (memory_of("new"), 0.899)]
    assert [m.text for m in fitting(found, 100)] == ["new", "old", "far"]


@pytest.mark.parametrize("room", [0, 5, 20, 100])
def test_texts_are_whole_and_stay_within_the_room(room: int) -> None:
    found = [(memory_of("b4 used 12,345 kWh of gas in March 2018. " * n), 0.99 - n / 100) for n in range(1, 6)]
    taken = fitting(found, room)
    assert sum(estimate_tokens(m.text) for m in taken) <= room
    assert all(m in [one for one, _ in found] for m in taken)
    assert bool(taken) == (room >= estimate_tokens(found[0][0].text))


def test_memory_told_with_an_end_lives_until_then() -> None:
    assert not replace(memory_of("a"), expires_at=NOW - timedelta(days=1)).lives_at(NOW)
    assert replace(memory_of("a"), expires_at=NOW + timedelta(days=1)).lives_at(NOW)
