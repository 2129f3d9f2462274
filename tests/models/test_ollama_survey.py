"""What an Ollama host has is what runs on it; what it forwards is as good as absent."""

import asyncio
import socket
import time

import pytest

from models.errors import ModelNotFound, ModelUnreachable, NotLocal
from models.ollama import full_name, is_cloud_tag, survey
from tests.wire.ollama import FakeOllama, tag
from tests.wire.openai import FakeOpenAI
from tests.wire.server import silent_port

FAST = 0.3


async def test_survey_says_version_and_models() -> None:
    async with FakeOllama(models=("llama3.2:3b", "qwen2.5:latest")) as fake:
        host = await survey(fake.host)
    assert (host.reachable, host.version) == (True, "0.17.4")
    assert host.has("llama3.2:3b")
    assert host.has("qwen2.5")
    assert host.has("Library/Qwen2.5".casefold())
    assert not host.has("llama3.2")
    assert not host.has("qwen2.5:7b")


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("qwen2.5", "qwen2.5:latest"),
        ("LLaMA3.2:3B", "llama3.2:3b"),
        ("registry.ollama.ai/library/qwen2.5:7b", "qwen2.5:7b"),
        ("hf.co:443/bartowski/Qwen", "hf.co:443/bartowski/qwen:latest"),
    ],
)
def test_names_are_compared_with_their_tag(name: str, full: str) -> None:
    assert full_name(name) == full


@pytest.mark.parametrize("name", ["gpt-oss:120b-cloud", "minimax-m2:cloud", "GPT-OSS:20B-Cloud"])
def test_cloud_tags_are_known(name: str) -> None:
    assert is_cloud_tag(name)
    assert not is_cloud_tag("cloud-llama:3b")


async def test_model_with_a_cloud_tag_is_as_good_as_absent() -> None:
    async with FakeOllama(models=("gpt-oss:120b-cloud",)) as fake:
        host = await survey(fake.host)
    assert host.models == ()
    assert not host.has("gpt-oss:120b-cloud")
    refusal = host.refusal("ollama:gpt-oss:120b-cloud", "gpt-oss:120b-cloud")
    assert refusal is not None
    assert isinstance(refusal(), NotLocal)


async def test_model_with_a_remote_manifest_is_as_good_as_absent_whatever_its_name() -> None:
    remote = tag("llama3.2:3b", remote_host="https://ollama.com:443", remote_model="gpt-oss:120b")
    async with FakeOllama(models=(remote, "qwen2.5:7b")) as fake:
        host = await survey(fake.host)
    assert not host.has("llama3.2:3b")
    assert "ollama.com" in str(host.leaves("llama3.2:3b"))
    assert host.has("qwen2.5:7b")


@pytest.mark.parametrize(("alias", "prefix"), [("llama3.2:3b", False), ("llama", True)])
async def test_alias_hides_the_model_of_its_name(alias: str, prefix: bool) -> None:
    async with FakeOllama() as fake:
        fake.aliases = [{"alias": alias, "target": "gpt-oss:120b-cloud", "prefix_matching": prefix}]
        host = await survey(fake.host)
    assert host.leaves("llama3.2:3b") == "is an alias of gpt-oss:120b-cloud"
    assert host.has("qwen2.5:7b")


async def test_missing_model_names_what_is_there_and_the_command_that_mends_it() -> None:
    async with FakeOllama(models=("qwen2.5:7b",)) as fake:
        refusal = (await survey(fake.host)).refusal("ollama:llama3.2:3b", "llama3.2:3b")
    assert refusal is not None
    error = refusal()
    assert isinstance(error, ModelNotFound)
    assert str(error) == "ollama:llama3.2:3b has qwen2.5:7b, not 'llama3.2:3b'; run `ollama pull llama3.2:3b`"


async def test_host_where_nothing_listens_is_unreachable() -> None:
    async with silent_port() as port:
        pass  # closed again: nothing listens there now
    host = await survey(port)
    assert (host.reachable, host.reason) == (False, "nothing listens there")
    refusal = host.refusal("ollama:qwen2.5:7b", "qwen2.5:7b")
    assert refusal is not None
    assert isinstance(refusal(), ModelUnreachable)


async def test_host_of_an_unknown_name_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    async def getaddrinfo(*_: object, **__: object) -> list[object]:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    assert (await survey("gpu-box")).reason == "the name 'gpu-box' is unknown"


async def test_host_that_takes_the_connection_and_is_silent_is_given_up_in_time() -> None:
    async with silent_port() as port:
        host = await survey(port, timeout_s=FAST)
    assert host.reason == f"no answer within {FAST} s"


async def test_host_that_answers_is_heard_by_a_process_that_is_busy_with_others() -> None:
    async def others() -> None:
        while True:
            time.sleep(0.02)  # noqa: ASYNC251 - as the work of a crowd does, which keeps the loop from turning
            await asyncio.sleep(0)

    async with FakeOllama() as fake:
        crowd = asyncio.create_task(others())
        host = await survey(fake.host, timeout_s=0.1)
        crowd.cancel()
    assert host.reachable, host.reason


async def test_another_server_at_that_port_is_not_taken_for_ollama() -> None:
    async with FakeOpenAI() as other:
        host = await survey(other.host)
    assert (host.reachable, host.reason) == (False, "it answers with status 404, so it is not Ollama")


async def test_answers_out_of_form_are_not_taken_for_ollama() -> None:
    async with FakeOllama() as fake:
        fake.tags = [{"no": "name"}]
        assert (await survey(fake.host)).reason == "what answers there is not Ollama"


async def test_public_host_gets_no_request() -> None:
    host = await survey("http://8.8.8.8:11434", timeout_s=FAST)
    assert (host.near, host.reachable) == (False, False)
    refusal = host.refusal("ollama:qwen2.5:7b", "qwen2.5:7b")
    assert refusal is not None
    assert isinstance(refusal(), NotLocal)
