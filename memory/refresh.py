"""Bring what follows from a meter's readings up to date: its span, its counts and its faults."""

from collections.abc import Sequence

import numpy as np
from psycopg.rows import TupleRow

from memory.binary import elements, from_timestamptz
from memory.postgres import Connection
from memory.quality import find_faults, successive_fault
from memory.registry import add_faults, clear_faults, write_meter_span
from memory.treatment import Hours
from tools.readings import Flag, Meter

_NONE = np.empty(0, np.int64)


async def refresh_meters(connection: Connection, keys: Sequence[int]) -> None:
    """Read the hours of each meter again and write what follows from them. A meter without hours is removed."""
    for key in keys:
        hours = await _hours(connection, key)
        if hours is None:
            await connection.execute("DELETE FROM meters WHERE meter_id = %s", (key,))
            continue
        await write_meter_span(connection, key, hours)
        meter, timezone, name, earlier = await _about(connection, key)
        faults = find_faults(meter, timezone, hours)
        if earlier is not None:
            faults.append(successive_fault(name, timezone, earlier, meter))
        await clear_faults(connection, [key], "computed")
        await add_faults(connection, key, "computed", faults)


async def _hours(connection: Connection, key: int) -> Hours | None:
    cursor = connection.cursor(binary=True)
    await cursor.execute(
        "SELECT array_send(array_agg(at)), array_send(array_agg(value)), array_send(array_agg(flag))"
        " FROM (SELECT at, value, flag FROM readings WHERE meter_id = %s ORDER BY at) AS ordered",
        (key,),
    )
    at, value, flag = await cursor.fetchone() or (None, None, None)
    if at is None:
        return None
    moments = from_timestamptz(elements(at, ">i8"))
    values, flags = elements(value, ">f8").astype(np.float64), elements(flag, ">i2").astype(np.uint8)
    partial = moments[(flags == Flag.ABSENT) & np.isfinite(values)]
    return Hours(moments, values, flags, duplicates=_NONE, sentinels=_NONE, partial=partial)


async def _about(connection: Connection, key: int) -> tuple[Meter, str, str, Meter | None]:
    """Return a meter, its site's time zone, its building's name, and the meter that it succeeded."""
    cursor = await connection.execute(
        "SELECT m.id, m.site_id, m.kind, m.unit, m.first_at, m.last_end, m.building_id, m.meter_id, s.timezone,"
        " coalesce(b.name, s.name) FROM meters t JOIN meters m ON m.kind = t.kind AND m.site_id = t.site_id"
        " AND m.building_id IS NOT DISTINCT FROM t.building_id JOIN sites s ON s.id = m.site_id"
        " LEFT JOIN buildings b ON b.id = m.building_id"
        " WHERE t.meter_id = %s AND (m.meter_id = t.meter_id OR ("
        "m.first_at <= t.first_at AND m.sub_meter_of IS NULL AND t.sub_meter_of IS NULL"
        " AND m.direction = 'import' AND t.direction = 'import')) ORDER BY m.first_at, m.meter_id = t.meter_id",
        (key,),
    )
    rows: list[TupleRow] = await cursor.fetchall()
    earlier = Meter(*rows[-2][:7]) if len(rows) > 1 else None
    return Meter(*rows[-1][:7]), rows[-1][8], rows[-1][9], earlier
