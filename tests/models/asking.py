"""Ask a fake server through the port that nodes use, whichever protocol it speaks."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from config.settings import Settings
from models import ChatModels, Chunk, Deadline, Endpoint, Patience, open_chat_models
from models.pool.retry import Backoff
from models.pooled import Pooled
from tests.wire.ollama import FakeOllama
from tests.wire.openai import FakeOpenAI
from tests.wire.script import Act
from tests.wire.server import FakeServer

Protocol = Literal["ollama", "openai"]
PROTOCOLS: tuple[Protocol, ...] = ("ollama", "openai")
QUESTION = [("system", "You explain building energy data."), ("user", "Why is b4 high in winter?")]
LONG = Patience(first_token_s=10, next_token_s=10)


@dataclass(frozen=True)
class Asked:
    """A fake server, and the models that are asked there."""

    server: FakeServer
    models: ChatModels
    endpoint: Endpoint

    async def chunks(self, deadline_s: float = 10) -> list[Chunk]:
        """Ask the question and return all that came."""
        deadline = Deadline.after(deadline_s)
        async with aclosing(self.models.stream(self.endpoint, QUESTION, deadline=deadline)) as chunks:
            return [chunk async for chunk in chunks]


@asynccontextmanager
async def asking(protocol: Protocol, *script: Act, patience: Patience = LONG) -> AsyncIterator[Asked]:
    """Open models on a fake server that follows `script`."""
    async with FakeOllama(*script) if protocol == "ollama" else FakeOpenAI(*script) as server:
        profile: Literal["local", "embedded"] = "local" if protocol == "ollama" else "embedded"
        settings = Settings(profile=profile, ollama_host=server.host)

        async def start_embedded(_: Settings) -> str:
            return f"{server.url}/v1"

        once = Pooled(backoff=Backoff(tries=1))
        async with open_chat_models(settings, start_embedded=start_embedded, patience=patience, pooled=once) as models:
            endpoint, *_ = await models.ladder("analyst")
            yield Asked(server, models, endpoint)
