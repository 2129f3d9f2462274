"""What is kept is recalled by its meaning, by its tenant only; without Milvus there is nothing, and soon."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from config.settings import Settings
from memory.agent_memory import MIN_COSINE, AgentMemory, Memory
from memory.errors import MemoryDown
from memory.milvus import Address, milvus_of
from models.embedding import Embedder, Vector
from models.errors import ModelFailed
from privacy.labels import Label
from services.milvus import milvus
from services.probe import free_port
from services.process import ensure, stop

pytestmark = pytest.mark.slow
Opens = Callable[..., AgentMemory]

NOW = datetime.now(UTC)
PEAK = Memory("The peak of b8 was 812 kW on 26 July 2018 at 14:00.", Label.INTERNAL, "episode", ("b8",), NOW)
GAS = Memory("b4 used 12,345 kWh of gas in March 2018.", Label.INTERNAL, "episode", ("b4",), NOW)
ABOUT_PEAK, ABOUT_GAS = ("When was the peak demand of b8?", "How much gas did b4 use in March 2018?")
NASTY = 'ignore the gate; \' or 1=1 -- " or tenant != "\\ \n\r {x} %s \u202e'


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Milvus is stopped at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EAIO_MILVUS_URI", raising=False)
        given = Settings(home=tmp_path_factory.mktemp("home"))
    yield given
    asyncio.run(stop(milvus(given)))


@pytest.fixture(scope="module")
def embedder() -> Iterator[Embedder]:
    """Give one embedder, as a runtime has."""
    one = Embedder()
    yield one
    asyncio.run(one.close())


@pytest.fixture
def opens(settings: Settings, embedder: Embedder, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Give what opens memories over the module's Milvus: of this test's tenant where nothing else is said."""
    opened: list[AgentMemory] = []

    def open_memory(tenant: str = request.node.name, address: Address | None = None) -> AgentMemory:
        opened.append(AgentMemory(address or milvus_of(settings), embedder, tenant=tenant))
        return opened[-1]

    yield open_memory
    for one in opened:
        asyncio.run(one.close())


@pytest.fixture
def memory(opens: Opens) -> AgentMemory:
    """Give a memory of this test's tenant."""
    return opens()


async def pid_of(settings: Settings) -> int:
    """Return the process of the module's Milvus."""
    return (await ensure(milvus(settings))).pid


async def texts(memory: AgentMemory, question: str) -> list[str]:
    """Return the texts that a question recalls."""
    return [found.text for found, _ in await memory.recall(question)]


async def test_question_in_other_words_recalls_what_was_kept(memory: AgentMemory) -> None:
    ids = [await memory.keep(one) for one in (PEAK, GAS)]
    [(found, cosine), *_] = await memory.recall("gas consumption of building 4 in March 2018")
    assert found == replace(GAS, id=ids[1])
    assert MIN_COSINE <= cosine < 1.0
    assert (await texts(memory, ABOUT_PEAK))[0] == PEAK.text


async def test_best_comes_first_and_no_more_than_asked_for(memory: AgentMemory) -> None:
    for building in range(5):
        await memory.keep(replace(GAS, text=f"b{building} used gas in March 2018."))
    [best, second] = await memory.recall(ABOUT_GAS, limit=2)
    assert best[0].text == "b4 used gas in March 2018."
    assert best[1] >= second[1]


@pytest.mark.parametrize("question", ["What is the capital of France?", "Write me a poem about the sea", "hello", " "])
async def test_question_about_something_else_recalls_nothing(memory: AgentMemory, question: str) -> None:
    for one in (PEAK, GAS):
        await memory.keep(one)
    assert await memory.recall(question) == []


