"""A town with two buildings in a database of its own, answered over real stores, by a model that a test scripts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from memory.load import load_shipped
from memory.migrate import migrate
from memory.postgres import Pool, open_pool
from privacy.policy.file import SHIPPED
from services import ensure_postgres
from tests.dropping import dropping
from tests.graphs.small_graph import Scripted
from tests.memory.data_folder import write_data_folder

NOWHERE = "http://127.0.0.1:1"
DENIED = "    confidential: deny\n    restricted: deny\n"
ALLOWED = "    confidential: allow\n    restricted: allow\n"


def policy_that_allows(folder: Path) -> Path:
    """Write the shipped policy, but for its row of the response cache, which allows every label."""
    text = SHIPPED.read_text(encoding="utf-8")
    head, row = text.split("  response_cache:\n")
    assert DENIED in row
    path = folder / "privacy.yaml"
    path.write_text(head + "  response_cache:\n" + row.replace(DENIED, ALLOWED))
    return path


@dataclass
class Town:
    """An open town: ask it, change it, and see how often its model was asked."""

    settings: Settings
    pool: Pool
    model: Scripted

    @asynccontextmanager
    async def open(self, **ports: Any) -> AsyncIterator[Runtime]:
        """Open a process, as it were, over the town."""
        given = {"ladder": self.model, "analysts": self.model, "coordinator": self.model, "recall": self.model} | ports
        async with open_runtime(self.settings, **given) as runtime:
            yield runtime

    @property
    def asked(self) -> int:
        """How often the model was asked."""
        return len(self.model.asked)


@asynccontextmanager
async def open_town(settings: Settings, folder: Path, *, allowed: bool = True) -> AsyncIterator[Town]:
    """Make a town in a database of its own, over the services of `settings`, and drop it at the end."""
    server = await ensure_postgres(settings)
    name = f"town{uuid4().hex[:12]}"
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {name}".encode())
        dsn = f"{server.removesuffix('/eaio')}/{name}"
        policy = await asyncio.to_thread(policy_that_allows, folder) if allowed else None
        own = settings.model_copy(
            update={"database_url": dsn, "milvus_uri": NOWHERE, "ollama_host": NOWHERE, "privacy_policy": policy}
        )
        async with open_pool(dsn) as pool:
            await migrate(pool)
            await load_shipped(pool, write_data_folder(folder / "data"))
            yield Town(own, pool, Scripted({"m1": ["You should check the schedule of the cooling. "]}))
        for statement in dropping(name):
            await connection.execute(statement)
