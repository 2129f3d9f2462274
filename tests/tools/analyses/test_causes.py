"""Why a period used more than another: parts that sum to the measured difference, the largest first."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_load import load_kwh, temperature_degc
from tests.shipped_files import ShippedFiles
from tests.small_site import SmallSite
from tests.tools.analyses.made_site import DEGC, LOCAL, PLAIN, YEAR, MadeSite, asked, days, facts, told, year
from tools.errors import BadQuestion, NoData
from tools.evidence import Evidence
from tools.headline import headline
from tools.readings import Event

STEP = np.where(np.arange(2 * YEAR) >= YEAR, 1.2 * PLAIN, PLAIN)


def parts(evidence: tuple[Evidence, ...]) -> dict[str, float]:
    """Return the kWh of each cause by its name."""
    return {e.name.removeprefix("electricity use by "): e.value for e in evidence[4:] if e.unit == "kWh"}


async def test_a_step_is_level_and_the_parts_sum_to_the_measured_difference() -> None:
    found = (await facts(asked("causes", "north", period=year(2019)), MadeSite({"north": STEP}, DEGC))).evidence
    assert [(e.name, e.unit) for e in found[:5]] == [
        ("electricity difference", "kWh"),
        ("electricity difference in percent", "percent"),
        ("electricity use", "kWh"),
        ("electricity use", "kWh"),
        ("electricity use by level", "kWh"),
    ]
    assert found[0].value == pytest.approx(STEP[YEAR:].sum() - STEP[:YEAR].sum())
    assert [e.period.start.year for e in found[2:4]] == [2019, 2018]
    assert sum(parts(found).values()) == pytest.approx(found[0].value)
    shares = [e.value for e in found[4:] if e.unit == "percent"]
    assert sum(shares) == pytest.approx(100.0)
    assert parts(found)["level"] == pytest.approx(0.2 * PLAIN[YEAR:].sum(), rel=0.15)


async def test_a_colder_year_is_weather() -> None:
    degc = np.where(np.arange(2 * YEAR) >= YEAR, DEGC - 3.0, DEGC)
    kwh = load_kwh(LOCAL, noise=0.02) + 2.0 * np.maximum(15.0 - degc, 0.0)
    query = asked("causes", "north", period=year(2019))
    found = (await facts(query, MadeSite({"north": kwh}, degc))).evidence
    assert found[4].name == "electricity use by weather"
    assert "It goes with the weather (+" in await told(query, MadeSite({"north": kwh}, degc))


async def test_stuck_readings_are_faulty_and_gaps_are_missing() -> None:
    kwh = PLAIN.copy()
    kwh[YEAR + 2000 : YEAR + 2400] = 60.0
    kwh[YEAR + 4000 : YEAR + 5000] = np.nan
    query = asked("causes", "north", period=year(2019))
    found = await facts(query, MadeSite({"north": kwh}, DEGC))
    assert parts(found.evidence)["missing readings"] == pytest.approx(-1000 * PLAIN.mean(), rel=0.1)
    assert parts(found.evidence)["faulty readings"] == pytest.approx(400 * (60.0 - PLAIN.mean()), rel=0.15)
    assert found.evidence[0].coverage == pytest.approx(1 - 1000 / YEAR)
    assert "88.6 %" in await told(query, MadeSite({"north": kwh}, DEGC))


async def test_without_a_year_before_it_is_compared_with_the_time_right_before() -> None:
    half = days(datetime(2018, 7, 1), datetime(2018, 10, 1), "July to September 2018")
    found = (await facts(asked("causes", "north", period=half), MadeSite({"north": PLAIN}, DEGC))).evidence
    assert found[3].period.start == datetime(2018, 3, 30, 23, tzinfo=UTC)
    assert found[3].period.end == found[2].period.start


async def test_a_leap_day_is_compared_with_the_days_of_the_year_before() -> None:
    march = days(datetime(2020, 2, 29), datetime(2020, 3, 2), "29 February to 1 March 2020")
    found = (await facts(asked("causes", "b4", period=march), ShippedFiles())).evidence
    assert found[3].period.start.date() == date(2019, 2, 28)
    assert sum(parts(found).values()) == pytest.approx(found[0].value)


async def test_buildings_named_together_are_summed_by_cause() -> None:
    site = MadeSite({"north": STEP, "south": PLAIN}, DEGC)
    both = (await facts(asked("causes", "north", "south", period=year(2019)), site)).evidence
    alone = [(await facts(asked("causes", b, period=year(2019)), site)).evidence for b in ("north", "south")]
    assert both[0].value == pytest.approx(sum(one[0].value for one in alone))
    assert parts(both)["level"] == pytest.approx(sum(parts(one)["level"] for one in alone))


async def test_what_people_recorded_stands_beside_it() -> None:
    event = Event("north", "retrofit", date(2019, 5, 1), note="heat pump")
    found = await facts(asked("causes", "north", period=year(2019)), MadeSite({"north": STEP}, DEGC, events=(event,)))
    assert "north: retrofit on 1 May 2019 is recorded: heat pump" in found.notes


async def test_the_shipped_difference_is_that_of_the_sums() -> None:
    site = ShippedFiles()
    found = await facts(asked("causes", "b36", period=year(2019), against_period=year(2018)), site)
    sums = [(await facts(asked("total", "b36", period=year(y)), site)).evidence[0].value for y in (2019, 2018)]
    assert found.evidence[0].value == pytest.approx(sums[0] - sums[1])
    assert found.evidence[4].name == "electricity use by level"
    assert "b36 used 320,686 kWh (33.2 %) more electricity in 2019 than in 2018" in headline(
        found, await site.inventory()
    )


@pytest.mark.parametrize(
    ("rest", "error", "why"),
    [
        ({"period": year(2030)}, NoData, "no valid electricity reading in 2030"),
        ({"period": year(2018)}, NoData, "in 2017.*run from 1 January 2018 to 31 December 2019"),
        ({"period": year(2019), "measure": "cost"}, BadQuestion, "not of cost"),
    ],
)
async def test_what_cannot_be_compared_says_why(rest: dict[str, object], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        await facts(asked("causes", "b1", **rest), SmallSite())


async def test_sites_are_not_put_together() -> None:
    with pytest.raises(BadQuestion, match="one site or building"):
        await facts(asked("causes", period=year(2019)), SmallSite())


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 0.6), st.floats(0.5, 2.0))
async def test_parts_sum_to_the_difference_whatever_the_record(seed: int, missing: float, level: float) -> None:
    chance = np.random.default_rng(seed)
    n = 120 * 24
    kwh = PLAIN[:n] * np.where(np.arange(n) >= n // 2, level, 1.0)
    kwh[chance.random(n) < missing] = np.nan
    first = days(datetime(2018, 1, 1), datetime(2018, 3, 1), "January and February 2018")
    then = days(datetime(2018, 3, 1), datetime(2018, 4, 20), "March and April 2018")
    query = asked("causes", "north", period=then, against_period=first)
    found = (await facts(query, MadeSite({"north": kwh}, temperature_degc(120)))).evidence
    assert sum(parts(found).values()) == pytest.approx(found[0].value, abs=1e-6)
