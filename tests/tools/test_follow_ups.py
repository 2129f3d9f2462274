"""A follow-up changes what it names and keeps the rest."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_site import inventory
from tools.energy_query import Change, EnergyQuery, Terms
from tools.grammar import parse
from tools.grammar.dates import year

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def asked(*turns: str) -> EnergyQuery:
    """Return the query of the last turn of a conversation."""
    before: EnergyQuery | None = None
    for turn in turns:
        before = parse(turn, NAMES, NOW, before=before).queries[-1]
    assert before
    return before


def differs(after: EnergyQuery, before: EnergyQuery) -> dict[str, Any]:
    """Return the fields in which a query differs from the one before."""
    old, new = before.model_dump(), after.model_dump()
    return {k: getattr(after, k) for k in new if new[k] != old[k]}


USE = "How much electricity did b1 use in 2019?"
RANK = "Which building used the most electricity in 2019?"
CHANGE = "How much electricity did b1 use in May 2019 compared with May 2018?"
WHAT_IF = "What if we closed b1 at weekends in 2019?"


@pytest.mark.parametrize(
    ("first", "then", "changed"),
    [
        (USE, "And the year before?", {"period": year(2018)}),
        (USE, "and in 2018?", {"period": year(2018)}),
        (USE, "What about gas?", {"measure": "gas"}),
        (USE, "only weekends", {"hours": "weekend"}),
        (USE, "And b2?", {"buildings": ("b2",)}),
        (USE, "in MWh", {"unit": "MWh"}),
        (USE, "per square metre", {"statistic": "intensity"}),
        (USE, "per square foot", {"statistic": "intensity", "unit": "kWh_per_ft2"}),
        (USE, "as a chart", {}),
        (USE, "as a heat map", {"picture": "heat"}),
        (USE, "month by month", {"group": "month"}),
        (USE, "and its carbon?", {"measure": "carbon"}),
        (USE, "and the peak?", {"statistic": "peak"}),
        (USE, "compared with b2?", {"against_buildings": ("b2",)}),
        (USE, "compared with 2018", {"against_period": year(2018)}),
        (USE, "how does that compare with the year before?", {"against_period": year(2018)}),
        (USE, "in pounds", {"measure": "cost", "unit": "GBP"}),
        (RANK, "top 2 only", {"limit": 2}),
        (RANK, "and the lowest?", {"order": "lowest"}),
        (RANK, "per m2", {"statistic": "intensity"}),
        (RANK, "and b2?", {"buildings": ("b2",), "group": "none", "order": None}),
        (CHANGE, "only at night", {"hours": "night"}),
        (CHANGE, "and b2?", {"buildings": ("b2",)}),
        (WHAT_IF, "and b2?", {"buildings": ("b2",)}),
        (WHAT_IF, "what would that save in pounds?", {"measure": "cost", "unit": "GBP"}),
    ],
)
def test_fragment_changes_what_it_names_alone(first: str, then: str, changed: dict[str, Any]) -> None:
    assert differs(asked(first, then), asked(first)) == changed


def test_comparison_keeps_its_distance_when_the_period_moves() -> None:
    after = asked(CHANGE, "and in April?")
    assert after.period
    assert after.against_period
    assert (after.period.words, after.against_period.words) == ("April 2019", "April 2018")


def test_why_explains_the_change_that_was_just_told() -> None:
    before, after = asked(CHANGE), asked(CHANGE, "Why?")
    assert after.statistic == "causes"
    assert (after.buildings, after.period, after.against_period) == (
        before.buildings,
        before.period,
        before.against_period,
    )


@pytest.mark.parametrize(
    ("then", "statistic"),
    [
        ("how does that compare with its peers?", "peer_rank"),
        ("any anomalies?", "anomalies"),
        ("when does it start and stop?", "schedule"),
        ("was that above the baseline?", "baseline"),
        ("what would it save if closed at weekends?", "what_if"),
    ],
)
def test_analysis_asked_as_a_follow_up_keeps_building_and_period(then: str, statistic: str) -> None:
    after = asked(USE, then)
    assert (after.statistic, after.buildings, after.period) == (statistic, ("b1",), year(2019))


def test_amount_of_a_what_if_is_changed_by_a_number_alone() -> None:
    after = asked("What would cutting b1's baseload by 10 % save in 2019?", "and 20 %?")
    assert after.terms == Terms(change=Change(kind="cut_baseload", amount=20))


def test_money_of_a_change_to_gas_stays_that_of_gas() -> None:
    gas = "If the set-point were 2 K lower in b3 in 2019, how much gas would that save?"
    assert asked(gas, "and what would that save in pounds at 4p per kWh?").measure == "gas"


def test_square_metres_after_square_feet_change_the_unit() -> None:
    assert asked(USE, "per square foot", "and per m2?").unit == "kWh_per_m2"


def test_payback_after_a_what_if_is_that_of_its_change() -> None:
    after = asked(WHAT_IF, "and if it cost 10,000 pounds, what is the payback?")
    assert (after.statistic, after.buildings) == ("payback", ("b1",))
    assert after.terms == Terms(change=Change(kind="close_weekends"), investment=10_000)


def test_forecast_follow_up_puts_the_peak_first() -> None:
    after = asked("Forecast b1 for tomorrow", "and the peak?")
    assert (after.statistic, after.order) == ("forecast", "highest")


def test_question_of_its_own_takes_nothing_over() -> None:
    after = asked(CHANGE, "How much gas did b3 use in 2018?")
    assert (after.hours, after.against_period, after.period) == ("all", None, year(2018))


FRAGMENTS = [
    "and the year before?",
    "what about gas?",
    "only weekends",
    "and b2?",
    "in MWh",
    "as a chart",
    "why?",
    "top 2 only",
    "per square metre",
    "month by month",
    "compared with 2018",
]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=4), st.sampled_from([USE, RANK, CHANGE, WHAT_IF]))
def test_any_chain_of_follow_ups_stays_a_valid_query(turns: list[str], first: str) -> None:
    before = asked(first)
    for turn in turns:
        parsed = parse(turn, NAMES, NOW, before=before)
        assert parsed.intent == "ask"
        before = EnergyQuery.model_validate(parsed.queries[-1].model_dump())
