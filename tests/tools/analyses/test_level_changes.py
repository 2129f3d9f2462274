"""A step in a building's use is found with its day and its size, and a building that keeps its level has none."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from tests.made_load import load_kwh
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.made_site import LOCAL, YEAR, MadeSite, asked, facts, told, year
from tools.errors import NoData

CLEAN = load_kwh(LOCAL)
UP = np.where(np.arange(2 * YEAR) >= YEAR + 59 * 24, 1.2 * CLEAN, CLEAN)
SITE = MadeSite({"south": CLEAN, "north": UP})


async def test_a_step_is_told_with_its_day_its_size_and_its_percent() -> None:
    size, percent = (await facts(asked("level_changes", "north"), SITE)).evidence
    assert (size.name, size.unit) == ("electricity level change, 2019-03-01", "kWh_per_day")
    assert size.value == pytest.approx(0.2 * CLEAN.sum() / 730, rel=0.05)
    assert size.period.start == datetime(2019, 3, 1, tzinfo=UTC)
    assert (percent.name, percent.unit) == ("electricity level change in percent, 2019-03-01", "percent")
    assert percent.value == pytest.approx(20.0, abs=1.0)
    text = await told(asked("level_changes", "north"), SITE)
    assert "on 1 March 2019" in text
    assert "(+20 %)" in text


async def test_a_level_that_is_kept_is_said_to_be() -> None:
    (lead,) = (await facts(asked("level_changes", "south"), SITE)).evidence
    assert (lead.value, lead.unit) == (0.0, "count")
    assert "kept its level" in await told(asked("level_changes", "north", period=year(2018)), SITE)


async def test_buildings_are_ranked_by_the_size_of_their_change_and_those_without_are_named() -> None:
    found = await facts(asked("level_changes", group="building"), SITE)
    assert [e.buildings for e in found.evidence] == [("north",), ("north",)]
    assert any("without a change of level: south" in note for note in found.notes)


async def test_twenty_days_are_too_few() -> None:
    with pytest.raises(NoData, match="at least 28 days"):
        await facts(asked("level_changes", "north"), MadeSite({"north": CLEAN[: 20 * 24]}))


@pytest.mark.parametrize(
    ("building", "rest", "at", "sign"),
    [
        ("b40", {"measure": "gas"}, date(2018, 5, 11), -1.0),
        ("b36", {"period": year(2019)}, date(2019, 4, 2), 1.0),
        ("b22", {"period": year(2020)}, date(2020, 3, 20), -1.0),
    ],
)
async def test_the_known_changes_of_the_shipped_readings_lead(
    building: str, rest: dict[str, Any], at: date, sign: float
) -> None:
    lead = (await facts(asked("level_changes", building, **rest), ShippedFiles())).evidence[0]
    assert abs((date.fromisoformat(lead.group or "") - at).days) <= 5
    assert np.sign(lead.value) == sign
