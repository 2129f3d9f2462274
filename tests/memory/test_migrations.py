"""A database is brought to the version that the code knows, once, or refused with the reason."""

import asyncio
from pathlib import Path

import pytest

from memory.errors import SchemaMismatch
from memory.migrate import known_migrations, migrate
from memory.postgres import fetch, open_pool


def write_migrations(folder: Path, **texts: str) -> Path:
    """Write migration files: `m001_first="..."`."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name[1:]}.sql").write_text(text)
    return folder


def test_shipped_migrations_are_numbered_without_a_gap() -> None:
    assert [m.number for m in known_migrations()] == list(range(1, len(known_migrations()) + 1))


async def test_each_migration_is_applied_once_and_in_order(blank_dsn: str, tmp_path: Path) -> None:
    folder = write_migrations(tmp_path, m001_first="CREATE TABLE a (n int)", m002_second="INSERT INTO a VALUES (1)")
    async with open_pool(blank_dsn) as pool:
        assert await migrate(pool, folder) == ["001_first", "002_second"]
        assert await migrate(pool, folder) == []
        write_migrations(tmp_path, m003_third="INSERT INTO a VALUES (2); INSERT INTO a VALUES (3)")
        assert await migrate(pool, folder) == ["003_third"]
        assert await fetch(pool, "SELECT n FROM a ORDER BY n") == [(1,), (2,), (3,)]


async def test_two_at_once_apply_once(blank_dsn: str) -> None:
    async with open_pool(blank_dsn) as one, open_pool(blank_dsn) as other:
        done = await asyncio.gather(migrate(one), migrate(other))
    assert sorted(map(len, done)) == [0, len(known_migrations())]


async def test_failing_migration_leaves_the_schema_as_it_was(blank_dsn: str, tmp_path: Path) -> None:
    folder = write_migrations(tmp_path, m001_first="CREATE TABLE a (n int)", m002_second="SELECT 1/0")
    async with open_pool(blank_dsn) as pool:
        with pytest.raises(Exception, match="division by zero"):
            await migrate(pool, folder)
        assert await fetch(pool, "SELECT to_regclass('a'), to_regclass('schema_migrations')") == [(None, None)]


async def test_edited_migration_is_refused(blank_dsn: str, tmp_path: Path) -> None:
    folder = write_migrations(tmp_path, m001_first="CREATE TABLE a (n int)")
    async with open_pool(blank_dsn) as pool:
        await migrate(pool, folder)
        write_migrations(tmp_path, m001_first="CREATE TABLE a (n bigint)")
        with pytest.raises(SchemaMismatch, match="001_first was edited"):
            await migrate(pool, folder)


async def test_newer_database_is_refused(blank_dsn: str, tmp_path: Path) -> None:
    folder = write_migrations(tmp_path, m001_first="SELECT 1", m002_second="SELECT 2")
    async with open_pool(blank_dsn) as pool:
        await migrate(pool, folder)
        (folder / "002_second.sql").unlink()
        with pytest.raises(SchemaMismatch, match="has migration 2, this version knows 1: upgrade"):
            await migrate(pool, folder)
