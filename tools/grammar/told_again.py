"""Periods that are told twice: 'winter 2018/19 (Dec to Feb)', 'last winter (dec 19-feb 20)', 'diwali 2015 (11 nov)'.

What stands in the brackets is what is meant. It is kept, with the year that its name has, and the name is left out;
where the brackets only say what a season is anyway, they are.
"""

import re
from collections.abc import Callable
from typing import Final

Told = tuple[str, tuple[str, ...]]

_M: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TO: Final = r"\s*(?:-|\u2013|to|through|thru|till|until)\s*"
_ORDER: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
_ANY_SEASON: Final = (
    rf"(?:{_SEASON}|(?:the )?(?:heating|cooling|monsoon|rainy|dry|air-?con) season|(?:the )?(?:academic|school|"
    rf"university|"
    r"financial|fiscal|tax) year|(?:the )?(?:fy|ay))"
)
_EVENT: Final = (
    r"(?:diwali|deepavali|holi|eid|ramadan|ramzan|navratri|dussehra|durga puja|onam|pongal|republic day|"
    r"independence day|"
    r"easter|lent|thanksgiving|halloween|bonfire night|jubilee|monsoons?|rainy season|rains|hot season|dry season|"
    r"heating season|cooling season|heat ?wave|cold (?:snap|spell)|beast from the east|storm \w+|strikes?|"
    r"shut-?downs?|closures?|(?:first |second |spring |uk |national |the )*lock-?downs?|pandemic|covid(?:-?19)?|"
    r"half[ -]terms?|reading week|freshers'?(?: week)?|exams?(?: period| season)?|graduation|open days?|"
    r"(?:(?:autumn|spring|summer|winter|fall|michaelmas|lent|trinity|hilary|easter|christmas|monsoon|odd|even|long|"
    r"semester|"
    r"mid-?sem(?:ester)?) )?(?:terms?|semesters?|breaks?|recess|vacations?|vacs?|hol(?:iday)?s)|"
    r"festival|fest|convocation|bank holiday)"
)
_Y: Final = r"(?:19|20)\d\d"
SHORT_YEARS: Final = re.compile(
    rf"\(\s*(?P<a>{_M})\s?'?(?P<y>\d\d){_TO}(?P<b>{_M})\s?'?(?P<z>\d\d)\s*\)", re.IGNORECASE
)
SHORT_YEAR: Final = re.compile(r"(?<=[a-z] )'(\d\d)(?=\s*\()")  # "summer '19 (jun-aug)"
SEASON_TOLD: Final = re.compile(
    rf"\b(?P<s>{_ANY_SEASON})(?P<y>\s+(?:of\s+|in\s+)?(?P<one>{_Y})(?:\s?[/-]\s?(?P<two>\d\d(?:\d\d)?))?)?\s*"
    rf"\(\s*(?:i\.?e\.?,?\s+|from\s+)?(?P<a>{_M}){_TO}(?:end (?:of )?)?(?P<b>{_M})(?P<in>\s+{_Y})?\s*\)"
)
OWN: Final = {"winter": "dec feb", "spring": "mar may", "summer": "jun aug", "autumn": "sep nov", "fall": "sep nov"}
_DATE: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_M}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?"
EVENT_TOLD: Final = re.compile(
    rf"\b(?:the\s+)?{_EVENT}(?:\s+(?:week|weekend|period|festival|season|days?))?(?:\s+(?:of\s+|in\s+)?(?P<y>{_Y}))?\s*"
    rf"\(\s*(?:i\.?e\.?,?\s+|from\s+|on\s+)?(?P<d>(?:\d{{1,2}}(?:st|nd|rd|th)?{_TO})?{_DATE}(?:,?\s+{_Y})?"
    rf"(?:{_TO}{_DATE}(?:,?\s+{_Y})?)?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{_Y}-\d\d-\d\d)\s*\)"
)
_DAY: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_M}|{_M}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))"
DAYS_TOLD: Final = re.compile(  # "summer 2019 (12 june to 3 sept)", "christmas 2019 (23 dec - 2 jan)"
    rf"\b(?:(?:the )?(?:{_M}|{_ANY_SEASON}|christmas|easter)(?: break| holidays?| closure| period| week| "
    rf"weekend)?\s+(?:of\s+|in\s+)?)?"
    rf"(?P<y>{_Y})(?:\s?[/-]\s?(?P<two>\d\d(?:\d\d)?))?\s*\(\s*(?:i\.?e\.?,?\s+|from\s+)?"
    rf"(?:(?P<from>\d{{1,2}})(?:st|nd|rd|th)?{_TO}(?P<to>{_DAY})|(?P<a>{_DAY}){_TO}(?P<b>{_DAY}))\s*\)"
)
YEAR_TOLD: Final = re.compile(  # "2019 (jan to june)", "h1 2019 (jan-jun)"
    rf"\b(?:(?:the )?(?:q[1-4]|h[12]|(?:first|second|third|fourth|last) (?:half|quarter)(?: of)?)\s+)?(?P<y>{_Y})\s*"
    rf"\(\s*(?:i\.?e\.?,?\s+|from\s+)?(?P<a>{_M}){_TO}(?P<b>{_M})\s*\)"
)
DATED_SPAN: Final = re.compile(  # "week 12 (18 to 24 march 2019)", "academic year 2018/19 (1 oct 2018 - 30 sep 2019)"
    rf"\b(?:the )?(?:last |previous |past |this )?(?:week \d{{1,2}}|(?:term|semester) \d|{_ANY_SEASON})"
    rf"(?:,?\s+(?:of\s+|in\s+)?{_Y}(?:\s?[/-]\s?\d{{2,4}})?)?\s*"
    rf"\(\s*(?:i\.?e\.?,?\s+|from\s+)?(?P<d>(?:\d{{1,2}}(?:st|nd|rd|th)?{_TO})?(?:{_DAY}|{_M})(?:,?\s+{_Y})?"
    rf"(?:{_TO}(?:{_DAY}|{_M})(?:,?\s+{_Y})?)?(?<=\d\d\d\d))\s*\)"
)
NAMED_SPAN: Final = re.compile(  # "last winter (december 2019 to february 2020)"
    rf"\b(?:the )?(?:last|this|previous|past) {_SEASON}\s*\(\s*(?:from\s+)?({_M}\s+{_Y}{_TO}{_M}\s+{_Y})\s*\)"
)
SEASON_HEAD: Final = re.compile(
    rf"\b(?:the )?(?:air-?con\w*|a/?c|cooling|heating) season\s*[-\u2013:,]\s+(?=[^?]*\b{_M}\b[^?]*{_Y})"
)
_COVID: Final = (
    r"(?:the )?(?:effects?|impacts?) of (?:the )?(?:covid(?:-?19)?|lock-?down|pandemic)|(?:covid(?:-?19)?|lock-?down|"
    r"pandemic)(?: lock-?down)? (?:effects?|impacts?|difference|change)"
)
COVID: Final = re.compile(rf"\b(?:{_COVID})\b")
SAVED_BY: Final = re.compile(
    r"\b(?:did|has|have) (?:the )?(?:covid(?:-?19)?|lock-?down|pandemic) (?:take off|taken off|took off|save|saved|cut|"
    r"knock off|shave off)\b"
)
TWO_TIMES: Final = re.compile(
    rf"{_Y}.*(?:\bvs?\b|\bversus\b|\bagainst\b|\bcompared\b|\bthan\b|\bfrom\b|\bbetween\b|\bover\b).*{_Y}"
    rf"|\bfrom\b.*{_Y}.*{_Y}|\bbetween\b.*{_Y}.*{_Y}"
)
NOT_TOLD_WHY: Final = "the difference between the two periods is told; how much of it had that cause is not known"