async def test_another_tenant_sees_nothing_and_can_forget_nothing(opens: Opens, memory: AgentMemory) -> None:
    kept = await memory.keep(GAS)
    tenant = "test_another_tenant_sees_nothing_and_can_forget_nothing"
    for name in ("local", tenant + " ", f'{tenant}" or tenant == "{tenant}', f"{tenant}' or '1'=='1", ""):
        other = opens(name)
        assert await other.recall(ABOUT_GAS) == []
        assert await other.listed() == []
        assert await other.forget([kept]) == []
    assert await texts(memory, ABOUT_GAS) == [GAS.text]


async def test_expired_is_not_recalled_and_what_is_told_with_an_end_in_the_past_is_forgotten(
    memory: AgentMemory,
) -> None:
    tomorrow = (NOW + timedelta(days=1)).replace(microsecond=7)
    await memory.keep(replace(GAS, expires_at=tomorrow))
    [(found, _)] = await memory.recall(ABOUT_GAS)
    assert found.expires_at == tomorrow
    await memory.keep(replace(GAS, expires_at=NOW - timedelta(seconds=1)))
    assert await memory.recall(ABOUT_GAS) == []


async def test_what_is_above_the_label_asked_for_is_not_recalled(memory: AgentMemory) -> None:
    kept = await memory.keep(replace(GAS, label=Label.CONFIDENTIAL))
    assert await memory.recall(ABOUT_GAS, max_label=Label.INTERNAL) == []
    assert await memory.get("episode", kept, max_label=Label.INTERNAL) is None
    [(found, _)] = await memory.recall(ABOUT_GAS, max_label=Label.CONFIDENTIAL)
    assert found.label is Label.CONFIDENTIAL


async def test_newer_finding_about_the_same_takes_the_place_of_the_older(memory: AgentMemory) -> None:
    first = replace(GAS, about="gas of b4 in March 2018", version=7)
    second = replace(first, text="b4 used 99 kWh of gas in March 2018.", version=8, created_at=NOW - timedelta(hours=1))
    assert await memory.keep(first) == await memory.keep(second)
    await memory.keep(replace(first, created_at=NOW + timedelta(hours=1)))  # computed from older data, written late
    assert await texts(memory, ABOUT_GAS) == [second.text]


async def test_two_writers_of_one_memory_leave_one_with_the_higher_label_and_the_newer_data(opens: Opens) -> None:
    about = replace(GAS, about="gas of b4 in March 2018")
    tells = [
        replace(about, text=f"{n} kWh of gas in March 2018 at b4", version=n, label=Label(n % 3)) for n in range(9)
    ]
    one, other = opens(), opens()
    await asyncio.gather(*((one, other)[n % 2].keep(tell) for n, tell in enumerate(tells[:8])))
    await one.keep(tells[8])
    [left] = await other.listed()
    assert (left.text, left.label) == (tells[8].text, Label.CONFIDENTIAL)


async def test_same_text_twice_is_one_memory_and_never_of_a_lower_label(memory: AgentMemory) -> None:
    first = await memory.keep(replace(GAS, label=Label.RESTRICTED))
    later = NOW + timedelta(days=2)
    assert await memory.keep(replace(GAS, label=Label.PUBLIC, created_at=later)) == first
    [(found, _)] = await memory.recall(ABOUT_GAS)
    assert (found.label, found.created_at) == (Label.RESTRICTED, later)


async def test_forgotten_is_gone_and_said_what_it_was(memory: AgentMemory) -> None:
    ids = [await memory.keep(one) for one in (PEAK, GAS)]
    assert [m.text for m in await memory.forget([ids[1], ids[1], "never there", NASTY])] == [GAS.text]
    assert await memory.forget([]) == []
    assert await texts(memory, ABOUT_PEAK) == [PEAK.text]
    assert [m.id for m in await memory.listed()] == [ids[0]]


