"""What is kept is recalled by its meaning, by its tenant only; without Milvus there is nothing, and soon."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from config.settings import Settings
from memory import agent_memory_rows
from memory.agent_memory import MIN_COSINE, AgentMemory, Memory
from memory.errors import MemoryDown, MemoryLate
from memory.milvus import milvus_of
from models.embedding import Embedder, Vector
from models.errors import ModelFailed
from privacy.labels import Label
from services.milvus import milvus
from services.probe import free_port
from services.process import ensure, stop

pytestmark = pytest.mark.asyncio

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


@pytest_asyncio.fixture
async def memory(settings: Settings, embedder: Embedder) -> AsyncIterator[AgentMemory]:
    """Give a memory over the module's Milvus, which runs."""
    one = AgentMemory(milvus_of(settings), embedder)
    await one.warm()
    yield one
    await one.close()


@pytest.fixture
def tenant(request: pytest.FixtureRequest) -> str:
    """Give each test a tenant of its own, so that what one remembers is nothing to the others."""
    return str(request.node.name)


async def pid_of(settings: Settings) -> int:
    """Return the process of the module's Milvus."""
    return (await ensure(milvus(settings))).pid


async def texts(memory: AgentMemory, question: str, tenant: str) -> list[str]:
    """Return the texts that a question recalls."""
    return [found.text for found, _ in await memory.recall(question, tenant=tenant)]


async def test_question_in_other_words_recalls_what_was_kept(memory: AgentMemory, tenant: str) -> None:
    ids = [await memory.keep(one, tenant=tenant) for one in (PEAK, GAS)]
    [(found, cosine), *_] = await memory.recall("gas consumption of building 4 in March 2018", tenant=tenant)
    assert found == replace(GAS, id=ids[1], created_at=found.created_at)
    assert abs(found.created_at - NOW) < timedelta(microseconds=1)
    assert MIN_COSINE <= cosine < 1.0
    assert (await texts(memory, ABOUT_PEAK, tenant))[0] == PEAK.text


async def test_best_comes_first_and_no_more_than_asked_for(memory: AgentMemory, tenant: str) -> None:
    for building in range(5):
        await memory.keep(replace(GAS, text=f"b{building} used gas in March 2018."), tenant=tenant)
    [best, second] = await memory.recall(ABOUT_GAS, tenant=tenant, limit=2)
    assert best[0].text == "b4 used gas in March 2018."
    assert best[1] >= second[1]


@pytest.mark.parametrize("question", ["What is the capital of France?", "Write me a poem about the sea", "hello", " "])
async def test_question_about_something_else_recalls_nothing(memory: AgentMemory, tenant: str, question: str) -> None:
    for one in (PEAK, GAS):
        await memory.keep(one, tenant=tenant)
    assert await memory.recall(question, tenant=tenant) == []


async def test_another_tenant_sees_nothing_and_can_forget_nothing(memory: AgentMemory, tenant: str) -> None:
    kept = await memory.keep(GAS, tenant=tenant)
    for other in ("local", tenant + " ", f'{tenant}" or tenant == "{tenant}', f"{tenant}' or '1'=='1", ""):
        assert await memory.recall(ABOUT_GAS, tenant=other) == []
        await memory.forget([kept], tenant=other)
        assert await memory.keep(GAS, tenant=other) != kept
    assert await texts(memory, ABOUT_GAS, tenant) == [GAS.text]


async def test_expired_is_not_recalled(memory: AgentMemory, tenant: str) -> None:
    await memory.keep(replace(GAS, expires_at=NOW - timedelta(seconds=1)), tenant=tenant)
    assert await memory.recall(ABOUT_GAS, tenant=tenant) == []
    tomorrow = (NOW + timedelta(days=1)).replace(microsecond=7)
    await memory.keep(replace(GAS, expires_at=tomorrow), tenant=tenant)
    [(found, _)] = await memory.recall(ABOUT_GAS, tenant=tenant)
    assert found.expires_at == tomorrow


