"""The only way out of the building: transports that carry cleared prompts, and nothing else.

Client libraries have many ways to call: streams, batches, tools, embeddings, retries, redirects, a blocking client
beside the async one. All of them end here. What arrives is compared with the cleared prompt of the current call; what
leaves is written anew from that prompt, so that no URL, header, cookie or field of a client's own ever does. The
credential is added here: no client object holds it.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from models.bounded_answer import bounded
from privacy.cleared import ClearedPrompt, check, spend
from privacy.egress import Door, require_cleared
from privacy.errors import NotCleared

WAITS = httpx.Timeout(None, connect=5.0)
"""The waits after the connection are the caller's."""
USER_AGENT = "eaio"
BEFORE_WRITING = ("send_request_headers.started", "send_request_body.started")
"""What httpcore calls the moments before it writes to a connection that is open."""

_carried: ContextVar[ClearedPrompt | None] = ContextVar("the cleared prompt of the current call", default=None)


@contextlib.contextmanager
def carrying(prompt: ClearedPrompt) -> Iterator[None]:
    """Let the guarded transports send `prompt` within. Hold it around one step of a stream, never around a `yield`."""
    token = _carried.set(prompt)
    try:
        yield
    finally:
        _carried.reset(token)


@dataclass(frozen=True, slots=True)
class Guard:
    """What the transports of one door ask before they send."""

    door: Door
    credential: Callable[[], SecretStr]
    """Gives the key to use now, so that keys can be changed while calls run."""
    policy_hash: Callable[[], str] | None = None
    """Gives the hash of the policy in force; prompts of another one are then refused."""

    def admit(self, request: httpx.Request) -> httpx.Request:
        """Return the request to send in place of `request`, or raise `NotCleared`."""
        prompt = _carried.get()
        if prompt is None:
            raise NotCleared(f"{self.door.destination} was asked without a cleared prompt; clear it at the gate")
        prompt = check(prompt, self.door.destination, self.policy_hash() if self.policy_hash else None)
        if not isinstance(request.stream, httpx.ByteStream):
            raise NotCleared("the body is not plain bytes")
        url, headers = str(request.url), request.headers.multi_items()
        body = require_cleared(prompt, self.door, request.method, url, headers, request.content)
        spend(prompt)
        return self._anew(url, body)

    def still(self, event: str, _info: object) -> None:
        """Raise `NotCleared` where the prompt of the current call does not hold any more, before a part is written.

        A connection takes its time to open, and the policy may change meanwhile. httpcore tells each `event`.
        """
        prompt = _carried.get()
        if prompt is not None and event.endswith(BEFORE_WRITING):
            check(prompt, self.door.destination, self.policy_hash() if self.policy_hash else None)

    def arrived(self, response: httpx.Response) -> httpx.Response:
        """Return what may enter of a response; a redirect may not, whoever would follow it."""
        if response.is_redirect:
            raise NotCleared(f"{self.door.destination} redirects (status {response.status_code}), and is not followed")
        return bounded(response)

    def _anew(self, url: str, body: bytes) -> httpx.Request:
        """Write the request. Nothing of the client's is taken over; one of httpx's extensions would replace the URL."""
        key = self.credential().get_secret_value()
        credential = ("x-goog-api-key", key) if self.door.protocol == "gemini" else ("authorization", f"Bearer {key}")
        fixed = {
            "accept": "application/json, text/event-stream",
            "accept-encoding": "identity",
            "content-type": "application/json",
            "user-agent": USER_AGENT,
        }
        headers = [*fixed.items(), credential]
        return httpx.Request("POST", url, headers=headers, content=body, extensions={"timeout": WAITS.as_dict()})


class GuardedTransport(httpx.AsyncBaseTransport):
    """Carries cleared prompts to one door, for clients that do not block."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpx.AsyncHTTPTransport(verify=_verify(guard.door), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send what is cleared; raises `NotCleared` before anything is opened."""
        admitted = self._guard.admit(request)

        async def still(event: str, info: object) -> None:
            self._guard.still(event, info)

        admitted.extensions["trace"] = still  # httpcore calls one that is made for its kind of client only
        response = await self._inner.handle_async_request(admitted)
        try:
            return self._guard.arrived(response)
        except BaseException:
            await response.aclose()
            raise

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


class GuardedSyncTransport(httpx.BaseTransport):
    """Carries cleared prompts to one door, for clients that block: no library may fall back on a free one."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpx.HTTPTransport(verify=_verify(guard.door), trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send what is cleared; raises `NotCleared` before anything is opened."""
        admitted = self._guard.admit(request)
        admitted.extensions["trace"] = self._guard.still
        response = self._inner.handle_request(admitted)
        try:
            return self._guard.arrived(response)
        except BaseException:
            response.close()
            raise

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()


class ClosedTransport(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """Carries nothing: for clients that a library insists on making and that are never to be used."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raise."""
        return self.handle_request(request)

    def handle_request(self, _request: httpx.Request) -> httpx.Response:
        """Raise."""
        raise NotCleared("a client of a library's own was used; only guarded ones may be")


@dataclass(frozen=True, slots=True)
class Clients:
    """A pair of clients that can reach one door only."""

    asynchronous: httpx.AsyncClient
    blocking: httpx.Client

    @classmethod
    def of(cls, guard: Guard) -> "Clients":
        """Return the clients that a library is given in place of its own."""
        plain: dict[str, Any] = {"trust_env": False, "follow_redirects": False, "timeout": WAITS}
        return cls(
            httpx.AsyncClient(transport=GuardedTransport(guard), **plain),
            httpx.Client(transport=GuardedSyncTransport(guard), **plain),
        )

    async def close(self) -> None:
        """Close both."""
        await self.asynchronous.aclose()
        self.blocking.close()


def _verify(door: Door) -> bool:
    """Tell whether certificates are checked: always, but loading them takes 20 ms that plain http does not need."""
    return door.base_url.startswith("https:")
