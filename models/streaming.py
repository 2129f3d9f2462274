"""One answer as a stream that cannot hang and leaves nothing behind.

The vendor's stream runs in a task of its own. So every wait of ours has an end; whoever stops listening cancels the
task, which closes the connection and frees the server, at once and not when garbage is collected; and the task runs in
an empty context, where LangChain finds no callbacks of a caller. Tokens that nothing has checked yet thus reach neither
a trace nor the `messages` stream of a graph.

An answer is complete once the model has said why it stopped. What a protocol sends after that, the counts and a mark of
the end, is waited for a moment and not missed.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextvars import Context
from dataclasses import dataclass, field

from models.deadline import Deadline
from models.errors import ModelTimeout
from models.finishes import fault_of, finish_of
from models.roles import Patience
from models.usage import Chunk, Finish, Part, Usage, estimate_tokens, is_believable

CLOSING_S = 1.0
"""Longest wait for a cancelled call to close its connection, seconds; it takes well under a millisecond."""
ENDING_S = 1.0
"""Longest wait for what comes after the answer, seconds. Servers send it with the last token; some never do."""


async def relay(
    source: AsyncIterator[Part], *, endpoint: str, prompt: str, deadline: Deadline, patience: Patience
) -> AsyncGenerator[Chunk, None]:
    """Yield the texts of `source`, then one last chunk with finish and usage.

    Raises `ModelTimeout` where the first text, the next one, or the end takes too long, the error of an answer that was
    stopped before it was done (see `models.finishes`), and whatever `source` raises.
    Close it (`contextlib.aclosing`) to end the call before its end.
    """
    tally, inbox = _Tally(), _Inbox(asyncio.Queue())
    task = asyncio.create_task(inbox.fill(source), context=Context())
    try:
        while (part := await inbox.next(tally, deadline, patience, endpoint)) is not None:
            tally.add(part, endpoint)
            if part.text:
                yield Chunk(part.text)
        if task.done():  # else its end was not waited for
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
        allowed_s = tally.allowed_s(patience)
        patient = Deadline.after(allowed_s)
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(patient.remaining(), deadline.remaining())):
                    return await self.queue.get()
            if patient.expired or deadline.expired:  # else the deadline has moved while it waited
                break
        if tally.finished is not None:
            return None
        raise ModelTimeout(endpoint, *tally.waiting(allowed_s, deadline))


@dataclass(slots=True)
class _Tally:
    """What has come so far, and when."""

    started: float = field(default_factory=time.perf_counter)
    first: float | None = None
    last: float = 0.0
    text: list[str] = field(default_factory=list)
    finish: Finish = "stop"
    finished: float | None = None
    """When the model said why it stopped."""
    counts: tuple[int, int] | None = None
    cached: int = 0
    model: str | None = None

    @property
    def begun(self) -> bool:
        return self.first is not None

    def elapsed_s(self) -> float:
        return time.perf_counter() - self.started

    def allowed_s(self, patience: Patience) -> float:
        """Return how long the next part may take, seconds."""
        if self.finished is not None:
            return self.finished + ENDING_S - time.perf_counter()
        return patience.next_token_s if self.begun else patience.first_token_s - self.elapsed_s()

    def waiting(self, allowed_s: float, deadline: Deadline) -> tuple[str, float]:
        """Return what is waited for in vain, and for how long: whichever of both limits was met."""
        if not self.begun:
            return "first token", self.elapsed_s()
        return ("end of its answer", self.elapsed_s()) if deadline.expired else ("next token", allowed_s)

    def add(self, part: Part, endpoint: str) -> None:
        """Take a part in; raises `ModelError` where it ends the answer, and not well."""
        if part.finish is not None:
            finish = finish_of(part.finish)
            if finish is None:
                raise fault_of(part.finish, endpoint, begun=self.begun or bool(part.text))
            self.finish, self.finished = finish, time.perf_counter()
        if part.text and self.first is None:
            self.first = part.at
        self.last = part.at
        self.text.append(part.text)
        if part.tokens_in is not None and part.tokens_out is not None:
            self.counts, self.cached = (part.tokens_in, part.tokens_out), part.cached
        self.model = part.model or self.model

    def usage(self, prompt: str) -> Usage:
        """Return the cost: as the server counted it where that can be true, else estimated."""
        text = "".join(self.text)
        counted = self.counts is not None and is_believable(*self.counts, prompt, text)
        counts = self.counts if self.counts and counted else (estimate_tokens(prompt), estimate_tokens(text))
        first = self.last if self.first is None else self.first
        return Usage(
            *counts,
            estimated=not counted,
            ttft_ms=(first - self.started) * 1000,
            duration_ms=(self.last - self.started) * 1000,
            model=self.model,
            cached=min(max(0, self.cached), counts[0]) if counted else 0,
        )
