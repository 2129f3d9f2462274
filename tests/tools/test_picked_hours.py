"""Weekdays and hours of the clock can be picked, and every statistic then counts just those hours."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.small_site import SmallSite, inventory
from tools.compute import Facts, compute
from tools.energy_query import EnergyQuery, Hours
from tools.errors import BadQuestion
from tools.grammar import parse
from tools.headline import headline
from tools.picked_hours import WEEK, WORKING_DAYS, PickedHours

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def query(question: str) -> EnergyQuery:
    """Return the query of a question about the small site."""
    return parse(question, NAMES, NOW).queries[0]


async def facts(question: str) -> Facts:
    """Compute a question about the small site."""
    return await compute(query(question), SmallSite(), NAMES)


def on(*weekdays: str) -> PickedHours:
    """Return whole weekdays."""
    return PickedHours.model_validate({"weekdays": weekdays})


def clock(first: int, last: int, *weekdays: str) -> PickedHours:
    """Return hours of the clock, of some weekdays where any are given."""
    return PickedHours.model_validate({"weekdays": weekdays, "from_hour": first, "to_hour": last})


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("on Sundays", on("sunday")),
        ("Saturdays only", on("saturday")),
        ("every Friday", on("friday")),
        ("Monday electricity", on("monday")),
        ("Mon-Thu", on("monday", "tuesday", "wednesday", "thursday")),
        ("Tue/Thu", on("tuesday", "thursday")),
        ("on Mondays and Fridays", on("monday", "friday")),
        ("Friday to Monday", on("monday", "friday", "saturday", "sunday")),
        ("Monday to Friday", "weekday"),
        ("Saturday and Sunday", "weekend"),
        ("without Sundays", on(*WEEK[:6])),
        ("10pm till 6am", "night"),
        ("22:00-06:00", "night"),
        ("6am to 10pm", "day"),
        ("00:00-05:00", clock(0, 5)),
        ("17:00-19:00", clock(17, 19)),
        ("between 5 and 7 pm", clock(17, 19)),
        ("5-7pm", clock(17, 19)),
        ("10-2pm", clock(10, 14)),
        ("9am to 5", clock(9, 17)),
        ("9-5", clock(9, 17)),
        ("between 6 and 9 in the morning", clock(6, 9)),
        ("from noon to 3pm", clock(12, 15)),
        ("2300-0500 hrs", clock(23, 5)),
        ("after 6pm", clock(18, 24)),
        ("before 8am", clock(0, 8)),
        ("at 8 am", clock(8, 9)),
        ("outside 8am to 6pm", clock(18, 8)),
        ("in the evenings", clock(18, 22)),
        ("10pm till 6am weekdays only", clock(22, 6, *WORKING_DAYS)),
        ("weekend nights", clock(22, 6, "saturday", "sunday")),
        ("at night on weekdays", clock(22, 6, *WORKING_DAYS)),
        ("Friday afternoons", clock(12, 18, "friday")),
        ("on Sundays between 10:00 and 12:00", clock(10, 12, "sunday")),
    ],
)
def test_hours_are_picked_as_they_are_said(said: str, hours: Hours) -> None:
    found = query(f"b1 {said} in May 2019, kWh")
    assert (found.hours, found.buildings, found.statistic) == (hours, ("b1",), "total")
    assert found.period
    assert found.period.words == "May 2019"


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("b1 use on Sundays vs Saturdays in 2019", on("sunday"), on("saturday")),
        ("does b1 use more on Mondays or Fridays in 2019?", on("monday"), on("friday")),
        ("b1 mornings v afternoons 2019", clock(6, 12), clock(12, 18)),
        ("b1 weekday nights against weekend nights 2019", clock(22, 6, *WORKING_DAYS), clock(22, 6, *WEEK[5:])),
    ],
)
def test_two_picks_are_set_against_each_other(question: str, one: Hours, other: Hours) -> None:
    found = query(question)
    assert (found.hours, found.against_hours) == (one, other)


@pytest.mark.parametrize(
    "question",
    [
        "electricity of b1 from Monday 4 March 2019 to Sunday 10 March 2019",
        "electricity of b1 on Thursday 14 June 2018",
        "electricity of b1 in the week of Monday 4 March 2019",
        "electricity of b1 from 8 to 14 July 2019",
        "b1 electricity by weekday in 2019",
    ],
)
def test_weekday_of_a_date_and_days_of_a_month_pick_no_hours(question: str) -> None:
    assert query(question).hours == "all"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("b1 from 8:30 to 17:30 in 2019", "whole hours"),
        ("b1 nights and weekends 2019", "overlap"),
        ("b1 Sundays and nights 2019", "overlap"),
        ("b1 in 2019 compared with Sundays", "compared with is not said"),
        ("anomalies of b1 on Sundays in 2019", "Sundays"),
        ("heating degree days of London at weekends in 2019", "weekend"),
        ("forecast of b1 for the next 3 days", "next 3 days"),
        ("b1 on Mondays, on Wednesdays or on Sundays in 2019", "several kinds of days"),
    ],
)
def test_hours_that_cannot_be_picked_are_asked_back(question: str, reason: str) -> None:
    with pytest.raises(BadQuestion, match=reason):
        parse(question, NAMES, NOW)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("b1 on Sundays in 2018, electricity", 2 * 24 * 52, "kWh"),
        ("b1 electricity between 17:00 and 19:00 in 2018", 2 * 2 * 365, "kWh"),
        ("b1 electricity 10pm till 6am on weekdays in 2018", 2 * 8 * 261, "kWh"),
        ("b1 kWh per Sunday in 2018", 48.0, "kWh"),
        ("mean kWh per night at b1 in 2018", 16.0, "kWh"),
        ("b1 kWh per weekend in 2018", 96.0, "kWh"),
        ("average kW of b2 between 8:00 and 10:00 in January 2018", 9.5, "kW"),
        ("peak of b2 between 8:00 and 10:00 on Mondays in January 2018", 10.0, "kW"),
        ("What share of b1's electricity in 2018 falls on Sundays?", 100 * 52 / 365, "percent"),
        ("carbon of b1 on Saturdays in 2018", 0.2 * 2 * 24 * 52, "kgCO2e"),
        ("which quarter of 2018 did b1 use least?", 2 * (90 * 24 - 1), "kWh"),
    ],
)
async def test_figure_counts_the_picked_hours_alone(question: str, value: float, unit: str) -> None:
    lead = (await facts(question)).evidence[0]
    assert lead.value == pytest.approx(value)
    assert lead.unit == unit


async def test_headline_says_which_hours_were_picked() -> None:
    found = await facts("b1 electricity 10pm till 6am on Sundays in 2018")
    assert "on Sundays from 22:00 to 06:00 (each hour by its own calendar day) in 2018" in headline(found, NAMES)


async def test_load_of_picked_hours_keeps_the_label_of_readings() -> None:
    found = await facts("electricity of b1 on Sundays in 2018")
    asked = found.evidence[0]
    assert declassify(asked.label, found.grounds[asked.id], Rules(coarsening=Coarsening())).label is Label.RESTRICTED


@pytest.mark.parametrize(
    "fields", [{}, {"from_hour": 5}, {"from_hour": 5, "to_hour": 5}, {"from_hour": 24, "to_hour": 3}]
)
def test_pick_of_nothing_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        PickedHours.model_validate(fields)


@given(
    st.sets(st.sampled_from(WEEK), min_size=1).map(tuple),
    st.integers(0, 23),
    st.integers(1, 24),
)
def test_hours_of_a_week_are_the_days_times_the_hours_of_one(days: tuple[str, ...], first: int, last: int) -> None:
    if first == last or (first, last) == (0, 24):
        return
    picked = clock(first, last, *days)
    hour, weekday = np.tile(np.arange(24), 7), np.repeat(np.arange(7), 24)
    assert picked.mask(hour, weekday).sum() == picked.hours_a_day * picked.days_a_week
    rest = clock(last % 24, first or 24, *days)
    assert (picked.mask(hour, weekday) ^ rest.mask(hour, weekday)).sum() == 24 * picked.days_a_week
