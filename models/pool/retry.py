"""Asking one endpoint again, before anything of its answer has been shown.

The waits are those of full jitter (Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015): anything from
nothing to a bound that doubles, so that callers who failed together do not come back together. It is written here since
retry libraries repeat calls, and what is repeated here is a stream up to its first piece.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from models.deadline import Deadline
from models.errors import BudgetRefused, ModelError, ModelOverloaded, ModelResting, NotClearedForCloud

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often to ask, and how long to wait before asking again."""

    tries: int = 3
    """How often an endpoint is asked in all."""
    first_s: float = 0.25
    """Longest wait before the second try, seconds; each one after it may be twice as long."""
    longest_s: float = 4.0
    """Longest wait of all, seconds; an endpoint may ask for a longer one."""

    def __post_init__(self) -> None:
        if self.tries < 1 or not 0 <= self.first_s <= self.longest_s:
            raise ValueError(f"{self}: tries is 1 or more, first_s at least 0 and at most longest_s")

    def wait_s(self, tried: int, error: ModelError, chance: float) -> float:
        """Return the wait after `tried` tries. A Retry-After is the least, and the jitter is added to it."""
        jitter = chance * min(self.longest_s, self.first_s * 2.0 ** (tried - 1))
        return float(getattr(error, "retry_after_s", 0.0)) + jitter


BACKOFF = Backoff()
CONSEQUENCES = (BudgetRefused, ModelOverloaded, ModelResting, NotClearedForCloud)
"""What a repeated call may meet because of the failures before it: those say more."""


async def persistent(
    ask: Callable[[], AsyncGenerator[Piece, None]],
    *,
    deadline: Deadline,
    backoff: Backoff = BACKOFF,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    chance: Callable[[], float] = random.random,
    on_again: Callable[[ModelError, float], None] | None = None,
    longest_rest_s: float = 0.0,
) -> AsyncGenerator[Piece, None]:
    """Yield the pieces of `ask()`, and ask again where it failed before its first one and its error says `again`.

    Raises the last error: where it says that the same call fails again, after the last try, where a wait does not fit
    the deadline (at once, not after it), and always once a piece was yielded, since what has been shown cannot be taken
    back. An endpoint that is left alone for `longest_rest_s` at most is waited for, once. `on_again` is told each error
    that is passed over, and the wait after it.
    """
    before: ModelError | None = None
    rested = False
    for tried in range(1, backoff.tries + 1):
        shown = False
        try:
            async with aclosing(ask()) as pieces:
                async for piece in pieces:
                    shown = True
                    yield piece
        except ModelError as error:
            wait_s = backoff.wait_s(tried, error, chance())
            over = shown or tried == backoff.tries or wait_s >= deadline.remaining()
            if isinstance(error, ModelResting) and error.retry_after_s <= longest_rest_s and not (rested or over):
                rested = True
            else:
                if before is not None and isinstance(error, CONSEQUENCES):
                    raise before from None
                before = error
                if over or not error.again:
                    raise
            if on_again is not None:
                on_again(error, wait_s)
        else:
            return
        await sleep(wait_s)
