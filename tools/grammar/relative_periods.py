"""Periods that count from today: yesterday, last month, the last 12 weeks, this year to date."""

import re
from datetime import datetime, timedelta

from tools.energy_query import Period
from tools.errors import BadPeriod
from tools.grammar import dates

NUMBER_WORDS = {
    w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def today(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return the day that 'yesterday' and its like stand for."""
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "tonight": 0}[match.group(0)]
    when = now + timedelta(days=shift)
    return dates.day(when.year, when.month, when.day), False


def relative(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return this, the last or the next week, month, quarter or year."""
    step = {"this": 0, "current": 0, "next": 1}.get(match.group("r"), -1)
    unit, midnight = match.group("u"), now.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return dates.week_from(midnight - timedelta(days=midnight.weekday()) + timedelta(days=7 * step)), False
    if unit == "month":
        first = dates.add_months(midnight.replace(day=1), step)
        return dates.month(first.year, first.month), False
    if unit == "quarter":
        first = dates.add_months(midnight.replace(day=1, month=3 * ((midnight.month - 1) // 3) + 1), 3 * step)
        return dates.quarter(first.year, first.month // 3 + 1), False
    return dates.year(midnight.year + step), False


def last_n(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return the last n hours, days, weeks, months, quarters or years. Raises `BadPeriod` for none, or too many."""
    n, unit = NUMBER_WORDS.get(match.group("n")) or int(match.group("n")), match.group("u")
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if n == 0:
        raise BadPeriod(f"the last {n} {unit}s are no time at all; ask for at least one")
    words = f"the last {n} {unit}{'s' if n > 1 else ''}"
    try:
        if months := {"month": 1, "quarter": 3, "year": 12}.get(unit):
            return dates.span(dates.add_months(today, -n * months), today, words), False
        length = timedelta(**{f"{unit}s": n})
        end = now.replace(minute=0, second=0, microsecond=0) if unit == "hour" else today
        return dates.span(end - length, end, words), False
    except (ValueError, OverflowError):
        raise BadPeriod(f"{words} begin before the calendar does; ask for fewer") from None


def to_date(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return this year or month until today, included."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    start = today.replace(day=1) if match.group(0).startswith("month") else dates.at(now.year)
    return dates.span(start, today, match.group(0)), False
