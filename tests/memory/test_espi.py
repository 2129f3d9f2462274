"""Green Button files become meters and hours; a hostile or broken one is refused before it costs anything."""

from pathlib import Path

import numpy as np
import pytest

from memory.column_guess import guess_mapping
from memory.errors import BadFile
from memory.espi_rows import TOO_LONG, EspiReadings
from memory.own_data import load_file
from memory.postgres import Pool, fetch
from memory.raw_blocks import NOT_A_NUMBER
from memory.raw_files import raw_readings
from tests.memory.green_button import START, entry, feed, meter, reading_type

WH = reading_type(uom=72, powerOfTenMultiplier=-3, intervalLength=900, commodity=1, flowDirection=1)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))


def written(folder: Path, text: str) -> Path:
    path = folder / "meter.xml"
    path.write_text(text, encoding="utf-8")
    return path


async def stored(pool: Pool) -> dict[str, list[float]]:
    """Return the hours of every meter, in order."""
    rows = await fetch(pool, "SELECT id, value FROM readings JOIN meters USING (meter_id) ORDER BY id, at")
    found: dict[str, list[float]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found


@pytest.mark.slow
async def test_every_meter_of_a_feed_is_loaded_in_its_own_unit_and_interval(empty: Pool, tmp_path: Path) -> None:
    therms = reading_type(uom=169, powerOfTenMultiplier=-2, intervalLength=3600)
    back = reading_type(uom=72, intervalLength=900, commodity=1, flowDirection=19)
    text = feed(
        meter(1, "Town Hall", WH, [250_000] * 8),
        meter(2, "Town Hall", therms, [50, 100], service=1, step_s=3600),
        meter(3, "Town Hall", back, [1000] * 4),
    )
    path = written(tmp_path, text)
    mapping = guess_mapping(path, timezone="America/New_York")
    assert [(v.building, v.kind, v.unit, v.direction) for v in mapping.values] == [
        ("Town Hall", "electricity", "Wh", "import"),
        ("Town Hall", "gas", "therm", "import"),
        ("Town Hall", "electricity", "Wh", "export"),
    ]
    done = await load_file(empty, path, site="home", mapping=mapping)
    assert (done.rows, done.rejected) == (14, {})
    assert await stored(empty) == {
        "town-hall/electricity": [1.0, 1.0],
        "town-hall/electricity/export": [4.0],
        "town-hall/gas": [pytest.approx(14.6535533), pytest.approx(29.3071070)],
    }
    rows = await fetch(empty, "SELECT id FROM meters WHERE direction = 'export'")
    assert rows == [("town-hall/electricity/export",)]


def test_feed_without_links_or_reading_type_is_watt_hours_of_one_meter(tmp_path: Path) -> None:
    readings = "<IntervalReading><timePeriod><start>1704067200</start></timePeriod><value>15</value></IntervalReading>"
    path = written(tmp_path, feed(entry("IntervalBlock", readings, {})))
    mapping = guess_mapping(path, timezone="UTC")
    (block,) = raw_readings(path, mapping).blocks()
    assert (mapping.values[0].building, mapping.values[0].unit) == ("meter", "Wh")
    assert (block.at.tolist(), block.values.tolist()) == ([START], [15.0])


def test_readings_that_cannot_be_taken_are_refused_one_by_one(tmp_path: Path) -> None:
    odd = "".join(
        f"<IntervalReading><timePeriod><duration>{duration}</duration><start>{start}</start></timePeriod>"
        f"<value>{value}</value></IntervalReading>"
        for duration, start, value in ((86_400, START, 5), (900, "soon", 5), (900, START, "much"), (900, START, 7))
    )
    path = written(tmp_path, feed(entry("IntervalBlock", odd, {}), entry("ReadingType", WH, {"self": "/1"})))
    (block,) = EspiReadings(path, guess_mapping(path, timezone="UTC")).blocks()
    assert block.values.tolist() == [0.007]
    assert {reject.reason for reject in block.rejects} == {TOO_LONG, NOT_A_NUMBER, "the time cannot be read"}


def test_many_readings_come_in_several_blocks(tmp_path: Path) -> None:
    path = written(tmp_path, feed(meter(1, "Hall", WH, list(range(6_000)))))
    blocks = list(raw_readings(path, guess_mapping(path, timezone="UTC")).blocks())
    assert len(blocks) > 3
    found = np.concatenate([block.values for block in blocks])
    assert np.allclose(found, np.arange(6_000) / 1000, rtol=1e-15)


def test_place_of_the_file_that_is_not_that_of_the_site_is_a_doubt(tmp_path: Path) -> None:
    zone = entry("LocalTimeParameters", "<tzOffset>-18000</tzOffset>", {})
    path = written(tmp_path, feed(zone, meter(1, "Hall", WH, [1])))
    assert guess_mapping(path, timezone="America/New_York").doubts == ()
    assert "UTC-5 h" in guess_mapping(path, timezone="Europe/London").doubts[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"<!DOCTYPE feed [{LAUGHS}]>" + feed(entry("IntervalBlock", "&l8;", {})).partition("?>")[2], "document type"),
        ('<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed/>', "document type"),
        (feed(meter(1, "Hall", WH, [1] * 50))[:-700], "cut short"),
        (feed(entry("UsagePoint", "", {"self": "/1"})), "no IntervalBlock"),
        (feed(meter(1, "Hall", reading_type(uom=61), [1])), "unit of measure 61 of ESPI"),
        ("<feed>" + "<a>" * 100, "nests deeper"),
    ],
)
def test_hostile_or_broken_file_is_refused_with_the_reason(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        guess_mapping(written(tmp_path, text), timezone="UTC")
