"""Dates, spans, amounts and units are read as people write them, and what may be two things is asked back."""

from datetime import UTC, datetime

import pytest

from tests.small_site import inventory
from tools.energy_query import EnergyQuery, Period
from tools.errors import BadPeriod, BadQuestion
from tools.grammar import Parsed, parse
from tools.grammar.period_ends import easter_sunday

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def read(question: str) -> Parsed:
    """Parse against the small site, in London and Delhi."""
    return parse(question, NAMES, NOW)


def query(question: str) -> EnergyQuery:
    """Return the query of a question."""
    return read(question).queries[0]


def days(period: Period | None) -> tuple[str, str]:
    """Return a period as its two ends."""
    assert period
    form = "%Y-%m-%d" if period.start.hour == period.end.hour == 0 else "%Y-%m-%d %H"
    return period.start.strftime(form), period.end.strftime(form)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("for the year to 31 March 2020", "2019-04-01", "2020-04-01"),
        ("for the year ending March 2020", "2019-04-01", "2020-04-01"),
        ("for the 12 months to June 2019", "2018-07-01", "2019-07-01"),
        ("for the rolling 12 months to end of June 2019", "2018-07-01", "2019-07-01"),
        ("in the past twelve months to end March 2020", "2019-04-01", "2020-04-01"),
        ("in the 6 months to 15 September 2019", "2019-03-16", "2019-09-16"),
        ("for the quarter to June 2019", "2019-04-01", "2019-07-01"),
        ("w/e 8/3/2020", "2020-03-02", "2020-03-09"),
        ("the weekend of 9 March 2019", "2019-03-09", "2019-03-11"),
        ("winter 2019-20", "2019-12-01", "2020-03-01"),
        ("2019.03.12", "2019-03-12", "2019-03-13"),
        ("YTD June 2019", "2019-01-01", "2019-07-01"),
        ("in financial year 2018/19", "2018-04-01", "2019-04-01"),
        ("FY19/20", "2019-04-01", "2020-04-01"),
        ("in the academic year 2018/19", "2018-09-01", "2019-09-01"),
        ("academic year July 2018 to June 2019", "2018-07-01", "2019-07-01"),
        ("over xmas 2019", "2019-12-24", "2020-01-02"),
        ("for xmas week, 24-31 Dec 2019", "2019-12-24", "2020-01-01"),
        ("over easter 2019", "2019-04-19", "2019-04-23"),
        ("over easter 2019 (19-21 April)", "2019-04-19", "2019-04-22"),
        ("on good friday 2019", "2019-04-19", "2019-04-20"),
        ("during the first lockdown", "2020-03-23", "2020-07-04"),
        ("last year (2019)", "2019-01-01", "2020-01-01"),
        ("in Dec '19", "2019-12-01", "2020-01-01"),
        ("1/4/2019-31/3/2020", "2019-04-01", "2020-04-01"),
        ("on 3/11/2019 at 8 am", "2019-11-03 08", "2019-11-03 09"),
        ("on 3 Nov 2019 10pm till 6am", "2019-11-03 22", "2019-11-04 06"),
        ("from 22:00 on 3 March 2019 to 06:00 on 4 March 2019", "2019-03-03 22", "2019-03-04 06"),
        ("on the evening of 5 March 2019", "2019-03-05 18", "2019-03-05 22"),
        ("07:00 to 19:00 March 2019", "2019-03-01", "2019-04-01"),
        ("two weeks from 6 March 2019", "2019-03-06", "2019-03-20"),
    ],
)
def test_time_is_the_one_that_its_words_mean(said: str, start: str, end: str) -> None:
    assert days(query(f"electricity of b1 {said}").period) == (start, end)


@pytest.mark.parametrize(
    ("said", "start", "other"),
    [
        ("2019 v 2018", "2019", "2018"),
        ("2019 v. 2018", "2019", "2018"),
        ("2019 on 2018", "2019", "2018"),
        ("Dec '19 v Dec '18", "December 2019", "December 2018"),
        ("in 2019, up on 2018 by how much", "2019", "2018"),
        (
            "in the lockdown against the same time in 2019",
            "23 March 2020 to 3 July 2020",
            "23 March 2019 to 3 July 2019",
        ),
    ],
)
def test_two_times_are_set_against_each_other(said: str, start: str, other: str) -> None:
    found = query(f"electricity of b1 {said}")
    assert found.period
    assert found.against_period
    assert (found.period.words, found.against_period.words) == (start, other)


@pytest.mark.parametrize("said", ["'18/'19/'20", "2018/19/20", "2018, 2019 and 2020"])
def test_years_in_a_row_are_each_told(said: str) -> None:
    found = query(f"annual kWh b1 {said}")
    assert (found.group, days(found.period)) == ("year", ("2018-01-01", "2021-01-01"))