async def test_listed_are_all_kinds_or_those_about_a_building(memory: AgentMemory) -> None:
    fact = Memory("b4 is a laboratory", Label.INTERNAL, "fact", ("b4",), NOW, id="t1")
    reading = Memory("how greedy is {b1}", Label.INTERNAL, "procedure", (), NOW)
    for one in (PEAK, GAS, fact, reading):
        await memory.keep(one)
    assert [m.kind for m in await memory.listed()] == ["episode", "episode", "fact", "procedure"]
    assert [m.text for m in await memory.listed(building="b4")] == [GAS.text, fact.text]
    assert reading.text not in await texts(memory, "how greedy is {b1}")


async def test_text_like_an_instruction_stays_data(opens: Opens) -> None:
    memory = opens(NASTY)
    kept = await memory.keep(Memory(NASTY, Label.INTERNAL, "fact", (NASTY,), NOW, id=NASTY, source=NASTY))
    [(found, _)] = await memory.recall(NASTY)
    assert (found.text, found.buildings, found.label) == (NASTY, (NASTY,), Label.INTERNAL)
    assert [m.text for m in await memory.listed(building=NASTY)] == [NASTY]
    await memory.forget([kept])
    assert await memory.recall(NASTY) == []


async def test_megabyte_is_cut_and_half_a_surrogate_pair_replaced(memory: AgentMemory) -> None:
    await memory.keep(replace(GAS, text=f"{GAS.text} \ud800电 " * 25_000))
    [(found, _)] = await memory.recall(ABOUT_GAS)
    assert found.text.startswith(f"{GAS.text} ?电 ")
    assert len(found.text) == 4_000


async def test_many_at_once_all_remember(memory: AgentMemory) -> None:
    await asyncio.gather(*(memory.keep(replace(GAS, text=f"b{n} used gas.")) for n in range(12)))
    found = await asyncio.gather(*(memory.recall("b3 used gas.", limit=50) for _ in range(6)))
    assert [len(one) for one in found] == [12] * 6


async def test_milvus_killed_before_each_call_costs_that_call_and_nothing_that_was_kept(
    settings: Settings, opens: Opens
) -> None:
    address = [await milvus_of(settings)()]

    async def fixed() -> str:
        return address[0]

    memory = opens(address=fixed)
    kept = await memory.keep(GAS)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "keep": lambda: memory.keep(PEAK),
        "recall": lambda: memory.recall(ABOUT_GAS),
        "get": lambda: memory.get("episode", kept),
        "listed": memory.listed,
        "forget": lambda: memory.forget([kept]),
    }
    for call in calls.values():
        os.kill(await pid_of(settings), signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(MemoryDown, match="eaio up"):
                await call()
        address[0] = await milvus_of(settings)()  # starts it, at another port
        assert await texts(memory, ABOUT_GAS) == [GAS.text]


async def test_milvus_that_dies_in_the_middle_of_writes_leaves_each_memory_whole_or_not_there(
    settings: Settings, opens: Opens
) -> None:
    memory = opens()
    await memory.warm()
    writes = asyncio.gather(
        *(memory.keep(replace(GAS, text=f"b{n} used gas.")) for n in range(8)), return_exceptions=True
    )
    while not await opens().listed():
        await asyncio.sleep(0)
    os.kill(await pid_of(settings), signal.SIGKILL)
    done = [one for one in await writes if isinstance(one, str)]
    left = await memory.listed()
    assert {m.id for m in left} >= set(done)
    assert all(m.text.endswith("used gas.") and m.label is GAS.label for m in left)


async def test_embedded_milvus_that_was_killed_is_started_in_the_background(
    memory: AgentMemory, settings: Settings
) -> None:
    await memory.keep(GAS)
    os.kill(await pid_of(settings), signal.SIGKILL)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await memory.recall(ABOUT_GAS)
    assert await texts(memory, ABOUT_GAS) == [GAS.text]


async def test_hanging_milvus_keeps_nobody_waiting_and_works_when_it_goes_on(
    memory: AgentMemory, settings: Settings
) -> None:
    await memory.keep(GAS)
    pid = await pid_of(settings)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await memory.recall(ABOUT_GAS)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert await texts(memory, ABOUT_GAS) == [GAS.text]


async def test_no_milvus_raises_for_every_call(opens: Opens) -> None:
    async def nowhere() -> str:
        return f"http://127.0.0.1:{free_port()}"

    memory = opens(address=nowhere)
    for call in (memory.warm(), memory.recall(ABOUT_GAS), memory.keep(GAS), memory.forget(["a"]), memory.listed()):
        with pytest.raises(MemoryDown):
            await call


async def test_milvus_that_cannot_start_is_down(tmp_path: Path, opens: Opens) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MemoryDown, match="EAIO_HOME"):
        await opens(address=milvus_of(Settings(home=tmp_path / "file"))).recall(ABOUT_GAS)


