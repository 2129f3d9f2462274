"""Calendar arithmetic on local time without a zone: the spans that calendar words stand for."""

import calendar
from datetime import date, datetime, timedelta

from tools.energy_query import Period
from tools.errors import BadPeriod

MONTH_NAMES = list(calendar.month_name)
SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    """Return local midnight of a date. Raises `BadPeriod` for a date that does not exist."""
    try:
        return datetime(year, month, day)  # noqa: DTZ001, local calendar time has no zone
    except ValueError as why:
        name = MONTH_NAMES[month] if 1 <= month <= 12 else f"month {month}"
        raise BadPeriod(
            f"{day} {name} {year} does not exist ({why}); give a real date such as 28 February 2019"
        ) from None


def add_months(start: datetime, months: int) -> datetime:
    """Move the first of a month by whole months; a later day is kept where the month has it."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)


def year(y: int) -> Period:
    """Return a calendar year."""
    return Period(start=at(y), end=at(y + 1), words=str(y))


def month(y: int, m: int) -> Period:
    """Return a calendar month."""
    start = at(y, m)
    return Period(start=start, end=add_months(start, 1), words=f"{MONTH_NAMES[m]} {y}")


def day(y: int, m: int, d: int) -> Period:
    """Return one day."""
    start = at(y, m, d)
    return Period(start=start, end=start + timedelta(days=1), words=f"{d} {MONTH_NAMES[m]} {y}")


def quarter(y: int, q: int) -> Period:
    """Return a calendar quarter, 1 to 4."""
    start = at(y, 3 * q - 2)
    return Period(start=start, end=add_months(start, 3), words=f"Q{q} {y}")


def half(y: int, h: int) -> Period:
    """Return a half-year, 1 or 2."""
    start = at(y, 6 * h - 5)
    return Period(start=start, end=add_months(start, 6), words=f"H{h} {y}")


def season(y: int, name: str) -> Period:
    """Return a meteorological season; the winter of a year begins in its December."""
    start = at(y, SEASON_START[name])
    words = f"{name} {y}" if name != "winter" else f"winter {y}/{(y + 1) % 100:02d}"
    return Period(start=start, end=add_months(start, 3), words=words)


def iso_week(y: int, w: int) -> Period:
    """Return an ISO 8601 week, Monday to Sunday. Raises `BadPeriod` where the year has no such week."""
    try:
        monday = date.fromisocalendar(y, w, 1)
    except ValueError:
        raise BadPeriod(f"{y} has no week {w}; weeks are 1 to 52 or 53") from None
    return week_from(at(monday.year, monday.month, monday.day), f"week {w} of {y}")


def week_from(start: datetime, words: str | None = None) -> Period:
    """Return the seven days from `start`."""
    return Period(start=start, end=start + timedelta(days=7), words=words or f"the week from {day_words(start)}")


def day_words(moment: datetime) -> str:
    """Write a date as a person would say it."""
    return f"{moment.day} {MONTH_NAMES[moment.month]} {moment.year}"


def span(start: datetime, end: datetime, words: str | None = None) -> Period:
    """Return [start, end). Raises `BadPeriod` where it ends before it starts."""
    if end <= start:
        last = end - timedelta(days=1)
        raise BadPeriod(
            f"the period would end on {day_words(last)}, before it starts on {day_words(start)}; swap the two dates"
        )
    return Period(start=start, end=end, words=words or f"{day_words(start)} to {day_words(end - timedelta(days=1))}")


def shift_year(period: Period, years: int) -> Period:
    """Return the same calendar span some years away, named anew."""
    start, end = add_months(period.start, 12 * years), add_months(period.end, 12 * years)
    return named(start, end)


def previous(period: Period) -> Period:
    """Return the span of the same length just before: the month before a month, the week before a week."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    whole = period.start.day == 1 and period.end.day == 1 and months > 0
    start = add_months(period.start, -months) if whole else period.start - (period.end - period.start)
    return named(start, period.start)


def named(start: datetime, end: datetime) -> Period:
    """Return [start, end) under its shortest calendar name."""
    if start.day == 1 and start.time() == datetime.min.time():
        if end == add_months(start, 12) and start.month == 1:
            return year(start.year)
        if end == add_months(start, 1):
            return month(start.year, start.month)
        if end == add_months(start, 3) and start.month in (1, 4, 7, 10):
            return quarter(start.year, start.month // 3 + 1)
    if end == start + timedelta(days=1):
        return day(start.year, start.month, start.day)
    return span(start, end)