@pytest.mark.parametrize(
    "said", ["2018/19", "FY2019", "tax year 2019", "over easter", "jan 19", "at the end of March 2019"]
)
def test_time_that_may_be_several_is_asked_back(said: str) -> None:
    with pytest.raises(BadPeriod):
        read(f"electricity of b1 {said}")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("electricity of b1 on 3/11/2019", "3/11/2019 is read as 3 November 2019"),
        ("electricity of b1 in the lockdown", "23 March to 3 July 2020"),
        ("electricity of b1 in the academic year 2018/19", "September to August"),
        ("electricity of b1 in financial year 2018/19", "April to March"),
        ("how much electricity does b1 use per year?", "an amount a year"),
    ],
)
def test_choice_of_a_time_is_told(question: str, told: str) -> None:
    assert told in " ".join(read(question).assumed)


@pytest.mark.parametrize(
    ("question", "base_degc"),
    [
        ("degree days in London in 2018 base 15.5", 15.5),
        ("HDD London 2018, base temp 18", 18.0),
        ("HDD65 London 2018", (65 - 32) / 1.8),
        ("hdd18 London 2018", 18.0),
        ("CDD 65F London 2018", (65 - 32) / 1.8),
        ("degree days of London in 2018 with an 18 °C base", 18.0),
        ("degree days of London in 2018", None),
    ],
)
def test_base_of_degree_days_is_never_a_year(question: str, base_degc: float | None) -> None:
    found = query(question)
    assert days(found.period) == ("2018-01-01", "2019-01-01")
    assert (found.terms.base_degc if found.terms else None) == pytest.approx(base_degc)


@pytest.mark.parametrize(
    "question",
    ["Scope 2 emissions of b1 2019, g/kWh", "tariff cost of b1 in 2019, GBP", "tariff cost of b1 in 2019 £"],
)
def test_bare_number_that_looks_like_a_year_is_a_year(question: str) -> None:
    found = query(question)
    assert days(found.period) == ("2019-01-01", "2020-01-01")
    assert found.terms is None


@pytest.mark.parametrize(
    ("question", "measure", "unit"),
    [
        ("top emitters by electricity in 2019, in tonnes", "carbon", "tCO2e"),
        ("tCO2e of b1 2019", "carbon", "tCO2e"),
        ("kg CO2 b1 2019", "carbon", "kgCO2e"),
        ("grams of CO2 of b1 in 2019", "carbon", "gCO2e"),
        ("gas of west 2019 in therms", "gas", "therms"),
        ("b1 electricity 2019 in MMBtu", "electricity", "MMBtu"),
        ("b1 electricity 2019 GJ", "electricity", "GJ"),
    ],
)
def test_unit_that_is_asked_for_is_shown(question: str, measure: str, unit: str) -> None:
    found = query(question)
    assert (found.measure, found.unit) == (measure, unit)


@pytest.mark.parametrize(
    ("question", "group", "measure", "order"),
    [
        ("lowest carbon quarter for b1 in 2019", "quarter", "carbon", "lowest"),
        ("which quarter of 2019 did b1 use most?", "quarter", "electricity", "highest"),
        ("quarterly electricity of b1 in 2019", "quarter", "electricity", None),
        ("b1: highest-emitting month in 2019?", "month", "carbon", "highest"),
        ("b1 electricity by weekday in 2019", "weekday", "electricity", None),
    ],
)
def test_quarters_months_and_weekdays_are_groups(question: str, group: str, measure: str, order: str | None) -> None:
    found = query(question)
    assert (found.group, found.measure, found.order) == (group, measure, order)


def test_amount_a_year_is_no_list_of_years() -> None:
    found = query("if we shut b1 at weekends what would it save us per year in £?")
    assert (found.statistic, found.group, days(found.period)) == ("what_if", "none", ("2019-01-01", "2020-01-01"))


def test_step_between_two_years_is_looked_for_in_both() -> None:
    found = query("date of the step change in b1 electricity between 2018 and 2019")
    assert (found.statistic, found.against_period) == ("level_changes", None)
    assert days(found.period) == ("2018-01-01", "2020-01-01")


def test_carbon_saved_between_two_years_is_their_difference() -> None:
    found = query("kg of CO2 saved at b1, 2019 on 2018")
    assert (found.measure, found.statistic) == ("carbon", "total")
    assert found.against_period


@pytest.mark.parametrize(
    "question",
    [
        "anomalies over 3 sigma at b1 in 2019",
        "hours above 80% of its peak at b1 in 2019",
        "forecast b1 with 95% interval",
    ],
)
def test_number_that_an_analysis_cannot_take_is_asked_back(question: str) -> None:
    with pytest.raises(BadQuestion):
        read(question)


@pytest.mark.parametrize(("year", "month", "day"), [(2018, 4, 1), (2019, 4, 21), (2020, 4, 12), (2038, 4, 25)])
def test_easter_is_where_the_church_has_it(year: int, month: int, day: int) -> None:
    sunday = easter_sunday(year)
    assert (sunday.month, sunday.day) == (month, day)
