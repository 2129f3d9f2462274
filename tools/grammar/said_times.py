"""Times that go by a name or in short: 'xmas', "'18/'19/'20", '2019 v 2020', the lockdown, a financial year.

They are written out before anything is read. What a name stands for is a choice, so each choice is told.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tools.errors import BadPeriod

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_Y: Final = r"(?:19|20)\d\d"
_PARTS: Final = (
    r"(?:nights?|days?|(?:night|day)[ -]?time|week ?ends?|week ?days?|working days?|winters?|summers?|springs?|"
    r"autumns?|"
    r"q[1-4]|peak|mean|average|max(?:imum)?|min(?:imum)?)"
)
NEEDS_COUNTRY: Final = re.compile(
    rf"\block-?down\b|\b(?:academic|financial|fiscal|tax)\b|\b[fa]y\W*\d|\d\s+fy\b|\d[/.]\d+[/.](?:{_Y}|\d\d)\b"
)
SHORT: Final = (
    (re.compile(r"(?<=\s)v\.?(?=\s)"), "vs"),
    (re.compile(rf"(?<=\b{_Y}) on (?={_Y}\b)".replace(_Y, r"20\d\d")), " vs "),
    (re.compile(rf"\b(up|down) on (?={_Y}\b|last |the (?:year|month|previous|same)|{_MONTH})"), r"\1 compared with "),
    (re.compile(r"-(?=(?:emitting|spending|consuming|using|polluting)\b)"), " "),
    (re.compile(r"(?<![\w/.-])(\d{1,2}/\d{1,2}/\d{2,4})\s?-\s?(?=\d{1,2}/\d{1,2}/\d{2,4}(?!\d))"), r"\1 to "),
    (re.compile(rf"\b({_PARTS})-to-(?!\1\b)(?={_PARTS}\b)"), r"\1 to "),  # "night-to-day ratio"
    (re.compile(r"\bx-?mas\b"), "christmas"),
    (
        re.compile(rf"\b([hc]dds?)\s?[-_(]?\s?(?=\d{{2}}(?:\.\d+)?\s?°?\s?[fc]?\b(?!\s*(?:{_MONTH}|to\b|[-/])))"),
        r"\1 base ",
    ),
    (re.compile(r"\b(?:take|took|taken) off\b"), "reduce"),
    (re.compile(r"\blbs\b"), "lbm"),  # the weight; LB is a name
    (re.compile(r"\bweek ?nights?\b"), "weekday nights"),
    (
        re.compile(
            r"\b(?:last|past|previous) (?=(?:\d{1,3}|\w+) (?:months|weeks|days|quarters) (?:to|ending|ended|up to)\b)"
        ),
        "",
    ),
    (re.compile(r"\bw/c\b\.?"), "week commencing"),
    (re.compile(r"\bw/e\b\.?"), "week ending"),
    (re.compile(r"\bfortnight\b(?= (?:to|ending|ended|from|of|starting|beginning|commencing))"), "14 days"),
)
WRITTEN_BACKWARDS: Final = re.compile(
    r"(?<![\w/.-])((?:19|20)\d\d)([/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\w/]|\.\d)"
)
IN_SHORT: Final = re.compile(
    r"\b(last|past|next|previous|coming|following|first|final|rolling|trailing)\s+(\d{1,3})[\s-]?"
    r"(d|hrs?|h|wks?|mths?|mos?|mnths?|yrs?)\b\.?"
)
UNITS_IN_SHORT: Final = {"d": "days", "h": "hours", "w": "weeks", "m": "months", "y": "years"}
SHORT_YEAR: Final = re.compile(r"(?<![\w'])'(\d\d)(?![\w'])")
YEARS_IN_A_ROW: Final = re.compile(rf"(?<![\w/.-])({_Y})((?:\s?[/,+&]\s?'?(?:20)?\d\d)+)(?![\w/.-])")
DAY_AND_MONTH: Final = re.compile(rf"(?<![\w/.-])(\d{{1,2}})([/.])(\d{{1,2}})\2({_Y}|\d\d)(?![\w/-]|\.\d)")
LOCKDOWN: Final = re.compile(
    r"(?P<lead>(?:^|\b(?:during|in|over|under|for|of|throughout|since|before|after|through|at|on|vs|with|than|against))"
    r"\s*)(?:the\s+)?(?P<which>(?:\w+\s+)??)(?:covid(?:-?19)?\s+|national\s+|uk\s+|english\s+|indian\s+|spring\s+|"
    r"2020\s+)*lock-?down(?:\s+(?:period|of|in|spring|2020|(?:the\s+)?spring of 2020|2020))*(?P<after>\b)"
)
DATED_LOCKDOWN: Final = re.compile(rf"\block-?down\b(?=[^()]*\(\s*(?:from\s+)?(?:\d{{1,2}}\s+)?{_MONTH})")
LOCKDOWNS: Final = {  # of the first one, as the governments announced them
    "GB": ("23 march 2020 to 3 july 2020", "23 March to 3 July 2020 (England's first)"),
    "IN": ("25 march 2020 to 31 may 2020", "25 March to 31 May 2020 (India's first)"),
}
LIFTED: Final = re.compile(r"\s+(?:(?:had|was|has|were|been|is) )*(?:ended|lifted|over|finished|eased|stopped)\b")
FIRST: Final = ("", "first", "spring", "covid", "national", "uk", "the", "initial", "english", "indian")
SPLIT_YEAR: Final = rf"(?P<a>{_Y}|\d\d)\s?[/-]\s?(?P<b>{_Y}|\d\d)"
_ACADEMIC: Final = r"(?:academic|school|university)\s+years?"
_FINANCIAL: Final = r"(?:(?:financial|fiscal)\s+years?|fy)"
ACADEMIC: Final = re.compile(
    rf"\b(?:the\s+)?(?:{_ACADEMIC}|ay)\s+(?:of\s+)?{SPLIT_YEAR}(?![\w/-])"
    rf"|\b(?:the\s+)?{SPLIT_YEAR.replace('<a>', '<a2>').replace('<b>', '<b2>')}\s+{_ACADEMIC}\b"
)
DATED_NAME: Final = re.compile(  # "the academic year July 2014 to June 2015": the dates say it
    rf"\b(?:the\s+)?(?:{_ACADEMIC}|{_FINANCIAL}|heating\s+season)\b\s*[,:(]?\s*(?=(?:from\s+)?(?:\d{{1,2}}\s+)?{_MONTH}\s)"
)
FINANCIAL: Final = re.compile(
    rf"\b(?:the\s+)?{_FINANCIAL}\s*(?:of\s+)?{SPLIT_YEAR}(?![\w/-])"
    rf"|\b(?:the\s+)?{SPLIT_YEAR.replace('<a>', '<a2>').replace('<b>', '<b2>')}\s+{_FINANCIAL}\b"
)
ONE_YEAR_NAMED: Final = re.compile(
    rf"\b(?:the\s+)?(?:(?:financial|fiscal|tax|academic|school)\s+year|fy)\s*(?:of\s+)?'?({_Y}|\d\d)(?![\w/-])"
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A text with its times written out, and what was chosen in doing so."""

    text: str
    notes: tuple[str, ...] = ()


