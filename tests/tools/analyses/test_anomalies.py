"""What was put into a record is found and told with its hours, and nothing is told of a record without faults."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from tests.made_load import load_kwh
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.made_site import LOCAL, MadeSite, asked, days, facts, told, year
from tools.errors import BadQuestion, NoData
from tools.headline import headline

CLEAN = load_kwh(LOCAL)
STUCK, GAP, SPIKE = slice(2000, 2040), slice(6000, 6100), 9000
FAULTY = CLEAN.copy()
FAULTY[STUCK], FAULTY[GAP], FAULTY[SPIKE] = FAULTY[STUCK.start], np.nan, 400.0
SITE = MadeSite({"north": FAULTY, "south": CLEAN})


async def test_faults_are_counted_and_each_told_with_its_hours_and_size() -> None:
    found = (await facts(asked("anomalies", "north", terms={"kinds": ("stuck", "missing", "spike")}), SITE)).evidence
    event = {e.name.split(",")[0]: e for e in found if e.unit == "kWh"}
    assert (found[0].name, found[0].unit, found[0].value) == ("electricity anomalies", "count", 3.0)
    assert event["electricity gap"].period.start == datetime(2018, 9, 8, tzinfo=UTC)
    assert event["electricity gap"].value == pytest.approx(-CLEAN[GAP].sum(), rel=0.1)
    assert event["electricity spike"].value == pytest.approx(400.0 - CLEAN[SPIKE], rel=0.1)
    assert (event["electricity stuck reading"].period.end - event["electricity stuck reading"].period.start).days == 1
    assert sorted(abs(e.value) for e in event.values()) == [abs(e.value) for e in reversed(found[1:4])]
    assert {e.name for e in found[4:]} == {"electricity gaps", "electricity spikes", "electricity stuck readings"}


async def test_only_the_kind_and_the_period_that_are_asked_for_count() -> None:
    gaps = asked("anomalies", "north", terms={"kinds": ("missing",)}, period=year(2018))
    later = asked("anomalies", "north", terms={"kinds": ("missing",)}, period=year(2019))
    assert [(await facts(q, SITE)).evidence[0].value for q in (gaps, later)] == [1.0, 0.0]
    assert "1 gap was found in the electricity readings of north in 2018" in await told(gaps, SITE)
    assert "No gaps were found" in await told(later, SITE)


async def test_zeros_of_an_electricity_meter_are_a_zero_run_and_no_gap() -> None:
    kwh = CLEAN.copy()
    kwh[GAP] = 0.0
    kinds = {"kinds": ("missing", "zero_run")}
    found = (await facts(asked("anomalies", "north", terms=kinds), MadeSite({"north": kwh}))).evidence
    assert [e.name.split(",")[0] for e in found[:2]] == ["electricity anomalies", "electricity zero run"]


async def test_buildings_are_ranked_by_how_many_they_have() -> None:
    query = asked("anomalies", group="building", order="highest", terms={"kinds": ("missing", "spike")})
    found = await facts(query, SITE)
    assert [(e.buildings, e.value) for e in found.evidence] == [(("north",), 2.0), (("south",), 0.0)]
    assert "highest first: north 2" in headline(found, await SITE.inventory())


async def test_what_is_told_of_single_hours_stays_with_the_readings() -> None:
    found = await facts(asked("anomalies", "north"), SITE)
    assert all(g.shows_hours for g in found.grounds.values())


async def test_an_unknown_kind_is_answered_with_the_kinds_there_are() -> None:
    with pytest.raises(BadQuestion, match="kinds are level_shift, spike"):
        await facts(asked("anomalies", "north", terms={"kinds": ("ghosts",)}), SITE)


@pytest.mark.parametrize("rest", [{"group": "month"}, {"period": year(2019), "against_period": year(2018)}])
async def test_what_is_not_told_of_anomalies_is_sent_back_and_not_left_out(rest: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion, match="an anomaly is not"):
        await facts(asked("anomalies", "north", **rest), SITE)


async def test_a_time_before_the_readings_is_no_data_that_says_what_there_is() -> None:
    with pytest.raises(NoData, match="its electricity readings run from 1 January 2018"):
        await facts(asked("anomalies", "north", period=year(2016)), SITE)


@pytest.mark.parametrize("kwh", [CLEAN[: 20 * 24], np.full(60 * 24, np.nan)])
async def test_too_short_a_record_is_no_data(kwh: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    with pytest.raises(NoData, match="at least 28 days"):
        await facts(asked("anomalies", "north"), MadeSite({"north": kwh}))


@pytest.mark.slow
async def test_the_known_fault_of_b40s_gas_in_2018_is_found_with_the_doubt_about_the_unit() -> None:
    found = await facts(asked("anomalies", "b40", measure="gas", period=year(2018)), ShippedFiles())
    assert found.evidence[1].name.startswith("gas level shift")
    assert found.evidence[1].value < -1e6
    assert "gas unit is in doubt" in headline(found, await ShippedFiles().inventory())


async def test_a_period_of_hours_is_enough_to_ask_about() -> None:
    span = days(datetime(2018, 9, 9), datetime(2018, 9, 10), "9 September 2018")
    assert (await facts(asked("anomalies", "north", period=span), SITE)).evidence[0].value == 1.0