def once(text: str) -> Told:
    """Return a lower-case text with each period told once, and what must be told of the choices made."""
    notes: list[str] = []
    text = SHORT_YEAR.sub(r"20\1", text)
    text = SHORT_YEARS.sub(_noted(_years_in_full, notes), text)
    text = EVENT_TOLD.sub(_event, text)
    text = SEASON_HEAD.sub("", NAMED_SPAN.sub(r"\1", text))
    text = DATED_SPAN.sub(lambda m: re.sub(_TO, " to ", m["d"]), text)
    for pattern, read in ((DAYS_TOLD, _days), (SEASON_TOLD, _season), (YEAR_TOLD, _of_year)):
        text = pattern.sub(read, text)
    if TWO_TIMES.search(text):
        for pattern, plain in ((COVID, "difference"), (SAVED_BY, "is the difference of")):
            if pattern.search(text):
                text = pattern.sub(plain, text)
                notes.append(NOT_TOLD_WHY)
    return text, tuple(dict.fromkeys(notes))


def _noted(read: Callable[[re.Match[str]], str], notes: list[str]) -> Callable[[re.Match[str]], str]:
    def reader(match: re.Match[str]) -> str:
        found = read(match)
        if found != match.group(0):
            notes.append(f"{match.group(0).strip('()')!r} is read as {found.strip('()')}")
        return found

    return reader


