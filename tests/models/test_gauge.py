"""What only a model's server knows: its memory, and its own clock."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from config.settings import Settings
from models import Deadline, Endpoint
from models.gauge import probe, resident_bytes
from models.matrix import Probe
from services.embedded_model import ensure_embedded_model
from tests.models.ollama_server import OllamaServer
from tests.wire.ollama import FakeOllama
from tests.wire.server import Request

PROMPT = "Report 7\n- Building b1: 12,100 kWh\n- Building b2: 9,300 kWh\nSay which building stands out."


def ollama(host: str, model: str = "llama3.2:3b") -> Endpoint:
    return Endpoint(f"ollama:{model}", "analyst", "ollama", model, f"http://{host}", 4096)


class Telling(FakeOllama):
    """An Ollama with one loaded model, and with an answer in one piece."""

    loaded: object = {"models": [{"name": "other:1b", "size": 1000, "digest": "c1"}]}
    whole: object = {"done": True, "prompt_eval_count": 30, "prompt_eval_duration": 2_000_000}

    def is_chat(self, request: Request) -> bool:
        return False

    def other(self, request: Request) -> tuple[int, bytes]:
        if request.path in ("/api/ps", "/api/chat", "/v1/chat/completions"):
            said = self.loaded if request.path == "/api/ps" else self.whole
            return 200, said if isinstance(said, bytes) else json.dumps(said).encode()
        return super().other(request)


@pytest.fixture
async def server() -> AsyncIterator[Telling]:
    async with Telling() as running:
        yield running


async def test_memory_is_found_under_the_name_that_equal_weights_were_loaded_by(server: Telling) -> None:
    assert await resident_bytes(ollama(server.host), Settings()) == 1000


async def test_model_that_is_not_loaded_has_no_memory(server: Telling) -> None:
    server.loaded = {"models": []}
    assert await resident_bytes(ollama(server.host), Settings()) is None


@pytest.mark.parametrize("said", [b"nope", {"models": [{"size": 5}]}])
async def test_memory_that_cannot_be_read_is_unknown(server: Telling, said: Any) -> None:
    server.loaded = said
    assert await resident_bytes(ollama(server.host), Settings()) is None


async def test_memory_of_a_host_that_is_gone_or_of_a_cloud_is_unknown() -> None:
    assert await resident_bytes(ollama("127.0.0.1:9"), Settings()) is None
    cloud = Endpoint("cloud:gpt-4o", "analyst", "cloud", "gpt-4o", None, 4096, local=False)
    assert await resident_bytes(cloud, Settings()) is None


async def test_ollama_tells_the_time_it_took_over_a_prompt(server: Telling) -> None:
    endpoint = ollama(server.host)
    found = await probe(endpoint, f"http://{server.host}", PROMPT, 16, Deadline.after(5))
    assert found == Probe(endpoint.id, 30, 2.0)


async def test_llama_cpp_tells_the_time_it_took_over_a_prompt(server: Telling) -> None:
    server.whole = {"timings": {"prompt_n": 30, "prompt_ms": 150.0, "predicted_n": 16, "predicted_ms": 320.0}}
    endpoint = Endpoint("embedded:m", "analyst", "embedded", "m", None, 4096)
    found = await probe(endpoint, f"http://{server.host}/v1", PROMPT, 16, Deadline.after(5))
    assert found == Probe("embedded:m", 30, 150.0, 16, 320.0)


@pytest.mark.parametrize(
    "said", [b"nope", b"[]", {}, {"prompt_eval_count": 0, "prompt_eval_duration": 1}, {"prompt_eval_count": "x"}]
)
@pytest.mark.parametrize("place", ["ollama", "embedded"])
async def test_server_that_does_not_tell_its_time_gives_no_probe(server: Telling, said: Any, place: Any) -> None:
    server.whole = said
    endpoint = Endpoint("m", "analyst", place, "m", None, 4096)
    assert await probe(endpoint, f"http://{server.host}/v1", PROMPT, 16, Deadline.after(5)) is None


async def test_no_probe_goes_beyond_this_network() -> None:
    endpoint = Endpoint("m", "analyst", "ollama", "m", "http://8.8.8.8:80", 4096)
    assert await probe(endpoint, "http://8.8.8.8:80", PROMPT, 16, Deadline.after(5)) is None


@pytest.mark.slow
async def test_real_ollama_tells_both(ollama_server: OllamaServer) -> None:
    endpoint = ollama(ollama_server.host, "qwen2.5:7b")
    found = await probe(endpoint, f"http://{ollama_server.host}", PROMPT, 4, Deadline.after(60))
    assert found is not None
    assert found.prompt_tokens > 20
    assert found.prompt_ms > 0
    assert (await resident_bytes(endpoint, Settings()) or 0) > 100_000_000


@pytest.mark.slow
async def test_real_embedded_model_tells_both(embedded_settings: Settings) -> None:
    endpoint = Endpoint("embedded:smollm2:135m", "analyst", "embedded", "smollm2:135m", None, 4096)
    url = await ensure_embedded_model(embedded_settings)
    found = await probe(endpoint, url, PROMPT, 4, Deadline.after(60))
    assert found is not None
    assert found.prompt_tokens > 20
    assert (await resident_bytes(endpoint, embedded_settings) or 0) > 100_000_000
