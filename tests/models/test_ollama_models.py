"""What a host has, how large it is, and what comes of fetching more."""

from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from typing import Any

import pytest

from models.errors import (
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotLocal,
    PermanentModelError,
    TransientModelError,
)
from models.hosts.api import OllamaApi, open_api
from models.hosts.loading import Use, memory_of, settle
from models.hosts.memory import GIB
from models.hosts.present import facts_of, models_of, residents_of
from models.hosts.pull import PullProgress, pull
from tests.wire.ollama_host import FakeOllamaHost
from tests.wire.openai import FakeOpenAI

QWEN = {
    "general.architecture": "qwen2",
    "qwen2.attention.head_count": 28,
    "qwen2.attention.head_count_kv": 4,
    "qwen2.block_count": 28,
    "qwen2.embedding_length": 3584,
    "qwen2.context_length": 32768,
}
COORDINATOR = Use("llama3.2:3b", ("coordinator",), 4096)
ANALYST = Use("qwen2.5:7b", ("analyst",), 4096)


async def pulled(api: OllamaApi, model: str, **more: Any) -> list[PullProgress]:
    async with aclosing(pull(api, model, **more)) as steps:
        return [step async for step in steps]


async def test_facts_of_a_model_are_those_of_its_weights() -> None:
    async with FakeOllamaHost() as fake, open_api(fake.host) as api:
        (facts,) = (await facts_of(api, ["QWEN2.5:7b", "nomodel"])).values()
    assert (facts.name, facts.quantisation, facts.family, facts.parameters) == (
        "qwen2.5:7b",
        "Q4_1",
        "llama",
        "134.52M",
    )
    assert (facts.size_bytes, facts.context_tokens, facts.digest) == (98363022, 8192, "digest of qwen2.5:7b")
    assert facts.kv_bytes_per_token == 30 * 3 * 2 * 64 * 2


async def test_memory_of_a_7b_model_grows_with_context_and_answers_at_once() -> None:
    async with FakeOllamaHost(info=QWEN) as fake, open_api(fake.host) as api:
        facts = (await models_of(api))[0]
    assert facts.kv_bytes_per_token == 57_344  # 56 KiB, as published for Qwen2.5-7B
    one, two = facts.footprint_bytes(4096), facts.footprint_bytes(4096, parallel=2)
    assert two - one == 4096 * 57_344
    assert facts.footprint_bytes(8192) > one


@pytest.mark.parametrize(
    ("heads", "expected"), [([3, 0, 3], 6), ([], 9 * 30), (None, 9 * 30), (["x"], 9 * 30), (-1, 9 * 30)]
)
async def test_heads_of_a_layer_may_differ_or_be_missing(heads: Any, expected: int) -> None:
    info = {**FakeOllamaHost().info, "llama.attention.head_count_kv": heads}
    async with FakeOllamaHost(info=info) as fake, open_api(fake.host) as api:
        facts = (await models_of(api))[0]
    assert facts.kv_bytes_per_token == expected * 2 * 64 * 2


async def test_forwarded_models_are_not_among_the_models() -> None:
    fake = FakeOllamaHost(("a:1b", "b:cloud", "c:1b"), remote={"a:1b": "https://ollama.com"})
    async with fake, open_api(fake.host) as api:
        assert [one.name for one in await models_of(api)] == ["c:1b"]


async def test_residents_are_known_by_name_or_by_content() -> None:
    async with FakeOllamaHost(loaded=["qwen2.5:7b"]) as fake, open_api(fake.host) as api:
        (one,) = await residents_of(api)
    assert (one.size_bytes, one.context_tokens, one.vram_bytes) == (190948608, 4096, 0)
    assert one.is_("Qwen2.5:7B")
    assert one.is_("other", "digest of qwen2.5:7b")
    assert not one.is_("other")


