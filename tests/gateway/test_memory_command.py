"""`eaio memory`: what is remembered can be seen, searched, and forgotten in every store that has it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from config.settings import Settings
from graphs.live_data import LiveData
from graphs.runtime import SERDE, open_runtime
from memory.agent_memory import AgentMemory, Memory
from memory.answer_cache import AnswerCache
from memory.conversations import Conversations
from memory.milvus import milvus_of
from memory.postgres import fetch
from memory.response_cache import ResponseCache, valkey_of
from memory.shapes import ShapeIndex
from memory.told import Given, tell
from models.embedding import Embedder
from privacy.labels import Label
from tests.gateway.conftest import Run

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
GAS = Memory("Asked: gas of b4? Found: b4 used 4 kWh of gas.", Label.INTERNAL, "episode", ("b4",), NOW, about="gas")
PEAK = Memory("Asked: peak of b8? Found: 812 kW.", Label.INTERNAL, "episode", ("b8",), NOW, about="peak")
WORDS = Memory("how thirsty is {1}", Label.INTERNAL, "procedure", (), NOW, confidence=0.5)
AREA = Given("b4", "area_m2", {"area_m2": 4500.0}, "b4 has 4,500 m2", Label.INTERNAL)
NOTE = Given("b8", "note", {}, "the chiller of b8 runs all night", Label.INTERNAL)


class Stores:
    """The stores as commands open them, for what a test puts in and looks up."""

    def __init__(self) -> None:
        settings = Settings()
        self.data, self.embedder = LiveData(settings), Embedder()
        self.agent = AgentMemory(milvus_of(settings), self.embedder)
        self.shapes = ShapeIndex(milvus_of(settings), self.data)
        self.valkey = ResponseCache(valkey_of(settings))
        self.cache = AnswerCache(self.valkey, "local")
        self.talk = Conversations(self.data.address, days=30, budget_s=10.0, serde=SERDE)

    async def close(self) -> None:
        """Disconnect from all."""
        for part in (self.agent, self.shapes, self.valkey, self.talk, self.data, self.embedder):
            await part.close()


def within(work: Callable[[Stores], Awaitable[Any]]) -> Any:
    """Do some work with the stores open."""

    async def done() -> Any:
        stores = Stores()
        try:
            return await work(stores)
        finally:
            await stores.close()

    return asyncio.run(done())


@pytest.fixture
def kept(own_data: None, run: Run) -> dict[str, str]:
    """Keep two findings, a wording and two told facts, and nothing else; give their ids."""
    assert run("memory", "forget", "--all", "--ledger").code == 0

    async def keep(stores: Stores) -> dict[str, str]:
        ids = {name: await stores.agent.keep(one) for name, one in (("gas", GAS), ("peak", PEAK), ("words", WORDS))}
        for name, given in (("area", AREA), ("note", NOTE)):
            fact = (await tell(await stores.data.pool(), given, who="mia")).fact
            await stores.agent.keep(Memory(fact.text, fact.label, "fact", (fact.building,), NOW, id=fact.id))
            ids[name] = fact.id
        return ids

    found: dict[str, str] = within(keep)
    return found


def listed(run: Run, *words: str) -> list[str]:
    """Return the ids that a command lists."""
    return [one["id"] for one in run("memory", *words, "--json").json()["remembered"]]


def test_list_shows_every_kind_by_building_and_by_kind(run: Run, kept: dict[str, str]) -> None:
    assert set(listed(run, "list")) == set(kept.values())
    assert set(listed(run, "list", "--building", "b4")) == {kept["gas"], kept["area"]}
    assert listed(run, "list", "--kind", "procedure") == [kept["words"]]
    shown = run("memory", "list").out
    assert "how thirsty is {1}" in shown
    assert "on trial" in shown
    assert "0 conversations are kept" in shown


def test_search_finds_by_meaning_what_people_told_and_what_was_found(run: Run, kept: dict[str, str]) -> None:
    assert listed(run, "search", "chiller", "at", "night")[0] == kept["note"]
    assert listed(run, "search", "How much gas did b4 use?")[0] == kept["gas"]
    assert run("memory", "search", "the sea in a poem").out == "Nothing is remembered that fits.\n"


def test_told_fact_is_forgotten_with_its_effect_and_its_words(run: Run, kept: dict[str, str]) -> None:
    said = run("memory", "forget", kept["area"], kept["gas"])
    assert (said.code, "4,500 m2" in said.out) == (0, True)
    assert set(listed(run, "list")) == {kept["peak"], kept["words"], kept["note"]}
    assert kept["area"] not in listed(run, "search", "b4 has 4,500 m2")

    async def area(stores: Stores) -> float | None:
        return (await stores.data.inventory()).buildings["b4"].area_m2

    assert within(area) != 4500.0


def test_what_was_superseded_holds_again_when_the_later_is_forgotten(run: Run, kept: dict[str, str]) -> None:
    later = Given("b4", "area_m2", {"area_m2": 5000.0}, "b4 has 5,000 m2", Label.INTERNAL)

    async def contradict(stores: Stores) -> str:
        told = await tell(await stores.data.pool(), later, who="mia")
        assert [old.id for old in told.superseded] == [kept["area"]]
        await stores.agent.forget([kept["area"]], ["fact"])
        return told.fact.id

    new = within(contradict)
    assert f"superseded by {new}" in run("memory", "list", "--building", "b4").out
    assert run("memory", "forget", new).code == 0
    assert listed(run, "search", "b4 has 4,500 m2")[0] == kept["area"]
    assert "superseded" not in run("memory", "list").out


def test_id_that_is_not_there_is_said(run: Run, kept: dict[str, str]) -> None:
    ran = run("memory", "forget", "m123", "--json")
    assert (ran.code, ran.json()["status"]) == (3, "no_data")
    assert "`eaio memory list`" in ran.err


def test_building_that_there_is_not_is_said(run: Run, kept: dict[str, str]) -> None:
    assert run("memory", "forget", "--building", "b4444").code == 3


def test_building_is_forgotten_in_every_store_and_no_other_with_it(run: Run, kept: dict[str, str]) -> None:
    async def more(stores: Stores) -> None:
        await stores.cache.put("k", b"x", ttl_s=60, series=["b4/gas"], policy="p")
        assert await stores.shapes.update(["b4", "b8"]) == ["b4", "b8"]

    within(more)
    talk_about("two", "How much gas did b31 use in 2019?")
    talk_about("one", "How much gas did b4 use in 2019?")
    said = run("memory", "forget", "--building", "b4")
    assert said.code == 0
    assert "1 conversation is forgotten." in said.out
    assert "The load shapes of b4 are forgotten" in said.out
    assert "1 question is still in the ledger of runs" in said.out
    assert {kept["peak"], kept["note"], kept["words"]} < set(listed(run, "list"))
    assert listed(run, "list", "--building", "b4") == []

    async def left(stores: Stores) -> tuple[list[str], int, list[str]]:
        talk = [one.thread for one in await stores.talk.kept()]
        near = [near.building for near in await stores.shapes.buildings_like("b8", limit=99)]
        return talk, (await stores.cache.room()).entries, near

    talk, entries, near = within(left)
    assert (talk, entries) == (["two"], 0)
    assert "b4" not in near
    assert "1 question is out of the ledger" in run("memory", "forget", "--building", "b4", "--ledger").out

    async def questions(stores: Stores) -> list[str]:
        return [row[0] for row in await fetch(await stores.data.pool(), "SELECT question FROM runs")]

    assert within(questions) == ["How much gas did b31 use in 2019?"]


def talk_about(thread: str, question: str) -> None:
    """Ask a question in a conversation, without a model."""

    async def ask() -> None:
        async with open_runtime(Settings()) as runtime:
            assert (await runtime.ask(question, thread_id=thread))["status"] == "answered"

    asyncio.run(ask())


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["m1", "--all"],
        ["m1", "--kind", "fact"],
        ["--all", "--building", "b4"],
        ["--all", "--kind", "fact", "--ledger"],
        ["--all", "--kind", "gossip"],
    ],
)
def test_it_must_be_clear_what_is_to_be_forgotten(run: Run, words: list[str]) -> None:
    assert run("memory", "forget", *words).code == 2


def test_store_that_is_away_keeps_no_other_from_forgetting_and_is_named(
    run: Run, kept: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EAIO_MILVUS_URI", "http://127.0.0.1:1")
    ran = run("memory", "forget", "--building", "b4", "--kind", "fact", "--json")
    assert ran.code == 1
    gone = ran.json()["forgotten"]
    assert [one["id"] for one in gone["remembered"]] == [kept["area"]]
    assert "`eaio up`" in gone["left"][0]
    assert "not forgotten: agent memory (Milvus)" in ran.err
    monkeypatch.delenv("EAIO_MILVUS_URI")
    assert run("memory", "forget", "--building", "b4").code == 0
    assert kept["area"] not in listed(run, "search", "b4 has 4,500 m2")
