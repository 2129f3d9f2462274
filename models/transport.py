"""The way to a local model server, and to nothing else.

Client libraries read proxies, keys and organisations from the environment, follow redirects and add headers about the
machine they run on. This transport lets through requests to one proven address, with the headers that a model server
needs, and nothing else, whatever the environment holds.
"""

from typing import Any

import httpx

from models.address import Address

HEADERS_THAT_LEAVE = frozenset(
    {"host", "content-type", "content-length", "transfer-encoding", "accept", "accept-encoding", "connection"}
)
CONNECT_S = 2.0


class LocalTransport(httpx.AsyncBaseTransport):
    """Carry requests to one attested address."""

    def __init__(self, address: Address) -> None:
        if address.pinned is None:
            raise ValueError(f"{address.base_url} is not attested; pass what `attest` returned")
        self._address, self._ip = address, address.pinned
        # A connection for each call costs 0.2 ms on loopback; a kept one may be closed by the server (llama.cpp does
        # so after 5 s) just when it is used again. Plain http needs no certificates, which take 20 ms to load.
        self._inner = httpx.AsyncHTTPTransport(
            verify=address.scheme == "https", trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, or raise `httpx.ConnectError` where it would go anywhere else."""
        if httpx.URL(self._address.base_url).copy_with(path="/") != request.url.copy_with(path="/", query=None):
            raise httpx.ConnectError(f"refused: {request.url.host} is not {self._address.host}", request=request)
        return await self._inner.handle_async_request(self._stripped(request))

    def _stripped(self, request: httpx.Request) -> httpx.Request:
        """Return the request with the headers that may leave, aimed at the attested IP address."""
        return httpx.Request(
            request.method,
            request.url.copy_with(host=self._ip),
            headers=[(name, value) for name, value in request.headers.multi_items() if name in HEADERS_THAT_LEAVE],
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": self._address.host},
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


class NoSyncTransport(httpx.BaseTransport):
    """Refuse: client libraries build a blocking client beside the async one, and it is never to be used."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raise."""
        raise RuntimeError(f"blocking call to {request.url.host}; models are asked asynchronously")


def async_client(transport: LocalTransport, timeout_s: float | None = None) -> httpx.AsyncClient:
    """Return an async client on `transport`; `timeout_s` None leaves waits to the caller, but for the connection."""
    return httpx.AsyncClient(**client_options(transport, timeout_s))


def client_options(transport: LocalTransport, timeout_s: float | None = None) -> dict[str, Any]:
    """Return what an async client on `transport` is made with, for libraries that make their own."""
    timeout = httpx.Timeout(timeout_s, connect=CONNECT_S)
    return {"transport": transport, "trust_env": False, "follow_redirects": False, "timeout": timeout}