async def test_pull_tells_how_far_it_is() -> None:
    async with FakeOllamaHost() as fake, open_api(fake.host) as api:
        steps = await pulled(api, "gemma2:2b")
        assert "gemma2:2b" in fake.models
    assert steps[1] == PullProgress("pulling c1", 40, 100)
    assert steps[-1] == PullProgress("success", 40, 100)


async def test_layers_of_a_pull_add_up_and_never_exceed_their_total() -> None:
    layers = [{"status": "x", "digest": d, "total": 10, "completed": done} for d, done in (("a", 99), ("b", -5))]
    async with FakeOllamaHost(pulls=[*layers, "success"]) as fake, open_api(fake.host) as api:
        assert (await pulled(api, "m"))[-1] == PullProgress("success", 10, 20)


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "minimax-m2:cloud"])
async def test_cloud_tag_is_refused_before_anything_is_asked(model: str) -> None:
    async with FakeOllamaHost() as fake, open_api(fake.host) as api:
        with pytest.raises(NotLocal, match="cloud tag"):
            await pulled(api, model)
        assert fake.asked == []


async def test_model_that_is_forwarded_already_is_refused_before_the_pull() -> None:
    async with FakeOllamaHost(remote={"qwen2.5:7b": "https://ollama.com"}) as fake, open_api(fake.host) as api:
        with pytest.raises(NotLocal, match="runs at"):
            await pulled(api, "qwen2.5:7b")
        assert "/api/pull" not in fake.paths()


async def test_model_that_turns_out_to_be_forwarded_is_refused_and_removed() -> None:
    async with FakeOllamaHost(pulled_is_remote=True) as fake, open_api(fake.host) as api:
        with pytest.raises(NotLocal, match=r"ollama\.com"):
            await pulled(api, "harmless:3b")
        assert "harmless:3b" not in fake.models


async def test_model_that_was_there_before_is_not_removed_by_a_pull_of_a_forwarding_one() -> None:
    async with FakeOllamaHost(pulled_is_remote=True) as fake, open_api(fake.host) as api:
        with pytest.raises(NotLocal):
            await pulled(api, "qwen2.5:7b")
        assert "/api/delete" not in fake.paths()


@pytest.mark.parametrize("model", ["", "http://evil/model", "two words", "new\nline"])
async def test_name_that_is_none_is_refused(model: str) -> None:
    async with FakeOllamaHost() as fake, open_api(fake.host) as api:
        with pytest.raises(PermanentModelError, match="no name of a model"):
            await pulled(api, model)


@pytest.mark.parametrize(
    ("pulls", "kind", "words"),
    [
        ([{"error": "pull model manifest: file does not exist"}], PermanentModelError, "the library has no 'm:1b'"),
        ([{"error": "pull model manifest: 412: a newer version of Ollama"}], PermanentModelError, "a newer Ollama"),
        ([{"error": "write: no space left on device"}], PermanentModelError, "disk is full"),
        ([{"error": "dial tcp: no such host"}], TransientModelError, "run `eaio models pull m:1b` again"),
        (["pulling manifest"], TransientModelError, "the connection ended"),
        ([(500, "boom")], ModelFailed, "boom"),
    ],
)
async def test_pull_that_fails_says_what_to_do(pulls: list[Any], kind: type[ModelError], words: str) -> None:
    async with FakeOllamaHost(pulls=pulls) as fake, open_api(fake.host) as api:
        with pytest.raises(kind, match="m:1b") as caught:
            await pulled(api, "m:1b")
    assert words in str(caught.value)


async def test_pull_that_falls_silent_is_given_up_and_what_came_is_kept() -> None:
    async with FakeOllamaHost(pulls=["pulling manifest", None]) as fake, open_api(fake.host) as api:
        with pytest.raises(TransientModelError, match=r"silent for 0\.1 s; what has come is kept"):
            await pulled(api, "m:1b", silence_s=0.1)


