"""Asking a second endpoint where the first is slow to begin. Off unless a time is given.

It costs a second call, so it is for the few calls that a person waits for. The caller passes only endpoints that may
see the prompt: this file knows nothing of labels.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Generic, TypeVar

from models.errors import ModelError

Piece = TypeVar("Piece")
Ask = Callable[[], AsyncGenerator[Piece, None]]


async def hedged(first: Ask[Piece], second: Ask[Piece], *, after_s: float | None = None) -> AsyncGenerator[Piece, None]:
    """Yield the pieces of whichever begins first; the other is cancelled at once, which frees its slot.

    `second` is asked where `first` has given nothing after `after_s` seconds (`Prediction.ttft_high_s` is by when 19 of
    20 calls have begun), never where it is None. A failure of one before its first piece leaves it to the other;
    where both fail, the first one's error is raised. One that fails by itself is not hedged: that is a retry's matter.
    """
    runners = [_Runner(first)]
    try:
        if after_s is not None and not await runners[0].begins_within(after_s):
            runners.append(_Runner(second))
        chosen = await _first_to_begin(runners)
        for other in runners:
            if other is not chosen:
                await other.stop()
        while not isinstance(piece := await chosen.pieces.get(), _End):
            yield piece
        await chosen.task
    finally:
        for runner in runners:
            await runner.stop()


class _End:
    """What comes after the last piece."""


class _Runner(Generic[Piece]):
    """One stream in a task of its own, so that a wait for it can end without ending it."""

    def __init__(self, ask: Ask[Piece]) -> None:
        self.pieces = asyncio.Queue[Piece | _End]()
        self.begun = asyncio.Event()
        self.task = asyncio.create_task(self._run(ask))

    async def begins_within(self, seconds: float) -> bool:
        """Tell whether the first piece, or the end, comes in so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self.begun.wait()
        except TimeoutError:
            return False
        return True

    def failed(self) -> bool:
        """Tell whether it ended in an error of the model before its first piece."""
        ended = self.begun.is_set() and self.task.done() and not self.task.cancelled()
        return ended and self.pieces.qsize() == 1 and isinstance(self.task.exception(), ModelError)

    async def stop(self) -> None:
        """Cancel it, and wait until it has let go of what it holds."""
        self.task.cancel()
        await asyncio.wait([self.task])
        if not self.task.cancelled():
            self.task.exception()  # seen: whoever lost is not asked why

    async def _run(self, ask: Ask[Piece]) -> None:
        try:
            async with aclosing(ask()) as pieces:
                async for piece in pieces:
                    self.pieces.put_nowait(piece)
                    self.begun.set()
        finally:
            self.pieces.put_nowait(_End())
            self.begun.set()


async def _first_to_begin(runners: list[_Runner[Piece]]) -> _Runner[Piece]:
    """Return the runner that gave the first piece, or the first one where all failed."""
    waiting = {asyncio.create_task(runner.begun.wait()): runner for runner in runners}
    try:
        while waiting:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in [task for task in waiting if task in done]:
                runner = waiting.pop(task)
                if not runner.failed():
                    return runner
        return runners[0]
    finally:
        for task in waiting:
            task.cancel()
