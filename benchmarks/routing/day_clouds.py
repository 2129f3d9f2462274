"""The three clouds of the mixed day: they speak their protocols on loopback, keep every byte, and misbehave as told.

What a healthy one writes is made of the prompt that it got: a sentence that repeats the first fact, which verification
can carry, and one that says what to check. It takes the time of a usual answer, and counts a token for every four
characters.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from models.cloud_sites import SITES
from tests.wire.cloud import FakeChatCompletions, FakeDeepSeek
from tests.wire.cloud_server import FakeCloud
from tests.wire.gemini import FakeGemini
from tests.wire.script import Act, Say
from tests.wire.server import Request

FIRST_TOKEN_S, TOKENS_A_SECOND = 0.6, 80.0
CHARS_A_TOKEN = 4
ADVICE = "The building manager should check the schedules of heating and cooling soon."


class _Writing(FakeCloud):
    """A cloud that answers what it is asked, or does what it is told."""

    told: Act | None = None

    def act_for(self, request: Request) -> Act:
        """Return the answer to a prompt, unless something else was told."""
        return self.told or answer_to(prompt_of(request.json))


class WritingOpenAI(_Writing, FakeChatCompletions):
    """OpenAI's protocol."""


class WritingDeepSeek(_Writing, FakeDeepSeek):
    """DeepSeek's."""


class WritingGemini(_Writing, FakeGemini):
    """Gemini's."""


KINDS: dict[str, Callable[[Say], _Writing]] = {
    "openai": WritingOpenAI,
    "deepseek": WritingDeepSeek,
    "gemini": WritingGemini,
}


def answer_to(prompt: str) -> Say:
    """Return two sentences on a prompt, after the time that they would take, with their counts."""
    fact = next((line for line in prompt.splitlines() if line.startswith("- ")), "")
    text = f"{stated(fact)} {ADVICE}".strip()
    tokens_in, tokens_out = (-(-len(part) // CHARS_A_TOKEN) for part in (prompt, text))
    return Say(text, usage=(tokens_in, tokens_out), delay_s=FIRST_TOKEN_S + tokens_out / TOKENS_A_SECOND)


def stated(fact: str) -> str:
    """Return a fact's line as a sentence, without its caveats."""
    words, _, figure = fact.removeprefix("- ").partition(" [")[0].rpartition(": ")
    return f"{words}: {figure}." if words else ""


def prompt_of(body: Any) -> str:
    """Return every text of a request, whatever its protocol calls it, one a line."""
    return "\n".join(_texts(body))


def _texts(body: Any) -> Iterator[str]:
    if isinstance(body, list):
        for part in body:
            yield from _texts(part)
    elif isinstance(body, dict):
        for name, part in body.items():
            if name in ("text", "content") and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)


@dataclass(frozen=True)
class Clouds:
    """The running clouds, by the names that they have in the policy."""

    servers: dict[str, _Writing]

    def tell(self, act: Act | None, *names: str) -> None:
        """Let some clouds, all if none is named, do something else from now on; None is to answer."""
        for name in names or self.servers:
            self.servers[name].told = act

    @property
    def received(self) -> bytes:
        """Return every byte that any of them was sent."""
        return b"".join(bytes(server.received) for server in self.servers.values())

    @property
    def bytes_in(self) -> int:
        """Return how many bytes they were sent."""
        return sum(len(server.received) for server in self.servers.values())

    def host(self, name: str) -> str:
        """Return a cloud's `host:port`."""
        return self.servers[name].url.removeprefix("http://")

    def base_url(self, name: str) -> str:
        """Return where a cloud's API begins."""
        return self.servers[name].url + ("" if SITES[name].protocol == "gemini" else "/v1")


@asynccontextmanager
async def clouds() -> AsyncIterator[Clouds]:
    """Serve the three on free ports."""
    async with AsyncExitStack() as stack:
        servers = {name: KINDS[site.protocol](Say()) for name, site in SITES.items()}
        for server in servers.values():
            await stack.enter_async_context(server)
        yield Clouds(servers)
