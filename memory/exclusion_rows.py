"""Flags of readings under exclusions: what a person took out stays out when its hours are written again."""

import numpy as np

from memory.postgres import Connection
from memory.rollup_sums import distinct
from memory.treatment import Flags, Ints
from tools.readings import Flag


async def keep_excluded(connection: Connection, meter: Ints, at: Ints, flags: Flags) -> Flags:
    """Return the flags of readings that are about to be written, `EXCLUDED` where an exclusion holds.

    The flags they would have are kept, so that each can come back. `meter`: keys; `at`: seconds since 1970 UTC.
    """
    cursor = await connection.execute(
        "SELECT meter_id, extract(epoch FROM start_at)::bigint, extract(epoch FROM end_at)::bigint"
        " FROM exclusions e JOIN meters m ON m.id = e.meter WHERE undone_at IS NULL AND meter_id = ANY(%s)",
        (distinct(meter).tolist(),),
    )
    out = np.zeros(len(at), bool)
    for key, start, end in await cursor.fetchall():
        out |= (meter == key) & (at >= start) & (at < end)
    if not out.any():
        return flags
    await connection.execute(
        "INSERT INTO excluded_flags (meter_id, at, flag) SELECT meter, to_timestamp(moment), flag"
        " FROM unnest(%s::int[], %s::bigint[], %s::int2[]) AS row(meter, moment, flag)"
        " ON CONFLICT (meter_id, at) DO UPDATE SET flag = excluded.flag",
        (meter[out].tolist(), at[out].tolist(), flags[out].tolist()),
    )
    return np.where(out, np.uint8(Flag.EXCLUDED), flags)
