"""What a reading does not use is dropped where it is filler, told, or asked back; it never goes unsaid."""

from datetime import UTC, datetime

import pytest

from tests.small_site import inventory
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


def read(question: str) -> Parsed:
    return parse(question, NAMES, NOW)


@pytest.mark.parametrize(
    "question",
    [
        "Honestly, could you be so kind as to dig out b1's electricity for calendar year 2019?",
        "My boss is eager to learn b1's electricity in 2019, inclusive of everything",
        "b1 electricity in 2019 plz, thx",
        "whle year 2019 electricity of b1",
    ],
)
def test_politeness_hedging_and_slips_of_the_finger_change_nothing(question: str) -> None:
    parsed = read(question)
    assert (len(parsed.queries), parsed.ignored, parsed.sure) == (1, (), True)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("How much electricity did b1's servers draw in 2019?", "servers"),
        ("Electricity of b1 in 2019 for the exams", "exams"),
        ("What did the lunches cost at b1 in 2019?", "lunches"),
    ],
)
def test_content_word_beside_a_plain_figure_is_asked_back_with_what_was_understood(question: str, word: str) -> None:
    parsed = read(question)
    assert (parsed.queries, parsed.sure) == ((), False)
    assert repr(word) in parsed.because
    assert "of b1, in 2019" in parsed.because


def test_word_beside_a_named_analysis_is_told_with_the_answer() -> None:
    parsed = read("Payback of a £20,000 gizmo that saves £4,000 a year at b1")
    assert (parsed.queries[0].statistic, parsed.ignored) == ("payback", ("gizmo",))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Which buildings used more than 500 kWh in 2019?", "a limit such as"),
        ("Electricity of b1 in 2019 without August", "left out"),
        ("Electricity of b1 by fortnight in 2019", "not offered"),
        ("Median of the daily totals of b1 in 2019", "not offered"),
        ("Average of the peaks of b1 in 2019", "figure of figures"),
        ("What did b1 use during working hours in 2019?", "working hours"),
        ("How many hours in 2019 was b1 closed?", "a number of hours"),
        ("What was b1's second highest month in 2019?", "second highest"),
        ("Electricity of b1 when it was freezing in 2019", "condition"),
        ("What has b1 used lately?", "no period"),
        ("Electricity of b1 in 2019 and b2 in 2018", "period"),
        ("How much electricity did b1 not use in 2019?", "no meter"),
        ("Waste of all buildings except b1 in 2019", "cannot leave out"),
    ],
)
def test_what_would_change_the_figure_is_asked_back(question: str, why: str) -> None:
    with pytest.raises(BadQuestion, match=why):
        read(question)


def test_two_statistics_are_answered_as_two() -> None:
    found = [q.statistic for q in read("Peak and average load of b1 in 2019").queries]
    assert found == ["peak", "mean"]


def test_what_is_left_out_leaves_its_other_half() -> None:
    [weekdays] = read("Electricity of b1 in 2019 excluding weekends").queries
    [not_gas] = read("Not gas, electricity: b3 2019").queries
    assert (weekdays.hours, not_gas.measure) == ("weekday", "electricity")


@pytest.mark.parametrize(
    ("question", "per"),
    [
        ("How much electricity did b1 use a day in 2019?", "day"),
        ("What did b1 use daily in 2019?", "day"),
        ("What does b1's electricity cost a month in 2019?", "month"),
        ("How much gas did b3 use in a week in 2019?", "week"),
    ],
)
def test_amount_of_one_day_is_no_total_of_the_period(question: str, per: str) -> None:
    [query] = read(question).queries
    assert (query.statistic, query.per) == ("mean", per)


def test_daily_figure_of_a_single_day_is_that_day() -> None:
    [query] = read("b1 daily electricity kWh 2019-07-25").queries
    assert (query.statistic, query.per) == ("total", None)


def test_hourly_price_makes_no_hour_of_a_year() -> None:
    [query] = read("What did b1's electricity cost in 2019 at the hourly price?").queries
    assert (query.statistic, query.per) == ("total", None)


def test_by_day_alone_is_asked_back_as_it_has_two_meanings() -> None:
    with pytest.raises(BadQuestion, match="during the day"):
        read("How much electricity did b1 use by day in 2019?")
    [query] = read("b1 electricity by night compared with by day in 2019").queries
    assert (query.hours, query.against_hours) == ("night", "day")