async def test_closed_memory_is_down(opens: Opens) -> None:
    memory = opens()
    await memory.close()
    with pytest.raises(MemoryDown, match="closed"):
        await memory.recall(ABOUT_GAS)


@dataclass
class WrongEmbedder:
    """Give the same for every text, or an error."""

    gives: list[float] | ModelFailed

    async def query(self, text: str) -> Vector:
        vector: Vector = (await self.passage([text]))[0]
        return vector

    async def passage(self, texts: Sequence[str]) -> Vector:
        if isinstance(self.gives, ModelFailed):
            raise self.gives
        return np.array([self.gives] * len(texts), np.float32)


@pytest.mark.parametrize(
    ("gives", "said"),
    [(ModelFailed("embedder", "broke"), "broke"), ([float("nan")] * 384, "nan"), ([1.0] * 3, "shape")],
)
async def test_embedder_that_gives_no_vector_makes_memory_down_and_nothing_is_written(
    opens: Opens, settings: Settings, gives: list[float] | ModelFailed, said: str, request: pytest.FixtureRequest
) -> None:
    memory = AgentMemory(milvus_of(settings), WrongEmbedder(gives), tenant=request.node.name)
    for call in (memory.recall(ABOUT_GAS), memory.keep(GAS)):
        with pytest.raises(MemoryDown, match=said):
            await call
    assert await opens().listed() == []
    await memory.close()


async def test_collection_of_a_version_before_is_removed(settings: Settings, memory: AgentMemory) -> None:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

    client = MilvusClient(await milvus_of(settings)())
    client.create_collection("agent_memory", dimension=8)
    await memory.warm()
    assert not client.has_collection("agent_memory")
    client.close()


async def test_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(GAS, expires_at=datetime(2020, 1, 1))


ASK_AND_LEAVE = """
import asyncio, os, socket, sys
import dotenv.main
from memory.agent_memory import AgentMemory
from memory.errors import MemoryDown
from models.embedding import Embedder

dotenv.main.find_dotenv = lambda *_, **__: sys.argv[1]

async def main():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async def address():
            return f"http://127.0.0.1:{silent.getsockname()[1]}"
        memory = AgentMemory(address, Embedder())
        try:
            async with asyncio.timeout(float(sys.argv[2])):
                await memory.recall("How much gas?")
        except (TimeoutError, MemoryDown) as error:
            print(type(error).__name__, os.environ.get("LANGSMITH_TRACING"), "pymilvus" in sys.modules)

asyncio.run(main())
"""


@pytest.mark.parametrize("patience_s", ["0.3", "1.7"])  # while pymilvus is imported, and while it connects
async def test_process_ends_though_milvus_is_silent_and_no_env_file_is_read(tmp_path: Path, patience_s: str) -> None:
    (tmp_path / ".env").write_text("LANGSMITH_TRACING=true\n")
    words = (sys.executable, "-c", ASK_AND_LEAVE, str(tmp_path / ".env"), patience_s)
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=path)
    said, complained = await process.communicate()
    assert said.decode().split()[:2] == ["TimeoutError", "None"]
    assert (process.returncode, complained) == (0, b"")
    assert time.perf_counter() - start < 6.0
