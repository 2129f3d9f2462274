"""A follow-up counts from the turn before: its period, its leader, its two buildings, what it corrects."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.small_site import inventory
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar import parse
from tools.grammar.dates import half, month, quarter, year

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()

MARCH = "How much electricity did b1 use in March 2018?"
RANK = "Which London building used the most electricity in 2019?"
MONTHS = "Show b1's electricity month by month for 2018"
PEAK = "What was the peak demand of b1 in 2019?"
SPLIT = "Compare b1 and b2 for 2019, electricity"
WASTE = "How much did b1 waste out of hours in 2019?"


def read(*turns: str, leader: str | None = None) -> EnergyQuery:
    """Return the query of the last turn; `leader` came first in the answer to the turn before it."""
    before: EnergyQuery | None = None
    earlier: EnergyQuery | None = None
    for turn in turns:
        found = parse(turn, NAMES, NOW, before=before, earlier=earlier, leader=leader).queries
        assert found, turn
        before, earlier = found[-1], before
    assert before
    return before


def changed(first: str, then: str, leader: str | None = None) -> dict[str, Any]:
    """Return what a follow-up changes of the query before."""
    old, new = read(first), read(first, then, leader=leader)
    return {k: getattr(new, k) for k, v in old.model_dump().items() if new.model_dump()[k] != v}


@pytest.mark.parametrize(
    ("then", "period"),
    [
        ("and the month after?", month(2018, 4)),
        ("and the following month", month(2018, 4)),
        ("a year later?", month(2019, 3)),
        ("next month?", month(2018, 4)),
        ("two months later", month(2018, 5)),
        ("for the whole year", year(2018)),
        ("and the whole quarter?", quarter(2018, 1)),
        ("and in the previous quarter?", quarter(2017, 4)),
        ("second half of the year", half(2018, 2)),
        ("same month in 2019", month(2019, 3)),
        ("no, I meant 2019", month(2019, 3)),
        ("sorry, the whole of 2019", year(2019)),
        ("not march, april", month(2018, 4)),
    ],
)
def test_period_counts_from_the_turn_before(then: str, period: object) -> None:
    assert changed(MARCH, then) == {"period": period}


def test_day_of_the_month_before_is_that_day() -> None:
    after = read(MARCH, "and on the 26th?")
    assert after.period
    assert after.period.start == datetime(2018, 3, 26)


def test_last_year_beside_a_comparison_is_the_year_before_the_turn_and_not_before_today() -> None:
    later = MARCH.replace("2018", "2019")
    assert changed(later, "versus last year") == {"against_period": month(2018, 3)}
    assert changed(later, "same month last year") == {"period": month(2018, 3)}


@pytest.mark.parametrize(
    ("first", "then", "what"),
    [
        (MONTHS, "which was the highest month?", {"order": "highest"}),
        (MONTHS, "the top three months", {"order": "highest", "limit": 3}),
        (MONTHS, "just the total", {"group": "none"}),
        (PEAK, "when was that?", {}),
        (PEAK, "at what hour exactly?", {}),
        (PEAK, "lowest?", {"statistic": "minimum"}),
        (RANK, "lowest first", {"order": "lowest"}),
        (RANK, "the other way round", {"order": "lowest"}),
        (SPLIT, "and b3 instead of b2?", {"against_buildings": ("b3",)}),
        (SPLIT, "which is higher?", {}),
        (MARCH, "not b1, b2", {"buildings": ("b2",)}),
        (MARCH, "together with b2", {"buildings": ("b1", "b2")}),
        (MARCH, "per day on average", {"statistic": "mean", "per": "day"}),
        (MARCH, "and for the whole site?", {"buildings": (), "sites": ("london",)}),
        (MARCH, "convert to MWh", {"unit": "MWh"}),
        (WASTE, "as a percentage?", {"unit": "percent"}),
        (WASTE, "what does that cost?", {"measure": "cost"}),
        (WASTE, "how much is that in pounds?", {"measure": "cost", "unit": "GBP"}),
        (SPLIT, "by how much?", {}),
        (
            WASTE,
            "which building is the worst?",
            {"buildings": (), "sites": ("london",), "group": "building", "order": "highest"},
        ),
    ],
)
def test_elliptic_question_changes_what_it_names_alone(first: str, then: str, what: dict[str, Any]) -> None:
    assert changed(first, then) == what


def test_energy_in_kwh_after_money_is_energy_again() -> None:
    after = read("What would closing b1 at weekends have saved in carbon in 2019?", "in money?", "and in kWh?")
    assert (after.statistic, after.measure, after.unit) == ("what_if", "electricity", "kWh")


@pytest.mark.parametrize(
    ("then", "statistic"),
    [
        ("how much did it use in 2018?", "total"),
        ("what was its peak?", "peak"),
        ("what would closing it at weekends save?", "what_if"),
        ("how much electricity did the first one use that year?", "total"),
    ],
)
def test_it_behind_a_ranking_is_the_building_that_came_first(then: str, statistic: str) -> None:
    after = read(RANK, then, leader="b2")
    assert (after.buildings, after.statistic, after.group) == (("b2",), statistic, "none")


def test_plotting_it_behind_a_ranking_plots_the_ranking() -> None:
    assert changed(RANK, "plot it", leader="b2") == {}


def test_the_two_together_are_the_last_two_buildings() -> None:
    turns = (MARCH, "and b2?")
    assert read(*turns, "and the two together?").buildings == ("b1", "b2")
    assert read(*turns, "and both fuels?").measure == "total"


def test_the_difference_is_that_of_the_last_two_turns() -> None:
    buildings = read(MARCH, "and b2?", "so what's the difference?")
    assert (buildings.buildings, buildings.against_buildings) == (("b2",), ("b1",))
    periods = read(MARCH, "and in May?", "what's the change?")
    assert (periods.period, periods.against_period) == (month(2018, 5), month(2018, 3))


def test_later_of_two_periods_is_set_against_the_earlier_one() -> None:
    after = read(
        "How much did b1's electricity cost in 2019?", "and in May?", "and in April?", "so did the bill go up?"
    )
    assert (after.measure, after.buildings) == ("cost", ("b1",))
    assert (after.period, after.against_period) == (month(2019, 5), month(2019, 4))


def test_difference_with_no_two_turns_is_from_the_year_before_and_says_so() -> None:
    before = read(PEAK)
    parsed = parse("what's the difference?", NAMES, NOW, before=before)
    assert parsed.queries[-1].against_period == year(2018)
    assert parsed.assumed == ("compared with 2018, the same time a year before",)


def test_change_over_other_years_keeps_both_sides() -> None:
    after = read("How much did b1's electricity change from 2018 to 2019?", "and from 2017 to 2018?")
    assert (after.period, after.against_period) == (year(2018), year(2017))


def test_what_drove_a_peak_is_asked_of_the_peak() -> None:
    assert read(PEAK, "and what was behind it?").statistic == "peak_driver"


def test_peak_of_a_past_month_after_a_forecast_is_measured() -> None:
    after = read("What will tomorrow's peak be at b1?", "what was its peak in May 2019?")
    assert (after.statistic, after.terms, after.period) == ("peak", None, month(2019, 5))


def test_scope_1_behind_a_supply_contract_has_no_contract() -> None:
    after = read("market-based emissions of b3 in 2019 at 0.05 kg per kWh", "and scope 1?")
    assert (after.measure, after.terms) == ("gas", None)


def test_why_between_two_buildings_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadQuestion, match="from one period to another"):
        read(SPLIT, "why?")


def test_name_that_nobody_knows_is_no_follow_up() -> None:
    with pytest.raises(UnknownName):
        read(MARCH, "what was the peak in the chemistry tower?")


def test_ranking_without_a_building_stays_a_ranking() -> None:
    after = read(RANK, "without b1")
    assert (after.group, after.order) == ("building", "highest")
    assert "b1" not in after.buildings


def test_question_that_names_building_and_period_takes_nothing_over() -> None:
    after = read("How much gas did b3 use at night in 2018?", "b1 electricity total for the year 2019")
    assert (after.hours, after.measure, after.buildings, after.period) == ("all", "electricity", ("b1",), year(2019))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["a" * 3000 + " b c d e f g h i j", "not " * 900 + "b2", "and so " * 500 + "?!", ", not b1" * 400]
)
def test_long_odd_text_in_a_conversation_is_read_at_once(text: str) -> None:
    with suppress(BadQuestion):
        assert parse(text, NAMES, NOW, before=read(RANK), earlier=read(MARCH), leader="b2").intent
