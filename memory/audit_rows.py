"""Entries of the audit log as rows: the one place that knows the table."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from typing import Any, LiteralString

from psycopg import sql
from psycopg.types.json import Jsonb

from memory.postgres import Connection, Pool, fetch, translated
from privacy.audit import FIELDS, AuditEntry

AUDIT_LOCK = 0x45414155  # "EAAU": one writer of the chain at a time, over all processes
CHUNK = 2_000

_COLUMNS = sql.SQL(", ").join(map(sql.Identifier, FIELDS))
_INSERT = sql.SQL("INSERT INTO audit ({}) VALUES ({})").format(
    _COLUMNS, sql.SQL(", ").join(sql.Placeholder() * len(FIELDS))
)
_SELECT = sql.SQL("SELECT {} FROM audit ").format(_COLUMNS)
_COUNTS, _DIGESTS = FIELDS.index("counts"), FIELDS.index("digests")


async def hold_chain(connection: Connection, patience_s: float) -> None:
    """Keep other writers off until the transaction ends; give up waiting for them, or for the disk, after a while."""
    await connection.execute("SELECT set_config('statement_timeout', %s, true)", (str(round(patience_s * 1000)),))
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (AUDIT_LOCK,))


async def newest(connection: Connection, and_seq: int) -> tuple[AuditEntry | None, AuditEntry | None]:
    """Return the last entry of the chain, and entry `and_seq`; None for one that is not there."""
    cursor = await connection.execute(
        _SELECT + sql.SQL("WHERE seq = %s OR seq = (SELECT max(seq) FROM audit) ORDER BY seq"), (and_seq,)
    )
    found = [_entry(row) for row in await cursor.fetchall()]
    return (found[-1] if found else None), next((entry for entry in found if entry.seq == and_seq), None)


async def insert(connection: Connection, entries: Iterable[AuditEntry]) -> None:
    """Add rows."""
    await connection.cursor().executemany(_INSERT, [_row(entry) for entry in entries])


async def last_rows(pool: Pool, count: int) -> list[AuditEntry]:
    """Return the newest entries, oldest first."""
    query = _SELECT + sql.SQL("ORDER BY seq DESC LIMIT %s")
    async with pool.connection() as connection:
        rows = await (await connection.execute(query, (count,))).fetchall()
    return [_entry(row) for row in reversed(rows)]


async def stream_rows(pool: Pool, first: int, last: int) -> AsyncGenerator[AuditEntry]:
    """Yield the entries of numbers [first, last] in their order, as they were at one moment."""
    query = _SELECT + sql.SQL("WHERE seq BETWEEN %s AND %s ORDER BY seq")
    with translated():
        async with pool.connection() as connection, connection.transaction(), connection.cursor("audit") as cursor:
            await cursor.execute(query, (first, last))
            while rows := await cursor.fetchmany(CHUNK):
                for row in rows:
                    yield _entry(row)


async def numbers_between(pool: Pool, start: str, end: str) -> tuple[int, int]:
    """Return the first and the last number whose time is in [start, end); a last of 0 where there is none.

    All between them belongs to the answer, though a clock that was set back may have given some another time.
    """
    query: LiteralString = "SELECT coalesce(min(seq), 1), coalesce(max(seq), 0) FROM audit WHERE at >= %s AND at < %s"
    first, last = (await fetch(pool, query, (start, end)))[0]
    return int(first), int(last)


def _row(entry: AuditEntry) -> list[Any]:
    values = [getattr(entry, name) for name in FIELDS]
    values[_COUNTS], values[_DIGESTS] = Jsonb(values[_COUNTS]), list(values[_DIGESTS])
    return values


def _entry(row: Sequence[Any]) -> AuditEntry:
    values = list(row)
    if isinstance(values[_DIGESTS], list):
        values[_DIGESTS] = tuple(values[_DIGESTS])
    return AuditEntry(*values)
