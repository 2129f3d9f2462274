"""The voices of the endpoints: opened when first asked, then kept."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from weakref import WeakSet

from config.settings import Settings
from models.address import attest, parse
from models.endpoint import Endpoint
from models.errors import ModelUnreachable, NotLocal
from models.transport import LocalTransport

if TYPE_CHECKING:
    from models.voice import Voice

StartEmbedded = Callable[[Settings], Awaitable[str]]


class Voices:
    """One voice for each endpoint that was asked. Its transports close with `close`."""

    def __init__(self, settings: Settings, start_embedded: StartEmbedded) -> None:
        self._settings, self._start_embedded = settings, start_embedded
        self._kept: dict[tuple[str, str | None], Voice] = {}
        self._transports = WeakSet[LocalTransport]()
        self._opening = asyncio.Lock()

    async def of(self, endpoint: Endpoint) -> "Voice":
        """Return the voice of an endpoint; raises `ModelUnreachable` or `NotLocal` where there is none."""
        async with self._opening:
            key = (endpoint.id, endpoint.base_url)
            if key not in self._kept:
                self._kept[key] = await self._open(endpoint)
            return self._kept[key]

    def forget(self, endpoint: Endpoint) -> None:
        """Open the endpoint anew next time: its server may be gone, and come up elsewhere."""
        self._kept.pop((endpoint.id, endpoint.base_url), None)

    async def close(self) -> None:
        """Close every connection."""
        self._kept.clear()
        for transport in list(self._transports):
            await transport.aclose()

    async def _open(self, endpoint: Endpoint) -> "Voice":
        if endpoint.place == "cloud":
            raise NotLocal(endpoint.id, "a cloud takes a cleared prompt, through `CloudModels`")
        base_url = endpoint.base_url or await self._embedded_url(endpoint)
        transport = LocalTransport(await attest(parse(base_url), endpoint.id))
        self._transports.add(transport)
        return await asyncio.to_thread(_make, endpoint, base_url, transport)

    async def _embedded_url(self, endpoint: Endpoint) -> str:
        from services.errors import ServiceError

        try:
            return await self._start_embedded(self._settings.model_copy(update={"num_ctx": endpoint.context_tokens}))
        except ServiceError as fault:
            raise ModelUnreachable(endpoint.id, "a server of its own", str(fault)) from fault


def _make(endpoint: Endpoint, base_url: str, transport: LocalTransport) -> "Voice":
    """Load the client library, which takes half a second, and make the voice; runs in a thread."""
    if endpoint.place == "ollama":
        from models.ollama_chat import open_ollama_chat

        return open_ollama_chat(endpoint, transport)
    from models.openai_chat import open_openai_chat

    return open_openai_chat(endpoint, base_url, transport)


async def start_embedded_model(settings: Settings) -> str:
    """Return the base URL of the embedded model's server, started where it does not run yet."""
    from services.embedded_model import ensure_embedded_model

    return await ensure_embedded_model(settings)
