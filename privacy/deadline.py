"""Work that must end in time. A thread cannot be stopped: one that is late is left behind, its result forgotten."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

MOST_AT_ONCE = 8
"""So many works may run at once, the late ones included: a detector that hangs cannot fill the machine with threads."""

_free = threading.BoundedSemaphore(MOST_AT_ONCE)


def within(seconds: float, work: Callable[[], T], *, free: threading.Semaphore = _free) -> T:
    """Return the result of `work`, or raise what it raises; `TimeoutError` where it takes longer than `seconds`.

    The thread is a daemon: work that hangs does not keep the process from ending.
    """
    ends = monotonic() + seconds
    if not free.acquire(timeout=seconds):
        raise TimeoutError("too many works are late already")
    told: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            told.put((work(), None))
        except BaseException as fault:  # noqa: BLE001 - it is raised again in the thread that waits
            told.put((None, fault))
        finally:
            free.release()

    threading.Thread(target=run, name="privacy-deadline", daemon=True).start()
    try:
        result, fault = told.get(timeout=max(0.0, ends - monotonic()))
    except Empty:
        raise TimeoutError(f"not done within {seconds:g} s") from None
    if fault is not None:
        raise fault
    return result  # type: ignore[return-value]  # without a fault it is what `work` returned
