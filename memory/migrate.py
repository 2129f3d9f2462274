"""Bring the tables of a database to the version that this code knows.

Migrations are the numbered files `migrations/NNN_name.sql`. Each is applied once, in order, and recorded with its
checksum; an applied file is never edited, a change is a new file.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from memory.errors import SchemaMismatch
from memory.postgres import Connection, Pool, fetch, writing

FOLDER = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x4541494E


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known_migrations(folder: Path = FOLDER) -> list[Migration]:
    """Return the migrations of a folder, in order."""
    paths = sorted(folder.glob("[0-9][0-9][0-9]_*.sql"))
    return [Migration(int(path.name[:3]), path.stem, path.read_text(encoding="utf-8")) for path in paths]


async def migrate(pool: Pool, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, all in one transaction, and return the names; two processes at once both succeed.

    Raises `SchemaMismatch` where the database has a newer migration, or another text of an applied one.
    """
    known = await asyncio.to_thread(known_migrations, folder)
    if not pending(known, await _applied(pool)):
        return []
    async with writing(pool, lock=MIGRATION_LOCK) as connection:
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number int PRIMARY KEY, name text NOT NULL,"
            " checksum text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        cursor = await connection.execute("SELECT number, checksum FROM schema_migrations")
        missing = pending(known, dict(await cursor.fetchall()))
        for migration in missing:
            await _apply(connection, migration)
    return [migration.name for migration in missing]


def pending(known: list[Migration], applied: Mapping[int, str]) -> list[Migration]:
    """Return what is still to apply, given the checksums of what was; see `migrate` for the errors."""
    newest = max((m.number for m in known), default=0)
    if newer := [number for number in applied if number > newest]:
        raise SchemaMismatch(
            f"the database has migration {max(newer)}, this version knows {newest}: upgrade EAIO, or set EAIO_HOME or"
            " EAIO_DATABASE_URL to another database"
        )
    for migration in known:
        if applied.get(migration.number, migration.checksum) != migration.checksum:
            raise SchemaMismatch(
                f"migration {migration.name} was edited after it was applied: restore the file and add a new migration"
            )
    return [m for m in known if m.number not in applied]


async def _applied(pool: Pool) -> dict[int, str]:
    if (await fetch(pool, "SELECT to_regclass('schema_migrations')"))[0][0] is None:
        return {}
    return dict(await fetch(pool, "SELECT number, checksum FROM schema_migrations"))


async def _apply(connection: Connection, migration: Migration) -> None:
    # The text comes from a file of this package, never from input.
    await connection.execute(migration.sql.encode())
    await connection.execute(
        "INSERT INTO schema_migrations (number, name, checksum) VALUES (%s, %s, %s)",
        (migration.number, migration.name, migration.checksum),
    )
