"""Spans of local days, and the words for them."""

from datetime import date, timedelta

from tools.baseline.days import DateSpan
from tools.energy_query import Period
from tools.errors import BadQuestion
from tools.wording import period_words

MONTHS = 12


def calendar_year(year: int) -> DateSpan:
    """Return the days of a calendar year."""
    return DateSpan(date(year, 1, 1), date(year + 1, 1, 1))


def month_of(day: date) -> DateSpan:
    """Return the days of the calendar month of a day."""
    first = day.replace(day=1)
    return DateSpan(first, date(first.year + first.month // MONTHS, first.month % MONTHS + 1, 1))


def whole_days(period: Period) -> DateSpan:
    """Return the local days of a period. Raises `BadQuestion` where it begins or ends within one."""
    midnights = [at == at.replace(hour=0, minute=0, second=0, microsecond=0) for at in (period.start, period.end)]
    if not all(midnights):
        raise BadQuestion(f"{period.words} is a part of a day, and this takes whole days; ask for the day")
    return DateSpan(period.start.date(), period.end.date())


def year_earlier(day: date, years: int = 1) -> date:
    """Return the same day of an earlier year; 28 February where that has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def year_before(start: date) -> DateSpan:
    """Return the twelve months that end where a day begins."""
    return DateSpan(year_earlier(start), start)


def a_year_earlier(span: DateSpan) -> DateSpan:
    """Return the same calendar days a year earlier, or as many years as keep the two apart."""
    years = max(1, -(-(span.end - span.start).days // 366))
    return DateSpan(year_earlier(span.start, years), year_earlier(span.end, years))


def right_before(span: DateSpan) -> DateSpan:
    """Return as many days, right before."""
    return DateSpan(span.start - timedelta(days=span.days), span.start)


def words(span: DateSpan) -> str:
    """Write a span with its preposition: 'in 2019', 'in March 2019', 'on 5 May 2019', 'from 1 March ... to ...'."""
    last = span.end - timedelta(days=1)
    if span == calendar_year(span.start.year):
        return f"in {span.start.year}"
    if span == month_of(span.start):
        return f"in {span.start:%B %Y}"
    if span.days == 1:
        return f"on {day_words(span.start)}"
    if (span.start.month, span.start.day, last.month, last.day) == (1, 1, 12, 31):
        return f"from {span.start.year} to {last.year}"
    return f"from {day_words(span.start)} to {day_words(last)}"


def bare(span: DateSpan) -> str:
    """Write a span without its preposition: '2019', '1 March 2018 to 28 February 2019'."""
    return words(span).split(" ", 1)[1]


def asked(span: DateSpan, period: Period | None) -> str:
    """Write a span in the words in which it was asked for, where it was."""
    return period_words(period) if period and span == whole_days(period) else words(span)


def day_words(day: date) -> str:
    """Write a day: '1 March 2019'."""
    return f"{day.day} {day:%B %Y}"
