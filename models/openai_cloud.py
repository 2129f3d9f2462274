"""GPT-4o and DeepSeek, asked through `langchain-openai`."""

from typing import Any

import openai
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from models.cloud_sites import CloudSite
from models.cloud_transport import Clients, Guard
from models.cloud_voice import CloudVoice, fault_of, quiet, refused
from models.errors import ModelError
from models.openai_chat import refusal_of
from models.roles import Sampling
from models.voice import Schema, Voice

NOWHERE = "wss://127.0.0.1:9"
"""Where the library's websockets lead, which know no transport: to the discard port of this machine."""


def open_openai_cloud(site: CloudSite, guard: Guard) -> CloudVoice:
    """Return the voice of a site that speaks OpenAI's protocol."""
    quiet()
    clients = Clients.of(guard)
    chat = ChatOpenAI(
        model=site.model,
        base_url=site.base_url,
        api_key=SecretStr("none"),  # the transport adds the key
        openai_proxy="",  # else OPENAI_PROXY is read, and refused beside a client of ours
        http_async_client=clients.asynchronous,
        http_client=clients.blocking,
        max_retries=0,
        timeout=None,
        stream_usage=True,
        stream_chunk_timeout=0,  # the waits are ours
        use_responses_api=False,
    )
    chat.root_client.websocket_base_url = chat.root_async_client.websocket_base_url = NOWHERE

    def translate(fault: Exception, begun: bool) -> ModelError | None:
        if isinstance(fault, openai.APIError) and not isinstance(fault, openai.APIConnectionError):
            return refused(refusal_of(fault), begun, site)
        return fault_of(fault, begun, site)

    return CloudVoice(Voice(site.id, chat, _openai if site.protocol == "openai" else _deepseek, translate), clients)


def _openai(sampling: Sampling, schema: Schema | None) -> dict[str, Any]:
    sent: dict[str, Any] = {"temperature": sampling.temperature, "max_completion_tokens": sampling.max_tokens}
    if schema is not None:
        # In the body, past the client's own parser, which hides an answer that is cut at its longest.
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema), "strict": True}}
        sent["extra_body"] = {"response_format": form}
    return sent


def _deepseek(sampling: Sampling, schema: Schema | None) -> dict[str, Any]:
    """DeepSeek knows the older limit only, which the client would rename, and JSON without a schema."""
    body: dict[str, Any] = {"max_tokens": sampling.max_tokens}
    if schema is not None:
        body["response_format"] = {"type": "json_object"}
    return {"temperature": sampling.temperature, "extra_body": body}
