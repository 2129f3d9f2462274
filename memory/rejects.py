"""Rows that loads refused, with the reason, and how the file they stood in was read."""

from dataclasses import dataclass
from typing import Any

from memory.columns import ColumnMapping, ValueColumn
from memory.csv_table import TableShape
from memory.errors import BadChange
from memory.espi_mapping import ESPI
from memory.postgres import Pool, fetch

SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class KeptReject:
    """A row or cell that a load refused. `line`: in the file; `raw`: as it stood there."""

    load: int
    file: str
    line: int
    raw: str
    reason: str


async def list_rejects(pool: Pool, load_id: int | None = None, limit: int = SHOWN) -> tuple[list[KeptReject], int]:
    """Return the first rejects of all loads, or of one, and how many there are.

    Raises `BadChange` where there is no such load.
    """
    if load_id is not None:
        await _mapping_of(pool, load_id)
    rows = await fetch(
        pool,
        "SELECT load_id, l.file, r.line, r.raw, r.reason, count(*) OVER () FROM rejects r JOIN loads l USING (load_id)"
        " WHERE %s::bigint IS NULL OR load_id = %s ORDER BY load_id, line, raw LIMIT %s",
        (load_id, load_id, limit),
    )
    return [KeptReject(*row[:5]) for row in rows], int(rows[0][5]) if rows else 0


async def mapping_of_load(pool: Pool, load_id: int) -> ColumnMapping:
    """Return how a load was read. Raises `BadChange` where there is no such load of a file of rows."""
    found = await _mapping_of(pool, load_id)
    if found is None or found["shape"]["encoding"] == ESPI:
        raise BadChange(f"load {load_id} has no rows that could be read in another way; `eaio data rejects` lists them")
    return _mapping(found)


async def _mapping_of(pool: Pool, load_id: int) -> dict[str, Any] | None:
    rows = await fetch(pool, "SELECT mapping FROM loads WHERE load_id = %s", (load_id,))
    if not rows:
        raise BadChange(f"there is no load {load_id}; `eaio data rejects` lists those with rejects")
    found: dict[str, Any] | None = rows[0][0]
    return found


def _mapping(said: dict[str, Any]) -> ColumnMapping:
    shape = TableShape(**{**said["shape"], "columns": tuple(said["shape"]["columns"])})
    values = tuple(ValueColumn(**value) for value in said["values"])
    lists = {name: tuple(said[name]) for name in ("time_columns", "doubts")}
    return ColumnMapping(**{**said, **lists, "shape": shape, "values": values})
