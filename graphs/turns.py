"""Questions run through the graph, alone or as turns of a conversation, and told as they come."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, cast

from langchain_core.runnables import RunnableConfig

from config.settings import Settings
from graphs.advisor import Advisor
from graphs.answer_json import answer_json, fault_json
from graphs.at_once import AtOnce
from graphs.threads import Busy, Threads, fault_of_name
from graphs.tracing import Traces, traced
from models.asked import asked_now
from nodes.events import facts_event, sentence_event
from nodes.state import AdvisorUpdate, Answer, Context, Question
from telemetry.log import log

GRACE_S = 5.0
DURABILITY = "sync"
"""Each step of a turn is kept before the next begins, so that nothing is done twice that was written down already.
`python -m benchmarks.memory.resume` prints what a turn pays for that, beside `async`."""
Event = dict[str, Any]


class Turns:
    """What runs the graphs of a runtime: `once` for a question alone, that of `threads` for one of a conversation."""

    def __init__(
        self,
        settings: Settings,
        once: Advisor,
        at_once: AtOnce,
        threads: Threads,
        traces: Traces,
        facts_shown: Callable[[], None],
    ) -> None:
        """`facts_shown` is called when the facts of an answer are there."""
        self._settings, self._once, self._at_once, self._threads = settings, once, at_once, threads
        self._traces, self._facts_shown = traces, facts_shown

    async def alone(self, question: str, *, told: bool, at_once: bool) -> AsyncGenerator[Event, None]:
        """Answer a question that belongs to no conversation; see `graphs.runtime.Runtime.stream`."""
        thread, started = uuid.uuid4().hex, time.perf_counter()
        try:
            known = None
            if at_once:
                async with asyncio.timeout(self._settings.answer_budget_s + GRACE_S):
                    known = await self._at_once.answer(question, told=told)
            if known:
                extra = {"headline": _ms_since(started)}
                for event in known[1]:
                    yield event
                extra["total"] = _ms_since(started)
                yield _answer(answer_json(cast(Answer, known[0]), thread, extra))
                return
            async with aclosing(self._told({"question": question}, None, thread)) as events:
                async for event in events:
                    yield event
        except TimeoutError:
            yield self._late(question, thread)

    async def in_thread(self, question: str, thread: str) -> AsyncGenerator[Event, None]:
        """Answer a question of a conversation, in which nobody else asks until it is answered.

        A turn that was cut off is finished first, and told as one event `earlier`.
        """
        answer = _answer(fault_json(question, fault_of_name(thread) or "", thread))
        if fault_of_name(thread) is None:
            try:
                async with self._threads.turn(thread):
                    for event in await self._finished(thread):
                        if event["event"] == "answer":
                            yield {"event": "earlier", "answer": event["answer"]}
                    async with aclosing(self._turn({"question": question}, thread, question)) as events:
                        async for event in events:
                            if event["event"] == "answer":
                                answer = event  # given once the conversation is free again
                            else:
                                yield event
            except Busy as why:
                answer = _answer(fault_json(question, str(why), thread))
        yield answer

    async def resume(self, thread: str) -> list[Event]:
        """Finish the turn of a conversation that was cut off; return `resumed`, `facts`, `sentence` and `answer`.

        Nothing is returned where no turn was. Raises `Busy` where another process answers in the conversation.
        """
        async with self._threads.turn(thread):
            return await self._finished(thread)

    async def _finished(self, thread: str) -> list[Event]:
        turn = await self._threads.cut_off(thread)
        if turn is None:
            return []
        resumed: Event = {"event": "resumed", "question": turn.question}
        if not await self._threads.prepare(thread, turn):
            await self._threads.give_up(thread)
            reason = "answering it ended the process more than once, and was given up"
            return [resumed, _answer(fault_json(turn.question, reason, thread))]
        return [resumed, *[event async for event in self._turn(None, thread, turn.question)]]

    async def _turn(self, asked: Question | None, thread: str, question: str) -> AsyncGenerator[Event, None]:
        """Run a turn of a conversation, or go on with one; what ends otherwise than by an answer is given up."""
        answered = False
        try:
            async with aclosing(self._told(asked, thread, thread)) as events:
                async for event in events:
                    if event["event"] == "answer":
                        answered = True
                        self._noted(event["answer"], thread)
                    yield event
        except TimeoutError:
            yield self._late(question, thread)
        finally:
            if not answered:
                await self._threads.give_up(thread)
            self._threads.tidy(thread)

    def _noted(self, answer: dict[str, Any], thread: str) -> None:
        if note := self._threads.note(thread):
            receipt = answer["receipt"]
            answer["receipt"] = {**receipt, "notes": [*receipt.get("notes", []), note]}

    async def _told(self, asked: Question | None, thread_id: str | None, thread: str) -> AsyncGenerator[Event, None]:
        """Run the graph to its end and yield its events, the answer last; raises `TimeoutError`.

        A turn that is gone on with (`asked` is None) is told at its end: some of it was told before it was cut off.
        """
        state: Answer | None = None
        extra, started = dict[str, float](), time.perf_counter()
        async with (
            asyncio.timeout(self._settings.answer_budget_s + GRACE_S),
            aclosing(self._steps(asked, thread_id)) as steps,
        ):
            async for mode, chunk in steps:
                if mode == "values":
                    state = cast(Answer, chunk)
                    continue
                if chunk["event"] == "facts":
                    extra["headline"] = _ms_since(started)
                    self._facts_shown()
                if asked is not None:
                    yield chunk
        assert state is not None, "a graph that ends has a state"
        for event in _events_of(state) if asked is None else ():
            yield event
        extra["total"] = _ms_since(started)
        yield _answer(answer_json(state, thread, extra))

    async def _steps(self, asked: Question | None, thread_id: str | None) -> AsyncGenerator[Any, None]:
        """Run the graph; without `tracing` asked for, no trace leaves, whatever the environment says."""
        graph, how = self._once, dict[str, Any]()
        if thread_id:
            graph, how = self._threads.graph, {"durability": DURABILITY}
        config: RunnableConfig | None = {"configurable": {"thread_id": thread_id}} if thread_id else None
        with asked_now(), traced(self._settings.tracing, self._traces.client):
            async for step in graph.astream(
                asked, config=config, context=Context(thread_id or ""), stream_mode=["custom", "values"], **how
            ):
                yield step

    def _late(self, question: str, thread: str) -> Event:
        """Return the answer to a question that could not be answered in its time."""
        log.error("the answer took longer than its budget")
        budget_s = self._settings.answer_budget_s
        reason = f"the answer took longer than {budget_s:g} s; `eaio doctor` finds what is slow"
        return _answer(fault_json(question, reason, thread))


def _answer(answer: dict[str, Any]) -> Event:
    return {"event": "answer", "answer": answer}


def _events_of(state: Answer) -> list[Event]:
    """Return what a finished turn tells before its answer."""
    if state.get("problem"):
        return []
    words = [sentence_event(state["analysis"])] if state.get("analysis") else []
    return [facts_event(cast(AdvisorUpdate, state)), *words]


def _ms_since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 3)
