"""Blocking work in a thread that nobody has to wait for."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise what it raises.

    Whoever stops waiting gets away at once, while the thread goes on unseen. Unlike the threads of an executor it does
    not keep the process from ending, so a server that hangs cannot either.
    """
    promise = Future[T]()
    promise.set_running_or_notify_cancel()  # from here a cancelled wait leaves it alone, and `run` may still fill it
    Thread(target=_run, args=(work, promise), daemon=True).start()
    return await asyncio.wrap_future(promise)


def _run(work: Callable[[], T], promise: Future[T]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits
        promise.set_exception(error)
    else:
        promise.set_result(result)
