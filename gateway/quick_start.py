"""Half a second less to a command: Python's collector need not walk a thousand modules that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing_much() -> Iterator[None]:
    """Import without collecting: nothing of a module is garbage, and looking for it takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def leave_quickly() -> None:
    """Spare the process its last collection, which would walk all that was imported (0.5 s with all clients loaded)."""
    gc.freeze()
