"""Periods told by their end, 'the year to 31 March 2020' and '12 months to June 2019', and Easter, which moves."""

import re
from datetime import date, datetime, timedelta

from tools.energy_query import Period
from tools.errors import BadPeriod
from tools.grammar import dates
from tools.grammar.relative_periods import NUMBER_WORDS

_M = (
    r"(?P<em>january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_N = r"(?:(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)\s+(?:full\s+)?)?"
_TO = (
    r"(?:to|end(?:ing|ed)(?:\s+(?:on|in|at))?|up\s+to(?:\s+and\s+including)?|until|till|through|to\s+the\s+end\s+of|"
    r"to\s+end(?:\s+of)?|end)"
)
_DAY_OF_IT = r"(?:st|nd|rd|th)?"
_END = (
    r"(?:(?P<ey>(?:19|20)\d\d)-(?P<emm>\d\d)(?:-(?P<ed>\d\d))?"
    r"|(?P<ed2>\d{1,2})[/.](?P<emm2>\d{1,2})[/.](?P<ey2>(?:19|20)\d\d)"
    rf"|(?:(?P<ed3>\d{{1,2}}){_DAY_OF_IT}\s+(?:of\s+)?)?{_M}(?:\s+(?P<ed4>\d{{1,2}}){_DAY_OF_IT}(?!\d))?,?\s+"
    r"(?P<ey3>(?:19|20)\d\d))\b"
)
TO_AN_END = (
    rf"\b(?<!last )(?<!this )(?<!next )(?<!previous )(?<!each )(?<!every )(?<!from )(?<!per )(?<!half )"
    rf"(?:rolling\s+|trailing\s+)?{_N}"
    rf"(?:calendar\s+|financial\s+|fiscal\s+)?(?P<unit>year|month|quarter|week|day)s?[\s-]+{_TO}\s+"
    rf"(?:the\s+)?(?:end\s+of\s+)?{_END}"
)
SPLIT_YEARS = r"\b(?P<a>(?:19|20)\d\d)\s?/\s?(?P<b>\d\d|(?:19|20)\d\d)\b(?![/-])"
YEAR_SO_FAR = (
    r"\b(?:ytd|year[\s-]to[\s-]date)\s*(?:,|\(|at|in|for|to|as\s+of|as\s+at|until)?\s*(?:the\s+)?"
    rf"(?:end\s+of\s+)?{_END}"
)
ITS_EDGE = (
    r"\b(?:at|in|around|towards?|near|during|about)\s+(?:the\s+)?(?:very\s+)?(?:end|start|beginning|middle)\s+of\s+"
    r"(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|(?:19|20)\d\d\b)"
)
EASTER = (
    r"\b(?P<what>good\s+friday|easter(?:\s+(?:sunday|monday|saturday|weekend))?)(?!\s+(?:week|break|holidays?|vacation|"
    r"term)\b)(?:,?\s+(?:of\s+|in\s+)?(?P<y>(?:19|20)\d\d)\b)?"
)
_NUMBERS = NUMBER_WORDS | {"eighteen": 18}
_NAMES = {name[:3].lower(): i for i, name in enumerate(dates.MONTH_NAMES) if name}
_OF_EASTER = {"good friday": (-2, -1), "easter saturday": (-1, 0), "easter sunday": (0, 1), "easter monday": (1, 2)}


def to_an_end(match: re.Match[str], _now: datetime) -> tuple[Period, bool] | None:
    """Read 'the year to 31 March 2020' as the twelve months that end with that day, 'to March 2020' with that month."""
    unit, n = match["unit"], match["n"]
    if n is None and match.group(0).split(unit)[1].startswith("s"):
        return None  # "months to June 2020": how many is not said
    count = _NUMBERS.get(n) or int(n) if n else 1
    end = _end(match)
    words = f"the {f'{count} {unit}s' if count > 1 else unit} to {dates.day_words(end - timedelta(days=1))}"
    if unit in ("week", "day"):
        return dates.span(end - timedelta(days=count * (7 if unit == "week" else 1)), end), False
    start = _months_before(end, count * {"year": 12, "quarter": 3, "month": 1}[unit])
    named = dates.named(start, end)
    return (named if " to " not in named.words else dates.span(start, end, words)), False


def _end(match: re.Match[str]) -> datetime:
    """Return the moment after the last day that is named, or after the last month."""
    year = int(match["ey"] or match["ey2"] or match["ey3"])
    day = match["ed"] or match["ed2"] or match["ed3"] or match["ed4"]
    month = int(match["emm"] or match["emm2"] or _NAMES[match["em"][:3]])
    if month > 12:
        raise BadPeriod(f"{match.group(0)!r} ends in month {month}; give a date such as 31 March 2020")
    if day:
        return dates.at(year, month, int(day)) + timedelta(days=1)
    return dates.add_months(dates.at(year, month), 1)


def _months_before(end: datetime, months: int) -> datetime:
    """Return the day after the same day some months before: of the year to 28 February 2019, 1 March 2018."""
    last = end - timedelta(days=1)
    if end.day == 1:
        return dates.add_months(end, -months)
    return dates.add_months(last, -months) + timedelta(days=1)


def year_so_far(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    """Read 'YTD June 2019' as January to June 2019."""
    end = _end(match)
    start = dates.at((end - timedelta(days=1)).year)
    return dates.span(start, end, f"the year to date of {dates.day_words(end - timedelta(days=1))}"), False


def its_edge(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    """Refuse 'at the end of March', which has no days of its own. Raises `BadPeriod`."""
    raise BadPeriod(
        f"{match.group(0).strip()!r} has no dates of its own; name the days, as in 'the last week of March'"
    )


def split_years(match: re.Match[str], _now: datetime) -> tuple[Period, bool] | None:
    """Refuse 2018/19 by itself: it may be two years, a financial year or an academic one. Raises `BadPeriod`."""
    first, second = int(match["a"]), int(match["b"]) + (2000 if len(match["b"]) == 2 else 0)
    if second != first + 1:
        return None
    raise BadPeriod(
        f"{match.group(0)} may be both years, a financial year or an academic year; say '{first} and {second}', "
        f"'financial year {first}/{second % 100:02d}', or dates"
    )


def easter(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    """Return Good Friday to Easter Monday, or the one day of it that is named."""
    if match["y"] is None:
        raise BadPeriod(f"{match['what']} is on other days each year; say of which year, as 'Easter 2019'")
    year = int(match["y"])
    sunday = easter_sunday(year)
    what = re.sub(r"\s+", " ", match["what"])
    first, last = _OF_EASTER.get(what, (-2, 2))
    start, end = sunday + timedelta(days=first), sunday + timedelta(days=last)
    if what in _OF_EASTER:
        return dates.day(start.year, start.month, start.day), False
    final = end - timedelta(days=1)
    words = f"Easter {year} ({start.day} {start:%B} to {final.day} {final:%B})"
    return dates.span(start, end, words), False


def easter_sunday(year: int) -> datetime:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * last) // 451
    month, day = divmod(h + last - 7 * m + 114, 31)
    return datetime.combine(date(year, month, day + 1), datetime.min.time())
