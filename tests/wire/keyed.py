"""A cloud that looks at keys: it takes those it knows, and repeats a wrong one in its refusal, as clouds have done."""

import asyncio

from tests.wire.cloud import FakeChatCompletions
from tests.wire.script import Act, Say, Status
from tests.wire.server import Request, _Answer

BEARER = "Bearer "


class KeyedCompletions(FakeChatCompletions):
    """OpenAI's protocol behind keys. Keys are known, forgotten and limited while it runs."""

    def __init__(self, *known: str, act: Act | None = None) -> None:
        super().__init__(act or Say())
        self.known = set(known)
        self.of_key: dict[str, Act] = {}
        """What is done for a key instead of what is done for others."""
        self.refused_keys: list[str] = []
        self.open = asyncio.Event()
        """Nothing is answered until it is set."""
        self.open.set()
        self._waiting: list[tuple[int, asyncio.Event]] = []

    @property
    def sent(self) -> list[str]:
        """Return the key of each request."""
        return [key_of(request) for request in self.requests]

    async def has_requests(self, number: int) -> None:
        """Wait until so many requests are there."""
        event = asyncio.Event()
        self._waiting.append((number, event))
        self._wake()
        await event.wait()

    async def _act(self, act: Act, answer: _Answer) -> None:
        self._wake()
        await self.open.wait()
        key = key_of(answer.request)
        if key not in self.known:
            self.refused_keys.append(key)
            act = Status(401, f"Incorrect API key provided: {key}.")
        done = self.of_key.get(key, act)
        await super()._act(done, answer)
        if not isinstance(done, Say | Status):
            raise ConnectionResetError  # ends the connection, which is kept for what the script says

    def _wake(self) -> None:
        for number, event in self._waiting:
            if len(self.requests) >= number:
                event.set()


def key_of(request: Request) -> str:
    """Return the key that a request has."""
    return request.headers.get("authorization", "").removeprefix(BEARER)
