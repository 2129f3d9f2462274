"""What people say about a building is kept with who said it, and nothing impossible is."""

from pathlib import Path
from typing import Any

import pytest

from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.errors import BadChange
from memory.load import load_shipped
from memory.postgres import Pool, fetch
from tests.memory.data_folder import write_data_folder
from tools.errors import UnknownName


async def test_change_is_recorded_with_old_and_new(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    changed = await set_building(empty, "hall", area_m2=5200, use="Office", who="ada")
    assert changed == {"area_m2": ("1000.0", "5200.0"), "use": (None, "office")}
    building = (await BuildingData(empty).inventory()).buildings["hall"]
    assert (building.area_m2, building.use, building.name) == (5200, "office", "Town Hall")
    rows = await fetch(empty, "SELECT who, building_id, field, old, new FROM changes ORDER BY field")
    assert rows == [("ada", "hall", "area_m2", "1000.0", "5200.0"), ("ada", "hall", "use", None, "office")]


async def test_saying_the_same_again_changes_nothing(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    version = (await BuildingData(empty).inventory()).data_version
    assert await set_building(empty, "hall", area_m2=1000) == {}
    assert (await BuildingData(empty).inventory()).data_version == version


async def test_renamed_building_answers_to_both_names(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    await set_building(empty, "bath", name="  Lido \u202e\n West ", floors=2, year_built=1934)
    building = (await BuildingData(empty).inventory()).buildings["bath"]
    assert building.name == "Lido West"
    assert {"lido west", "baths"} <= set(building.aliases)
    assert (building.floors, building.year_built) == (2, 1934)


async def test_unknown_building_gets_the_nearest_names(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    with pytest.raises(UnknownName, match="did you mean hall"):
        await set_building(empty, "hal", area_m2=10)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"area_m2": 0}, "an area of 0 m2 cannot be"),
        ({"area_m2": -5}, "square metres"),
        ({"area_m2": float("nan")}, "cannot be"),
        ({"area_m2": 1e12}, "cannot be"),
        ({"floors": 0}, "0 floors"),
        ({"year_built": 20122}, "the year 20122"),
        ({"use": " \n"}, "use cannot be empty"),
        ({"name": ""}, "name cannot be empty"),
    ],
)
async def test_value_that_cannot_be_is_refused(empty: Pool, change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadChange, match=words):
        await set_building(empty, "hall", **change)
