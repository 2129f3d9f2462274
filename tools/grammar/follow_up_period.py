"""The period of a follow-up that counts from the turn before: "the year after", "the whole quarter", "on the 26th"."""

import re
from datetime import datetime, timedelta
from typing import Final

from tools.energy_query import Period
from tools.grammar import dates
from tools.grammar.reading import Reading
from tools.grammar.timeline import shifted

_UNIT: Final = r"(year|quarter|month|week|day)"
_UNITS: Final = r"(year|quarter|month|week|day)s"
COUNTED: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
SEVERAL_ON: Final = re.compile(rf"\b({'|'.join(COUNTED)}) {_UNITS} (before|earlier|previously|ago|later|after|on)\b")
HALF: Final = re.compile(r"\b(first|second|1st|2nd) half(?: of (?:it|that|the|that) ?(?:year)?)?\b")
NEXT: Final = re.compile(
    rf"^\W*(?:(?:and|ok|so|then|what about|how about|for|in|same for)\W+)*(?:the )?next {_UNIT}\W*$"
)
LAST: Final = re.compile(rf"\b(?:the )?last {_UNIT}\b")
AGAINST: Final = re.compile(r"\b(?:vs\.?|versus|against|than|compar\w*|on)\b")
LATER: Final = re.compile(
    rf"\b(?:the )?(?:same (?:period|time|year|quarter|month|week|day),? )?(?:(?:the|a|one) )?"
    rf"(?:{_UNIT} (?:later|on(?=\W*$)|after(?:wards)?(?: that| it)?)|following {_UNIT})\b"
)
WHOLE: Final = re.compile(rf"\b(?:whole|entire|full|complete) {_UNIT}\b|\b(?:for|over|in) the {_UNIT}\W*$")
DAY_OF_IT: Final = re.compile(
    r"\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b"
    r"(?! (?:of|percentile|quarter|week|hour|\w+est|most|least|place|building|floor)\b)"
)
SAME: Final = re.compile(r"\b(?:the )?same (?:period|time|quarter|month|week|day|dates?)\b")
CORRECTS: Final = re.compile(r"\b(?:i meant?|meant|sorry|no|nope|wait|actually|oops)\b|\binstead\W*$")
ALONE: Final = re.compile(r"\b(?:only|just)\b")
FROM_BEFORE: Final = (LATER, WHOLE, DAY_OF_IT, SAME, CORRECTS, SEVERAL_ON, HALF, NEXT)
DAYS_IN: Final = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def period_of(s: Reading, before: Period | None) -> Period | None:
    """Return the period that a fragment asks for, None where it names none.

    "the year after", "the whole month" and "the 26th" count from the period `before`; a year that corrects one ("no, I
    meant 2018") or stands beside "same month" changes the year of that period and keeps its place in it.
    """
    if before is None:
        return s.line.period
    if match := NEXT.search(s.said):
        return moved(before, match.group(1), 1)
    if unit := last_of_it(s):
        return shifted(before, unit)
    if s.line.period:
        return _in_its_year(s, s.line.period, before)
    if s.line.prior:
        return _one_before(s, s.line.prior, before)
    return _counted_from(s, before)


def _counted_from(s: Reading, before: Period) -> Period | None:
    if match := SEVERAL_ON.search(s.rest):
        step = COUNTED[match.group(1)] * (1 if match.group(3) in ("later", "after", "on") else -1)
        return moved(before, match.group(2), step)
    if match := LATER.search(s.rest) or NEXT.search(s.rest):
        return moved(before, next(filter(None, match.groups())), 1)
    if match := HALF.search(s.rest):
        return dates.half(before.start.year, 1 if match.group(1) in ("first", "1st") else 2)
    if (match := WHOLE.search(s.rest)) and is_longer(unit := match.group(1) or match.group(2), before):
        return around(before, unit)
    if match := DAY_OF_IT.search(s.rest):
        return dates.day(before.start.year, before.start.month, int(match.group(1)))
    return None


def is_longer(unit: str, before: Period) -> bool:
    """Tell whether a whole unit would be longer than a period: 'the whole week' behind a month means all its hours."""
    return before.end - before.start < timedelta(days=DAYS_IN[unit] - 3) or (unit == "day" and _is_hours(before))


def _is_hours(period: Period) -> bool:
    return period.end - period.start < timedelta(days=1)


def _in_its_year(s: Reading, named: Period, before: Period) -> Period:
    shorter = before.end - before.start < named.end - named.start
    is_year = named == dates.year(named.start.year)
    keeps = SAME.search(s.text) or (CORRECTS.search(s.text) and not re.search(r"\bwhole|\bentire|\ball\b", s.rest))
    if is_year and shorter and keeps:
        return dates.shift_year(before, named.start.year - before.start.year)
    return named


def last_of_it(s: Reading) -> str | None:
    """Return the unit of 'same month last year' and 'versus last year': a year before the turn before, not today's."""
    found = LAST.search(s.text)
    leans = SAME.search(s.text) or (found and AGAINST.search(s.text[: found.start()]))
    return found.group(1) if found and leans and s.line.period else None


def _one_before(s: Reading, unit: str, before: Period) -> Period:
    """Return the quarter or year before the one of a shorter period, where it is not the same part of it."""
    if unit == "quarter" and is_longer(unit, before) and not SAME.search(s.text):
        return shifted(around(before, unit), unit)
    return shifted(before, unit)


def goes_on(text: str, before: Period | None, newest: datetime) -> bool:
    """Tell whether 'and the next month?' is that after a period of the past, and no forecast."""
    match = NEXT.search(text)
    return bool(match and before and moved(before, match.group(1), 1).end <= newest)


def moved(period: Period, unit: str, count: int) -> Period:
    """Return the same span some years, quarters, months, weeks or days later, before it where the count is negative."""
    months = {"year": 12, "quarter": 3, "month": 1}.get(unit, 0) * count
    if months:
        return dates.named(dates.add_months(period.start, months), dates.add_months(period.end, months))
    step = timedelta(days=7 if unit == "week" else 1) * count
    return dates.named(period.start + step, period.end + step)


def around(period: Period, unit: str) -> Period:
    """Return the calendar year, quarter, month, week or day in which a period begins."""
    start = period.start
    if unit == "year":
        return dates.year(start.year)
    if unit == "quarter":
        return dates.quarter(start.year, (start.month + 2) // 3)
    if unit == "month":
        return dates.month(start.year, start.month)
    day = dates.at(start.year, start.month, start.day)
    if unit == "day":
        return dates.named(day, day + timedelta(days=1))
    return dates.week_from(day - timedelta(days=day.weekday()))
