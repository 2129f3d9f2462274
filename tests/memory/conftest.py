"""One PostgreSQL for these tests, with the shipped data loaded once; a schema of its own for each test that writes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from memory.load import ensure_loaded
from memory.migrate import migrate
from memory.postgres import Pool, open_pool
from services.postgres import ensure_postgres, postgres
from services.process import stop


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and {"server", "own_server"} & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server; give its DSN."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), database_url=None)
    try:
        yield asyncio.run(ensure_postgres(settings))
    finally:
        asyncio.run(stop(postgres(settings)))


@pytest.fixture(scope="session")
def shipped_dsn(server: str) -> str:
    """Load the shipped data once; give the DSN of a store that no test writes to."""

    async def load() -> None:
        async with open_pool(server) as pool:
            await migrate(pool)
            assert await ensure_loaded(pool)

    asyncio.run(load())
    return server


@pytest.fixture
async def shipped(shipped_dsn: str) -> AsyncIterator[Pool]:
    """Open the store of shipped data."""
    async with open_pool(shipped_dsn) as pool:
        yield pool


@pytest.fixture
async def blank_dsn(server: str, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Give the DSN of a schema without tables."""
    name = f"s{abs(hash(request.node.nodeid)) % 10**12}"
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute(f"CREATE SCHEMA {name}".encode())
        yield f"{server}?options=-csearch_path%3D{name}"
        await connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.fixture
async def empty(blank_dsn: str) -> AsyncIterator[Pool]:
    """Open a store with tables and nothing in them."""
    async with open_pool(blank_dsn) as pool:
        await migrate(pool)
        yield pool


@pytest.fixture
def source() -> Path | None:
    """Give the folder of the source files; None where this machine has only what is shipped."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    return folder if (folder / "cambridge_estates").exists() else None
