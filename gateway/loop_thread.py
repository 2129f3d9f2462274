"""An event loop in a thread of its own, so that what is open stays alive while a person thinks."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

Result = TypeVar("Result")


class LoopThread:
    """Runs coroutines for the thread that types. A context manager: the loop ends with its block."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="eaio-loop", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return the result of a coroutine; Ctrl-C cancels it, waits until it has cleaned up, and is raised."""
        future = asyncio.run_coroutine_threadsafe(_named(work), self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            asyncio.run_coroutine_threadsafe(_others_done(), self._loop).result()
            raise


async def _named(work: Coroutine[Any, Any, Result]) -> Result:
    task = asyncio.current_task()
    assert task is not None
    task.set_name("asked")
    return await work


async def _others_done() -> None:
    """Wait until the work that was asked for is over."""
    asked = [task for task in asyncio.all_tasks() if task.get_name() == "asked"]
    await asyncio.gather(*asked, return_exceptions=True)
