"""Which meters of a file are one building's, one after the other: a meter that was replaced has a successor.

Two meters of one kind that measure at the same time are no succession; adding or choosing is for a person to say.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from memory.catalog import Source
from memory.errors import BadMapping
from memory.names import slug
from memory.postgres import Connection
from memory.registry import write_meter
from memory.treatment import HOUR_S, Ints

MOST_OVERLAP_H = 168  # both may run while the old one is taken out


def in_succession(name: str, meters: dict[str, Ints]) -> list[str]:
    """Return the meters of one building and kind, first to last. `meters`: the times of each, ascending.

    Raises `BadMapping` where two of them measure at the same time for longer than a replacement takes.
    """
    ordered = sorted((m for m in meters if len(meters[m])), key=lambda m: (int(meters[m][0]), m))
    for earlier, later in pairwise(ordered):
        both = len(np.intersect1d(meters[earlier] // HOUR_S, meters[later] // HOUR_S))
        if both > MOST_OVERLAP_H:
            raise BadMapping(
                f"{name} has the meters {earlier} and {later} at the same time, in {both:,} hours; give the column that"
                " names them with --building-from, so that each is a building of its own, or leave one out of the file"
            )
    return ordered


def before(at: Ints, successors: Sequence[Ints]) -> Ints:
    """Return which readings of a meter come before the first of any successor, which then decides; as indices."""
    ends = [int(one[0]) for one in successors if len(one)]
    return np.flatnonzero(at < min(ends)) if ends else np.arange(len(at))


async def ensure_export(connection: Connection, first: Source) -> tuple[int, Source]:
    """Return the meter of what a building sends to the grid, added where it is not there yet: it is no use."""
    stem = "/".join(first.id.split("/")[:2])
    source = replace(first, id=f"{stem}/export", direction="export")
    return await write_meter(connection, source), source


async def ensure_sub_meter(connection: Connection, main: Source, name: str) -> tuple[int, Source]:
    """Return a meter whose amounts the main one counts too, added where it is not there yet: no total adds it.

    Raises `BadMapping` where the main meter has no readings yet.
    """
    cursor = await connection.execute("SELECT meter_id FROM meters WHERE id = %s AND first_at IS NOT NULL", (main.id,))
    counts_it = await cursor.fetchone()
    if counts_it is None:
        raise BadMapping(f"{main.id} has no readings yet; load the meter that counts {name} too before its sub-meter")
    stem = "/".join(main.id.split("/")[:2])
    source = replace(main, id=f"{stem}/sub-{slug(name)}")
    own = await write_meter(connection, source)
    await connection.execute("UPDATE meters SET sub_meter_of = %s WHERE meter_id = %s", (counts_it[0], own))
    return own, source


async def ensure_successor(connection: Connection, first: Source, meter: str) -> tuple[int, Source]:
    """Return the meter that came after the first one of a building, added where it is not there yet."""
    key = slug(meter)
    if not key:
        raise BadMapping(f"the meter {meter!r} makes no id; use at least one of the letters a to z or a digit")
    stem = "/".join(first.id.split("/")[:2])
    source = replace(first, id=f"{stem}/{key}")
    return await write_meter(connection, source), source
