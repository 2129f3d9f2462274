"""Which part of the day or week is meant, and against which."""

import re
from datetime import timedelta
from typing import Final

from tools.energy_query import Hours
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading

OTHER_HALF: dict[Hours, Hours] = {"night": "day", "day": "night", "weekday": "weekend", "weekend": "weekday"}
ONE_WEEKDAY = re.compile(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:every|each|an?|average|typical|mean|usual|normal) (?:mon|"
    r"tues|wednes|thurs|fri|satur|sun)day)\b"
)
EACH_WEEKDAY = re.compile(r"\b(?:which|what|each|every|by|per|busiest|quietest) (?:week ?days?|days? of the week)\b")
_LEAVING: Final = (
    r"(?:without|except(?:ing)?(?: for)?|excluding|excl|apart from|other than|leaving out|not counting|not including|"
    r"ignoring|"
    r"omitting|but not|not)"
)
ALL_BUT_HOURS = re.compile(
    rf"\b{_LEAVING} (?:at |on |during )?(?:the |its )?(week[ -]?ends?|nights?|week[ -]?days?|working days?)\b"
)
CLOCK_WINDOW = re.compile(
    r"\b(?:between|from)\s+(\d{1,2})(?::(\d\d))?\s*(am|pm)?(?:\s*(?:h|hours))?"
    r"\s*(?:and|to|until|till|-)"
    r"\s*(\d{1,2})(?::(\d\d))?\s*(am|pm)?\b(?!\s*(?:st|nd|rd|th|\w{3,}\s+\d{4}))"
)


def hours_of(s: Reading) -> tuple[Hours, Hours | None]:
    """Return the hours that count, and those they are compared with; None where they are not."""
    a_day = s.line.period and s.line.period.end - s.line.period.start <= timedelta(days=1)
    if not a_day and (single := ONE_WEEKDAY.search(s.rest)) and not v.first(v.HOURS, s.rest):
        raise BadQuestion(
            f"{single.group(1)} alone cannot be picked; ask by day of the week, or for weekdays or weekends"
        )
    if kept := _all_but(s.rest):
        return kept, None
    if window := _window(s.rest):
        rest = s.comparing and re.search(r"\bthe rest\b|\bother hours\b|\botherwise\b", s.rest)
        return window, OTHER_HALF[window] if rest else None
    found = _named(s)
    for one, other in (("day", "night"), ("weekday", "weekend")):
        if one in found and other in found:
            first, second = sorted((one, other), key=lambda h: found[h])
            is_part = re.search(r"\b(?:share|proportion|fraction|percentage)\b", s.rest)
            return first, None if is_part else second
    for meaning in ("night", "weekend", "weekday"):
        if meaning in found:
            rest = s.comparing and re.search(r"\bthe rest\b|\bother (?:hours|days)\b", s.rest)
            return meaning, OTHER_HALF[meaning] if rest else None
    if re.search(r"\b(?:during|in|over) the day(?: ?time)?\b(?! of)|\bday[ -]?time\b", s.rest):
        return "day", None
    return "all", None


def _all_but(rest: str) -> Hours | None:
    """Read 'without the weekends' as the weekdays: what is left out leaves its other half."""
    match = ALL_BUT_HOURS.search(rest)
    if not match:
        return None
    return OTHER_HALF[v.first(v.HOURS, match.group(1)) or "all"]


def _named(s: Reading) -> dict[Hours, int]:
    """Return the parts of the day and week that have a name, with where in the text each stands."""
    found: dict[Hours, int] = {}
    rest = EACH_WEEKDAY.sub(lambda m: " " * len(m.group(0)), s.rest)
    for pattern, meaning in v.HOURS:
        if match := pattern.search(rest):
            found.setdefault(meaning, match.start())
    if "night" in found and s.comparing and (day := re.search(r"\bdays?\b(?! of\b)|\bday[ -]?time\b", s.rest)):
        found.setdefault("day", day.start())
    return found


def _window(rest: str) -> Hours | None:
    """Read 'between 22:00 and 06:00' as the night, 06:00 to 22:00 as the day; no other window is offered."""
    match = CLOCK_WINDOW.search(rest)
    if not match or not (match.group(2) or match.group(3) or match.group(5) or match.group(6)):
        return None
    start, end = _hour(match.group(1), match.group(3)), _hour(match.group(4), match.group(6))
    if (start, end) in ((22, 6), (6, 22)):
        return "night" if start == 22 else "day"
    raise BadQuestion(
        f"hours from {start}:00 to {end}:00 cannot be picked; ask for night (22:00 to 06:00), day, weekdays or weekends"
    )


def _hour(number: str, half: str | None) -> int:
    return int(number) if not half else int(number) % 12 + (12 if half == "pm" else 0)
