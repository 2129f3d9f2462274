"""A checkpointer that keeps conversations in PostgreSQL, and in this process while that does not answer."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
)
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.base import SerializerProtocol

from memory.conversations import Conversations
from memory.errors import MemoryDown
from telemetry.log import log

HELD = 256
"""Of so many conversations the newest state is held here too, those gone on with last."""


class LastingSaver(BaseCheckpointSaver[str]):
    """Never raises for want of a database: a conversation goes on here, and back there with its next step.

    What of a conversation is only here, `note` tells; it is lost with the process.
    """

    def __init__(self, store: Conversations, *, serde: SerializerProtocol | None = None) -> None:
        super().__init__(serde=serde)
        self._store, self._here = store, InMemorySaver(serde=serde)
        self._newest = OrderedDict[str, tuple[RunnableConfig, Checkpoint, CheckpointMetadata]]()
        self._only_here: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self._owed = set[str]()

    def note(self, thread: str) -> str | None:
        """Return what is to be told of how a conversation is kept; None where all of it is where it should be."""
        if why := self._only_here.get(thread):
            return f"conversation: it is kept in this process alone for now ({why})"
        if why := self._unread.get(thread):
            return f"conversation: what was said before could not be read ({why})"
        return None

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Return a checkpoint; None also where it cannot be read."""
        thread = thread_of(config)
        if thread in self._only_here:
            return await self._here.aget_tuple(config)
        self._unread.pop(thread, None)
        try:
            return await self._read(thread, config)
        except MemoryDown as fault:
            await self._begin_here(thread, str(fault))
            return await self._here.aget_tuple(config)
        except Exception as fault:  # noqa: BLE001 - whatever another version may have kept, a question is answered
            log.warning("a conversation could not be read: %s", type(fault).__name__)
            self._unread[thread] = f"{type(fault).__name__}: another version of EAIO may have kept it"
            return None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the name that callers use
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yield checkpoints, newest first; none where the store does not answer."""
        if config is not None and thread_of(config) in self._only_here:
            async for found in self._here.alist(config, filter=filter, before=before, limit=limit):
                yield found
            return

        async def listed(saver: BaseCheckpointSaver[str]) -> list[CheckpointTuple]:
            return [t async for t in saver.alist(config, filter=filter, before=before, limit=limit)]

        try:
            tuples = await self._store.call(listed)
        except MemoryDown:
            return
        for found in tuples:
            yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint; all of it, where the one before is in the other place."""
        thread, whole = thread_of(config), checkpoint["channel_versions"]
        versions = whole if thread in self._only_here else new_versions
        try:
            await self._pay(thread)
            done = await self._store.call(lambda saver: saver.aput(config, checkpoint, metadata, versions))
        except MemoryDown as fault:
            self._only_here.setdefault(thread, str(fault))
            return await self._here.aput(config, checkpoint, metadata, whole)
        if self._only_here.pop(thread, None):
            self._here.delete_thread(thread)
        self._remember(thread, (config, checkpoint, metadata))
        return done

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what a node has written until the next checkpoint; without it the node would be run again."""
        if thread_of(config) in self._only_here:
            await self._here.aput_writes(config, writes, task_id, task_path)
            return
        try:
            await self._store.call(lambda saver: saver.aput_writes(config, writes, task_id, task_path))
        except MemoryDown as fault:
            log.info("%s", fault)

    async def adelete_thread(self, thread_id: str) -> None:
        """Forget a conversation; where the store does not answer, as soon as it does."""
        self._here.delete_thread(thread_id)
        self._newest.pop(thread_id, None)
        self._owed.add(thread_id)
        try:
            await self._pay(thread_id)
        except MemoryDown as fault:
            self._only_here.setdefault(thread_id, str(fault))
            return
        self._only_here.pop(thread_id, None)

    def get_next_version(self, current: str | None, channel: None) -> str:
        """Return the version after one; both places count alike."""
        return self._here.get_next_version(current, channel)

    async def settle(self) -> None:
        """Bring what is only here to where it should be, as far as that answers."""
        for thread in list(self._only_here):
            config: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
            found = await self._here.aget_tuple(config)
            if found is not None:
                await self.aput(config, found.checkpoint, found.metadata, {})

    async def _read(self, thread: str, config: RunnableConfig) -> CheckpointTuple | None:
        await self._pay(thread)
        found = await self._store.call(lambda saver: saver.aget_tuple(config))
        if found is not None and get_checkpoint_id(config) is None:
            self._remember(thread, (found.parent_config or config, found.checkpoint, found.metadata))
        elif found is None:
            self._newest.pop(thread, None)  # it was forgotten elsewhere
        return found

    def _remember(self, thread: str, newest: tuple[RunnableConfig, Checkpoint, CheckpointMetadata]) -> None:
        """Hold the newest state of a conversation, in case the store goes away between two of its turns."""
        self._newest[thread] = newest
        self._newest.move_to_end(thread)
        if len(self._newest) > HELD:
            self._newest.popitem(last=False)

    async def _begin_here(self, thread: str, why: str) -> None:
        """Go on here with what this process knows of a conversation."""
        self._only_here[thread] = why
        if (newest := self._newest.get(thread)) is not None:
            config, checkpoint, metadata = newest
            parent: RunnableConfig = {"configurable": {"checkpoint_ns": "", **config["configurable"]}}
            await self._here.aput(parent, checkpoint, metadata, checkpoint["channel_versions"])

    async def _pay(self, thread: str) -> None:
        """Forget what was to be forgotten while the store was away."""
        if thread in self._owed:
            await self._store.forget(thread)
            self._owed.discard(thread)


def thread_of(config: RunnableConfig) -> str:
    """Return the conversation of a configuration."""
    return str(config["configurable"]["thread_id"])
