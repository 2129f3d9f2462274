"""What people's own files brought, kept through a re-load of the shipped data."""

from collections.abc import Mapping, Sequence

import numpy as np

from memory.binary import Rows
from memory.postgres import Connection
from memory.reading_rows import moments

Spans = Sequence[tuple[int, int]]
"""Half-open spans in seconds since 1970 UTC."""


async def own_spans(connection: Connection, keys: Sequence[int]) -> Mapping[int, Spans]:
    """Return, for each of the meters that has readings from own files, the spans of those files."""
    cursor = await connection.execute(
        "SELECT meter_id, extract(epoch FROM first_at)::bigint, extract(epoch FROM last_end)::bigint"
        " FROM load_meters WHERE meter_id = ANY(%s)",
        (list(keys),),
    )
    spans: dict[int, list[tuple[int, int]]] = {}
    for key, first, end in await cursor.fetchall():
        spans.setdefault(key, []).append((first, end))
    return spans


async def delete_outside_own(connection: Connection, keys: Sequence[int]) -> None:
    """Delete the readings of meters that no own file covers."""
    await connection.execute(
        "DELETE FROM readings r WHERE meter_id = ANY(%s) AND NOT EXISTS (SELECT 1 FROM load_meters l"
        " WHERE l.meter_id = r.meter_id AND r.at >= l.first_at AND r.at < l.last_end)",
        (list(keys),),
    )


async def forget_loads(connection: Connection, digest: str, site: str) -> set[int]:
    """Undo what a file brought to a site before; return the keys of the meters, whose facts are then to be renewed."""
    cursor = await connection.execute(
        "SELECT load_id FROM loads WHERE sha256 = %s AND site_id = %s AND mapping IS NOT NULL", (digest, site)
    )
    loads = [row[0] for row in await cursor.fetchall()]
    cursor = await connection.execute("SELECT DISTINCT meter_id FROM load_meters WHERE load_id = ANY(%s)", (loads,))
    keys = {int(row[0]) for row in await cursor.fetchall()}
    await connection.execute(
        "DELETE FROM readings r USING load_meters m WHERE m.load_id = ANY(%s) AND r.meter_id = m.meter_id"
        " AND r.at >= m.first_at AND r.at < m.last_end",
        (loads,),
    )
    await connection.execute("DELETE FROM loads WHERE load_id = ANY(%s)", (loads,))
    return keys


def outside(rows: Rows, spans: Spans) -> Rows:
    """Return the rows that lie in no span."""
    if not spans:
        return rows
    at = moments(rows)
    inside = np.zeros(len(rows), bool)
    for first, end in spans:
        inside |= (at >= first) & (at < end)
    return rows[~inside]