def times_spelt(text: str, country: Callable[[], str | None]) -> Spelt:
    """Write the named and shortened times of a lower-case text out. `country`: where the buildings stand, ISO 3166.

    Raises `BadPeriod` for a name that may be several times, such as FY19.
    """
    for pattern, full in SHORT:
        text = pattern.sub(full, text)
    text = WRITTEN_BACKWARDS.sub(lambda m: f"{m[1]}-{int(m[3]):02d}-{int(m[4]):02d}", text)
    text = IN_SHORT.sub(lambda m: f"{m[1]} {m[2]} {UNITS_IN_SHORT[m[3][0]]}", text)
    text = YEARS_IN_A_ROW.sub(_in_a_row, SHORT_YEAR.sub(r"20\1", text))
    text = DATED_NAME.sub("", text)
    if not NEEDS_COUNTRY.search(text):
        return Spelt(text)
    notes: list[str] = []
    where = country()
    for read in (_academic, _financial, _lockdown, _day_first):
        text = read(text, where, notes)
    if match := ONE_YEAR_NAMED.search(text):
        raise BadPeriod(
            f"{match.group(0)!r} may begin or end in that year; say it with both years, as 2018/19, or by its dates, "
            "as 'the year to 31 March 2019'"
        )
    return Spelt(text, tuple(notes))


