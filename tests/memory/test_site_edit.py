"""What people say of a site, of its buildings and of what happened there is kept, whatever is loaded again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.errors import BadChange
from memory.event import add_event, remove_event
from memory.load import load_shipped
from memory.postgres import Pool, fetch
from memory.site_edit import set_site
from memory.site_settings import checked, json_of, opening_hours, settings_from
from tests.memory.data_folder import write_data_folder
from tools.errors import UnknownName
from tools.readings import Portfolio, SiteSettings

TARIFF = {"name": "Fixed 2019", "currency": "GBP", "energy": {"price_per_kwh": 0.14}}


async def test_settings_are_merged_and_survive_a_reload(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    site, changed = await set_site(empty, "The Town", {"opening": "Mon-Fri 07:00-19:00", "units": "kBtu"}, who="ada")
    assert (site, changed["energy_unit"]) == ("town", (None, "kBtu"))
    await set_site(empty, "town", {"holidays": "gb", "subdiv": "eng", "own_holidays": "2019-12-24", "tariff": TARIFF})
    await set_site(empty, "town", {"units": "ft2", "currency": "eur", "latitude": 52.2, "longitude": 0.1})
    await load_shipped(empty, write_data_folder(tmp_path, factor=2.0))
    found = (await BuildingData(empty).inventory()).sites["town"]
    assert found.currency == "EUR"
    assert found.settings == SiteSettings(
        opening=dict.fromkeys(range(5), (7.0, 19.0)),
        holidays_country="GB",
        holidays_subdiv="ENG",
        own_holidays=(date(2019, 12, 24),),
        energy_unit="kBtu",
        area_unit="ft2",
        tariff=TARIFF,
        latitude=52.2,
        longitude=0.1,
    )
    assert settings_from(json_of(found.settings)) == found.settings
    assert await fetch(empty, "SELECT count(*) FROM changes WHERE site_id = 'town' AND who = 'ada'") == [(2,)]
    assert (await set_site(empty, "town", {"units": "ft2"}))[1] == {}


async def test_shipped_sites_keep_the_holidays_of_their_country(shipped: Pool) -> None:
    sites = (await BuildingData(shipped).inventory()).sites
    said = {key: (s.settings.holidays_country, s.settings.holidays_subdiv) for key, s in sites.items()}
    assert said == {"cambridge": ("GB", "ENG"), "iiitd": ("IN", None)}


async def test_unknown_site_gets_the_nearest_names(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    with pytest.raises(UnknownName, match="did you mean town"):
        await set_site(empty, "twn", {"units": "kBtu"})


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Mon-Fri 07:00-19:00", {d: [7.0, 19.0] for d in "01234"}),
        ("mon - tue 7-19:30; Sat 09:00-13:00, sun closed", {"0": [7.0, 19.5], "1": [7.0, 19.5], "5": [9.0, 13.0]}),
        ("Fri-Mon 10-24", {d: [10.0, 24.0] for d in "0456"}),
        ("always", {d: [0.0, 24.0] for d in "0123456"}),
        ("unknown", None),
    ],
)
def test_opening_hours_are_read_as_people_write_them(words: str, days: dict[str, list[float]] | None) -> None:
    assert opening_hours(words) == days


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"opening": "office hours"}, "cannot be read; write them like"),
        ({"opening": ""}, "cannot be read"),
        ({"opening": "Mon 9-8"}, "split it at 24:00"),
        ({"opening": "Mon 9-10, Mon 11-12"}, "two spans"),
        ({"holidays": "XX"}, "no public holidays are known"),
        ({"holidays": "GB", "subdiv": "ATLANTIS"}, "no public holidays are known"),
        ({"subdiv": "ENG"}, "Give --holidays"),
        ({"own_holidays": "24.12.2019"}, "write days like"),
        ({"units": "BTU"}, "'BTU' is no unit"),
        ({"currency": "pounds"}, "three letters"),
        ({"tariff": {"name": "x", "currency": "GBP"}}, "not understood at energy"),
        ({"latitude": 91.0}, "latitude of 91"),
        ({"longitude": float("nan")}, "longitude of nan"),
    ],
)
def test_setting_that_cannot_be_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(BadChange, match=words):
        checked(given)


async def test_building_is_in_one_portfolio_and_has_a_place(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    await set_building(empty, "hall", portfolio="West Side", latitude=52.2, longitude=0.0)
    await set_building(empty, "bath", portfolio="west side")
    await load_shipped(empty, write_data_folder(tmp_path, factor=2.0))
    inventory = await BuildingData(empty).inventory()
    assert inventory.portfolios == {"west-side": Portfolio("west-side", "West Side", ("bath", "hall"))}
    assert (inventory.buildings["hall"].latitude, inventory.buildings["hall"].longitude) == (52.2, 0.0)
    await set_building(empty, "hall", portfolio="none")
    assert (await BuildingData(empty).inventory()).portfolios["west-side"].buildings == ("bath",)
    with pytest.raises(BadChange, match="longitude of 200"):
        await set_building(empty, "hall", longitude=200.0)
    with pytest.raises(BadChange, match="no portfolio id"):
        await set_building(empty, "hall", portfolio="…")


async def test_events_are_kept_and_can_be_taken_back(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    made = await add_event(empty, "hall", "Retrofit", date(2019, 2, 1), note="new\nboilers")
    closed = await add_event(empty, "hall", "holiday", date(2019, 1, 2), date(2019, 1, 4))
    inventory = await BuildingData(empty).inventory()
    assert inventory.events_of("hall") == [closed, made]
    assert (made.kind, made.note, made.end, closed.end) == ("retrofit", "new boilers", None, date(2019, 1, 5))
    await remove_event(empty, made.id)
    assert (await BuildingData(empty).inventory()).events == (closed,)
    with pytest.raises(BadChange, match="no event 99"):
        await remove_event(empty, 99)
    with pytest.raises(BadChange, match="before it begins"):
        await add_event(empty, "hall", "holiday", date(2019, 1, 4), date(2019, 1, 2))
    with pytest.raises(UnknownName, match="did you mean hall"):
        await add_event(empty, "hal", "holiday", date(2019, 1, 4))
