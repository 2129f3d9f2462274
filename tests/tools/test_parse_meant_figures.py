"""What is asked of models, savings, intensities and contracts is read by the class of its words, or refused by it."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
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
    ("question", "model"),
    [
        ("Fit a time-of-week-and-temperature model to b8 for 2019 and give me its R² and CV(RMSE)", "hourly"),
        ("how closely does the fitted model follow b19's electricity in 2018", "daily"),
        ("Regress b4's gas on outdoor temperature over 2018 and 2019 - where does the heating start?", "daily"),
        ("at what outdoor temperature does b8's heating kick in", "daily"),
    ],
)
def test_fit_of_a_model_is_asked_of_the_time_itself(question: str, model: str) -> None:
    one = query(question)
    assert one.statistic == "baseline"
    assert one.terms is not None
    assert one.terms.model == model


@pytest.mark.parametrize(
    "question",
    [
        "New controls in b31 on 1 July 2019: with the 12 months beforehand as baseline, saved in the 12 months since?",
        "b31 got LEDs on 1 July 2019. Using the previous year as baseline, what was saved in the first 12 months?",
    ],
)
def test_times_of_a_saving_run_from_the_day_of_the_measure(question: str) -> None:
    assert days(query(question)) == ["2019-07-01", "2020-07-01", "2018-07-01", "2019-07-01"]


@pytest.mark.parametrize(
    ("question", "basis"),
    [("EUI of acb in 2016, source (primary) energy rather than site", "source"), ("source EUI of gh, 2016", "source")],
)
def test_basis_is_the_one_that_is_meant_and_not_the_one_ruled_out(question: str, basis: str) -> None:
    one = query(question)
    assert one.terms is not None
    assert one.terms.basis == basis


def test_intensity_per_year_is_told_of_a_year_and_asked_back_of_a_month() -> None:
    assert query("EPI of the library for 2016 in kWh per sqm per year").statistic == "intensity"
    with pytest.raises(BadQuestion, match="per year"):
        query("kWh per m2 per year of acb in March 2016")


@pytest.mark.parametrize(
    "question",
    [
        "When does our gas supply contract end and what is the standing charge on it?",
        "Who supplies our gas?",
        "what's the MPAN for b4",
    ],
)
def test_what_is_agreed_with_a_supplier_is_not_known(question: str) -> None:
    assert parse(question, NAMES, NOW).because == "supply contract"


def test_carbon_of_the_national_grid_is_that_of_the_site() -> None:
    for question in ("mean carbon intensity of the GB grid during 2020?", "gCO2 per kWh of UK electricity in 2020"):
        data = query(question).terms
        assert data is not None
        assert data.data is not None
        assert data.data.series == "carbon"


def test_change_whose_effect_on_a_past_time_is_asked_is_no_command() -> None:
    asked = "Drop the heating setpoint in b25 by two kelvin: roughly what would that have taken off the 2019 gas?"
    assert query(asked).statistic == "what_if"
    assert parse("Drop the heating setpoint in b25 by two kelvin", NAMES, NOW).intent == "command"


def test_end_use_that_no_meter_tells_is_refused_beside_an_empty_building() -> None:
    assert parse("What did b8's lighting use with nobody in, 2019?", NAMES, NOW).because == "equipment"


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("b19 in the six months from April 2019", ["2019-04-01", "2019-10-01"]),
        ("gas of b4 in the year beginning April 2019", ["2019-04-01", "2020-04-01"]),
        (
            "last quarter of 2019 vs the one before it, b40 gas",
            ["2019-10-01", "2020-01-01", "2019-07-01", "2019-10-01"],
        ),
    ],
)
def test_months_from_a_month_and_the_time_before_one_are_counted(question: str, ends: list[str]) -> None:
    assert days(query(question)) == ends


@pytest.mark.parametrize(
    "question", ["is gh consumption going up or down year on year", "has b35 been creeping up over the years"]
)
def test_direction_over_the_years_is_a_trend(question: str) -> None:
    assert query(question).statistic == "trend"


def test_season_of_a_kind_is_no_time() -> None:
    one = query("is the drop in b22's gas from 2018 to 2019 down to a mild winter")
    assert (one.statistic, days(one)) == ("causes", ["2019-01-01", "2020-01-01", "2018-01-01", "2019-01-01"])


def test_to_share_figures_is_to_tell_them_and_month_wise_is_by_month() -> None:
    one = query("share month wise consumption of the girls hostel in 2014")
    assert (one.statistic, one.group) == ("total", "month")
    assert query("share of b8 in Cambridge's electricity, 2018").statistic == "share"


def test_investment_and_the_cut_beside_it_are_both_of_the_payback() -> None:
    one = query("if LEDs at b31 cost £40,000 and cut 15% off, when do they pay for themselves")
    assert one.statistic == "payback"
    assert one.terms is not None
    assert one.terms.investment == 40_000
    assert one.terms.change is not None
    assert one.terms.change.amount == 15


@pytest.mark.parametrize(
    "question", ["What is the standing charge on b4's electricity?", "how much are capacity charges"]
)
def test_charge_of_a_contract_is_not_known_without_a_tariff(question: str) -> None:
    with pytest.raises(NoData, match="contract"):
        query(question)


def test_other_opening_hours_are_no_what_if() -> None:
    with pytest.raises(BadQuestion, match="opening hours"):
        query("what would b8 save if it shut at 6pm instead of 8pm")


def test_carbon_of_a_kwh_is_no_carbon_of_the_floor() -> None:
    assert query("is b19 more carbon intensive than b40 per kWh in 2018").statistic == "unit_rate"


def test_carbon_of_the_gas_is_of_scope_1() -> None:
    one = query("tonnes of CO2 from gas burnt at b31 in 2019")
    assert (one.statistic, one.measure) == ("emissions", "gas")


def test_lowest_moment_in_other_words_is_the_minimum() -> None:
    assert query("when in 2018 did b105 hit its low").statistic == "minimum"


@pytest.mark.parametrize(
    "question",
    [
        "which month did b19's use rise most in 2019",
        "is b22 using more than it did in 2018",
        "b22 electricity Q1 vs Q2 vs Q3 2019",
        "which Cambridge building is nearest the average in 2019",
        "mean of the top 10 hours at b58 in 2019",
        "baseload of b4 as a percentage of its peak, 2019",
    ],
)
def test_what_one_query_cannot_hold_is_asked_back(question: str) -> None:
    with pytest.raises(BadQuestion):
        query(question)


def test_month_that_changed_most_between_two_years_leads() -> None:
    one = query("which month fell most at b22, 2020 against 2019")
    assert (one.group, one.order) == ("month", "lowest")


def test_use_since_the_lockdown_ended_begins_with_its_end() -> None:
    assert days(query("b31 use since the lockdown ended"))[0] == "2020-07-03"