async def test_what_is_above_the_label_asked_for_is_not_recalled(memory: AgentMemory, tenant: str) -> None:
    await memory.keep(replace(GAS, label=Label.CONFIDENTIAL), tenant=tenant)
    assert await memory.recall(ABOUT_GAS, tenant=tenant, max_label=Label.INTERNAL) == []
    [(found, _)] = await memory.recall(ABOUT_GAS, tenant=tenant, max_label=Label.CONFIDENTIAL)
    assert found.label is Label.CONFIDENTIAL


async def test_same_text_twice_is_one_memory_as_new_as_the_second(memory: AgentMemory, tenant: str) -> None:
    later = NOW + timedelta(hours=1)
    first = await memory.keep(GAS, tenant=tenant)
    assert await memory.keep(replace(GAS, created_at=later), tenant=tenant) == first
    [(found, _)] = await memory.recall(ABOUT_GAS, tenant=tenant)
    assert found.created_at == later


async def test_keeping_again_never_lowers_a_label(memory: AgentMemory, tenant: str) -> None:
    await memory.keep(replace(GAS, label=Label.RESTRICTED), tenant=tenant)
    await memory.keep(replace(GAS, label=Label.PUBLIC), tenant=tenant)
    [(found, _)] = await memory.recall(ABOUT_GAS, tenant=tenant)
    assert found.label is Label.RESTRICTED


async def test_forgotten_is_not_recalled(memory: AgentMemory, tenant: str) -> None:
    ids = [await memory.keep(one, tenant=tenant) for one in (PEAK, GAS)]
    await memory.forget([ids[1], "never there", NASTY], tenant=tenant)
    await memory.forget([], tenant=tenant)
    assert GAS.text not in await texts(memory, ABOUT_GAS, tenant)
    assert await texts(memory, ABOUT_PEAK, tenant) == [PEAK.text]


async def test_text_like_an_instruction_stays_data(memory: AgentMemory) -> None:
    nasty = Memory(NASTY, Label.INTERNAL, NASTY, (NASTY,), NOW)
    kept = await memory.keep(nasty, tenant=NASTY)
    [(found, _)] = await memory.recall(NASTY, tenant=NASTY)
    assert (found.text, found.kind, found.buildings) == (NASTY, NASTY, (NASTY,))
    await memory.forget([kept], tenant=NASTY)
    assert await memory.recall(NASTY, tenant=NASTY) == []


async def test_long_text_is_cut_and_half_a_surrogate_pair_replaced(memory: AgentMemory, tenant: str) -> None:
    await memory.keep(replace(GAS, text=f"{GAS.text} \ud800电 " * 25_000), tenant=tenant)
    [(found, _)] = await memory.recall(ABOUT_GAS, tenant=tenant)
    assert found.text.startswith(f"{GAS.text} ?电 ")
    assert len(found.text) == 4_000


async def test_many_at_once_all_remember(memory: AgentMemory, tenant: str) -> None:
    await asyncio.gather(*(memory.keep(replace(GAS, text=f"b{n} used gas."), tenant=tenant) for n in range(12)))
    found = await asyncio.gather(*(memory.recall("b3 used gas.", tenant=tenant, limit=50) for _ in range(6)))
    assert [len(one) for one in found] == [12] * 6


async def test_two_that_are_first_at_the_same_moment_share_one_collection(
    settings: Settings, embedder: Embedder, tenant: str
) -> None:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

    client = MilvusClient(await milvus_of(settings)())
    client.drop_collection(agent_memory_rows.COLLECTION)
    client.close()
    memories = [AgentMemory(milvus_of(settings), embedder) for _ in range(3)]
    await asyncio.gather(*(one.warm() for one in memories))
    await memories[0].keep(GAS, tenant=tenant)
    assert await texts(memories[1], ABOUT_GAS, tenant) == [GAS.text]
    await asyncio.gather(*(one.close() for one in memories))


