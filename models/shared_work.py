"""Work that is done once for all who want its result at the same moment.

It runs in a task of its own. Whoever leaves ends nothing for the others; the last one who leaves ends the work. A
result also goes to who asked before it was there (`asked_now`) and wants it afterwards, and to nobody who asked later.
An error goes to those who wait for it, and the next one has it done again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from models.asked import asked_s

Result = TypeVar("Result")
REMEMBERED, REMEMBERED_S = 100, 120.0
"""How many results are kept, and how long, seconds, for those who asked before they were there."""


class SharedWork(Generic[Result]):
    """The work under way and the last results, by what makes two the same."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, _Work[Result]] = {}
        self._done: OrderedDict[Hashable, tuple[float, Result]] = OrderedDict()

    async def of(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Return the result of the work under `key`, begun with `work` where it is not under way. Raises as it does.

        All get the same object.
        """
        ended_s, result = self._done.get(key, (0.0, None))
        if result is not None and (asked := asked_s()) is not None and asked < ended_s:
            return result
        one = self._under_way.get(key) or self._begun(key, work)
        one.waiting += 1
        try:
            return await asyncio.shield(one.task)
        finally:
            one.waiting -= 1
            if not one.waiting:
                self._forget(key, one)
                one.task.cancel()

    def _begun(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Result]]) -> "_Work[Result]":
        one = self._under_way[key] = _Work(asyncio.create_task(work(), context=Context()))
        one.task.add_done_callback(lambda _: self._keep(key, one))
        return one

    def _keep(self, key: Hashable, one: "_Work[Result]") -> None:
        self._forget(key, one)
        if one.task.cancelled() or one.task.exception() is not None:
            return
        loop = one.task.get_loop()
        done = self._done[key] = loop.time(), one.task.result()
        self._done.move_to_end(key)
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        loop.call_later(REMEMBERED_S, self._drop, key, done)

    def _drop(self, key: Hashable, done: tuple[float, Result]) -> None:
        if self._done.get(key) is done:
            del self._done[key]

    def _forget(self, key: Hashable, one: "_Work[Result]") -> None:
        if self._under_way.get(key) is one:
            del self._under_way[key]


@dataclass(eq=False, slots=True)
class _Work(Generic[Result]):
    """One piece of work, and how many wait for it."""

    task: asyncio.Task[Result]
    waiting: int = 0
