"""A model of an Ollama host, asked through `langchain-ollama`."""

from typing import Any

import httpx
from langchain_ollama import ChatOllama
from ollama import ResponseError

from models.endpoint import Endpoint
from models.errors import ModelError, ModelUnreachable, NotLocal, TruncatedAnswer
from models.hosts.api import KEEP_ALIVE_S
from models.roles import Sampling
from models.statuses import Refusal, error_of
from models.transport import LocalTransport, NoSyncTransport, client_options
from models.voice import Schema, Voice

IN_STREAM = -1
"""What the client library gives as the status of an error that came as a line of the stream."""


def open_ollama_chat(endpoint: Endpoint, transport: LocalTransport) -> Voice:
    """Return the voice of a model at an Ollama host."""
    chat = ChatOllama(
        model=endpoint.model,
        base_url=endpoint.base_url,
        num_ctx=endpoint.context_tokens,
        keep_alive=KEEP_ALIVE_S,
        # A model that thinks aloud would spend the whole budget on it; the others take the word without harm.
        reasoning=False,
        async_client_kwargs=client_options(transport),
        sync_client_kwargs={"transport": NoSyncTransport(), "trust_env": False},
    )

    def options(sampling: Sampling, schema: Schema | None) -> dict[str, Any]:
        sent: dict[str, Any] = {
            "num_ctx": endpoint.context_tokens,
            "temperature": sampling.temperature,
            "num_predict": sampling.max_tokens,
        }
        if sampling.top_p is not None:
            sent["top_p"] = sampling.top_p
        return {"options": sent} if schema is None else {"options": sent, "format": dict(schema)}

    def translate(fault: Exception, begun: bool) -> ModelError | None:
        return _translate(fault, begun, endpoint)

    return Voice(endpoint.id, chat, options, translate)


def _translate(fault: Exception, begun: bool, endpoint: Endpoint) -> ModelError | None:
    if isinstance(fault, ResponseError):
        return _of_response(fault, begun, endpoint)
    if isinstance(fault, httpx.HTTPError | OSError):
        if begun:
            return TruncatedAnswer(endpoint.id, f"the connection broke ({type(fault).__name__})")
        return ModelUnreachable(endpoint.id, str(endpoint.base_url), str(fault) or type(fault).__name__)
    return None


def _of_response(fault: ResponseError, begun: bool, endpoint: Endpoint) -> ModelError:
    said = str(fault.error)
    if begun:
        return TruncatedAnswer(endpoint.id, said)
    if fault.status_code == httpx.codes.FORBIDDEN:  # Ollama asks for no key; it says so of models in its cloud
        return NotLocal(endpoint.id, said)
    status = None if fault.status_code == IN_STREAM else fault.status_code
    return error_of(Refusal(status, said, words=said), endpoint)
