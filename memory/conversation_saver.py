"""The checkpointer of `langgraph-checkpoint-postgres`, for texts of any kind and several conversations at a time."""

import asyncio
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.base import SerializerProtocol

from memory.conversation_tables import CONNECTIONS
from memory.ledger import storable
from memory.postgres import Pool


class ConversationSaver(AsyncPostgresSaver):
    """Keeps checkpoints in the tables that `memory.conversation_tables` opens.

    A short text of a state is kept as JSON, which in PostgreSQL has neither NUL nor half a surrogate pair: they come
    back as replacement characters.
    """

    def __init__(self, pool: Pool, serde: SerializerProtocol | None) -> None:
        super().__init__(pool, serde=serde)  # type: ignore[arg-type]  # its cursors choose their own rows
        # The one at a time that it keeps to is for a single connection; a pool has several.
        self.lock = asyncio.Semaphore(CONNECTIONS)  # type: ignore[assignment]

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint."""
        values = {name: _kept(value) for name, value in checkpoint["channel_values"].items()}
        return await super().aput(config, {**checkpoint, "channel_values": values}, metadata, new_versions)


def _kept(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value
