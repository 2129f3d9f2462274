"""Notice that the process of a service stands still while it owes an answer: it was stopped, or waits for itself.

Silence says little of a process that may have long work to do. One that uses no processor time does none.
"""

import asyncio
from collections.abc import Callable

from services.pid import computed_s
from services.record import Record, find_recorded
from services.service import Service

LOOK_S = 0.5
"""Between two looks, seconds."""
LOOKS = 4
"""So many in a row that see no work are a standstill. Looks count and not seconds: a machine that was paused as a whole
has used no time either, and after it one look sees that."""
LEAST_S = 0.005
"""Processor time that is work, seconds: half of the step in which a system counts it."""


async def standing_still(service: Service, owes: Callable[[], bool]) -> Record | None:
    """Return the process of `service` once it stood still while `owes` said so; None where there is none any more.

    Cancel it to look no more. `services.process.end_at_once` ends what is returned: whoever waits for it sees the
    connection break at once, and who asks next starts it anew.
    """
    record = await asyncio.to_thread(find_recorded, service)
    if record is None:
        return None
    idle, before = 0, await asyncio.to_thread(computed_s, record.pid)
    while idle < LOOKS:
        await asyncio.sleep(LOOK_S)
        now = await asyncio.to_thread(computed_s, record.pid)
        if before is None or now is None or not await asyncio.to_thread(record.is_alive):
            return None
        idle = idle + 1 if owes() and now - before < LEAST_S else 0
        before = now
    return record
