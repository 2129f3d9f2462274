"""Numbers in and out of PostgreSQL in its binary form, as numpy arrays.

In: COPY straight from a record array. Out: one row whose columns are whole arrays, `array_send(array_agg(...))`: four
times as fast as a COPY of rows, since libpq hands those over one by one.
"""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from psycopg import sql

from memory.postgres import Connection
from memory.treatment import Ints

Rows = NDArray[np.void]

_EPOCH_2000_S = 946_684_800  # PostgreSQL counts microseconds from 2000-01-01
_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_TRAILER = struct.pack(">h", -1)
_ARRAY_HEADER_BYTES = 20  # dimensions, has-nulls, element type, length, lower bound: five int4


def row_type(fields: Mapping[str, str]) -> np.dtype[np.void]:
    """Return the type of one COPY row: the number of fields, then each with its length before it, all big-endian.

    `fields` maps a name to its numpy type, such as `>f8`.
    """
    pairs = [pair for name, code in fields.items() for pair in ((f"{name}_bytes", ">i4"), (name, code))]
    return np.dtype([("fields", ">i2"), *pairs])


def rows_of_type(kind: np.dtype[np.void], length: int, **columns: ArrayLike) -> Rows:
    """Return rows ready to be copied, each column an array of `length` or one value for all."""
    rows = np.zeros(length, kind)
    rows["fields"] = len(columns)
    for name, values in columns.items():
        rows[f"{name}_bytes"] = kind[name].itemsize
        rows[name] = values
    return rows


def joined(parts: Sequence[Rows], kind: np.dtype[np.void]) -> Rows:
    """Return rows of one kind, one part after the other; as bytes, since numpy would copy them field by field."""
    out = np.empty(sum(map(len, parts)), kind)
    if len(out):
        np.concatenate([np.ascontiguousarray(part).view(np.uint8) for part in parts], out=out.view(np.uint8))
    return out


async def copy_in(connection: Connection, statement: sql.SQL | sql.Composed, rows: Rows) -> None:
    """Run a `COPY ... FROM STDIN (FORMAT binary)` over rows."""
    async with connection.cursor().copy(statement) as copy:
        await copy.write(_HEADER)
        await copy.write(np.ascontiguousarray(rows).data.cast("B"))
        await copy.write(_TRAILER)


def to_timestamptz(at: Ints) -> Ints:
    """Return seconds since 1970 UTC as PostgreSQL keeps a timestamptz."""
    return (at - _EPOCH_2000_S) * 1_000_000


def from_timestamptz(microseconds: NDArray[np.generic]) -> Ints:
    """Return what PostgreSQL keeps for a timestamptz as seconds since 1970 UTC."""
    return microseconds.astype(np.int64) // 1_000_000 + _EPOCH_2000_S


def elements(array: bytes, code: str) -> NDArray[np.generic]:
    """Return the elements of a one-dimensional array without nulls, of the numpy type `code`."""
    return np.frombuffer(array, np.dtype([("length", ">i4"), ("item", code)]), offset=_ARRAY_HEADER_BYTES)["item"]
