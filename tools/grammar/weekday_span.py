"""Weekdays as people name them: 'on Sundays', 'Mon-Thu', 'every Friday', 'Tuesdays and Thursdays', 'except Mondays'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tools.picked_hours import WEEK, Weekday

_FULL: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_SHORT: Final = "(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)s?"
_DAY: Final = rf"(?:{_FULL}|{_SHORT})"
_LIST: Final = r"\s*(?:,\s*and|,|and|&|\+|/|plus)\s*(?:on\s+|at\s+)?(?:the\s+)?"
_RANGE: Final = r"\s*(?:-|to|through|thru|till|until)\s*"
RUN: Final = re.compile(rf"(?<![\w-]){_DAY}(?:(?:{_LIST}|{_RANGE}|\s+(?=\w+days)){_DAY})*(?![\w'])")
ONE: Final = re.compile(rf"(?<![\w]){_DAY}(?!\w)")
WHOLE_NAME: Final = re.compile(rf"\b{_FULL}\b")
NOT_A_PICK: Final = re.compile(
    r"\b(?:last|next|this|coming|past|previous|good|easter|black|cyber|whit|palm|ash|shrove|maundy|boxing|"
    r"(?:week\w*|fortnight|days?|month) (?:of|starting|beginning|commencing|ending|from|to)(?: on)?|w/c|the)\s*$"
)
LEADS: Final = re.compile(
    r"\b(?:every|each|per|an?|any|average|typical|mean|usual|normal|on|for|only|just|single|full|all)\s+(?:the\s+)?$"
)
FOLLOWS: Final = re.compile(
    r"^\W{0,2}(?:us(?:e|age)|consumption|electric\w*|gas|energy|power|load|demand|peak|base ?load|mornings?|"
    r"afternoons?|evenings?|nights?|totals?|average|mean|costs?|carbon|emissions|profile|only|kwh|kw)\b"
)
LEAVING: Final = (
    r"(?:without|except(?:ing)?(?: for)?|excluding|excl|apart from|other than|leaving out|leave out|not counting|"
    r"not including|ignoring|omitting|but not|not)"
)
_LEFT_OUT: Final = re.compile(rf"\b{LEAVING} (?:on |at |the |any |all )*$")
_STEMS: Final = {day[:3]: day for day in WEEK}


@dataclass(frozen=True, slots=True)
class WeekdayRun:
    """Weekdays at [at, to) of a text. `left_out`: they are to be left out, and `days` are the others."""

    at: int
    to: int
    days: tuple[Weekday, ...]
    left_out: bool = False


def weekday_runs(text: str, dates: Sequence[tuple[int, int]] = ()) -> list[WeekdayRun]:
    """Return the weekdays that a lower-case text picks. `dates`: where dates stand, whose own weekday picks nothing.

    A single name in the singular picks where it is led or followed as one that recurs is: 'on a Sunday', 'Sunday use'.
    """
    found = []
    for match in RUN.finditer(text):
        if not _picks(text, match, dates):
            continue
        days = _days(match.group(0))
        if len(days) == len(WEEK):
            continue
        left_out = _LEFT_OUT.search(text[: match.start()])
        if left_out:
            days = tuple(day for day in WEEK if day not in days)
        found.append(WeekdayRun(left_out.start() if left_out else match.start(), match.end(), days, bool(left_out)))
    return found


def weekdays_named(text: str) -> frozenset[Weekday]:
    """Return every weekday whose full name stands in a lower-case text."""
    return frozenset(_STEMS[name[:3]] for name in WHOLE_NAME.findall(text))


def _picks(text: str, match: re.Match[str], dates: Sequence[tuple[int, int]]) -> bool:
    names = ONE.findall(match.group(0))
    before, after = text[: match.start()], text[match.end() :]
    if NOT_A_PICK.search(before) or _is_of_date(text, match, dates):
        return bool(match.group(0).endswith("days") and re.search(r"\bthe\s*$", before))
    if len(names) > 1:
        return len(names) > 2 or bool(WHOLE_NAME.search(match.group(0))) or _are_short(names)
    if not WHOLE_NAME.fullmatch(match.group(0)):
        return len(ONE.findall(text)) > 1 and bool(re.search(r"\bvs?\b|\bversus\b|\bagainst\b|\bthan\b", text))
    return match.group(0).endswith("days") or bool(LEADS.search(before) or FOLLOWS.match(after))


def _are_short(names: list[str]) -> bool:
    """Tell 'sat/sun', 'mon-thu' from two words that only look like it."""
    return all(name.rstrip("s")[:3] in _STEMS for name in names)


def _is_of_date(text: str, match: re.Match[str], dates: Sequence[tuple[int, int]]) -> bool:
    """Tell 'Thursday 14 June' and '14 June (Thursday)': a weekday beside a date says only what the date is."""
    if match.group(0).endswith("days"):
        return False
    for start, end in dates:
        between = text[match.end() : start] if start >= match.end() else text[end : match.start()]
        if re.fullmatch(r"[\s,(]*(?:the\s+)?", between):
            return True
    return False


def _days(words: str) -> tuple[Weekday, ...]:
    """Return the weekdays of a run; 'Friday to Monday' goes over the end of the week."""
    days: list[Weekday] = []
    end = 0
    for match in ONE.finditer(words):
        day = _STEMS[match.group(0)[:3]]
        if days and re.fullmatch(_RANGE, words[end : match.start()]):
            first = WEEK.index(days[-1])
            days += [WEEK[(first + i) % 7] for i in range(1, (WEEK.index(day) - first) % 7 + 1)]
        else:
            days.append(day)
        end = match.end()
    return tuple(day for day in WEEK if day in days)
