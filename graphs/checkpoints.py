"""Checkpoints under the policy: the state of a conversation is kept only where its row allows its label."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.base import SerializerProtocol

from privacy.labels import Label
from privacy.policy import Policy

DESTINATION = "checkpoints"


class PolicedSaver(InMemorySaver):
    """Keeps conversations in memory. One whose label may not be kept is forgotten, with all that was kept of it.

    What has no label yet counts as RESTRICTED, and is kept with the first state that has one and may be. Writes between
    two steps carry no label, so they are kept only where every label may be.
    """

    def __init__(self, policy: Callable[[], Policy], *, serde: SerializerProtocol | None = None) -> None:
        super().__init__(serde=serde)
        self._policy = policy
        self._withheld: dict[str, ChannelVersions] = {}

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint, or forget its conversation."""
        thread = config["configurable"]["thread_id"]
        changed = {**self._withheld.pop(thread, {}), **new_versions}
        label = label_of(checkpoint)
        if self._may_keep(Label.RESTRICTED if label is None else label):
            return super().put(config, checkpoint, metadata, changed)
        self.delete_thread(thread)
        if label is None:
            self._withheld[thread] = changed
        return config

    def put_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what a node has written until the next checkpoint."""
        if all(map(self._may_keep, Label)):
            super().put_writes(config, writes, task_id, task_path)

    def _may_keep(self, label: Label) -> bool:
        return self._policy().rule(DESTINATION, label).action == "allow"


def label_of(checkpoint: Checkpoint) -> Label | None:
    """Return the label of a state; None where it has none yet, as a question has before it was looked at."""
    found = checkpoint["channel_values"].get("label")
    return found if isinstance(found, Label) else None