def _in_a_row(match: re.Match[str]) -> str:
    """Write "2018/19/20" and "2018/2019/2020" as years, where they follow each other; a pair with a slash stays."""
    years = [_full(match[1])] + [_full(y) for y in re.findall(r"\d+", match[2])]
    if len(years) < 3 or years != list(range(years[0], years[0] + len(years))):
        return match.group(0)
    return f"{', '.join(map(str, years[:-1]))} and {years[-1]}"


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _two_years(match: re.Match[str]) -> tuple[int, int] | None:
    first, second = _full(match["a"] or match["a2"]), _full(match["b"] or match["b2"])
    return (first, second) if second == first + 1 else None


def _academic(text: str, where: str | None, notes: list[str]) -> str:
    match = ACADEMIC.search(text)
    years = _two_years(match) if match else None
    if match is None or years is None:
        return text
    span = "1 july {} to 30 june {}" if where == "IN" else "1 september {} to 31 august {}"
    words = "July to June" if where == "IN" else "September to August"
    notes.append(f"an academic year is taken from {words}; name the dates for another")
    return text[: match.start()] + span.format(*years) + text[match.end() :]


def _financial(text: str, where: str | None, notes: list[str]) -> str:
    match = FINANCIAL.search(text)
    years = _two_years(match) if match else None
    if match is None or years is None:
        return text
    if where not in ("GB", "IN"):
        raise BadPeriod(f"when {match.group(0)!r} begins is not known here; name its first and last day")
    notes.append("a financial year is taken from April to March; name the dates for another")
    return text[: match.start()] + "1 april {} to 31 march {}".format(*years) + text[match.end() :]


def _lockdown(text: str, where: str | None, notes: list[str]) -> str:
    match = LOCKDOWN.search(text)
    if coloured := DATED_LOCKDOWN.search(text):
        at, to = match.span() if match else coloured.span()
        return text[:at] + text[to:]
    if match is None:
        return text
    if where not in LOCKDOWNS or match["which"].strip() not in FIRST:
        raise BadPeriod("which days that lockdown had is not known here; name its dates")
    dates, words = LOCKDOWNS[where]
    first, last = dates.split(" to ")
    lead = match["lead"].strip()
    if over := LIFTED.match(text[match.end() :]):
        text = text[: match.end()] + text[match.end() + over.end() :]
        lead = "after" if lead in ("since", "after") else lead
    dates = first if lead in ("since", "before") else last if lead == "after" else dates
    notes.append(f"the lockdown is taken as {words}; name the dates for another")
    return f"{text[: match.start()]}{match['lead']}{dates}{text[match.end() :]}"


def _day_first(text: str, where: str | None, notes: list[str]) -> str:
    """Write 3/11/2019 in the order of the country, the month first in the United States, and tell where it matters.

    Whoever writes 11/30/2013 writes the month first, and so in the other dates of the question.
    """
    month_first = where == "US" or _is_month_first(text)

    def spelt(match: re.Match[str]) -> str:
        one, other, year = int(match[1]), int(match[3]), _full(match[4])
        day, month = (other, one) if month_first and one <= 12 else (one, other)
        if not (1 <= month <= 12 and 1 <= day <= 12):
            return match.group(0)  # one order alone makes a date of it, or none does
        if day != month:
            order = "the month first" if month_first else "the day first"
            notes.append(f"{match.group(0)} is read as {day} {_MONTHS[month - 1]} {year}, {order}")
        return f"{year}-{month:02d}-{day:02d}"

    return DAY_AND_MONTH.sub(spelt, text)


def _is_month_first(text: str) -> bool:
    """Tell whether one date of a text can only have its month first, and none only its day."""
    pairs = [(int(m[1]), int(m[3])) for m in DAY_AND_MONTH.finditer(text)]
    return any(one <= 12 < other for one, other in pairs) and not any(other <= 12 < one for one, other in pairs)


_MONTHS: Final = "January February March April May June July August September October November December".split()
