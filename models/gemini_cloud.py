"""Gemini, asked through `langchain-google-genai`."""

import ssl
from typing import Any

from google import genai
from google.genai.errors import APIError
from google.genai.types import HttpOptions
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from models.cloud_sites import CloudSite
from models.cloud_transport import Clients, ClosedTransport, Guard
from models.cloud_voice import CloudVoice, fault_of, quiet, refused
from models.errors import ModelError
from models.roles import Sampling
from models.statuses import Refusal, code_of, number
from models.voice import Schema, Voice

ONE_TRY = 1
"""The library takes 0 for its own default of five."""


TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For what the library opens past its HTTP clients, live sessions over websockets: no certificate is good enough."""


def open_gemini_cloud(site: CloudSite, guard: Guard) -> CloudVoice:
    """Return the voice of a site that speaks Gemini's protocol."""
    quiet()
    clients = Clients.of(guard)
    closed = {"transport": ClosedTransport(), "verify": TRUSTS_NOBODY, "ssl": TRUSTS_NOBODY}
    chat = ChatGoogleGenerativeAI(
        model=site.model,
        api_key=SecretStr("none"),  # the transport adds the key
        vertexai=False,
        base_url=site.base_url,
        client_args=closed,
        max_retries=ONE_TRY,
        thinking_budget=site.thinking_budget,
    )
    # Made by the library, the clients would be of the kind that GOOGLE_GENAI_HTTP_CLIENT names; these are ours.
    chat.client = genai.Client(
        api_key="none",
        vertexai=False,
        http_options=HttpOptions(
            base_url=site.base_url,
            client_args=closed,
            async_client_args=closed,
            httpx_client=clients.blocking,
            httpx_async_client=clients.asynchronous,
        ),
    )

    def translate(fault: Exception, begun: bool) -> ModelError | None:
        said = fault if isinstance(fault, APIError) else fault.__cause__
        if not isinstance(said, APIError):
            return fault_of(fault, begun, site)
        return refused(_refusal(said), begun, site)

    return CloudVoice(Voice(site.id, chat, _options, translate, adds_up=True), clients)


def _refusal(fault: APIError) -> Refusal:
    """Return what Gemini said: why, and when to come back, stand in the details of its error."""
    error = _table(_table(fault.details).get("error", fault.details))
    told = error.get("details")
    details = [_table(detail) for detail in told] if isinstance(told, list) else []
    codes = tuple(code for code in (*(d.get("reason") for d in details), fault.status) if isinstance(code, str))
    waits = [number(str(detail.get("retryDelay", "")).removesuffix("s")) for detail in details]
    headers = getattr(fault.response, "headers", None) or {}
    retry_s = next((wait for wait in waits if wait is not None), None)
    status: object = fault.code  # inside a stream it is whatever stands in the answer
    return Refusal(
        status if isinstance(status, int) else None, code_of(codes), codes, str(fault.message), retry_s, headers
    )


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _options(sampling: Sampling, schema: Schema | None) -> dict[str, Any]:
    sent: dict[str, Any] = {"temperature": sampling.temperature, "max_output_tokens": sampling.max_tokens}
    if schema is not None:
        sent |= {"response_mime_type": "application/json", "response_json_schema": dict(schema)}
    return sent
