"""What a person takes out is out of every figure, is written down, and comes back as it was."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from memory.building_data import BuildingData
from memory.column_guess import guess_mapping
from memory.errors import BadChange
from memory.exclusion import exclude, exclusions, undo_exclusion
from memory.load import load_shipped
from memory.own_data import load_csv
from memory.postgres import Pool, fetch
from tests.memory.data_folder import write_data_folder
from tools.compute import compute
from tools.energy_query import EnergyQuery, Period
from tools.errors import UnknownName
from tools.readings import Flag

START, END = datetime(2019, 1, 10, tzinfo=UTC), datetime(2019, 1, 12, tzinfo=UTC)
JANUARY = EnergyQuery(
    buildings=("hall",),
    period=Period.model_validate({"start": "2019-01-01", "end": "2019-02-01", "words": "January 2019"}),
)


async def every_row(pool: Pool) -> list[tuple[object, ...]]:
    return await fetch(pool, "SELECT meter_id, at, value, flag FROM readings ORDER BY 1, 2")


async def state(pool: Pool) -> list[list[tuple[object, ...]]]:
    """Return all that follows from readings, too."""
    known = "SELECT id, first_at, last_end, hours, valid_hours FROM meters ORDER BY 1"
    faults = "SELECT meter_id, kind, start_at, end_at, hours, note, open FROM faults ORDER BY 1, 2, 3"
    sums = "SELECT meter_id, part, total, valid_hours, hours, peak, peak_at::text FROM readings_daily ORDER BY 1, 2"
    return [await every_row(pool), await fetch(pool, known), await fetch(pool, faults), await fetch(pool, sums)]


async def test_excluded_hours_leave_every_figure_and_the_answer_says_so(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    data = BuildingData(empty)
    made = await exclude(empty, "hall/electricity", START, END, because="the meter was open", who="ada")
    assert (made.hours, made.because, made.who) == (48, "the meter was open", "ada")
    (lead,) = (await compute(JANUARY, data, await data.inventory())).evidence
    assert (lead.value, lead.coverage) == ((744 - 48) * 5.0, (744 - 48) / 744)
    assert "Left out because a person said so: 48 hours from 10 Jan 2019 to 11 Jan 2019 (exclusion 1)." in lead.caveats
    assert not any("open" in caveat for caveat in lead.caveats)  # the reason stays here; a caveat may leave
    total = await data.totals(["hall/electricity"], date(2019, 1, 1), date(2019, 2, 1), "month")
    assert total.total.tolist() == [lead.value]
    series = (await data.hourly(["hall/electricity"], START, END))["hall/electricity"]
    assert set(series.flags.tolist()) == {Flag.EXCLUDED}
    assert set(series.values.tolist()) == {5.0}


async def test_undone_exclusion_leaves_all_as_it_was(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    before = await state(empty)
    first = await exclude(
        empty, "bath/electricity/1", datetime(2019, 3, 20, tzinfo=UTC), END.replace(month=4), because="a"
    )
    second = await exclude(empty, "bath/electricity/1", START, datetime(2019, 3, 28, tzinfo=UTC), because="b")
    await undo_exclusion(empty, first.id)
    left_out = "SELECT min(at), max(at) FROM readings WHERE flag = 7"
    assert await fetch(empty, left_out) == [(START, datetime(2019, 3, 27, 23, tzinfo=UTC))]
    await undo_exclusion(empty, second.id, who="bob")
    assert await state(empty) == before
    assert await fetch(empty, "SELECT * FROM excluded_flags") == []
    assert [(one.undone_by, one.undone_at is not None) for one in await exclusions(empty)] == [
        ("local user", True),
        ("bob", True),
    ]
    audit = await fetch(empty, "SELECT who, meter, old, new FROM changes ORDER BY change_id")
    assert audit[1] == ("local user", "bath/electricity/1", None, "excluded: b")
    assert audit[3] == ("bob", "bath/electricity/1", "excluded: b", None)


async def test_hours_that_are_loaded_again_stay_out_until_it_is_undone(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path / "data"))
    made = await exclude(empty, "hall/electricity", START, END, because="the meter was open")
    mine = tmp_path / "mine.csv"
    mine.write_text("time,hall kWh\n2019-01-11 23:00,77\n2019-01-12 00:00,78\n")
    await load_csv(empty, mine, site="town", mapping=guess_mapping(mine, timezone="UTC"))
    flags = "SELECT value, flag FROM readings WHERE value IN (77, 78) ORDER BY 1"
    assert await fetch(empty, flags) == [(77.0, Flag.EXCLUDED), (78.0, Flag.OK)]
    await load_shipped(empty, write_data_folder(tmp_path / "data", factor=2.0))
    assert await fetch(empty, "SELECT count(*) FROM readings WHERE flag = 7") == [(48,)]
    await undo_exclusion(empty, made.id)
    assert await fetch(empty, flags) == [(77.0, Flag.OK), (78.0, Flag.OK)]
    assert await fetch(empty, "SELECT count(*) FROM readings WHERE flag = 7") == [(0,)]


async def test_what_cannot_be_excluded_is_said_with_what_there_is(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    with pytest.raises(UnknownName, match="did you mean hall/electricity"):
        await exclude(empty, "hall/electricty", START, END, because="typing")
    with pytest.raises(BadChange, match="needs a reason"):
        await exclude(empty, "hall/electricity", START, END, because=" \u202e ")
    with pytest.raises(BadChange, match="before they begin"):
        await exclude(empty, "hall/electricity", END, START, because="typing")
    with pytest.raises(BadChange, match="its readings run from 2019-01-01 to"):
        await exclude(empty, "hall/electricity", START.replace(year=2015), END.replace(year=2015), because="typing")
    with pytest.raises(BadChange, match="no exclusion 9 to undo"):
        await undo_exclusion(empty, 9)
    assert await exclusions(empty) == []