def _years_in_full(match: re.Match[str]) -> str:
    """Read '(dec 19-feb 20)' as December 2019 to February 2020, where the two years follow or are the same."""
    first, last = int(match["y"]), int(match["z"])
    if not (5 <= first <= 50 and first <= last <= first + 1):
        return match.group(0)
    if first == last and _at(match["a"]) >= _at(match["b"]):
        return match.group(0)
    return f"({match['a']} 20{first:02d} to {match['b']} 20{last:02d})"


def _days(match: re.Match[str]) -> str:
    """Return the dates in the brackets, each with the year that the name gives it."""
    year = int(match["y"])
    if match["to"]:
        return f"{match['from']} to {_plain(match['to'])} {year}"
    one, other = _plain(match["a"]), _plain(match["b"])
    starts, ends = (_at(str(re.sub(r"[\d\s]", "", day))) for day in (one, other))
    return f"{one} {year} to {other} {year + 1 if ends < starts else year}"


def _of_year(match: re.Match[str]) -> str:
    """Read '2019 (jan to june)' as January to June 2019; months that end before they begin are left as they are."""
    if _at(match["a"]) > _at(match["b"]):
        return match.group(0)
    return f"{match['a']} {match['y']} to {match['b']} {match['y']}"


def _plain(day: str) -> str:
    """Return a day and its month in that order, without 'th'."""
    number, month = re.findall(r"\d+", day)[0], re.findall(rf"{_M}", day)[0]
    return f"{number} {month}"


def _at(month: str) -> int:
    return _ORDER.index(month[:3])


def _event(match: re.Match[str]) -> str:
    """Return the dates of what is named, with its year where they have none."""
    dates = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match["d"])
    dates = re.sub(_TO, " to ", dates) if not re.match(rf"{_Y}-", dates) else dates
    year = match["y"]
    return dates if not year or re.search(_Y, dates) or re.search(r"\d/\d", dates) else f"{dates} {year}"


def _season(match: re.Match[str]) -> str:
    """Leave out brackets that say what a season is; else return the months, in the year of the season."""
    a, b = match["a"][:3], match["b"][:3]
    if f"{a} {b}" == OWN.get(match["s"]):
        return f"{match['s']}{match['y'] or match['in'] or ''}"
    one, two = match["one"], match["two"]
    if match["in"] or not one:
        return f"{match['a']} to {match['b']}{match['in'] or ''}"
    crosses = _at(a) > _at(b)
    if crosses and not two:
        return match.group(0)
    last = int(one) + 1 if crosses else int(one)
    return f"{match['a']} {one} to {match['b']} {last}"
