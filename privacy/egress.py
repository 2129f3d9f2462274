"""What may go through the door of a destination: one URL, no header of the client's, one body.

Nothing here opens a connection. A transport hands over what a client library wants to send, and gets back the bytes to
send instead: the cleared prompt in the protocol of the door. Everything else raises `NotCleared`, in words that repeat
nothing of the request.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Never

from privacy.cleared import ClearedPrompt
from privacy.errors import NotCleared
from privacy.wire_forms import Protocol, deepseek_body, difference, gemini_body, openai_body, written

BASE_URL = re.compile(r"(https?)://((?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)((?:/[A-Za-z0-9._~-]+)*)")
MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}

# What client libraries add of themselves. None of it is sent: a transport writes every header anew.
CLIENT_HEADERS = frozenset(
    "accept accept-encoding authorization connection content-length content-type host openai-organization"
    " openai-project user-agent x-goog-api-client x-goog-api-key x-server-timeout".split()
)
CLIENT_HEADER_PREFIX = "x-stainless-"
ROOM = 65_536
"""Bytes that a body may have beyond six for each character of the cleared texts, the longest form of JSON."""


@dataclass(frozen=True, slots=True)
class Door:
    """The one place of a destination that may be asked."""

    destination: str
    protocol: Protocol
    base_url: str
    """Without a slash at the end: `https://api.openai.com/v1`. Plain http is for an IP address of loopback only."""
    model: str
    thinking_budget: int | None = None
    """Tokens that Gemini may think before it answers; None sends none. Part of `max_tokens`."""

    def __post_init__(self) -> None:
        parts = BASE_URL.fullmatch(self.base_url)
        if parts is None or parts[2].endswith(DEFAULT_PORTS[parts[1]]):
            raise ValueError(f"{self.destination}: the base URL is not of the form https://host[:port][/path]")
        if parts[1] == "http" and not _is_loopback(parts[2]):
            raise ValueError(f"{self.destination}: http is for a loopback address as 127.0.0.1; use https")
        if MODEL.fullmatch(self.model) is None:
            raise ValueError(f"{self.destination}: {self.model!r} is no name of a model")

    @property
    def host(self) -> str:
        """Return the host, with its port where that is not the usual one: as a policy names it."""
        return self.base_url.split("/")[2]

    def url(self, *, streamed: bool) -> str:
        """Return the URL of an answer in pieces, or of a whole one."""
        if self.protocol != "gemini":
            return f"{self.base_url}/chat/completions"
        call = "streamGenerateContent?alt=sse" if streamed else "generateContent"
        return f"{self.base_url}/v1beta/models/{self.model}:{call}"

    def body(self, prompt: ClearedPrompt, *, streamed: bool) -> dict[str, Any]:
        """Return the form of the body."""
        if self.protocol == "gemini":
            return gemini_body(prompt, self.thinking_budget)
        make = openai_body if self.protocol == "openai" else deepseek_body
        return make(prompt, self.model, streamed=streamed)


def require_cleared(
    prompt: ClearedPrompt, door: Door, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes
) -> bytes:
    """Return the body to send where a request is `prompt` and nothing else, or raise `NotCleared`.

    The prompt itself must have been found good by `privacy.cleared.check`.
    """
    if method != "POST":
        raise NotCleared(f"{door.destination} is asked by POST only")
    if door.host not in prompt.hosts:
        raise NotCleared(f"{door.host} is not a host of {prompt.destination} in the policy")
    forms = [door.body(prompt, streamed=streamed) for streamed in (True, False) if url == door.url(streamed=streamed)]
    if not forms:
        raise NotCleared(f"the URL is not the one at which {door.destination} is asked")
    _require_known_headers(headers)
    found = _json(body, 6 * sum(len(text) for _, text in prompt.messages) + 6 * len(prompt.schema or "") + ROOM)
    faults = [difference(form, found) for form in forms]
    if all(faults):
        raise NotCleared(str(faults[0]))
    return json.dumps(written(forms[faults.index(None)]), ensure_ascii=False, separators=(",", ":")).encode()


def _require_known_headers(headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        known = name.lower() in CLIENT_HEADERS or name.lower().startswith(CLIENT_HEADER_PREFIX)
        if not known:  # so also Cookie, Content-Encoding and Transfer-Encoding; its name may be somebody's words
            raise NotCleared("a header is not one of those that client libraries send")
        if name.lower() == "content-type" and value.lower().partition(";")[0].strip() != "application/json":
            raise NotCleared("the body is not of type application/json")


def _json(body: bytes, most: int) -> Any:
    if len(body) > most:
        raise NotCleared(f"the body has {len(body)} bytes; the cleared prompt has {most} at most")
    try:
        return json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        said = "nested too deep" if isinstance(fault, RecursionError) else "no plain JSON in UTF-8"
    raise NotCleared(f"the body is {said}")  # outside of `except`: the fault holds the body


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key comes twice")
    return dict(pairs)


def _no_constant(_name: str) -> Never:
    raise ValueError("JSON has no NaN")


def _is_loopback(host: str) -> bool:
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False  # a name can be made to point anywhere
