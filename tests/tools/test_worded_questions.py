"""Worded clock times and periods, steps, directions, prices and the peak over the mean are read as what they mean."""

from datetime import UTC, datetime

import pytest

from tests.small_site import inventory
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import parse
from tools.grammar.crest_words import asks_crest
from tools.grammar.dearer_words import cost_of_two
from tools.grammar.worded_times import times_in_figures

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def read(question: str) -> EnergyQuery:
    """Return the only query of a question that is read without a doubt."""
    parsed = parse(question, NAMES, NOW)
    assert parsed.sure, parsed.because
    assert len(parsed.queries) == 1
    return parsed.queries[0]


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("at three o'clock in the afternoon on 14 May 2019", 15),
        ("at eleven am on 14 May 2019", 11),
        ("at nine in the evening on 14 May 2019", 21),
        ("at 3 o'clock in the morning on 14 May 2019", 3),
    ],
)
def test_a_worded_hour_of_the_clock_is_that_hour(said: str, hour: int) -> None:
    period = read(f"How much electricity did b1 use {said}?").period
    assert period is not None
    assert (period.start.hour, period.end.hour) == (hour, hour + 1)


def test_a_half_hour_is_asked_back_since_readings_are_hourly() -> None:
    with pytest.raises(BadQuestion, match="hourly"):
        read("How much electricity did b1 use at half past two on 14 May 2019?")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("may 2020 against the may before", "may 2020 against may 2019"),
        ("april 2020 against the previous march", "april 2020 against march 2020"),
        ("summer 2020 with the summer before", "summer 2020 with summer 2019"),
        ("at one time it used more", "at one time it used more"),
        ("the may before that", "the may before that"),
    ],
)
def test_a_month_told_by_another_gets_its_year(text: str, plain: str) -> None:
    assert times_in_figures(text) == plain


def test_the_same_months_of_another_year_are_the_other_side_in_either_order() -> None:
    one = read("Comparing April-June 2020 with the same three months of 2019, how large was the drop at b1?")
    other = read("Comparing the same three months of 2019 with April-June 2020, how large was the drop at b1?")
    assert one.against_period is not None
    assert other.against_period is not None
    assert (one.period, one.against_period.start) == (other.period, other.against_period.start)
    assert one.against_period.end == datetime(2019, 7, 1)


def test_all_four_quarters_are_a_cut_by_quarter() -> None:
    assert read("Could b1's 2018 electricity be split into Q1, Q2, Q3 and Q4?").group == "quarter"


def test_a_year_before_kwh_is_a_year_where_something_owns_it() -> None:
    query = read("What share of b1's 2019 kWh was used at weekends?")
    assert query.period is not None
    assert (query.statistic, query.hours, query.period.words) == ("share", "weekend", "2019")


def test_an_amount_that_looks_like_a_year_is_still_asked_back() -> None:
    with pytest.raises(BadQuestion):
        read("b1 used 2018 kwh in 2019, true?")


@pytest.mark.parametrize(
    "question",
    [
        "Is there a genuine step in b1's consumption in 2019, and on what date?",
        "Around which date does the level of b1 shift?",
        "Did b1 step up to a new plateau in 2019, and when?",
    ],
)
def test_a_step_is_a_change_of_level(question: str) -> None:
    assert read(question).statistic == "level_changes"


def test_a_step_about_a_time_is_looked_for_on_either_side_of_it() -> None:
    period = read("We are told that b1 jumped around New Year 2019. Is there a real step in its use?").period
    assert period is not None
    assert (period.start, period.end) == (datetime(2018, 1, 1), datetime(2020, 1, 1))


@pytest.mark.parametrize(
    "question",
    [
        "Is b1's annual consumption creeping up, flat or coming down?",
        "Has b1 been climbing or sliding since 2018?",
        "Has b1's load been growing steadily or is it level?",
    ],
)
def test_directions_with_or_between_them_ask_for_the_trend(question: str) -> None:
    assert read(question).statistic == "trend"


def test_up_or_down_between_two_years_stays_a_difference() -> None:
    query = read("Did b1's use go up or down between 2018 and 2019?")
    assert query.statistic == "total"
    assert query.against_period is not None


def test_fall_behind_did_is_a_verb_and_no_season() -> None:
    query = read("Did b1 rise or fall in 2019 compared with 2018?")
    assert query.period is not None
    assert query.period.words == "2019"


def test_hours_of_a_dirty_grid_are_counted_above_the_level() -> None:
    terms = read("In 2019, how many hours was the UK grid dirtier than 300 g CO2 per kWh?").terms
    assert terms is not None
    assert terms.data is not None
    assert (terms.data.series, terms.data.figure, terms.data.level) == ("carbon", "above", 0.3)


def test_the_dearest_hour_of_the_tariff_is_one_hour_with_its_rate() -> None:
    query = read("What was the dearest hour on the Agile tariff in 2019, and what was the rate per kWh?")
    assert query.terms is not None
    assert query.terms.data is not None
    assert (query.group, query.terms.data.series, query.terms.data.figure) == ("none", "price", "highest")


def test_what_was_paid_for_a_kwh_on_average_is_the_load_weighted_price() -> None:
    assert read("On Agile, what would b1 have paid per kilowatt-hour on average across 2019?").statistic == "unit_rate"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("crest factor of b1", True),
        ("its peak-to-average ratio", True),
        ("how many times its mean was the top hour", True),
        ("the load factor, mean over peak", False),
        ("its peak and its mean", False),
    ],
)
def test_peak_over_mean_is_the_crest_factor(text: str, *, asks: bool) -> None:
    assert asks_crest(text) is asks


def test_the_dearer_of_two_buildings_is_the_one_that_costs_more_and_no_price() -> None:
    assert "highest cost" in cost_of_two("of b1 and b2, which was the dearer of the two in 2019")
    assert "dearer" in cost_of_two("which is the dearer of the two, day or night")


def test_the_carbon_of_gas_follows_the_gas() -> None:
    queries = parse("Gas of b1 in 2019, and what was that in carbon?", NAMES, NOW).queries
    assert [(q.measure, q.statistic) for q in queries] == [("gas", "total"), ("gas", "emissions")]


def test_money_put_into_ending_weekend_running_asks_for_the_payback_of_it() -> None:
    query = read(
        "We put £20,000 into controls that put an end to weekend running at b1. How soon is the money recovered?"
    )
    assert query.statistic == "payback"
    assert query.terms is not None
    assert query.terms.change is not None
    assert query.terms.change.kind == "close_weekends"


@pytest.mark.parametrize("question", ["Count of zero hours of b1 in 2019?", "Zero hours of b1 in 2019, how many?"])
def test_hours_at_zero_are_counted(question: str) -> None:
    terms = read(question).terms
    assert terms is not None
    assert terms.data is not None
    assert terms.data.figure == "zeros"
