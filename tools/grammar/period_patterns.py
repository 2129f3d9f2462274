"""How people write periods: each pattern with the function that reads its match as a `Period`.

The first pattern that matches a place wins, so the longer forms stand first. A reader also tells whether the text
left the year open.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tools.energy_query import Period
from tools.errors import BadPeriod
from tools.grammar import dates
from tools.grammar.period_ends import (
    EASTER,
    ITS_EDGE,
    SPLIT_YEARS,
    TO_AN_END,
    YEAR_SO_FAR,
    easter,
    its_edge,
    split_years,
    to_an_end,
    year_so_far,
)
from tools.grammar.relative_periods import NUMBER_WORDS, last_n, relative, to_date, today

MONTHS = {name.lower(): i for i, name in enumerate(dates.MONTH_NAMES) if name}
MONTHS |= {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
COUNTS = NUMBER_WORDS
HOLIDAYS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new years day": (1, 1),
    "new years eve": (12, 31),
}
M = "(?P<m>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
D = r"(?<![:\d])(?P<d>\d{1,2})(?:st|nd|rd|th)?"
D2 = r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<y>(?:19|20|21)\d\d)"
Y = YEAR + r"\b"
Y2 = Y.replace("?P<y>", "?P<y2>")
OF_Y = rf"(?:,?\s+(?:of\s+)?{Y})?"
TO = r"\s*(?:-|to|until|till|through|and|up to)\s*(?:the\s+)?"
ORD = "(?P<o>" + "|".join(ORDINALS) + ")"
HOLIDAY = "(?P<hol>" + "|".join(HOLIDAYS).replace("new years", "new year'?s'?") + ")"
UNITS = "(?P<u>hour|day|week|month|quarter|year)"
STARTING = r"(?:from|starting|beginning|began|started|commencing)(?:\s+(?:on|with))?"
NO_SUCH_PART = (
    r"\b(?:fifth|sixth|seventh|eighth|5th|6th)\s+(?:quarter|half)\b|\bq[05-9]\b"
    r"|\b(?:third|fourth|3rd|4th)\s+half\b(?!\s*hour)|\b(?:thirteenth|13th|fourteenth|14th)\s+month\b"
)
N = r"(?P<n>\d{1,4}|" + "|".join(COUNTS) + ")"
Reader = Callable[[re.Match[str], datetime], tuple[Period, bool] | None]


def _int(match: re.Match[str], group: str) -> int:
    return int(match.group(group))


def month_of(match: re.Match[str]) -> int:
    """Return the month, 1 to 12, that a match names."""
    return MONTHS[match.group("m").rstrip(".")]


def _year_or(match: re.Match[str], now: datetime) -> tuple[int, bool]:
    found = match.groupdict().get("y")
    return (int(found), False) if found else (now.year, True)


def _iso_day(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    return dates.day(_int(match, "y"), _int(match, "mm"), _int(match, "d")), False


def _iso_month(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    y, m = _int(match, "y"), _int(match, "mm")
    if m > 12 and m == (y + 1) % 100:
        return dates.span(dates.at(y), dates.at(y + 2), f"{y} and {y + 1}"), False
    return dates.month(y, m), False


def _numeric_day(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    d, m = _int(match, "d"), _int(match, "mm")
    if m > 12 >= d:  # only the American order makes a date of it
        d, m = m, d
    y = _int(match, "y")
    return dates.day(y if y > 99 else 2000 + y, m, d), False


def _numeric_month(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    return dates.month(_int(match, "y"), _int(match, "mm")), False


def _day(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    d, m = _int(match, "d"), month_of(match)
    if yearless and (m, d) == (2, 29):
        y = next(y - i for i in range(8) if (y - i) % 4 == 0)
    return dates.day(y, m, d), yearless


def _day_range(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    m = month_of(match)
    first, last = dates.at(y, m, _int(match, "d")), dates.at(y, m, _int(match, "d2"))
    return dates.span(first, last + timedelta(days=1)), yearless


def _month(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    return dates.month(y, month_of(match)), yearless


def _quarter(match: re.Match[str], now: datetime) -> tuple[Period, bool] | None:
    y, yearless = _year_or(match, now)
    word = match.group("o")
    q = ORDINALS.get(word) or int(word)
    if yearless and word == "last":
        return None
    return dates.quarter(y, 4 if q == -1 else q), yearless


def _half(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    word = match.group("o")
    h = ORDINALS.get(word) or int(word)
    return dates.half(y, 2 if h == -1 else h), yearless


def _season(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    return dates.season(y, match.group("s")), yearless


def _week(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    return dates.iso_week(y, _int(match, "w")), yearless


def _week_of_month(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    whole, o = dates.month(y, month_of(match)), ORDINALS[match.group("o")]
    start = whole.end - timedelta(days=7) if o == -1 else whole.start + timedelta(days=7 * (o - 1))
    return dates.week_from(start), yearless


def _edge_day(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    whole = dates.month(y, month_of(match))
    when = whole.end - timedelta(days=1) if match.group("o") == "last" else whole.start
    return dates.day(when.year, when.month, when.day), yearless


def _edge_of(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Read 'the first three months of 2018', 'the last 10 days of March 2019'."""
    n, unit = COUNTS.get(match.group("n")) or int(match.group("n")), match.group("u")
    if match.group("m"):
        y, yearless = _year_or(match, now)
        whole = dates.month(y, month_of(match))
    else:
        whole, yearless = dates.year(_int(match, "y2")), False
    if match.group("o") == "first":
        return dates.named(whole.start, _step(whole.start, n, unit)), yearless
    return dates.named(_step(whole.end, -n, unit), whole.end), yearless