async def test_models_of_equal_content_are_loaded_and_counted_once() -> None:
    same = {"llama3.2:3b": "same", "qwen2.5:7b": "same"}
    async with FakeOllamaHost(digests=same, loaded=["qwen2.5:7b"]) as fake, open_api(fake.host) as api:
        memory = await memory_of(api, [COORDINATOR, ANALYST], budget_bytes=GIB)
    assert [(s.model, s.action) for s in memory.plan.steps] == [("llama3.2:3b", "keep")]
    assert memory.uses[0].roles == ("coordinator", "analyst")
    assert memory.held_bytes == 190948608


async def test_plan_is_carried_out_and_then_nothing_is_left_to_do() -> None:
    fake = FakeOllamaHost(("llama3.2:3b", "qwen2.5:7b", "old:1b"), loaded=["old:1b"])
    async with fake, open_api(fake.host) as api:
        waited = Use("qwen2.5:7b", ("analyst",), 4096, waiting=2)
        memory = await memory_of(api, [COORDINATOR, waited], budget_bytes=350_000_000)
        assert await settle(api, memory) == []
        assert fake.loaded == ["qwen2.5:7b"]
        again = await memory_of(api, [COORDINATOR, waited], budget_bytes=350_000_000)
    assert (again.plan.of("load"), again.plan.of("unload")) == ((), ())
    assert fake.tokens()[0]["options"]["num_ctx"] == 4096


async def test_what_goes_wrong_with_a_plan_is_returned() -> None:
    async with FakeOllamaHost(loaded=["gone:1b"]) as fake, open_api(fake.host) as api:
        memory = await memory_of(api, [Use("qwen2.5:7b", ("analyst",), 4096, 1)], budget_bytes=340_000_000)
        fake.failing = [(500, b'{"error":"out of memory"}')]
        assert [type(fault) for fault in await settle(api, memory)] == [ModelFailed]


async def test_context_that_others_made_larger_counts_as_it_is() -> None:
    async with FakeOllamaHost(loaded=["qwen2.5:7b"]) as fake, open_api(fake.host) as api:
        small = Use("qwen2.5:7b", ("analyst",), 512)
        memory = await memory_of(api, [small])
        (step,) = memory.plan.steps
    assert step.size_bytes == 190948608


@contextmanager
def failing(kind: type[ModelError], words: str) -> Iterator[None]:
    with pytest.raises(kind, match=words):
        yield


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        ((404, b'{"error":"model not found"}'), ModelNotFound, "ollama pull"),
        ((403, b'{"error":"ollama cloud is disabled"}'), NotLocal, "cloud is disabled"),
        ((503, b'{"error":"server busy"}'), ModelBusy, "busy"),
        ((500, b"<html>"), ModelFailed, "not Ollama"),
        ((500, b"{}"), ModelFailed, "no reason given"),
        ((200, b"[]"), MalformedAnswer, "out of form"),
        ((200, b'{"error":"half"}'), MalformedAnswer, "half"),
    ],
)
async def test_faults_of_a_host_are_told_apart(reply: tuple[int, bytes], kind: type[ModelError], words: str) -> None:
    async with FakeOllamaHost(failing=[reply]) as fake, open_api(fake.host) as api:
        with failing(kind, words):
            await api.one_token("qwen2.5:7b", 4096, keep_alive_s=1, timeout_s=2)


async def test_silent_host_and_absent_host_are_told_apart() -> None:
    async with FakeOllamaHost(stopped=True) as fake, open_api(fake.host) as api:
        with failing(ModelTimeout, "answer"):
            await api.loaded(0.05)
    async with open_api(fake.host) as api:
        with failing(ModelUnreachable, "nothing listens"):
            await api.tags()


async def test_other_server_is_not_taken_for_a_host() -> None:
    async with FakeOpenAI() as other, open_api(other.host) as api:
        with failing(ModelFailed, "404"):
            await api.tags()


async def test_public_host_is_not_opened() -> None:
    with failing(NotLocal, "neither this machine"):
        async with open_api("http://8.8.8.8"):
            pass