async def test_killed_milvus_raises_soon_and_works_after_its_restart(
    settings: Settings, embedder: Embedder, tenant: str
) -> None:
    address = [await milvus_of(settings)()]

    async def fixed() -> str:
        return address[0]

    memory = AgentMemory(fixed, embedder)
    await memory.keep(GAS, tenant=tenant)
    os.kill(await pid_of(settings), signal.SIGKILL)
    start = time.perf_counter()
    for _ in range(3):
        with pytest.raises(MemoryDown, match="eaio up"):
            await memory.recall(ABOUT_GAS, tenant=tenant)
    assert time.perf_counter() - start < 1.0
    address[0] = await milvus_of(settings)()  # starts it, at another port
    assert await texts(memory, ABOUT_GAS, tenant) == [GAS.text]
    await memory.close()


async def test_embedded_milvus_that_was_killed_is_started_in_the_background(
    memory: AgentMemory, settings: Settings, tenant: str
) -> None:
    await memory.keep(GAS, tenant=tenant)
    os.kill(await pid_of(settings), signal.SIGKILL)
    start = time.perf_counter()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await memory.recall(ABOUT_GAS, tenant=tenant)
    assert time.perf_counter() - start < 0.8
    assert await texts(memory, ABOUT_GAS, tenant) == [GAS.text]


async def test_hanging_milvus_keeps_nobody_waiting_and_works_when_it_goes_on(
    memory: AgentMemory, settings: Settings, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await memory.keep(GAS, tenant=tenant)
    pid = await pid_of(settings)
    monkeypatch.setattr(agent_memory_rows, "CALL_TIMEOUT_S", 0.4)
    os.kill(pid, signal.SIGSTOP)
    try:
        start = time.perf_counter()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await memory.recall(ABOUT_GAS, tenant=tenant)
        assert time.perf_counter() - start < 0.6
        with pytest.raises(MemoryLate):
            await memory.recall(ABOUT_GAS, tenant=tenant)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert await texts(memory, ABOUT_GAS, tenant) == [GAS.text]


async def test_no_milvus_raises_at_once(embedder: Embedder) -> None:
    async def nowhere() -> str:
        return f"http://127.0.0.1:{free_port()}"

    memory = AgentMemory(nowhere, embedder)
    start = time.perf_counter()
    for call in (memory.warm(), memory.recall(ABOUT_GAS), memory.keep(GAS), memory.forget(["a"])):
        with pytest.raises(MemoryDown):
            await call
    assert time.perf_counter() - start < 0.5
    await memory.close()


async def test_milvus_that_cannot_start_is_down(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MemoryDown, match="EAIO_HOME"):
        await AgentMemory(milvus_of(Settings(home=tmp_path / "file")), embedder).recall(ABOUT_GAS)


async def test_closed_memory_is_down_and_given_uri_is_used_as_it_is(embedder: Embedder) -> None:
    given = milvus_of(Settings(milvus_uri="http://elsewhere:19530"))
    assert await given() == "http://elsewhere:19530"
    memory = AgentMemory(given, embedder)
    await memory.close()
    with pytest.raises(MemoryDown, match="closed"):
        await memory.recall(ABOUT_GAS)


async def test_closing_ends_the_wait_for_a_connection(embedder: Embedder) -> None:
    async def never() -> str:
        return await asyncio.Future[str]()

    memory = AgentMemory(never, embedder)
    waiting = asyncio.create_task(memory.warm())
    await asyncio.wait([waiting], timeout=0.01)
    await memory.close()
    with pytest.raises(MemoryDown, match="closed"):
        await waiting


class BrokenEmbedder:
    """Give no vector."""

    async def query(self, text: str) -> Vector:
        raise ModelFailed("embedder", "broke")

    async def passage(self, texts: Sequence[str]) -> Vector:
        raise ModelFailed("embedder", "broke")


async def test_broken_embedder_makes_memory_down(settings: Settings) -> None:
    memory = AgentMemory(milvus_of(settings), BrokenEmbedder())
    with pytest.raises(MemoryDown, match="broke"):
        await memory.recall(ABOUT_GAS)
    with pytest.raises(MemoryDown, match="broke"):
        await memory.keep(GAS)


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


@pytest.mark.slow
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
