"""What a question means is read by the class of its words: peaks of months, waste, two times, ratios, hours."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadPeriod, BadQuestion
from tools.grammar import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = asyncio.run(ShippedFiles().inventory())


def query(question: str) -> EnergyQuery:
    """Return the one query of a question that is read without doubt."""
    parsed = parse(question, NAMES, NOW)
    assert parsed.sure, parsed.because
    assert parsed.intent == "ask", parsed.because
    (one,) = parsed.queries
    return one


def days(one: EnergyQuery) -> list[str]:
    """Return the ends of what is asked, then of what it is held against."""
    return [f"{at:%Y-%m-%d}" for p in (one.period, one.against_period) if p for at in (p.start, p.end)]


@pytest.mark.parametrize(
    ("question", "statistic", "group"),
    [
        ("A table with the highest hourly value in each month of 2020 for b36", "peak", "month"),
        ("for each month of 2018, the biggest hour at b40", "peak", "month"),
        ("lowest load per month in 2020 for b111", "minimum", "month"),
        ("daily peaks of b31 in June 2019", "peak", "day"),
        ("b36 highest kW each year", "peak", "year"),
        ("smallest hourly reading each quarter of 2019 at b58", "minimum", "quarter"),
    ],
)
def test_extreme_hour_of_each_part_of_the_calendar_is_listed_in_its_order(
    question: str, statistic: str, group: str
) -> None:
    one = query(question)
    assert (one.statistic, one.group, one.order) == (statistic, group, None)


@pytest.mark.parametrize(
    "question",
    ["highest daily total in each month of 2019 for b4", "which building had the highest hour in each month of 2019"],
)
def test_one_of_each_is_asked_back(question: str) -> None:
    with pytest.raises(BadQuestion, match=r"one of each|one period at a time"):
        query(question)


@pytest.mark.parametrize(
    "question",
    [
        "How much is b8 burning for no good reason when everyone has gone home? 2019",
        "what did b8 use once people had left in 2019",
        "how much gas did b8 burn without any reason in 2019",
        "how much power does b8 draw in 2019 when there's nobody there",
        "which of b4 and b8 uses most electricity when it's shut, 2019",
        "how much was squandered at b8 in 2019",
    ],
)
def test_use_that_serves_nobody_is_waste(question: str) -> None:
    assert query(question).statistic == "waste"


def test_when_a_building_shuts_is_its_schedule_and_a_reason_that_is_asked_for_its_causes() -> None:
    assert query("when is b4 shut").statistic == "schedule"
    assert query("What's the reason b4 used more in 2019 than in 2018?").statistic == "causes"


@pytest.mark.parametrize(
    "question",
    [
        "b4: put March 2018 side by side with March 2019, electricity",
        "set March 2018 alongside March 2019 for b4",
        "b4 March 2018, March 2019",
        "b4: March 2018 and March 2019, how do they stack up?",
        "line up March 2018 with March 2019 for b4",
    ],
)
def test_two_like_periods_that_lie_apart_are_compared(question: str) -> None:
    assert days(query(question)) == ["2019-03-01", "2019-04-01", "2018-03-01", "2018-04-01"]


@pytest.mark.parametrize("question", ["b4 from March 2018 to March 2019", "b4 between March 2018 and March 2019"])
def test_words_of_a_span_make_one_period(question: str) -> None:
    assert days(query(question)) == ["2018-03-01", "2019-04-01"]


def test_neighbours_that_are_only_listed_are_one_period() -> None:
    assert days(query("gas of b4 in December 2018 and January 2019")) == ["2018-12-01", "2019-02-01"]


def test_three_times_apart_are_asked_back() -> None:
    with pytest.raises(BadPeriod, match="lie apart"):
        query("b4 in March 2018 and March 2019 and March 2020")


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("electricity of gh in fall 2017, September through December", ["2017-09-01", "2018-01-01"]),
        ("gas of b4 in winter 2018, November to February", ["2018-11-01", "2019-03-01"]),
        ("autumn 2018: 1 October till 7 December 2018, electricity of b8", ["2018-10-01", "2018-12-08"]),
        ("summer 2019 (June to August): b22's electricity", ["2019-06-01", "2019-09-01"]),
    ],
)
def test_dates_behind_a_season_count_and_not_its_name(question: str, ends: list[str]) -> None:
    assert days(query(question)) == ends


def test_one_date_that_has_its_month_first_tells_the_order_of_the_others() -> None:
    assert days(query("electricity of bh, 9/1/2013 to 11/30/2013")) == ["2013-09-01", "2013-12-01"]
    assert days(query("b22 from 1/2/2019 to 5/2/2019")) == ["2019-02-01", "2019-02-06"]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Night-to-day ratio of average load at b22 in 2019, night being 22:00-06:00?", ("night", "day")),
        ("weekend-to-weekday ratio of b111 in 2020", ("weekend", "weekday")),
    ],
)
def test_ratio_of_parts_of_the_week_is_of_their_mean_loads(question: str, sides: tuple[str, str]) -> None:
    one = query(question)
    assert (one.hours, one.against_hours) == sides
    assert (one.statistic, one.unit) == ("mean", "ratio")


@pytest.mark.parametrize(
    "question",
    [
        "How many times as much gas does b8 take as b4 in 2019?",
        "how many times b4's gas did b8 burn in 2019",
        "b8's gas as a multiple of b4's, 2019",
        "ratio of b8's gas to b4's in 2019",
    ],
)
def test_ratio_of_two_buildings_has_the_right_one_on_top(question: str) -> None:
    one = query(question)
    assert (one.buildings, one.against_buildings, one.unit) == (("b8",), ("b4",), "ratio")


def test_ratio_of_two_seasons_is_of_the_year_that_is_named() -> None:
    found = days(query("winter-to-summer gas ratio at b31 for 2019"))
    assert found == ["2019-12-01", "2020-03-01", "2019-06-01", "2019-09-01"]


@pytest.mark.parametrize("question", ["the ratio of b4 in 2019", "ratio of b4's electricity in 2019"])
def test_ratio_without_two_sides_is_asked_back(question: str) -> None:
    with pytest.raises(BadQuestion, match="two sides"):
        query(question)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("b36 gas meter, how many hours was it sat at nought in 2019", "zeros"),
        ("for how many hours did b8 burn no gas at all in 2019", "zeros"),
        ("how often was the gas meter at b22 reading 0 in 2019", "zeros"),
        ("how many hours of the gh meter are not available in 2014", "missing"),
        ("for how many hours was the gh meter down in 2014", "missing"),
        ("for how long has b8 had no gas readings", "missing"),
    ],
)
def test_hours_at_zero_and_hours_without_a_reading_are_counted(question: str, figure: str) -> None:
    one = query(question)
    assert one.terms is not None
    assert one.terms.data is not None
    assert one.terms.data.figure == figure


@pytest.mark.parametrize(
    "question",
    [
        "what slice of the whole Cambridge portfolio's electricity did b105 account for in 2018?",
        "what chunk of the Cambridge estate's power did b105 take in 2018",
        "how much of Cambridge's electricity did b105 account for in 2018",
        "what cut of Cambridge's 2018 electricity goes to b105",
    ],
)
def test_part_of_what_a_site_uses_is_a_share(question: str) -> None:
    one = query(question)
    assert (one.statistic, one.buildings, one.sites) == ("share", ("b105",), ("cambridge",))


def test_site_that_says_where_a_building_is_makes_no_share() -> None:
    assert query("b36 gas at Cambridge in 2019").statistic == "total"
