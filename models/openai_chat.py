"""A model behind the protocol of OpenAI, asked through `langchain-openai`: here the embedded model's own server."""

import re
from dataclasses import replace
from typing import Any

import httpx
import openai
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from models.endpoint import Endpoint
from models.errors import ModelError, ModelUnreachable, TruncatedAnswer
from models.roles import Sampling
from models.statuses import Refusal, code_of, error_of
from models.transport import LocalTransport, NoSyncTransport, async_client
from models.voice import Schema, Voice

HTTP_STATUS = re.compile(r"[45]\d\d", re.ASCII)
"""What llama.cpp gives as the code of an error."""


def open_openai_chat(endpoint: Endpoint, base_url: str, transport: LocalTransport) -> Voice:
    """Return the voice of a model at `base_url`, which ends before `/chat/completions`."""
    chat = ChatOpenAI(
        model=endpoint.model,
        base_url=base_url,
        api_key=SecretStr("none"),
        openai_proxy="",  # else OPENAI_PROXY is read, and refused beside a client of ours
        http_async_client=async_client(transport),
        http_client=httpx.Client(transport=NoSyncTransport(), trust_env=False),
        max_retries=0,
        timeout=None,
        stream_usage=True,
        stream_chunk_timeout=0,  # the waits are ours
        use_responses_api=False,
    )

    def translate(fault: Exception, begun: bool) -> ModelError | None:
        return _translate(fault, begun, endpoint, base_url)

    return Voice(endpoint.id, chat, _options, translate)


def _options(sampling: Sampling, schema: Schema | None) -> dict[str, Any]:
    sent: dict[str, Any] = {"temperature": sampling.temperature, "max_tokens": sampling.max_tokens}
    if sampling.top_p is not None:
        sent["top_p"] = sampling.top_p
    if schema is not None:
        # Given as `response_format` it would take the client's own parser, which hides an answer that is cut at its
        # longest; in the body it is the same bytes on the same path as any other stream.
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema), "strict": True}}
        sent["extra_body"] = {"response_format": form}
    return sent


def _translate(fault: Exception, begun: bool, endpoint: Endpoint, base_url: str) -> ModelError | None:
    if not isinstance(fault, openai.OpenAIError | httpx.HTTPError | OSError):
        return None
    if begun:
        return TruncatedAnswer(endpoint.id, f"{type(fault).__name__}: {fault}")
    if isinstance(fault, openai.APIConnectionError | httpx.HTTPError | OSError):
        return ModelUnreachable(endpoint.id, base_url, str(_root(fault)))
    said = refusal_of(fault)
    return error_of(replace(said, shown=said.words), endpoint)


def refusal_of(fault: openai.OpenAIError) -> Refusal:
    """Return what the server said, with a status of HTTP or inside a stream; shows its code."""
    if not isinstance(fault, openai.APIError):
        return Refusal(None, type(fault).__name__, words=str(fault))
    codes = tuple(code for code in (fault.code, fault.type) if isinstance(code, str))
    shown = code_of(codes)
    if isinstance(fault, openai.APIStatusError):
        return Refusal(fault.status_code, shown, codes, fault.message, headers=fault.response.headers)
    status = int(codes[0]) if codes and HTTP_STATUS.fullmatch(codes[0]) else None
    return Refusal(status, shown, codes, fault.message)


def _root(fault: BaseException) -> BaseException:
    """Return what began it: the client wraps "connection refused" in two errors that say less."""
    return fault if fault.__cause__ is None else _root(fault.__cause__)
