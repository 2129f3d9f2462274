"""What is told is merged, superseded, taken back, and seen by figures at once; nobody else's is touched."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.errors import BadChange
from memory.load import load_shipped
from memory.postgres import Pool, fetch
from memory.series_versions import unchanged
from memory.told import Given, Kept, forget_told, forget_told_of, list_told, tell
from privacy.labels import Label
from tests.memory.data_folder import write_data_folder
from tools.errors import UnknownName
from tools.readings import Building, Inventory
from tools.told import ToldField


@pytest.fixture
async def town(empty: Pool, tmp_path: Path) -> Pool:
    """Give a town of two buildings."""
    await load_shipped(empty, write_data_folder(tmp_path))
    return empty


async def say(
    pool: Pool,
    field: ToldField,
    value: dict[str, Any],
    text: str = "as said",
    *,
    building: str = "hall",
    label: Label = Label.INTERNAL,
    end: date | None = None,
    tenant: str = "local",
) -> Kept:
    """Tell one thing of the hall."""
    return await tell(pool, Given(building, field, value, text, label, end=end), who="ada", tenant=tenant)


async def names(pool: Pool) -> Inventory:
    """Return what has a name now."""
    return await BuildingData(pool).inventory()


async def hall(pool: Pool) -> Building:
    """Return the hall as it is now."""
    return (await names(pool)).buildings["hall"]


async def test_area_is_the_buildings_and_goes_back_when_it_is_forgotten(town: Pool) -> None:
    kept = await say(town, "area_m2", {"area_m2": 4500.0})
    assert (kept.is_new, kept.was, (await hall(town)).area_m2) == (True, "1000.0", 4500.0)
    (gone,) = await forget_told(town, [kept.fact.id], who="ada")
    assert gone.effect == "its area is 1000.0 again"
    assert (await hall(town)).area_m2 == 1000.0
    trail = await fetch(town, "SELECT who, old, new FROM changes WHERE field = 'area_m2' ORDER BY change_id")
    assert trail == [("ada", "1000.0", "4500.0"), ("ada", "4500.0", "1000.0")]


async def test_use_that_was_not_known_is_unknown_again(town: Pool) -> None:
    kept = await say(town, "use", {"use": "laboratory"})
    assert (await hall(town)).use == "laboratory"
    await forget_told(town, [kept.fact.id], who="ada")
    assert (await hall(town)).use is None


async def test_what_somebody_set_since_is_not_taken_back(town: Pool) -> None:
    kept = await say(town, "area_m2", {"area_m2": 4500.0})
    await set_building(town, "hall", area_m2=6000.0, who="eve")
    (gone,) = await forget_told(town, [kept.fact.id], who="ada")
    assert gone.effect == "its area stays as it is set"
    assert (await hall(town)).area_m2 == 6000.0


async def test_the_same_again_is_one_fact_whose_label_can_only_rise(town: Pool) -> None:
    await say(town, "opening", {"nights": True})
    again = await say(town, "opening", {"nights": True}, label=Label.RESTRICTED)
    await say(town, "opening", {"nights": True}, label=Label.PUBLIC)
    (row,) = await list_told(town)
    assert (again.is_new, row.times, row.fact.label) == (False, 3, Label.RESTRICTED)


async def test_contradicted_fact_stays_superseded_and_holds_again_when_the_newer_is_forgotten(town: Pool) -> None:
    open_ = await say(town, "opening", {"nights": True})
    saturday = await say(town, "opening", {"days": {"5": [9, 13]}})
    closed = await say(town, "opening", {"nights": False})
    assert [fact.id for fact in closed.superseded] == [open_.fact.id]
    assert [fact.id for fact in (await names(town)).told] == [saturday.fact.id, closed.fact.id]
    await forget_told(town, [closed.fact.id], who="ada")
    assert [fact.id for fact in (await names(town)).told] == [open_.fact.id, saturday.fact.id]


async def test_forgetting_the_middle_of_three_leaves_the_last_in_force(town: Pool) -> None:
    first, second, third = [await say(town, "area_m2", {"area_m2": area}) for area in (2000.0, 3000.0, 4000.0)]
    await forget_told(town, [second.fact.id], who="ada")
    assert [row.superseded_by for row in await list_told(town)] == [third.fact.id, None]
    await forget_told(town, [first.fact.id], who="ada")
    await forget_told(town, [third.fact.id], who="ada")
    assert (await hall(town)).area_m2 == 1000.0


async def test_event_is_among_the_events_until_it_is_forgotten(town: Pool) -> None:
    value = {"kind": "retrofit", "start": "2019-06-01", "end": None}
    kept = await say(town, "event", value)
    (event,) = (await names(town)).events_of("hall")
    assert (event.kind, event.start, event.end) == ("retrofit", date(2019, 6, 1), None)
    await forget_told(town, [kept.fact.id], who="ada")
    assert (await names(town)).events == ()


async def test_note_is_no_part_of_what_figures_rest_on_and_leaves_no_trace_of_its_words(town: Pool) -> None:
    kept = await say(town, "note", {}, "the chiller runs all night")
    assert (await names(town)).told == ()
    await forget_told(town, [kept.fact.id], who="ada")
    assert await list_told(town) == []
    assert await fetch(town, "SELECT 1 FROM changes WHERE old LIKE '%%chiller%%' OR new LIKE '%%chiller%%'") == []


async def test_no_answer_of_before_holds_once_something_is_told_or_forgotten(town: Pool) -> None:
    for change in ("told", "forgotten"):
        version = (await names(town)).data_version
        if change == "told":
            kept = await say(town, "opening", {"nights": True})
        else:
            await forget_told(town, [kept.fact.id], who="ada")
        assert not await unchanged(town, ["hall/electricity"], version)
        assert await unchanged(town, ["bath/electricity/1"], version)


async def test_two_who_tell_the_same_at_once_make_one_fact(town: Pool) -> None:
    kept = await asyncio.gather(*(say(town, "opening", {"nights": True}) for _ in range(6)))
    assert sum(one.is_new for one in kept) == 1
    assert [row.times for row in await list_told(town)] == [6]


async def test_what_another_tenant_told_is_not_seen_used_or_forgotten(town: Pool) -> None:
    theirs = await say(town, "opening", {"nights": True}, tenant="other")
    assert (await names(town)).told == ()
    assert await list_told(town) == []
    assert await forget_told(town, [theirs.fact.id], who="ada") == []
    assert await forget_told_of(town, "hall", who="ada") == []
    assert len(await list_told(town, tenant="other")) == 1


async def test_all_of_a_building_is_forgotten_at_once(town: Pool) -> None:
    await say(town, "area_m2", {"area_m2": 4500.0})
    await say(town, "use", {"use": "office"})
    await say(town, "note", {}, "a note")
    await say(town, "note", {}, "of the baths", building="bath")
    assert len(await forget_told_of(town, "hall", who="ada")) == 3
    assert [row.fact.building for row in await list_told(town)] == ["bath"]
    assert (await hall(town)).area_m2 == 1000.0


async def test_what_is_told_survives_a_reload_of_the_shipped_data(town: Pool, tmp_path: Path) -> None:
    await say(town, "area_m2", {"area_m2": 4500.0})
    await say(town, "opening", {"nights": True})
    await load_shipped(town, write_data_folder(tmp_path))
    assert (await hall(town)).area_m2 == 4500.0
    assert len((await names(town)).told_of("hall", "opening")) == 1


@pytest.mark.parametrize("identifier", ["t999", "e12", "", "t", "t1; DROP TABLE told_facts", "t" + "9" * 40, "T-1"])
async def test_id_that_is_none_forgets_nothing(identifier: str, town: Pool) -> None:
    await say(town, "note", {}, "stays")
    assert await forget_told(town, [identifier], who="ada") == []
    assert len(await list_told(town)) == 1


@pytest.mark.parametrize(
    ("field", "value", "more", "error", "words"),
    [
        ("note", {}, {"text": "x" * 1_000_000}, BadChange, "1,000,000 characters"),
        ("note", {}, {"text": "  "}, BadChange, "characters"),
        ("area_m2", {"area_m2": 1e12}, {}, BadChange, "cannot be"),
        ("area_m2", {"area_m2": 100.0}, {"end": date(2027, 1, 1)}, BadChange, "without a time"),
        ("use", {"use": "office"}, {"building": "hal"}, UnknownName, "did you mean hall"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_nothing_changes(
    field: ToldField, value: dict[str, Any], more: dict[str, Any], error: type[Exception], words: str, town: Pool
) -> None:
    with pytest.raises(error, match=words):
        await say(town, field, value, **more)
    assert await list_told(town) == []
    assert (await hall(town)).area_m2 == 1000.0


async def test_building_has_room_for_so_much(town: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory.told.MOST_A_BUILDING", 2)
    for number in range(2):
        await say(town, "note", {}, f"note {number}")
    with pytest.raises(BadChange, match="makes room"):
        await say(town, "note", {}, "one more")


async def test_text_is_data_whatever_it_says(town: Pool) -> None:
    words = "'); DROP TABLE told_facts; -- ignore the gate, {{7*7}} \u202e"
    kept = await say(town, "note", {}, words)
    assert [row.fact.text for row in await list_told(town)] == [words]
    assert kept.fact.label is Label.INTERNAL


async def test_superseded_fact_of_a_removed_building_goes_with_it(town: Pool) -> None:
    for nights in (True, False):
        await say(town, "opening", {"nights": nights}, building="bath")
    async with town.connection() as connection, connection.transaction():
        await connection.execute("SET TRANSACTION READ WRITE")
        for table in ("changes", "aliases", "meters", "buildings"):
            column = "id" if table == "buildings" else "building_id"
            await connection.execute(f"DELETE FROM {table} WHERE {column} = 'bath'".encode())
    assert await list_told(town) == []
