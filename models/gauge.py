"""What only a model's own server knows: how much memory it holds, and how long it took over a prompt.

Calls go past the chat port, which reports what any provider reports; addresses are attested as for every other call.
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import BaseModel, Field, ValidationError

from config.settings import Settings
from models.address import attest, parse
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelError
from models.hosts.api import KEEP_ALIVE_S, open_api
from models.hosts.present import resident
from models.matrix import Probe
from models.ollama import full_name
from models.transport import LocalTransport, async_client

NANOSECONDS_A_MS = 1e6


async def resident_bytes(endpoint: Endpoint, settings: Settings) -> int | None:
    """Return the memory that a loaded model holds, bytes: by the word of Ollama, else of its process.

    None where it is not loaded or nobody can say.
    """
    if endpoint.place == "embedded":
        return await _of_process(settings)
    if endpoint.place != "ollama" or endpoint.base_url is None:
        return None
    try:
        async with open_api(endpoint.base_url) as api:
            # Ollama keeps equal weights once, under the name that asked first; their digests are equal.
            digest = next((t.digest for t in await api.tags() if full_name(t.name) == full_name(endpoint.model)), "")
            held = [resident(loaded) for loaded in await api.loaded()]
    except ModelError:
        return None
    return next((one.size_bytes for one in held if one.is_(endpoint.model, digest)), None)


async def probe(endpoint: Endpoint, base_url: str, prompt: str, tokens: int, deadline: Deadline) -> Probe | None:
    """Ask once, unstreamed, and return what the server says of its own time; None where it does not say.

    `base_url` is the server's, with `/v1` at its end where it speaks OpenAI's protocol.
    """
    messages = [{"role": "user", "content": prompt}]
    try:
        if endpoint.place == "ollama":
            sent = {"model": endpoint.model, "messages": messages, "stream": False, "think": False}
            options = {"num_ctx": endpoint.context_tokens, "num_predict": tokens, "temperature": 0.0}
            sent |= {"options": options, "keep_alive": KEEP_ALIVE_S}
            return _of_ollama(endpoint.id, await _post(base_url, "/api/chat", sent, deadline))
        body = {"model": endpoint.model, "messages": messages, "max_tokens": tokens, "temperature": 0.0}
        return _of_llama_cpp(endpoint.id, await _post(base_url, "/chat/completions", body, deadline))
    except (httpx.HTTPError, ModelError, ValidationError, ValueError):
        return None


class _OllamaTimes(BaseModel):
    prompt_eval_count: int = Field(gt=0)
    prompt_eval_duration: int = Field(gt=0)
    eval_count: int = 0
    eval_duration: int = 0


class _LlamaTimes(BaseModel):
    prompt_n: int = Field(gt=0)
    prompt_ms: float = Field(gt=0)
    predicted_n: int = 0
    predicted_ms: float = 0.0


def _of_ollama(model: str, said: Any) -> Probe:
    t = _OllamaTimes.model_validate(said)
    return Probe(
        model,
        t.prompt_eval_count,
        t.prompt_eval_duration / NANOSECONDS_A_MS,
        t.eval_count,
        t.eval_duration / NANOSECONDS_A_MS,
    )


def _of_llama_cpp(model: str, said: Any) -> Probe:
    """Read what llama.cpp adds to OpenAI's answer; its `prompt_n` leaves out what was in its cache."""
    t = _LlamaTimes.model_validate(said.get("timings") if isinstance(said, dict) else said)
    return Probe(model, t.prompt_n, t.prompt_ms, t.predicted_n, t.predicted_ms)


async def _of_process(settings: Settings) -> int | None:
    from services.embedded_model import embedded_model
    from services.process import status

    return (await status(embedded_model(settings))).rss_bytes


async def _post(base_url: str, path: str, body: Mapping[str, Any], deadline: Deadline) -> Any:
    address = await attest(parse(base_url))
    async with async_client(LocalTransport(address), timeout_s=max(0.1, deadline.remaining())) as client:
        answer = await client.post(address.base_url + path, json=body)
    answer.raise_for_status()
    return json.loads(answer.content)
