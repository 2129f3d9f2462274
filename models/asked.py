"""When the question was asked that the current work is for."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_of_work: ContextVar[float | None] = ContextVar("when the current question was asked", default=None)


@contextmanager
def asked_now() -> Iterator[None]:
    """Note that what is done in the block, and in the tasks that it starts, is for a question asked at this moment.

    It may be left in another task than it was entered in, as generators are.
    """
    before = _of_work.get()
    _of_work.set(asyncio.get_running_loop().time())
    try:
        yield
    finally:
        _of_work.set(before)


def asked_s() -> float | None:
    """Return when the current question was asked, by the clock of the event loop; None where nobody noted it."""
    return _of_work.get()
