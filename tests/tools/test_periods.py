"""Calendar words become the period that a careful reader means."""

from datetime import datetime

import pytest

from tools.errors import BadPeriod
from tools.grammar.ahead import timeline_ahead
from tools.grammar.periods import mentions
from tools.grammar.timeline import timeline

NOW, FIRST, NEWEST = datetime(2026, 11, 22, 9), datetime(2018, 1, 1), datetime(2021, 1, 1)


def span(text: str, *, comparing: bool = False) -> tuple[str, str] | None:
    """Return the asked period as two dates."""
    period = timeline(text, NOW, FIRST, NEWEST, comparing=comparing).period
    return (f"{period.start:%Y-%m-%d}", f"{period.end:%Y-%m-%d}") if period else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in 2019", "2019-01-01", "2020-01-01"),
        ("in march 2019", "2019-03-01", "2019-04-01"),
        ("2019-03", "2019-03-01", "2019-04-01"),
        ("03/2019", "2019-03-01", "2019-04-01"),
        ("on 14 june 2019", "2019-06-14", "2019-06-15"),
        ("on june 14th, 2019", "2019-06-14", "2019-06-15"),
        ("on 2019-06-14", "2019-06-14", "2019-06-15"),
        ("on 14/6/2019", "2019-06-14", "2019-06-15"),
        ("on 6/14/2019", "2019-06-14", "2019-06-15"),
        ("on 14/6/19", "2019-06-14", "2019-06-15"),
        ("q1 2019", "2019-01-01", "2019-04-01"),
        ("2019 q4", "2019-10-01", "2020-01-01"),
        ("the second quarter of 2019", "2019-04-01", "2019-07-01"),
        ("h2 2019", "2019-07-01", "2020-01-01"),
        ("the first half of 2020", "2020-01-01", "2020-07-01"),
        ("summer 2019", "2019-06-01", "2019-09-01"),
        ("winter 2018/19", "2018-12-01", "2019-03-01"),
        ("week 10 of 2019", "2019-03-04", "2019-03-11"),
        ("the week of 6 march 2019", "2019-03-04", "2019-03-11"),
        ("the week starting 6 march 2019", "2019-03-06", "2019-03-13"),
        ("the first week of march 2019", "2019-03-01", "2019-03-08"),
        ("the last day of february 2020", "2020-02-29", "2020-03-01"),
        ("the first three months of 2018", "2018-01-01", "2018-04-01"),
        ("from 1 to 15 march 2019", "2019-03-01", "2019-03-16"),
        ("march 1-15, 2019", "2019-03-01", "2019-03-16"),
        ("from march to may 2019", "2019-03-01", "2019-06-01"),
        ("between march and may 2019", "2019-03-01", "2019-06-01"),
        ("from 4 march 2019 to 10 march 2019", "2019-03-04", "2019-03-11"),
        ("2018 to 2020", "2018-01-01", "2021-01-01"),
        ("2018-2020", "2018-01-01", "2021-01-01"),
        ("since march 2020", "2020-03-01", "2021-01-01"),
        ("after march 2020", "2020-04-01", "2021-01-01"),
        ("before march 2020", "2018-01-01", "2020-03-01"),
        ("until march 2020", "2018-01-01", "2020-04-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("this month", "2026-11-01", "2026-12-01"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("yesterday", "2026-11-21", "2026-11-22"),
        ("the last 7 days", "2026-11-15", "2026-11-22"),
        ("in march", "2020-03-01", "2020-04-01"),
        ("in may 2019", "2019-05-01", "2019-06-01"),
        ("on the first of may 2019", "2019-05-01", "2019-05-02"),
        ("since the first of may 2020", "2020-05-01", "2021-01-01"),
        ("on the leap day of 2020, 29 february", "2020-02-29", "2020-03-01"),
        ("over christmas 2019", "2019-12-24", "2020-01-02"),
        ("on christmas day 2019", "2019-12-25", "2019-12-26"),
    ],
)
def test_words_mean_the_period(text: str, start: str, end: str) -> None:
    assert span(text) == (start, end)


@pytest.mark.parametrize("text", ["may i ask for b4", "how may we save", "b4 of all time", "for ever"])
def test_words_that_look_like_a_period_are_none(text: str) -> None:
    assert span(text) is None


@pytest.mark.parametrize(
    ("text", "asked", "reference"),
    [
        ("in march 2019 compared with march 2018", "March 2019", "March 2018"),
        ("more in 2019 than in 2018", "2019", "2018"),
        ("change from 2018 to 2019", "2019", "2018"),
        ("the difference between 2018 and 2019", "2019", "2018"),
        ("march 2019 against the year before", "March 2019", "March 2018"),
        ("march 2019 compared with the previous month", "March 2019", "February 2019"),
        ("march 2018 versus 2019", "March 2018", "March 2019"),
        ("q3 2020 vs q3 2019", "Q3 2020", "Q3 2019"),
        (
            "compare april to june 2020 with april to june 2019",
            "April 2020 to June 2020",
            "April 2019 to June 2019",
        ),
    ],
)
def test_comparison_tells_the_asked_period_from_its_reference(text: str, asked: str, reference: str) -> None:
    line = timeline(text, NOW, FIRST, NEWEST, comparing=True)
    assert line.period
    assert line.reference
    assert (line.period.words, line.reference.words) == (asked, reference)


@pytest.mark.parametrize(
    "text",
    [
        "31 february 2019",
        "2019-13-01",
        "30/2/2019",
        "week 60 of 2019",
        "the fifth quarter of 2019",
        "the thirteenth month of 2019",
        "the last 0 days",
        "the last 9999 years",
        "29 february 2019",
    ],
)
def test_impossible_date_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(BadPeriod):
        mentions(text, NOW, NEWEST)


def test_end_before_start_is_refused_and_names_both_days() -> None:
    with pytest.raises(BadPeriod, match="2 March 2019, before it starts on 10 March 2019"):
        span("from 10 march 2019 to 2 march 2019")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("for tomorrow", None),
        ("next week", None),
        ("on 5 march 2019", "2019-03-05"),
        ("for next week, based on the week of 2020-04-27", "2020-05-04"),
    ],
)
def test_forecast_begins_after_the_record_unless_days_are_named(text: str, start: str | None) -> None:
    period = timeline_ahead(text, NOW, NEWEST).period
    assert (f"{period.start:%Y-%m-%d}" if period else None) == start


def test_month_of_a_follow_up_is_in_the_year_of_the_turn_before() -> None:
    period = timeline("and in april", NOW, FIRST, NEWEST, comparing=False, leaning=True, year=2018).period
    assert period
    assert period.words == "April 2018"
