"""The days that a forecast is asked for: those after the record, or days that are named.

"Tomorrow" and "next week" begin where a building's record ends, which only the readings know; a date is a date.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from tools.energy_query import Period
from tools.errors import BadQuestion, NoData
from tools.grammar import dates
from tools.grammar.period_patterns import COUNTS
from tools.grammar.periods import Mention, mentions
from tools.grammar.timeline import Timeline

MOST_AHEAD: Final = timedelta(days=7, hours=2)  # a week in which clocks go back has an hour more
A_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
A_WEEK: Final = re.compile(
    r"\bweek(?:ly|'s|s)?\b(?![ -]?end)|\b(?:7|seven)[ -]days?\b|\bweek-ahead\b|\b(?:next|coming) \w+day\b"
)
FAR: Final = re.compile(
    r"\b(?:next|coming|upcoming) (?:\w+ ){0,2}?(?:months?|quarters?|years?|season|winter|summer|spring|autumn|"
    r"decades?)\b"
    r"|\bin (?:\d+|ten|five|two|three|four) (?:months|years)(?:'? time)?\b|\bin the long run\b"
    r"|\b(?:next|coming) (?:[2-9]|\d\d+|two|three|four|five|six) weeks\b|\b(?:next|coming) (?:[89]|\d\d+|ten) days\b"
)
BASED_ON: Final = re.compile(r"\b(?:based on|using|given|from|as of|after|following|with)\b")
RELATIVE: Final = re.compile(
    r"\b(?:next|coming|following) (?:day|week|7 days|seven days|24 hours)\b|\b(?:day|week)[ -]ahead\b|\btomorrow\b"
)


SOME_AHEAD: Final = re.compile(
    rf"\b(?:next|coming|following|upcoming) (?P<n>\d{{1,3}}|{'|'.join(COUNTS)}) (?P<u>days?|hours?)\b"
)
WEEKEND_AHEAD: Final = re.compile(r"\b(?:next|this|coming|the) week[ -]?end\b")


def timeline_ahead(text: str, now: datetime, newest: datetime) -> Timeline:
    """Return the days of a forecast, `period` None for those after the record; `now` and `newest` are local.

    Raises `BadQuestion` where more than a week of the record is named, `NoData` where it lies beyond the record.
    """
    _require_day_or_week(text)
    found = [m for m in mentions(text, now, newest) if not m.prior]
    dated = [m for m in found if A_DATE.search(text[m.at : m.to])]
    period = _asked(text, dated) if dated else None
    if period and period.end - period.start > MOST_AHEAD:
        too_long = f"a forecast looks at most seven days ahead, and {period.words} is longer; name a day or a week"
        raise NoData(too_long) if period.start >= newest else BadQuestion(too_long)
    return Timeline(period, spans=tuple((m.at, m.to) for m in found))


def _require_day_or_week(text: str) -> None:
    """Raise `BadQuestion` where another stretch is asked for than a forecast tells: 'the next 3 days'."""
    match = SOME_AHEAD.search(text)
    days = 0.0
    if match:
        count = COUNTS.get(match["n"]) or int(match["n"])
        days = count / (24 if match["u"].startswith("hour") else 1)
    if (match and days not in (1, 7)) or (match := WEEKEND_AHEAD.search(text)):
        raise BadQuestion(
            f"a forecast is told of one day or of seven, and not of {match.group(0)!r}; ask for the day or "
            "the week ahead, or for a date"
        )


def _asked(text: str, dated: list[Mention]) -> Period:
    """Return the days that are named, or those right after them: 'next week, based on the data of March 2020'."""
    start, end = dated[0].period.start, max(m.period.end for m in dated)
    if RELATIVE.search(text) and BASED_ON.search(text):
        length = timedelta(days=7 if A_WEEK.search(text[: dated[0].at]) else 1)
        return dates.named(end, end + length)
    return dated[0].period if len(dated) == 1 else dates.span(start, end)
