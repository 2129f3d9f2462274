"""The conversations of a runtime: kept beyond its process, and gone on with where a process died in a turn.

Each step is kept before the next one begins (`durability="sync"`). So a turn that was cut off goes on after the last
step that was done, under the same question id: what was written down under that id already is written once.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from weakref import WeakValueDictionary

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.errors import InvalidUpdateError
from langgraph.graph import END, START

from config.settings import Settings
from graphs.advisor import Advisor
from graphs.checkpoints import PolicedSaver
from graphs.live_data import LiveData
from memory.conversations import Conversations
from memory.errors import MemoryDown
from memory.lasting_saver import LastingSaver
from memory.series_versions import unchanged
from privacy.policy import Policy
from telemetry.log import log
from tools.errors import DataUnavailable

MOST_CHARS = 200
MOST_TRIES = 3
"""How often a turn that was cut off is gone on with: one that kills its process does so each time."""
LOOK_AGAIN_S = 0.05
CLEARED_ANEW: dict[tuple[str, ...], str] = {("generate_cloud",): "retrieve_context"}
"""After which node a turn goes on, where not after the last that was done: what was cleared for a cloud went with the
process that had cleared it, so that the gate is asked again."""


class Busy(Exception):
    """Another process answers a question of the conversation."""

    def __init__(self, thread: str) -> None:
        super().__init__(
            f"another process is answering a question in conversation {thread!r}; ask again when it is done, or ask in"
            " another conversation"
        )


@dataclass(frozen=True, slots=True)
class CutOff:
    """A turn that came to no end: what was asked, and the nodes that are next."""

    question: str
    next: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LastTurn:
    """What was asked last in a conversation, what was answered, and when."""

    question: str
    answer: str
    at: datetime


def fault_of_name(thread: str) -> str | None:
    """Tell what is wrong with the name of a conversation; None where nothing is."""
    if len(thread) <= MOST_CHARS and thread.isprintable():
        return None
    return f"{thread[:40]!r} names no conversation: give at most {MOST_CHARS} characters that can be printed"


class Threads:
    """The conversations of one runtime, by their names."""

    def __init__(
        self,
        settings: Settings,
        data: LiveData,
        policy: Callable[[], Policy],
        build: Callable[[PolicedSaver], Advisor],
        serde: SerializerProtocol,
    ) -> None:
        """Nothing is opened before the first turn. `build` makes the graph over a checkpointer."""
        self._settings, self._data, self._policy, self._build = settings, data, policy, build
        self._store = Conversations(
            data.address, days=settings.conversation_days, budget_s=settings.memory_budget_s, serde=serde
        )
        self._saver = LastingSaver(self._store, serde=serde)
        self._turns = WeakValueDictionary[str, asyncio.Lock]()
        self._behind: set[asyncio.Task[None]] = set()

    @cached_property
    def graph(self) -> Advisor:
        """The advisor over the kept conversations."""
        return self._build(self._policed)

    @cached_property
    def _policed(self) -> PolicedSaver:
        return PolicedSaver(self._policy, self._saver)

    @asynccontextmanager
    async def turn(self, thread: str) -> AsyncIterator[None]:
        """Have a conversation alone for the block; raises `Busy` where another process does not let go of it.

        Questions of one process wait for each other.
        """
        async with self._turns.setdefault(thread, asyncio.Lock()):
            await self._opened()
            held = await self._taken(f"turn {thread}")
            try:
                yield
            finally:
                if held:
                    await self._given(f"turn {thread}")

    async def open(self, thread: str) -> bool:
        """Note that a conversation is open here; tell whether it is nowhere else. The end of the process ends it."""
        await self._opened()
        with suppress(MemoryDown):
            return await self._store.take(f"open {thread}")
        return True

    async def cut_off(self, thread: str) -> CutOff | None:
        """Return the turn of a conversation that came to no end; None where the last one did."""
        found = await self.graph.aget_state(_config(thread))
        if not found.next:
            return None
        saved = await self._policed.aget_tuple(_config(thread))
        unread = saved.checkpoint["channel_values"].get(START) if saved else None
        asked = unread.get("question") if isinstance(unread, dict) else found.values.get("question")
        return CutOff(str(asked), found.next, dict(found.values))

    async def prepare(self, thread: str, turn: CutOff) -> bool:
        """Make a turn ready to be gone on with: its time begins anew. Tell whether it is worth another try.

        Where the data are others than those that its facts were computed from, it begins at its beginning.
        """
        steps = [step async for step in self._policed.alist(_config(thread), limit=50)]
        begun = next((n for n, step in enumerate(steps) if step.metadata.get("source") == "input"), len(steps))
        tried = sum(step.metadata.get("source") == "update" for step in steps[:begun])
        if tried >= MOST_TRIES:
            log.warning("a turn was cut off %d times and is given up", tried)
            return False
        config = _config(thread)
        if begun < len(steps) and await self._is_outdated(turn):
            config, again = steps[begun].config, True
        else:
            again = turn.next in ((START,), ("classify",))
        update: dict[str, Any] = {"question": turn.question} if again else {"asked_at": time.time()}
        node = START if again else CLEARED_ANEW.get(turn.next)
        try:
            await self.graph.aupdate_state(config, update, as_node=node)
        except InvalidUpdateError as fault:  # it goes on all the same, in what is left of its time
            log.info("the time of a turn could not be begun anew: %s", fault)
        return True

    async def give_up(self, thread: str) -> None:
        """End a turn that is not to be gone on with: it was stopped, took too long, or broke."""
        if (await self.graph.aget_state(_config(thread))).next:
            await self.graph.aupdate_state(_config(thread), None, as_node=END)

    async def last(self, thread: str) -> LastTurn | None:
        """Return the last turn of a conversation; None where there is none, or it cannot be read."""
        found = await self.graph.aget_state(_config(thread))
        if not found.values.get("question") or not found.created_at:
            return None
        said = found.values.get("headline") or found.values.get("answer") or ""
        return LastTurn(str(found.values["question"]), said, datetime.fromisoformat(found.created_at))

    def note(self, thread: str) -> str | None:
        """Return what is to be told of how a conversation is kept."""
        return self._saver.note(thread)

    def tidy(self, thread: str) -> None:
        """Let go of the steps of a turn that is over, behind its answer."""
        task = asyncio.create_task(self._tidied(thread))
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)

    async def close(self) -> None:
        """Finish what goes on behind answers, and bring what is only here to the store."""
        if self._behind:
            await asyncio.wait(self._behind)
        await self._saver.settle()
        await self._store.close()

    async def _opened(self) -> None:
        """Wait for a first start: from then on each step has its small budget."""
        with suppress(DataUnavailable):
            await self._data.pool()
            await self._store.ready()

    async def _tidied(self, thread: str) -> None:
        with suppress(MemoryDown):
            await self._store.tidy(thread)

    async def _is_outdated(self, turn: CutOff) -> bool:
        rests, last_step = turn.values.get("rests_on"), turn.next == ("remember",)
        if last_step or not rests or not turn.values.get("evidence"):
            return False  # what was answered as a whole may have been shown
        with suppress(DataUnavailable):
            return not await unchanged(await self._data.pool(), rests["series"], rests["data_version"])
        return False

    async def _taken(self, name: str) -> bool:
        """Take a turn; raise `Busy` where another process has it. Without a store nobody else can be told."""
        until_s = time.monotonic() + self._settings.memory_budget_s
        while True:
            try:
                if await self._store.take(name):
                    return True
            except MemoryDown:
                return False
            if time.monotonic() > until_s:
                raise Busy(name.removeprefix("turn "))
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _given(self, name: str) -> None:
        with suppress(MemoryDown):
            await self._store.give(name)


def _config(thread: str) -> RunnableConfig:
    return cast(RunnableConfig, {"configurable": {"thread_id": thread}})
