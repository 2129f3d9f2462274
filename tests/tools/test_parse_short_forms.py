"""Short forms, periods told twice, and hours outside some hours are read as a reader of the question reads them."""

import asyncio
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse
from tools.grammar.short_forms import without_dots, written_out
from tools.grammar.told_again import once
from tools.picked_hours import WORKING_DAYS, PickedHours

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = asyncio.run(ShippedFiles().inventory())


def read(question: str) -> Parsed:
    """Parse against the shipped buildings."""
    return parse(question, NAMES, NOW)


def query(question: str) -> EnergyQuery:
    """Return the one query of a question that is read without doubt."""
    parsed = read(question)
    assert (parsed.intent, parsed.sure) == ("ask", True), parsed.because
    (found,) = parsed.queries
    return found


def dates(question: str) -> str:
    """Return the period of a question as 'first day to first day after it'."""
    period = query(question).period
    assert period is not None
    return f"{period.start:%Y-%m-%d} {period.end:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("b8 gas in winter 2018/19 (Dec to Feb)", "2018-12-01 2019-03-01"),
        ("b8 gas in winter 2018/19 (Nov to Mar)", "2018-11-01 2019-04-01"),
        ("b22 use last winter (dec 19-feb 20)", "2019-12-01 2020-03-01"),
        ("b36 in summer 2018 (may-sep)", "2018-05-01 2018-10-01"),
        ("b4 in summer 2019 (12 June to 3 Sept)", "2019-06-12 2019-09-04"),
        ("b4 in winter 2018/19 (1 Dec to 28 Feb)", "2018-12-01 2019-03-01"),
        ("GH use on diwali 2015 (11 nov)", "2015-11-11 2015-11-12"),
        ("acb in the monsoon (July through September 2014)", "2014-07-01 2014-10-01"),
        ("b19 in reading week (4-8 Nov 2019)", "2019-11-04 2019-11-09"),
        ("bh over the summer vacation 2015 (15 May to 20 July)", "2015-05-15 2015-07-21"),
        ("b40 gas in the heating season 2018/19 (Oct to Apr)", "2018-10-01 2019-05-01"),
        ("b4 use in 2019 (jan to june)", "2019-01-01 2019-07-01"),
        ("b4 in Q2 2019 (apr-jun)", "2019-04-01 2019-07-01"),
        ("b4 in week 12 (18 to 24 March 2019)", "2019-03-18 2019-03-25"),
        ("b4 in academic year 2018/19 (1 Oct 2018 - 30 Sep 2019)", "2018-10-01 2019-10-01"),
        ("b4 over christmas 2019 (23 Dec to 2 Jan)", "2019-12-23 2020-01-03"),
    ],
)
def test_period_told_again_in_brackets_is_what_the_brackets_say(question: str, meant: str) -> None:
    assert dates(question) == meant


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("b35 weds 13 nov 2019 total", "b35 wednesday 13 nov 2019 total"),
        ("b8 thurs use in 2019", "b8 thursday use in 2019"),
        ("electricity betw jan and march 2019 at b4", "electricity between jan and march 2019 at b4"),
        ("avg load of b4 n b8 in 2019", "average load of b4 and b8 in 2019"),
        ("tot elec of b22 in Q1 2019 exl weekends", "total electricity of b22 in Q1 2019 excluding weekends"),
        ("b4 w/o weekends in 2019", "b4 without weekends in 2019"),
        ("b19 weekdays 9-17h in 2019", "b19 weekdays from 9:00 to 17:00 in 2019"),
        ("b19 8-18 Mon-Fri in 2019", "b19 from 8:00 to 18:00 on Mon-Fri in 2019"),
        ("b19 9-5 mon-fri in 2019", "b19 from 9:00 to 17:00 on mon-fri in 2019"),
        ("which building had the biggest jump 2018 to 2019", "which building had the biggest rise 2018 to 2019"),
        ("which building slumped most from 2019 to 2020", "which building fell most from 2019 to 2020"),
        ("how much warmer was 2018 than 2019 in Cambridge", "mean outdoor temperature of Cambridge in 2018 vs 2019"),
        ("biggest savings opportunity in Cambridge", "which building has the largest savings potential in Cambridge"),
        ("tCO2e for b4's 2019 gas counted at 0.184 kg/kWh", "emissions of b4's gas in 2019 in tonnes at 0.184 kg/kWh"),
        ("how much of b4's 2019 data has readings", "how complete are the readings of b4 in 2019"),
        ("what would closing ACB sat+sun have saved in 2016", "what would closing ACB at weekends have saved in 2016"),
    ],
)  # fmt: skip
def test_short_form_is_read_as_its_long_form(said: str, plain: str) -> None:
    assert query(said) == query(plain)


