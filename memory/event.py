"""What happened to a building: a retrofit, a holiday, another schedule. Written down by people, for analyses to use."""

from datetime import date, timedelta

from memory.building_edit import nearest_building
from memory.errors import BadChange
from memory.names import clean_name
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, write
from tools.errors import UnknownName
from tools.readings import Event

KIND_CHARS = 40


async def add_event(
    pool: Pool,
    building: str,
    kind: str,
    first_day: date,
    last_day: date | None = None,
    *,
    note: str = "",
    who: str = "local user",
) -> Event:
    """Write an event down; `last_day`, local and included, is None where it lasts.

    Raises `UnknownName` for a building that is not there, `BadChange` for days or a kind that cannot be.
    """

    async def work(connection: Connection) -> Event:
        return await write_event(connection, building, kind, first_day, last_day, note=note, who=who)

    return await write(pool, work, lock=DATA_LOCK)


async def write_event(
    connection: Connection,
    building: str,
    kind: str,
    first_day: date,
    last_day: date | None = None,
    *,
    note: str = "",
    who: str,
) -> Event:
    """Do as `add_event` within a transaction of the caller's, which holds `DATA_LOCK`."""
    what = clean_name(kind).lower()[:KIND_CHARS]
    if not what:
        raise BadChange("an event needs a kind, such as retrofit, holiday or schedule")
    if last_day is not None and last_day < first_day:
        raise BadChange(f"the event ends on {last_day} before it begins on {first_day}")
    end = None if last_day is None else last_day + timedelta(days=1)
    cursor = await connection.execute("SELECT 1 FROM buildings WHERE id = %s", (building,))
    if await cursor.fetchone() is None:
        raise UnknownName(building, await nearest_building(connection, building))
    cursor = await connection.execute(
        "INSERT INTO events (building_id, kind, start_on, end_on, note, who) VALUES (%s, %s, %s, %s, %s, %s)"
        " RETURNING building_id, kind, start_on, end_on, note, event_id",
        (building, what, first_day, end, clean_name(note), clean_name(who)),
    )
    made = Event(*(await cursor.fetchone() or ()))
    await _note_change(connection, made, who, None, f"{made.kind} from {made.start}")
    return made


async def remove_event(pool: Pool, number: int, *, who: str = "local user") -> Event:
    """Take an event back; return what it was. Raises `BadChange` for a number that none has."""

    async def work(connection: Connection) -> Event:
        gone = await delete_event(connection, number, who=who)
        if gone is None:
            raise BadChange(f"there is no event {number}; `eaio data check` lists them")
        return gone

    return await write(pool, work, lock=DATA_LOCK)


async def delete_event(connection: Connection, number: int, *, who: str) -> Event | None:
    """Take an event back within a transaction of the caller's; return what it was, None where there is none."""
    cursor = await connection.execute(
        "DELETE FROM events WHERE event_id = %s RETURNING building_id, kind, start_on, end_on, note, event_id",
        (number,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    gone = Event(*row)
    await _note_change(connection, gone, who, f"{gone.kind} from {gone.start}", None)
    return gone


async def _note_change(connection: Connection, event: Event, who: str, old: str | None, new: str | None) -> None:
    await connection.execute(
        "INSERT INTO changes (who, building_id, field, old, new) VALUES (%s, %s, 'event', %s, %s)",
        (clean_name(who), event.building, old, new),
    )
    await bump_data_version(connection)
