"""How urgent the work is that a task does: said once around it, and not by every call within."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from models.pool.work import Priority

_of_task: ContextVar[Priority | None] = ContextVar("the urgency of the current work", default=None)


@contextmanager
def urgency(priority: Priority) -> Iterator[None]:
    """Make every call in the block, and in the tasks that it starts, as urgent as `priority`.

    Enter it in the task that does the work: a generator that yields within would leave it to whoever reads from it.
    """
    before = _of_task.set(priority)
    try:
        yield
    finally:
        _of_task.reset(before)


def urgency_or(usual: Priority) -> Priority:
    """Return how urgent the current work was said to be, or `usual`."""
    said = _of_task.get()
    return usual if said is None else said
