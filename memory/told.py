"""What people tell of buildings: kept with who, when and what it was before, merged, superseded, and taken back.

PostgreSQL keeps it, since figures rest on it: one transaction writes the fact, its effect (floor area, use and the like
in the building itself, events among the events), the trail of changes, and the new version of the building's series, so
that no answer of before is served again. Where two tell at once one waits for the other.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from memory.building_edit import change_building, nearest_building, put_back
from memory.errors import BadChange
from memory.event import delete_event, write_event
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, write
from memory.series_versions import mark_buildings
from memory.site_settings import settings_from
from memory.told_rows import (
    LOCAL,
    Given,
    ToldRow,
    add_row,
    number_of,
    read_rows,
    remove_row,
    row_numbered,
    rows_of,
    set_event,
    supersede,
    told_again,
    value_text,
)
from tools.errors import UnknownName
from tools.told import OF_THE_BUILDING, ToldFact
from tools.told_hours import Week, is_outdone, week_of

__all__ = ["Forgotten", "Given", "Kept", "ToldRow", "forget_told", "forget_told_of", "list_told", "tell"]

MOST_CHARS = 2_000
MOST_A_BUILDING = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a thing that was told.

    `is_new` is False where it was known already. `was`: the value of its field before, as text, None where nothing was
    known. `superseded`: what it contradicts, which is kept and no longer holds.
    """

    fact: ToldFact
    is_new: bool
    was: str | None = None
    superseded: tuple[ToldFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten, and in words what became of its effect; '' where it had none."""

    fact: ToldFact
    effect: str


async def tell(pool: Pool, given: Given, *, who: str, tenant: str = LOCAL, run_id: str | None = None) -> Kept:
    """Keep what was told, or count that it was told again.

    Raises `UnknownName` for a building that is not there, `BadChange` for a text that is too long, for a value that
    cannot be, for one that would have to end though its field cannot, and where too much is told of one building.
    """
    if not given.text.strip() or len(given.text) > MOST_CHARS:
        raise BadChange(f"what is told has {len(given.text):,} characters; tell it in 1 to {MOST_CHARS:,}")
    if given.field in OF_THE_BUILDING and (given.start or given.end):
        raise BadChange(
            f"the {given.field.split('_')[0]} of a building is kept without a time; tell it without from, until or in"
        )

    async def work(connection: Connection) -> Kept:
        return await _told(connection, given, tenant=tenant, who=who, run_id=run_id)

    return await write(pool, work, lock=DATA_LOCK)


async def list_told(pool: Pool, *, tenant: str = LOCAL, building: str | None = None) -> list[ToldRow]:
    """Return all that a tenant was told, first told first; what no longer holds is among it and says so."""
    return await read_rows(pool, tenant, building)


async def forget_told(pool: Pool, ids: Collection[str], *, who: str, tenant: str = LOCAL) -> list[Forgotten]:
    """Forget facts by their ids, take their effects back, and return what was forgotten; other ids are left alone.

    What a forgotten fact had superseded holds again. The trail of changes keeps that something was set and set back.
    """
    numbers = sorted({n for n in map(number_of, ids) if n is not None}, reverse=True)

    async def work(connection: Connection) -> list[Forgotten]:
        rows = [await row_numbered(connection, tenant, number) for number in numbers]
        return [await _forgotten(connection, row, who) for row in rows if row is not None]

    return await write(pool, work, lock=DATA_LOCK) if numbers else []


async def forget_told_of(pool: Pool, building: str, *, who: str, tenant: str = LOCAL) -> list[Forgotten]:
    """Forget all that was told of a building, as `forget_told` does."""
    rows = await read_rows(pool, tenant, building)
    return await forget_told(pool, [row.fact.id for row in rows], who=who, tenant=tenant)


async def _told(connection: Connection, given: Given, *, tenant: str, who: str, run_id: str | None) -> Kept:
    await _require_building(connection, given.building)
    holding = await rows_of(connection, tenant, given.building)
    if (same := next((row for row in holding if _is_same(row, given)), None)) and await _stands(connection, given):
        await told_again(connection, same, given)
        return Kept(same.fact, is_new=False)
    if len(holding) >= MOST_A_BUILDING:
        raise BadChange(
            f"{MOST_A_BUILDING} things are told of {given.building} already; `eaio memory forget` makes room"
        )
    was = await _set_in_building(connection, given, who)
    row = await add_row(connection, given, tenant=tenant, who=who, run_id=run_id, was=was)
    over = _outdone(holding, row, await _week_of_site(connection, given.building))
    for old in over:
        await supersede(connection, old, row)
    if given.field == "event":
        await set_event(connection, number_of(row.fact.id) or 0, await _event(connection, given, who))
    await _note_change(connection, row.fact, who, told=True)
    return Kept(row.fact, True, was, tuple(old.fact for old in over))


async def _require_building(connection: Connection, building: str) -> None:
    cursor = await connection.execute("SELECT 1 FROM buildings WHERE id = %s", (building,))
    if await cursor.fetchone() is None:
        raise UnknownName(building, await nearest_building(connection, building))


def _is_same(row: ToldRow, given: Given) -> bool:
    """Tell whether the same was told before, for the same days; a note is the same by its words."""
    fact = row.fact
    if (fact.field, fact.start, fact.end) != (given.field, given.start, given.end):
        return False
    if given.field == "note":
        return fact.text.casefold() == given.text.casefold()
    return bool(dict(fact.value) == json.loads(json.dumps(dict(given.value))))


async def _stands(connection: Connection, given: Given) -> bool:
    """Tell whether a value that was told before is still the building's: it may have been set otherwise since."""
    if given.field not in OF_THE_BUILDING:
        return True
    cursor = await connection.execute(
        "SELECT to_jsonb(b) -> %s = %s::jsonb FROM buildings b WHERE id = %s",
        (given.field, json.dumps(given.value[given.field]), given.building),
    )
    return bool((await cursor.fetchone() or (False,))[0])


async def _set_in_building(connection: Connection, given: Given, who: str) -> str | None:
    """Set a field of the building itself; return what it was."""
    if given.field not in OF_THE_BUILDING:
        return None
    value: Any = given.value[given.field]
    changed = await change_building(connection, given.building, who=who, **{given.field: value})
    old, _ = changed.get(given.field, (value_text(given), ""))
    return old


async def _week_of_site(connection: Connection, building: str) -> Week:
    """Return the week that a building has without what is told of it."""
    cursor = await connection.execute(
        "SELECT s.settings || s.own_settings FROM sites s JOIN buildings b ON b.site_id = s.id WHERE b.id = %s",
        (building,),
    )
    return week_of(settings_from((await cursor.fetchone() or ({},))[0]))


def _outdone(holding: list[ToldRow], new: ToldRow, week: Week) -> list[ToldRow]:
    """Return the rows that a new one contradicts: another value of its field, or hours that it changes."""
    if new.fact.field in ("note", "event"):
        return []
    rivals = [r for r in holding if r.fact.field == new.fact.field and _days(r.fact) == _days(new.fact)]
    if new.fact.field != "opening":
        return rivals
    gone: list[ToldRow] = []
    for old in rivals:
        others = [r.fact.value for r in rivals if r is not old and r not in gone]
        if is_outdone(old.fact.value, others, new.fact.value, week):
            gone.append(old)
    return gone


def _days(fact: ToldFact) -> tuple[date | None, date | None]:
    return fact.start, fact.end


async def _event(connection: Connection, given: Given, who: str) -> int:
    value: Mapping[str, Any] = given.value
    last = date.fromisoformat(value["end"]) - timedelta(days=1) if value.get("end") else None
    first = date.fromisoformat(value["start"])
    made = await write_event(connection, given.building, value["kind"], first, last, note=given.text, who=who)
    return made.id


async def _forgotten(connection: Connection, row: ToldRow, who: str) -> Forgotten:
    fact, effect = row.fact, ""
    if fact.field in OF_THE_BUILDING and row.superseded_by is None:
        back = await put_back(connection, fact.building, fact.field, value_text(fact), row.was, who=who)
        what = fact.field.split("_")[0]
        effect = f"its {what} is {row.was or 'not known'} again" if back else f"its {what} stays as it is set"
    if row.event is not None and await delete_event(connection, row.event, who=who):
        effect = "its event is removed"
    await remove_row(connection, row)
    await _note_change(connection, fact, who, told=False)
    return Forgotten(fact, effect)


async def _note_change(connection: Connection, fact: ToldFact, who: str, *, told: bool) -> None:
    """Write down that it was told or forgotten, and raise the version of all that is known of the building.

    What a note says stays out of the trail of changes, so that it can be forgotten.
    """
    if fact.field == "opening":
        rule = json.dumps(dict(fact.value))
        await connection.execute(
            "INSERT INTO changes (who, building_id, field, old, new) VALUES (%s, %s, 'opening', %s, %s)",
            (who, fact.building, None if told else rule, rule if told else None),
        )
    if fact.field != "note":
        await mark_buildings(connection, [fact.building])
        await bump_data_version(connection)
