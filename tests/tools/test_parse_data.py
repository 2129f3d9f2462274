"""Questions about the data themselves are read as such, and what only looks like one is not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.small_site import inventory
from tools.data_asked import DataAsked, DayBand
from tools.energy_query import Change, EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.grammar import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def query(question: str) -> EnergyQuery:
    """Return the only query of a question against the small site."""
    (found,) = parse(question, NAMES, NOW).queries
    return found


def asked(question: str, statistic: str) -> DataAsked:
    """Return what a question asks of the data; it must be of the statistic."""
    found = query(question)
    assert found.statistic == statistic, found
    assert found.terms is not None
    assert found.terms.data is not None
    return found.terms.data


@pytest.mark.parametrize(
    ("question", "series", "figure"),
    [
        ("How hot did it get in London in July 2019?", "temperature", "highest"),
        ("How cold was it in London in January 2019?", "temperature", "lowest"),
        ("average temp in delhi, feb 2019", "temperature", "mean"),
        ("Mean outdoor temperature of 2019 in London", "temperature", "mean"),
        ("humidity in delhi in august 2018", "humidity", "mean"),
        ("maximum temperature outside in London in 2018", "temperature", "highest"),
        ("What was the weather like in London in May 2019?", "temperature", "mean"),
        ("carbon intensity of the grid in 2019", "carbon", "mean"),
        ("mean grid intensity in London in March 2019 in g/kWh", "carbon", "mean"),
        ("highest electricity price in 2019", "price", "highest"),
        ("what was the average power price in January 2019?", "price", "mean"),
        ("median outdoor temperature in London in 2019", "temperature", "median"),
    ],
)
def test_weather_grid_and_price_are_series_of_the_site(question: str, series: str, figure: str) -> None:
    data = asked(question, "site_series")
    assert (data.series, data.figure) == (series, figure)


@pytest.mark.parametrize(
    ("question", "group", "order", "limit"),
    [
        ("When is the grid cleanest, which hour, in 2019?", "hour", "lowest", None),
        ("greenest month on the grid in 2019", "month", "lowest", 1),
        ("hottest day in London in 2019", "day", "highest", 1),
        ("the coldest 5 days of 2018 in London", "day", "lowest", 5),
        ("coldest month of 2019 in london", "month", "lowest", 1),
        ("grid intensity by month in 2019", "month", None, None),
        ("is the grid getting cleaner?", "year", None, None),
        ("what hour of the day was electricity cheapest in 2019?", "hour", "lowest", 1),
    ],
)
def test_parts_of_a_series_are_ranked_or_listed(
    question: str, group: str, order: str | None, limit: int | None
) -> None:
    found = query(question)
    assert (found.statistic, found.group, found.order, found.limit) == ("site_series", group, order, limit)


def test_degrees_fahrenheit_and_thresholds_keep_their_unit() -> None:
    assert query("Average temperature in London in 2019 in deg F").unit == "degF"
    frost = asked("How many hours was it below freezing in London in January 2019?", "site_series")
    assert (frost.figure, frost.level) == ("below", 0.0)
    hot = asked("How many hours was the temperature above 77 F in London in 2019?", "site_series")
    assert hot.figure == "above"
    assert hot.level == pytest.approx(25.0)


@pytest.mark.parametrize(
    ("question", "fact", "rest"),
    [
        ("What is the floor area of the South Hall?", "area", {}),
        ("how big is the south hall?", "area", {}),
        ("When was b1 built?", "year_built", {}),
        ("what year was the west hall put up", "year_built", {}),
        ("How many floors does b1 have?", "floors", {}),
        ("what kind of building is b1?", "use", {}),
        ("How many buildings have gas?", "meters", {"fuel": "gas"}),
        ("does b3 have gas?", "meters", {"fuel": "gas"}),
        ("Is there any gas meter at the south hall?", "meters", {"fuel": "gas"}),
        ("Which buildings have no gas meter?", "meters", {"fuel": "gas", "lacking": True}),
        ("How many buildings do we have?", "buildings", {}),
        ("list the buildings in Delhi", "buildings", {}),
        ("From when to when are there readings of b1?", "record", {}),
        ("how far back does the data of the mill go?", "record", {}),
    ],
)
def test_catalogue_is_asked_for_its_facts(question: str, fact: str, rest: dict[str, Any]) -> None:
    assert asked(question, "catalogue") == DataAsked(fact=fact, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "figure", "level"),
    [
        ("95th percentile of b1's load in 2019", "percentile", 95.0),
        ("p90 of the demand at b1 in 2019", "percentile", 90.0),
        ("tenth percentile of hourly electricity, b1 2019", "percentile", 10.0),
        ("Median load of b1 in 2019", "median", None),
        ("Std deviation of hourly kWh for b1, March 2019", "standard_deviation", None),
        ("How many hours in 2019 was b1 above 1.5 kW?", "above", 1.5),
        ("How often did b1 go over 2 MW in 2019?", "above", 2_000.0),
        ("hours below 500 W at b1 in 2019", "below", 0.5),
        ("share of zeros in b3 gas 2019", "zeros", None),
        ("largest hour-to-hour rise in load, b2 2019", "rise", None),
        ("steepest hourly drop of b2's electricity in 2019", "fall", None),
        ("how much of b1's consumption in 2019 is base load?", "baseload_share", None),
    ],
)
def test_figures_of_hours_keep_their_level(question: str, figure: str, level: float | None) -> None:
    data = asked(question, "hours_figure")
    assert (data.figure, data.level) == (figure, level)


@pytest.mark.parametrize(
    ("question", "limit", "order"),
    [("top 3 peak hours b1 2019", 3, None), ("the five lowest hours of b1 in 2019", 5, "lowest")],
)
def test_several_hours_are_as_many_as_asked_for(question: str, limit: int, order: str | None) -> None:
    found = query(question)
    assert (found.statistic, found.limit, found.order) == ("hours_figure", limit, order)


@pytest.mark.parametrize(
    ("question", "days", "against"),
    [
        ("b1 in 2019 but leave out bank holidays: total electricity?", DayBand(holidays="without"), None),
        ("use of b1 in 2019 excluding public holidays", DayBand(holidays="without"), None),
        ("electricity of b1 on bank holidays in 2019", DayBand(holidays="only"), None),
        ("On the coldest day of 2018, what gas did b3 burn?", DayBand(extreme="coldest"), None),
        ("coldest day in 2018, and what gas did b3 burn that day?", DayBand(extreme="coldest"), None),
        ("gas of b3 on days colder than 5 °C in 2018", DayBand(high_degc=5.0), None),
        (
            "how much more does b1 use on hot days (mean over 30 degC) than on mild ones (15 to 20), 2019",
            DayBand(low_degc=30.0),
            DayBand(low_degc=15.0, high_degc=20.0),
        ),
    ],
)
def test_days_are_picked_by_weather_or_holidays(question: str, days: DayBand, against: DayBand | None) -> None:
    data = asked(question, "picked_days")
    assert (data.days, data.against_days) == (days, against)


@pytest.mark.parametrize(
    ("question", "statistic", "measure"),
    [
        ("gas share of b3's energy in 2019, %", "fuel_share", "gas"),
        ("how much of the energy at b3 in 2019 was electricity?", "fuel_share", "electricity"),
        ("what percentage of b3's energy comes from gas?", "fuel_share", "gas"),
        ("is b1 getting better or worse since 2018?", "trend", "electricity"),
        ("load-weighted average carbon intensity of b1's electricity, 2019, g/kWh", "unit_rate", "carbon"),
        ("average price paid per kWh, weighted by load, b1 in 2019", "unit_rate", "cost"),
        ("what did a kWh cost b1 on average in 2019?", "unit_rate", "cost"),
        ("median site EUI of CBECS 2012 offices", "peer_median", "electricity"),
        ("Typical EUI of a worship facility", "peer_median", "electricity"),
    ],
)
def test_shares_trends_rates_and_medians_are_their_own(question: str, statistic: str, measure: str) -> None:
    found = query(question)
    assert (found.statistic, found.measure) == (statistic, measure)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("peak of b1 in 2019 without bank holidays", "the use is told"),
        ("95th percentile of b1's load in 2019 without bank holidays", "left out|goes with"),
        ("what is the price of electricity now?", "of the past"),
        ("top 10 hours at London in 2019", "one building at a time"),
        ("use of b1 on days between 5 and 10 in 2019", "the number 5"),
        ("hours b1 was above its baseload in 2019", "name the kW"),
        ("gas to electricity ratio of b3 in 2019", "ratio"),
        ("how old are the meters?", "not in the readings"),
        ("by what factor did b1 use in 2019?", "two sides"),
        ("electricity on hot days at b1 in 2019", "hot days"),
    ],
)
def test_number_or_word_that_would_be_dropped_is_asked_back(question: str, why: str) -> None:
    with pytest.raises(BadQuestion, match=why):
        parse(question, NAMES, NOW)


@pytest.mark.parametrize(
    ("question", "statistic"),
    [
        ("What was the weather-normalised EUI of b1 in 2019?", "intensity"),
        ("Cooling degree days of 2019 with a 24 °C base temperature", "degree_days"),
        ("In 2019, on what day of the week was b1's electricity highest?", "total"),
        ("5th percentile of b1's load in 2019", "baseload"),
        ("What share of London's gas in 2019 did b3 use?", "share"),
        ("How do bank holidays differ from working days at b1 in 2019?", "day_types"),
    ],
)
def test_look_alikes_stay_what_they_were(question: str, statistic: str) -> None:
    assert query(question).statistic == statistic


def test_temperature_of_a_room_is_no_weather() -> None:
    for question in ("What is the temperature in b1?", "how warm is the server room in b1?"):
        parsed = parse(question, NAMES, NOW)
        assert parsed.intent in ("not_yet", "off_topic")
        assert not parsed.queries


def test_change_in_percent_ranks_and_factor_has_two_sides() -> None:
    cut = query("best performer: biggest % cut in electricity 2018 to 2019 in London?")
    assert (cut.group, cut.order, cut.unit) == ("building", "lowest", "percent")
    assert cut.period
    assert cut.against_period
    assert cut.against_period.words == "2018"
    times = query("by what factor was b1's use in 2018 over 2019?")
    assert times.unit == "ratio"
    assert times.against_period is not None


def test_percent_less_is_a_change_that_was_not_made() -> None:
    what_if = query("How many kWh would a 10% cut at b1 have been in 2019?")
    assert what_if.terms
    assert what_if.terms.change == Change(kind="cut_use", amount=10.0)
    payback = query("payback on £40,000 of LED lighting at b1 if it saves 15% of the electricity?")
    assert payback.terms
    assert payback.terms.change == Change(kind="cut_use", amount=15.0)


def test_rate_of_gas_has_no_price() -> None:
    with pytest.raises((NoData, BadQuestion)):
        query("what price did we pay for gas per kwh on average")


@pytest.mark.parametrize(
    ("first", "then", "statistic"),
    [
        ("How hot did it get in London in July 2019?", "and in July 2018?", "site_series"),
        ("How hot did it get in London in July 2019?", "and b1's electricity then?", "total"),
        ("Which hour was the grid cleanest in 2019?", "and the dirtiest?", "site_series"),
        ("What is the floor area of b1?", "when was it built?", "catalogue"),
        ("95th percentile of b1's load in 2019", "and b2?", "hours_figure"),
        ("95th percentile of b1's load in 2019", "and the peak?", "peak"),
        ("use of b1 in 2019 without bank holidays", "and b2?", "picked_days"),
    ],
)
def test_next_turn_keeps_the_subject_or_names_its_own(first: str, then: str, statistic: str) -> None:
    (found,) = parse(then, NAMES, NOW, before=query(first)).queries
    assert found.statistic == statistic
