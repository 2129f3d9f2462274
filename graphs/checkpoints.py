"""Checkpoints under the policy: the state of a conversation is kept only where its row allows its label."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.graph import START

from privacy.labels import Label
from privacy.policy import Policy

DESTINATION = "checkpoints"


class PolicedSaver(BaseCheckpointSaver[str]):
    """Lets another checkpointer keep conversations. One whose label may not be kept is forgotten, with all of it.

    A question that was not looked at yet has no label: it counts as RESTRICTED, and is kept with the first state that
    has one and may be. Writes between two steps carry no label, so they are kept only where every label may be. What
    was kept under another policy is looked at again when it is read.
    """

    def __init__(
        self,
        policy: Callable[[], Policy],
        inner: BaseCheckpointSaver[str] | None = None,
        *,
        serde: SerializerProtocol | None = None,
    ) -> None:
        """Without an `inner` one conversations are kept in memory."""
        self._inner = InMemorySaver(serde=serde) if inner is None else inner
        super().__init__(serde=self._inner.serde)
        self._policy = policy
        self._withheld: dict[str, tuple[RunnableConfig, ChannelVersions]] = {}

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Return a checkpoint; none of a conversation that may no longer be kept, which is forgotten."""
        found = await self._inner.aget_tuple(config)
        if found is None or self._may_keep(label_of(found.checkpoint)):
            return found and _typed(found)
        await self.adelete_thread(config["configurable"]["thread_id"])
        return None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the name that callers use
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yield the checkpoints that may be kept, newest first."""
        async for found in self._inner.alist(config, filter=filter, before=before, limit=limit):
            if self._may_keep(label_of(found.checkpoint)):
                yield _typed(found)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint, keep it back until its label is known, or forget its conversation."""
        thread = config["configurable"]["thread_id"]
        parent, changed = self._withheld.pop(thread, (config, {}))
        if metadata.get("source") == "input":
            parent, changed = config, {}  # what was kept back belonged to a turn that came to no end
        changed = {**changed, **new_versions}
        if self._may_keep(label_of(checkpoint)):
            return await self._inner.aput(parent, checkpoint, metadata, changed)
        if label_of(checkpoint) is None:
            self._withheld[thread] = (parent, changed)
        else:
            await self.adelete_thread(thread)
        return config

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what a node has written until the next checkpoint."""
        if all(map(self._may_keep, Label)):
            await self._inner.aput_writes(config, writes, task_id, task_path)

    async def adelete_thread(self, thread_id: str) -> None:
        """Forget a conversation."""
        self._withheld.pop(thread_id, None)
        await self._inner.adelete_thread(thread_id)

    def get_next_version(self, current: str | None, channel: None) -> str:
        """Return the version after one."""
        return self._inner.get_next_version(current, channel)

    def _may_keep(self, label: Label | None) -> bool:
        return may_keep(self._policy(), label)


def may_keep(policy: Policy, label: int | None) -> bool:
    """Tell whether a policy lets a conversation of a label be kept; None is that of one that was not looked at."""
    return policy.rule(DESTINATION, Label.RESTRICTED if label is None else Label(label)).action == "allow"


def label_of(checkpoint: Checkpoint) -> Label | None:
    """Return the label of a state; None where its question was not looked at yet.

    The label of a turn before says nothing of this one's question: it must not be older than that.
    """
    values, versions = checkpoint["channel_values"], checkpoint["channel_versions"]
    found = values.get("label")
    if START in values or not isinstance(found, int) or str(versions.get("question", "")) > str(versions.get("label")):
        return None
    return Label(found)


def _typed(found: CheckpointTuple) -> CheckpointTuple:
    """Return a checkpoint whose label is one: a store that keeps numbers as JSON gives back a plain one."""
    values = found.checkpoint["channel_values"]
    if isinstance(values.get("label"), int):
        values["label"] = Label(values["label"])
    return found