def _edge_part(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return the first or last month or quarter of a year."""
    y, yearless = _year_or(match, now)
    first = match.group("o") == "first"
    if match.group("u") == "month":
        return dates.month(y, 1 if first else 12), yearless
    return dates.quarter(y, 1 if first else 4), yearless


def _step(start: datetime, n: int, unit: str) -> datetime:
    if unit in ("month", "quarter", "year"):
        return dates.add_months(start, n * {"month": 1, "quarter": 3, "year": 12}[unit])
    return start + n * timedelta(**{f"{unit}s": 1})


def _days_from(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    n = COUNTS.get(match.group("n")) or int(match.group("n"))
    start = dates.at(y, month_of(match), _int(match, "d"))
    return dates.span(start, _step(start, n, match.group("u"))), yearless


def _from_month(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Read 'the six months from April 2019', 'the year beginning April 2019'."""
    y, yearless = _year_or(match, now)
    word = match.group("n") or "1"
    start = dates.at(y, month_of(match))
    return dates.named(
        start, _step(start, COUNTS.get(word) or int(word), match.group("u") or match.group("u2"))
    ), yearless


def _no_such_part(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    raise BadPeriod(f"there is no {match.group(0)}; a year has twelve months, four quarters and two halves")


def _year(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    return dates.year(_int(match, "y")), False


def _years(match: re.Match[str], _now: datetime) -> tuple[Period, bool]:
    first, last = _int(match, "y"), _int(match, "y2")
    return dates.span(dates.at(first), dates.at(last + 1), f"{first} to {last}"), False


def _christmas(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    """Return the days between the years on which many buildings close, Christmas Eve to New Year's Day."""
    y, yearless = _year_or(match, now)
    words = f"Christmas {y} (24 December to 1 January)"
    return dates.span(dates.at(y, 12, 24), dates.at(y + 1, 1, 2), words), yearless


def _holiday(match: re.Match[str], now: datetime) -> tuple[Period, bool]:
    y, yearless = _year_or(match, now)
    m, d = HOLIDAYS[match.group("hol").replace("'", "")]
    return dates.day(y, m, d), yearless


PATTERNS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(p), reader)
    for p, reader in [
        (TO_AN_END, to_an_end),
        (YEAR_SO_FAR, year_so_far),
        (ITS_EDGE, its_edge),
        (EASTER, easter),
        (
            rf"\b(?P<s>spring|summer|autumn|fall|winter)(?:\s+of|\s+in)?\s+{Y}(?:\s*[/-]\s*\d{{2,4}}\b)?",
            _season,
        ),
        (rf"\b{YEAR}-{Y2}", _years),
        (rf"\b{YEAR}-(?P<mm>\d{{1,2}})-(?P<d>\d{{1,2}})\b", _iso_day),
        (rf"\b{YEAR}-(?P<mm>\d{{2}})\b(?!-)", _iso_month),
        (rf"\b(?P<d>\d{{1,2}})[/.](?P<mm>\d{{1,2}})[/.]{Y}", _numeric_day),
        (r"\b(?P<d>\d{1,2})/(?P<mm>\d{1,2})/(?P<y>\d\d)\b", _numeric_day),
        (rf"\b(?P<mm>\d{{1,2}})/{Y}", _numeric_month),
        (
            rf"\bchristmas(?! day| eve)(?: break| holidays?| period| week| closure)?(?:,?\s+(?:of\s+|in\s+)?{Y})?",
            _christmas,
        ),
        (rf"\b{HOLIDAY}(?:,?\s+(?:of\s+|in\s+)?{Y})?", _holiday),
        (rf"\b{D}{TO}{D2}(?:\s+of)?\s+{M}{OF_Y}", _day_range),
        (rf"\b{M}\s+{D}{TO}{D2}(?!\d)(?:,?\s+{Y})?", _day_range),
        (rf"\b(?P<o>first|1st)\s+of\s+{M}{OF_Y}", _edge_day),
        (rf"\b(?P<o>first|last|1st)\s+day\s+(?:of|in)\s+(?:the\s+month\s+of\s+)?{M}{OF_Y}", _edge_day),
        (
            rf"\b(?P<o>first|last)\s+{N}\s+{UNITS}s?\s+(?:of|in)\s+(?:the\s+year\s+)?(?:{M}{OF_Y}|{Y2})",
            _edge_of,
        ),
        (
            rf"\b{N}\s+(?P<u>day|week|month)s?\s+(?:that\s+)?{STARTING}\s+(?:the\s+)?{D}(?:\s+of)?\s+{M}{OF_Y}",
            _days_from,
        ),
        (
            (
                rf"\b(?:{N}\s+(?P<u>day|week|month|quarter|year)s?|(?<=\bthe )(?P<u2>quarter|year))\s+(?:that\s+)?"
                rf"{STARTING}\s+(?:the\s+)?(?:(?:start|beginning)\s+of\s+)?{M}{OF_Y}(?!\s+\d)"
                r"(?!\s*(?:-|to|until|till|through)\b)"
            ),
            _from_month,
        ),
        (rf"\b(?P<o>first|last|final)\s+(?P<u>month|quarter)\s+of\s+(?:the\s+year\s+)?{Y}", _edge_part),
        (NO_SUCH_PART, _no_such_part),
        (rf"\b{ORD}\s+week\s+(?:of|in)\s+{M}{OF_Y}", _week_of_month),
        (rf"\b{D}(?:\s+of)?\s+{M}{OF_Y}", _day),
        (rf"\b{M}\s+{D}(?!\d)(?:,?\s+{Y})?", _day),
        (rf"\b{M},?\s+(?:of\s+|in\s+)?{Y}", _month),
        (rf"\b{Y},?\s+{M}", _month),
        (rf"\b{YEAR}[\s-]*q(?P<o>[1-4])\b", _quarter),
        (rf"\b{YEAR}[\s-]*h(?P<o>[12])\b", _half),
        (rf"\bq(?P<o>[1-4])(?:\s+of|\s+in|,)?\s*(?:{Y})?", _quarter),
        (rf"\b{ORD}\s+quarter(?:\s+of|\s+in)?(?:\s+{Y})?", _quarter),
        (rf"\bh(?P<o>[12])(?:\s+of|\s+in|,)?\s+{Y}", _half),
        (rf"\b{ORD}\s+half(?:\s+of|\s+in)?(?:\s+the\s+year)?(?:\s+{Y})?", _half),
        (rf"\b{Y}(?:\s*[/-]\s*\d{{2,4}})?\s+(?P<s>spring|summer|autumn|winter)\b", _season),
        (r"\b(?P<s>spring|summer|autumn|winter)\b", _season),
        (SPLIT_YEARS, split_years),
        (rf"\bweek\s+(?P<w>\d{{1,2}})\b(?:,?\s*(?:of|in)?\s*{Y})?", _week),
        (r"\b(?:today|yesterday|tomorrow|last night|tonight)\b", today),
        (rf"\b(?:last|past|previous)\s+{N}\s+{UNITS}s?\b", last_n),
        (r"\b(?P<r>this|last|previous|past|current|next)\s+(?P<u>week|month|quarter|year)\b", relative),
        (r"\b(?:year|month)[ -]to[ -]date\b|\bytd\b", to_date),
        (
            (
                rf"(?<![-/\d.,#£$])(?<!than )(?<!over )(?<!above )(?<!below )(?<!under )(?<!exceed ){Y}"
                r"(?=\s*(?:kwh|mwh|kw|kg|gbp)\W*$)"
            ),
            _year,
        ),
        (
            rf"(?:(?<=  )|(?<='s )|(?<=its )|(?<=their )|(?<=our )|(?<=the )){Y}(?=\s+(?:kwh|mwh)\b)",
            _year,
        ),  # "b8's 2018 kwh"
        (rf"(?<![-/\d.,#£$]){Y}(?![-/.]\d)(?!\s*(?:kwh|mwh|kw|m2|m²|sq|gbp|kg|%|percent|buildings?))", _year),
    ]
]
