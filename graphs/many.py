"""Many questions of one caller, as work that nobody waits for: a portfolio, a nightly list."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from typing import Any, Protocol

from graphs.answer_json import fault_json
from models.pool import Priority
from models.pool.urgency import urgency
from telemetry.log import log
from tools.errors import DataUnavailable

AT_ONCE = 2
"""One is written while the facts of the next are computed. More of them only wait for the same model, each in its own
time for an answer."""
REPEATS = 1_000
"""How many questions may wait for the answer to another of the same words."""
REMEMBERED = 256
"""How many of the last answers are kept for a question that comes again."""
NOTHING_SPENT = {"tokens_in": 0, "tokens_out": 0, "estimated": False, "cost": 0.0}
Answer = dict[str, Any]


class Answers(Protocol):
    """What answers a question: an open `Runtime`."""

    async def ask(self, question: str) -> Answer:
        """Return the object that `eaio ask --json` writes."""
        ...


async def ask_many(
    runtime: Answers, questions: Iterable[str] | AsyncIterable[str], *, at_once: int = AT_ONCE
) -> AsyncGenerator[Answer, None]:
    """Yield the answers as they are finished, each the object of `Runtime.ask` with the `number` of its question.

    Numbers begin with 1; a blank question has one and no answer. The same words are asked once: the others get the same
    answer, with `same_as`, the number of the one that was asked, and a `usage` of nothing. One that breaks is an answer
    of status `error`, and the rest goes on. Questions are read no further ahead than they are asked, so there may be
    any number of them. Close it to stop; what is under way is cancelled. `at_once` is at least 1, else `ValueError`.
    """
    if at_once < 1:
        raise ValueError(f"at_once is {at_once}; at least 1 question is asked at a time")
    asking = _Asking(runtime, _each(questions), at_once)
    try:
        while await asking.step():
            for answer in asking.finished():
                yield answer
    finally:
        await asking.stop()


class _Asking:
    """The questions under way, and who waits for each."""

    def __init__(self, runtime: Answers, questions: AsyncGenerator[str, None], at_once: int) -> None:
        self._runtime, self._questions, self._at_once = runtime, questions, at_once
        self._reading: asyncio.Task[str | None] | None = None
        self._read = 0
        self._ended = False
        self._under_way: dict[str, asyncio.Task[Answer]] = {}
        self._numbers: dict[str, list[int]] = {}
        self._remembered: OrderedDict[str, tuple[int, Answer]] = OrderedDict()
        self._known: list[Answer] = []

    async def step(self) -> bool:
        """Wait until a question is read or answered; tell whether there is more to do."""
        if self._reading is None and self._may_read():
            self._reading = asyncio.create_task(self._next())
        waiting = {*self._under_way.values(), *([self._reading] if self._reading else [])}
        if not waiting:
            return False
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if self._reading and self._reading.done():
            question, self._reading = self._reading.result(), None
            self._take(question)
        return True

    def finished(self) -> list[Answer]:
        """Return what is answered now, and not returned yet."""
        for words in [words for words, task in self._under_way.items() if task.done()]:
            answer, (first, *others) = self._under_way.pop(words).result(), self._numbers.pop(words)
            self._known += [answer | {"number": first}, *(_repeated(answer, n, first) for n in others)]
            if answer["status"] == "answered":
                self._remembered[words] = first, answer
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        known, self._known = self._known, []
        return known

    async def stop(self) -> None:
        """End what is under way."""
        tasks = [*self._under_way.values(), *([self._reading] if self._reading else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._questions.aclose()

    async def _next(self) -> str | None:
        return await anext(self._questions, None)

    def _may_read(self) -> bool:
        waiting = sum(map(len, self._numbers.values()))
        return not self._ended and len(self._under_way) < self._at_once and waiting < REPEATS

    def _take(self, question: str | None) -> None:
        """Begin to answer a question, unless its words are known or being answered; None is the end."""
        if question is None:
            self._ended = True
            return
        self._read += 1
        words = question.strip()
        if words in self._remembered:
            first, answer = self._remembered[words]
            self._known.append(_repeated(answer, self._read, first))
        elif words:
            self._numbers.setdefault(words, []).append(self._read)
            if words not in self._under_way:
                self._under_way[words] = asyncio.create_task(self._answer(words))

    async def _answer(self, question: str) -> Answer:
        with urgency(Priority.BATCH):
            try:
                return await self._runtime.ask(question)
            except Exception as fault:  # noqa: BLE001 - the others are to be answered, whatever broke this one
                log.error("one of many questions broke: %s", type(fault).__name__)
                own = f"EAIO met a fault of its own ({type(fault).__name__}); `eaio doctor` finds what is wrong"
                return fault_json(question, str(fault) if isinstance(fault, DataUnavailable) else own, "")


def _repeated(answer: Answer, number: int, first: int) -> Answer:
    return answer | {"number": number, "same_as": first, "usage": NOTHING_SPENT}


async def _each(questions: Iterable[str] | AsyncIterable[str]) -> AsyncGenerator[str, None]:
    if isinstance(questions, AsyncIterable):
        async for question in questions:
            yield question
    else:
        for question in questions:
            yield question
