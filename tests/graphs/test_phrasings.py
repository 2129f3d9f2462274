"""A phrasing that a model read once, and that proved right, is read at once from then on, and never for another."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from config.settings import Settings
from graphs.advisor import build
from graphs.live_phrasings import LivePhrasings
from graphs.parts import Parts
from graphs.runtime import SERDE
from memory.agent_memory import AgentMemory
from memory.milvus import milvus_of
from models.embedding import Embedder
from privacy.labels import Label
from services.milvus import milvus
from services.process import stop
from tests.graphs.gatehouse import POLICY
from tests.graphs.small_graph import Scripted, parts_of
from tests.privacy.test_guarantees_kept import only
from tests.small_site import SmallSite

pytestmark = pytest.mark.slow

USED = "Wie viel Strom hat {} im Jahr {} verbraucht?"
FORM = {
    "about_energy": "yes",
    "measure": "electricity",
    "statistic": "total",
    "building": "b1",
    "period": "2018",
    "night_or_weekend": "all hours",
    "rank": "none",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Milvus is stopped at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EAIO_MILVUS_URI", raising=False)
        given = Settings(home=tmp_path_factory.mktemp("home"), memory_budget_s=20.0)
    yield given
    asyncio.run(stop(milvus(given)))


@pytest.fixture
async def memory(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[AgentMemory]:
    """Give a memory of this test's tenant."""
    embedder = Embedder()
    one = AgentMemory(milvus_of(settings), embedder, tenant=request.node.name)
    await one.warm()
    yield one
    await one.close()
    await embedder.close()


class Names(SmallSite):
    """The small site as the live parts know it: with the names that were known last."""

    names = None


class Asker:
    """Asks questions in one conversation, with a coordinator that fills `form`, or with none where that is None."""

    def __init__(self, settings: Settings, memory: AgentMemory, policy: Any = POLICY) -> None:
        self.models, site = Scripted(), Names()
        live = parts_of(self.models, site)
        phrasings = LivePhrasings(settings, site, memory, lambda: policy, live.labeller)  # type: ignore[arg-type]
        self._parts: Parts = replace(live, phrasings=phrasings)
        self._graph = build(self._parts, checkpointer=InMemorySaver(serde=SERDE))
        self._threads = 0

    async def ask(self, question: str, form: dict[str, str] | None = None, *, new: bool = False) -> dict[str, Any]:
        """Return the state after a turn, of a new conversation where asked for."""
        self.models.filled = form
        self._threads += new
        config: Any = {"configurable": {"thread_id": str(self._threads)}}
        return dict(await self._graph.ainvoke({"question": question}, config))


@pytest.fixture
def asker(settings: Settings, memory: AgentMemory) -> Asker:
    """Give one who asks, under the shipped policy."""
    return Asker(settings, memory)


def value(state: dict[str, Any]) -> float:
    """Return the figure of a turn."""
    return float(state["evidence"][0].value)


async def test_phrasing_that_nobody_took_back_is_read_without_a_model_for_other_names_and_periods(asker: Asker) -> None:
    assert value(await asker.ask(USED.format("b1", "2018"), FORM)) == 2 * 8760
    assert (await asker.ask(USED.format("b2", "2019"), new=True))["problem"]  # still on trial
    await asker.ask(USED.format("b1", "2018"), FORM, new=True)
    await asker.ask("and in 2019?")
    again = await asker.ask(USED.format("b2", "2019"), new=True)
    assert value(again) == sum(range(1, 25)) * 365
    assert again["classification"]["by"] == "memory"
    assert "read as the same wording was read before: total of electricity" in again["classification"]["assumed"][0]


async def test_highest_never_serves_lowest(asker: Asker) -> None:
    rank = FORM | {"building": "", "rank": "highest"}
    for _ in range(3):
        assert not (await asker.ask("Welches Gebäude hat 2018 am meisten Strom verbraucht?", rank, new=True))["problem"]
    known = await asker.ask("Welches Gebäude hat 2019 am meisten Strom verbraucht?", new=True)
    assert known["classification"]["by"] == "memory"
    assert known["classification"]["queries"][0].order == "highest"
    assert (await asker.ask("Welches Gebäude hat 2019 am wenigsten Strom verbraucht?", new=True))["problem"]


async def test_reading_that_a_person_took_back_is_forgotten_and_what_was_meant_takes_its_place(
    asker: Asker, memory: AgentMemory
) -> None:
    await asker.ask(USED.format("b3", "2018"), FORM | {"building": "b3"})
    await asker.ask("what about 2019?")
    assert (await asker.ask(USED.format("b3", "2019"), new=True))["classification"]["by"] == "memory"
    corrected = await asker.ask("no, I meant gas")
    assert corrected["classification"]["queries"][0].measure == "gas"
    [left] = await memory.listed(["procedure"])
    assert (left.source, left.confidence) == ("person", 0.5)
    await asker.ask("and in 2018?")
    assert (await asker.ask(USED.format("b3", "2018"), new=True))["classification"]["queries"][0].measure == "gas"


async def test_reading_on_trial_that_is_taken_back_without_saying_what_was_meant_is_forgotten(
    asker: Asker, memory: AgentMemory
) -> None:
    await asker.ask(USED.format("b1", "2018"), FORM)
    assert len(await memory.listed(["procedure"])) == 1
    await asker.ask("no, that is nonsense")
    assert await memory.listed(["procedure"]) == []


async def test_reading_of_another_tenant_or_above_the_label_of_the_question_is_not_used(
    settings: Settings, asker: Asker, memory: AgentMemory
) -> None:
    await asker.ask(USED.format("b1", "2018"), FORM)
    await asker.ask("and in 2019?")
    other = AgentMemory(milvus_of(settings), Embedder(), tenant="somebody else")
    await other.warm()
    assert (await Asker(settings, other).ask(USED.format("b1", "2018")))["problem"]
    [known] = await memory.listed(["procedure"])
    await memory.keep(replace(known, label=Label.RESTRICTED))
    assert (await asker.ask(USED.format("b1", "2018"), new=True))["problem"]
    await other.close()


async def test_reading_of_another_version_is_not_used_and_costs_nobody_the_question(
    asker: Asker, memory: AgentMemory
) -> None:
    await asker.ask(USED.format("b1", "2018"), FORM)
    await asker.ask("and in 2019?")
    [known] = await memory.listed(["procedure"])
    for query in ({"fuel": "coal"}, {"buildings": [7], "sites": [], "against_buildings": []}, None):
        await memory.keep(replace(known, details={**known.details, "query": query}))
        assert (await asker.ask(USED.format("b1", "2018"), new=True))["problem"]["status"] == "clarify"


async def test_nothing_is_learned_where_the_policy_does_not_let_memory_keep_the_label(
    settings: Settings, memory: AgentMemory
) -> None:
    await Asker(settings, memory, only("agent_memory", Label.PUBLIC)).ask(USED.format("b1", "2018"), FORM)
    assert await memory.listed() == []
