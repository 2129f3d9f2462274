"""Where calls to a model wait while its host is mended, instead of failing one after the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from models.deadline import Deadline
from models.errors import ModelError, ModelTimeout
from models.hosts.traffic import Call, Traffic

Refusal = Callable[[], ModelError]


class Door:
    """The way to one model. Open, or shut until it is mended, or refused because nothing will mend it now."""

    def __init__(self, endpoint: str, model: str, traffic: Traffic) -> None:
        self._endpoint, self._model, self._traffic = endpoint, model, traffic
        self._open = asyncio.Event()
        self._open.set()
        self._refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a call would be let in at once."""
        return self._open.is_set() and self._refusal is None

    def open(self) -> None:
        """Let calls in, those that wait first."""
        self._refusal = None
        self._open.set()

    def shut(self) -> None:
        """Have calls wait."""
        self._refusal = None
        self._open.clear()

    def refuse(self, refusal: Refusal) -> None:
        """Send calls away, those that wait too, so that they go elsewhere."""
        self._refusal = refusal
        self._open.set()

    @asynccontextmanager
    async def admitted(self, deadline: Deadline, *, first_token_s: float = 0.0) -> AsyncIterator[Call]:
        """Let a call in and count it while it is under way; tell the `Call` of every token.

        Raises `ModelTimeout` where the door stays shut until the deadline, and what it was refused with.
        """
        left = deadline.remaining()
        try:
            async with deadline.timeout():
                await self._open.wait()
        except TimeoutError:
            raise ModelTimeout(self._endpoint, "restart of its host", left) from None
        if self._refusal:
            raise self._refusal()
        with self._traffic.call(self._model, first_token_s=first_token_s) as call:
            yield call
