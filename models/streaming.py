"""One answer as a stream that cannot hang and leaves nothing behind.

The vendor's stream runs in a task of its own. So every wait of ours has an end; whoever stops listening cancels the
task, which closes the connection and frees the server, at once and not when garbage is collected; and the task runs in
an empty context, where LangChain finds no callbacks of a caller. Tokens that nothing has checked yet thus reach neither
a trace nor the `messages` stream of a graph.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextvars import Context
from dataclasses import dataclass, field

from models.deadline import Deadline
from models.errors import ModelTimeout
from models.roles import Patience
from models.usage import Chunk, Finish, Part, Usage, estimate_tokens

CLOSING_S = 1.0
"""Longest wait for a cancelled call to close its connection, seconds; it takes well under a millisecond."""


async def relay(
    source: AsyncIterator[Part], *, endpoint: str, prompt: str, deadline: Deadline, patience: Patience
) -> AsyncGenerator[Chunk, None]:
    """Yield the texts of `source`, then one last chunk with finish and usage.

    Raises `ModelTimeout` where the first text, the next one, or the end takes too long, and whatever `source` raises.
    Close it (`contextlib.aclosing`) to end the call before its end.
    """
    tally, inbox = _Tally(), _Inbox(asyncio.Queue())
    task = asyncio.create_task(inbox.fill(source), context=Context())
    try:
        while (part := await inbox.next(tally, deadline, patience, endpoint)) is not None:
            tally.add(part)
            if part.text:
                yield Chunk(part.text)
        task.result()
        yield Chunk("", tally.finish, tally.usage(prompt))
    finally:
        await _stop(task)


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task], timeout=CLOSING_S)
    if task.done() and not task.cancelled():
        task.exception()  # seen: it has been raised already, or came while nobody listened any more


@dataclass(frozen=True, slots=True)
class _Inbox:
    """Parts on their way from the vendor's task; None is the end."""

    queue: asyncio.Queue[Part | None]

    async def fill(self, source: AsyncIterator[Part]) -> None:
        try:
            async for part in source:
                self.queue.put_nowait(part)
        finally:
            self.queue.put_nowait(None)

    async def next(self, tally: "_Tally", deadline: Deadline, patience: Patience, endpoint: str) -> Part | None:
        allowed_s = patience.next_token_s if tally.begun else patience.first_token_s - tally.elapsed_s()
        try:
            async with asyncio.timeout(min(allowed_s, deadline.remaining())):
                return await self.queue.get()
        except TimeoutError:
            raise ModelTimeout(endpoint, *tally.waiting(allowed_s, deadline)) from None


@dataclass(slots=True)
class _Tally:
    """What has come so far, and when."""

    started: float = field(default_factory=time.perf_counter)
    first: float | None = None
    last: float = 0.0
    text: list[str] = field(default_factory=list)
    finish: Finish = "stop"
    tokens_in: int | None = None
    tokens_out: int | None = None

    @property
    def begun(self) -> bool:
        return self.first is not None

    def elapsed_s(self) -> float:
        return time.perf_counter() - self.started

    def waiting(self, allowed_s: float, deadline: Deadline) -> tuple[str, float]:
        """Return what is waited for in vain, and for how long: whichever of both limits was met."""
        if not self.begun:
            return "first token", self.elapsed_s()
        return ("end of its answer", self.elapsed_s()) if deadline.expired else ("next token", allowed_s)

    def add(self, part: Part) -> None:
        if part.text and self.first is None:
            self.first = part.at
        self.last = part.at
        self.text.append(part.text)
        if part.finish == "length":
            self.finish = "length"
        if part.tokens_in is not None:
            self.tokens_in, self.tokens_out = part.tokens_in, part.tokens_out

    def usage(self, prompt: str) -> Usage:
        counted = self.tokens_in is not None and self.tokens_out is not None
        first = self.last if self.first is None else self.first
        return Usage(
            tokens_in=self.tokens_in if self.tokens_in is not None else estimate_tokens(prompt),
            tokens_out=self.tokens_out if self.tokens_out is not None else estimate_tokens("".join(self.text)),
            estimated=not counted,
            ttft_ms=(first - self.started) * 1000,
            duration_ms=(self.last - self.started) * 1000,
        )
