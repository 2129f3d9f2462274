"""Ask a fake cloud with a cleared prompt, whichever protocol it speaks."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from pydantic import SecretStr

from models import Chunk, Deadline, Patience
from models.cloud_chat import CloudModels, open_cloud_models
from models.cloud_sites import SITES, CloudSite
from models.cloud_transport import Guard
from models.pool.retry import Backoff
from models.pooled import Pooled
from privacy.cleared import ClearedPrompt, seal
from privacy.labels import Label
from tests.wire.cloud import FakeChatCompletions, FakeDeepSeek
from tests.wire.cloud_server import FakeCloud
from tests.wire.gemini import FakeGemini
from tests.wire.script import Act

DESTINATIONS = tuple(SITES)
LONG = Patience(first_token_s=10, next_token_s=10)
KEY = "sk-test-0123456789"
QUESTION = (("system", "You explain building energy data."), ("user", "Why is Building A high in winter?"))
POLICY = "0123456789ab"


def fake_of(destination: str, *script: Act) -> FakeCloud:
    """Return the fake cloud that speaks the protocol of a destination."""
    fakes = {"openai": FakeChatCompletions, "deepseek": FakeDeepSeek, "gemini": FakeGemini}
    return fakes[SITES[destination].protocol](*script)


def site_at(destination: str, server: FakeCloud) -> CloudSite:
    """Return the site of a destination with its address at a fake cloud."""
    path = "" if SITES[destination].protocol == "gemini" else "/v1"
    return replace(SITES[destination], base_url=server.url + path, api_key=SecretStr(KEY))


def guard_of(site: CloudSite) -> Guard:
    """Return the guard that a site's transports have."""
    return Guard(site.door, lambda: SecretStr(KEY))


def cleared(site: CloudSite, **other: Any) -> ClearedPrompt:
    """Return a prompt as the gate would clear it for a site."""
    fields: dict[str, Any] = {
        "messages": QUESTION,
        "destination": site.destination,
        "hosts": (site.door.host,),
        "label": Label.PUBLIC,
        "policy_hash": POLICY,
        "temperature": 0.2,
        "max_tokens": 400,
    }
    return seal(**fields | other)


@dataclass(frozen=True)
class AskedCloud:
    """A fake cloud, its site, and the models that are asked there."""

    server: FakeCloud
    site: CloudSite
    models: CloudModels

    async def chunks(self, prompt: Any = None, deadline_s: float = 10) -> list[Chunk]:
        """Ask and return all that came."""
        sent = cleared(self.site) if prompt is None else prompt
        async with aclosing(self.models.stream(sent, deadline=Deadline.after(deadline_s))) as chunks:
            return [chunk async for chunk in chunks]


@asynccontextmanager
async def asking_cloud(
    destination: str, *script: Act, patience: Patience = LONG, policy_hash: Callable[[], str] | None = None
) -> AsyncIterator[AskedCloud]:
    """Open cloud models on a fake cloud that follows `script`."""
    async with fake_of(destination, *script) as server:
        site = site_at(destination, server)
        once = Pooled(backoff=Backoff(tries=1))
        async with open_cloud_models([site], patience=patience, policy_hash=policy_hash, pooled=once) as models:
            yield AskedCloud(server, site, models)