@pytest.mark.parametrize(
    "question",
    [
        "share of b105's electricity outside 8-18 Mon-Fri in 2019",
        "what % of b105's use is outside Mon-Fri 8-18 in 2019",
        "b105 outside working days from 8:00 to 18:00 in 2019",
        "b105 use outside office hours 8-18 mon-fri in 2019",
    ],
)
def test_hours_outside_some_days_and_hours_are_all_other_hours_of_the_week(question: str) -> None:
    assert query(question).hours == PickedHours(weekdays=WORKING_DAYS, from_hour=8, to_hour=18, outside=True)


def test_days_with_hours_outside_are_those_days_other_hours() -> None:
    found = query("b4 on weekdays outside 8:00 to 18:00 in 2019").hours
    assert found == PickedHours(weekdays=WORKING_DAYS, from_hour=18, to_hour=8)


@given(st.integers(0, 23), st.integers(1, 24), st.sets(st.sampled_from(WORKING_DAYS), min_size=1))
def test_hours_outside_and_inside_make_up_the_week(first: int, last: int, days: set[str]) -> None:
    if first in (last, last % 24):
        return
    inside = PickedHours.model_validate({"weekdays": tuple(days), "from_hour": first, "to_hour": last})
    outside = inside.model_copy(update={"outside": True})
    hour, weekday = np.tile(np.arange(24), 7), np.repeat(np.arange(7), 24)
    assert np.array_equal(outside.mask(hour, weekday), ~inside.mask(hour, weekday))
    assert outside.hours_a_day * outside.days_a_week == pytest.approx(outside.mask(hour, weekday).sum())


def test_outside_needs_days_and_a_clock() -> None:
    with pytest.raises(ValidationError, match="both weekdays and a span"):
        PickedHours(from_hour=8, to_hour=18, outside=True)


def test_query_without_outside_is_written_as_before() -> None:
    assert "outside" not in PickedHours(from_hour=8, to_hour=18).model_dump()


def test_full_stop_of_a_short_form_ends_no_sentence() -> None:
    assert without_dots("hostels, Jan 2015 vs. Jan 2014") == "hostels, Jan 2015 vs Jan 2014"
    assert without_dots("b4 gas in Dec. And in Jan. 2019?") == "b4 gas in Dec. And in Jan 2019?"
    found = query("bh and gh together, Jan 2015 vs. Jan 2014")
    assert (found.buildings, found.against_buildings) == (("bh", "gh"), ())
    assert found.against_period is not None


@pytest.mark.parametrize(
    "question",
    [
        "Top three electricity users at Cambridge in 2018, excluding b105",
        "which building used most gas, leaving out b40",
    ],
)
def test_rank_leaves_out_the_building_that_is_ruled_out(question: str) -> None:
    found = query(question)
    assert found.group == "building"
    assert not {"b105", "b40"} <= set(found.buildings)
    assert len(found.buildings) == 11


def test_time_of_day_that_is_lowest_is_no_single_hour() -> None:
    found = query("b4: what time of day is load the lowest on sundays in 2019")
    assert (found.statistic, found.group, found.order) == ("mean", "hour", "lowest")


def test_effect_of_the_lockdown_is_the_difference_and_says_that_its_cause_is_not_known() -> None:
    for question in (
        "how many kWh did lockdown take off b22? (apr-jun 2020 vs apr-jun 2019)",
        "covid effect on b22: Apr-Jun 2020 against Apr-Jun 2019",
    ):
        found = query(question)
        assert found.against_period is not None
        assert any("not known" in note for note in read(question).assumed)


def test_ratio_of_peak_to_base_is_told_as_its_two_figures() -> None:
    parsed = read("Peak-to-base ratio b8 2019")
    assert [q.statistic for q in parsed.queries] == ["peak", "baseload"]
    assert parsed.assumed


def test_minutes_of_the_clock_are_no_count_of_what_is_ranked() -> None:
    found = query("which building's use from 8:00 to 18:00 was highest in 2019")
    assert (found.group, found.order, found.limit) == ("building", "highest", None)


def test_change_that_is_due_is_no_change_of_level() -> None:
    assert read("when is the filter change due at b36?").queries == ()


def test_percent_of_a_cut_is_not_the_rate_of_interest() -> None:
    terms = query("NPV at 5 % of a £50,000 job that trims b36's electricity by 12 %").terms
    assert terms is not None
    assert terms.change is not None
    assert terms.change.amount == 12.0


def test_limit_on_days_is_asked_back() -> None:
    with pytest.raises(BadQuestion, match="500 kwh"):
        read("number of days b40 went past 500 kWh in 2019")


@given(st.text(alphabet="abn w/()0123456789-. janfebmr", max_size=40))
def test_writing_out_never_fails_and_is_done_once(text: str) -> None:
    plain, _ = once(written_out(text))
    assert isinstance(plain, str)
