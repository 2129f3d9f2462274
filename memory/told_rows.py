"""The rows of what people told: read, written and linked, each within a transaction of the caller's or by one look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

from memory.postgres import Connection, Pool, fetch
from privacy.labels import Label
from tools.told import OF_THE_BUILDING, ToldFact, ToldField

LOCAL = "local"
"""The tenant whose buildings this installation answers about."""

_COLUMNS: LiteralString = (
    " told_id, building_id, field, value, text, who, told_at, label, confidence, start_on, end_on, was, times,"
    " superseded_by, superseded_at, event_id"
)
_INSERT: LiteralString = (
    "INSERT INTO told_facts (tenant, building_id, field, value, text, label, who, run_id, confidence, start_on, end_on,"
    " was) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING"
)
_SELECT: LiteralString = "SELECT" + _COLUMNS + " FROM told_facts WHERE tenant = %s"


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be kept: as `ToldFact`, before it has an id."""

    building: str
    field: ToldField
    value: Mapping[str, Any]
    text: str
    label: Label
    confidence: float = 1.0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A fact with what became of it.

    `was`: the value of its field before, as text. `times`: how often it was told. `superseded_by`: the id of what
    contradicts it, since `superseded_at`; None where it holds. `event`: the number of its event.
    """

    fact: ToldFact
    was: str | None
    times: int
    superseded_by: str | None
    superseded_at: datetime | None
    event: int | None

    def is_over(self, day: date) -> bool:
        """Tell whether all days that it holds on lie before a day."""
        return self.fact.end is not None and self.fact.end <= day

    def holds(self, day: date) -> bool:
        """Tell whether nothing contradicts it and its days are not over."""
        return not self.superseded_by and not self.is_over(day)


def name_of(number: int) -> str:
    """Return the id under which people and agent memory know a row."""
    return f"t{number}"


def value_text(fact: ToldFact | Given) -> str | None:
    """Return the value of a field of the building itself, as the building's row would be read; else None."""
    return str(fact.value[fact.field]) if fact.field in OF_THE_BUILDING else None


def number_of(name: str) -> int | None:
    """Return the row that an id stands for; None where it is no such id."""
    digits = name.strip().lower().removeprefix("t")
    return int(digits) if name.strip().lower() != digits and digits.isdecimal() and len(digits) < 19 else None


async def read_rows(pool: Pool, tenant: str, building: str | None = None) -> list[ToldRow]:
    """Return all rows of a tenant, of one building where it is given, first told first."""
    rows = await fetch(
        pool,
        _SELECT + " AND (%s::text IS NULL OR building_id = %s) ORDER BY told_id",
        (tenant, building, building),
    )
    return [_row(row) for row in rows]


async def read_in_force(pool: Pool) -> tuple[ToldFact, ...]:
    """Return what figures may rest on: all but notes and what is superseded, first told first."""
    rows = await fetch(
        pool,
        _SELECT + " AND superseded_by IS NULL AND field <> 'note' ORDER BY told_id",
        (LOCAL,),
    )
    return tuple(_row(row).fact for row in rows)


async def rows_of(connection: Connection, tenant: str, building: str) -> list[ToldRow]:
    """Return the rows of a building that hold, within a transaction."""
    cursor = await connection.execute(
        _SELECT + " AND building_id = %s AND superseded_by IS NULL ORDER BY told_id",
        (tenant, building),
    )
    return [_row(row) for row in await cursor.fetchall()]


async def row_numbered(connection: Connection, tenant: str, number: int) -> ToldRow | None:
    """Return one row, within a transaction; None where the tenant has none such."""
    cursor = await connection.execute(
        _SELECT + " AND told_id = %s",
        (tenant, number),
    )
    row = await cursor.fetchone()
    return None if row is None else _row(row)


async def add_row(
    connection: Connection, given: Given, *, tenant: str, who: str, run_id: str | None, was: str | None
) -> ToldRow:
    """Add a row and return it."""
    from psycopg.types.json import Jsonb

    cursor = await connection.execute(
        _INSERT + _COLUMNS,
        (
            tenant,
            given.building,
            given.field,
            Jsonb(dict(given.value)),
            given.text,
            given.label.name,
            who,
            run_id,
            given.confidence,
            given.start,
            given.end,
            was,
        ),
    )
    return _row(await cursor.fetchone() or ())


async def set_event(connection: Connection, number: int, event: int) -> None:
    """Say which event a row stands for."""
    await connection.execute("UPDATE told_facts SET event_id = %s WHERE told_id = %s", (event, number))


async def told_again(connection: Connection, row: ToldRow, given: Given) -> None:
    """Count that the same was told once more; label and confidence can only rise."""
    await connection.execute(
        "UPDATE told_facts SET times = times + 1, confidence = greatest(confidence, %s), label = %s WHERE told_id = %s",
        (given.confidence, max(row.fact.label, given.label).name, number_of(row.fact.id)),
    )


async def supersede(connection: Connection, old: ToldRow, new: ToldRow) -> None:
    """Say that a row holds no longer, since another contradicts it."""
    await connection.execute(
        "UPDATE told_facts SET superseded_by = %s, superseded_at = now() WHERE told_id = %s",
        (number_of(new.fact.id), number_of(old.fact.id)),
    )


async def remove_row(connection: Connection, row: ToldRow) -> None:
    """Remove a row: what it superseded is superseded by what superseded it, or holds again where nothing did."""
    own, by = number_of(row.fact.id), number_of(row.superseded_by) if row.superseded_by else None
    await connection.execute(
        "UPDATE told_facts SET was = %s WHERE told_id = %s AND was IS NOT DISTINCT FROM %s",
        (row.was, by, value_text(row.fact)),
    )
    await connection.execute(
        "UPDATE told_facts SET superseded_by = %(by)s, superseded_at = CASE WHEN %(by)s::bigint IS NULL THEN NULL"
        " ELSE superseded_at END WHERE superseded_by = %(own)s",
        {"own": own, "by": by},
    )
    await connection.execute("DELETE FROM told_facts WHERE told_id = %s", (own,))


def _row(row: Sequence[Any]) -> ToldRow:
    number, building, field, value, text, who, told_at, label, sure, start, end, was, times, by, since, event = row
    fact = ToldFact(name_of(number), building, field, value, text, who, told_at, Label[label], sure, start, end)
    return ToldRow(fact, was, times, None if by is None else name_of(by), since, event)
