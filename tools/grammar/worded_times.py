"""Times told in words: 'half past two', 'three o'clock in the afternoon', 'the April before', 'Q1, Q2, Q3 and Q4'.

Each is written as the tables of the grammar know it, before anything is read: an hour of the clock in figures with its
half of the day, a month that is told by another as a month with its year, and all four quarters as a cut by quarter.
"""

import re
from typing import Final

_HOURS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_HOUR: Final = rf"(?:{'|'.join(_HOURS)}|1[0-2]|[1-9])"
_O_CLOCK: Final = r"(?:\s?o\s?['\u2019]?\s?clock)"
OCLOCK: Final = " o'clock"
_AM: Final = r"(?:\s?a\.?m\b\.?|,? (?:in the (?:early |late )?morning|of the morning)\b)"
_PM: Final = (
    r"(?:\s?p\.?m\b\.?|,? (?:in the (?:early |late )?(?:afternoon|evening)|of the (?:afternoon|evening)|at night)\b)"
)
_LEADS: Final = r"(?P<lead>\b(?:at|from|between|to|until|till|and|before|after|around|by|past|through|-)\s+)?"
CLOCK: Final = re.compile(
    rf"{_LEADS}(?<![\w/.,:-])(?P<h>{_HOUR})(?P<c>{_O_CLOCK})?(?:(?P<am>{_AM})|(?P<pm>{_PM})|(?<=clock)(?!\w))"
)
PARTS_OF_HOUR: Final = re.compile(
    rf"(?<![\w-])(?P<part>half past|half|(?:a )?quarter past|(?:a )?quarter to) (?P<h>{_HOUR})(?![\w.,]*\d)"
    rf"(?:{_O_CLOCK})?(?:(?P<am>{_AM})|(?P<pm>{_PM}))?(?= on\b| in\b| of\b|,|\W*$| (?:the )?\d)"
)
BOTH_ENDS: Final = re.compile(  # "between one and two in the afternoon"
    rf"(?<![\w/.,:-])(?P<a>{'|'.join(_HOURS)})(?P<to>{_O_CLOCK}? ?(?:to|and|until|till|"
    rf"-) ?)(?={_HOUR}{_O_CLOCK}?(?:{_AM}|{_PM}))"
)
_MINUTES: Final = {"half past": 30, "half": 30, "quarter past": 15, "quarter to": 45}
_MONTHS: Final = "january february march april may june july august september october november december".split()
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})"
_SEASON: Final = r"(?:spring|summer|autumn|q[1-4])"
THE_ONE_BEFORE: Final = re.compile(
    rf"\bthe (?:(?:previous|preceding|prior|foregoing) (?P<a>{_MONTH}|{_SEASON})|(?P<b>{_MONTH}|{_SEASON}) "
    r"(?:(?:just |immediately )?(?:before(?:hand)?|previous(?:ly)?|prior|preceding|earlier)))(?! (?:that|\d|the\b|"
    r"last\b|\w+ 20))\b"
)
DATED: Final = re.compile(rf"\b(?P<m>{_MONTH}|{_SEASON}),? (?:of |in )?(?P<y>(?:19|20)\d\d)\b")
FOUR_QUARTERS: Final = re.compile(
    r"\b(?:(?:split|divided|cut|broken|broken down|separated|shared out) )?(?:(?:in|into|for|by|of|over|across) )?"
    r"(?:(?:each|all) of )?(?:(?:the )?quarters )?q1,? ?(?:,|and|&|/)? ?q2,? ?(?:,|and|&|/)? ?q3,? ?(?:,|and|&|"
    r"/)? ?q4\b"
    r"(?: separately| individually| each)?"
    r"|\b(?:each|all) (?:of the )?four quarters\b"
)


def times_in_figures(text: str) -> str:
    """Return a lower-case text whose worded times are written in figures."""
    text = PARTS_OF_HOUR.sub(_part_of_hour, BOTH_ENDS.sub(lambda m: f"{_figure(m['a'])}{m['to']}", text))
    return FOUR_QUARTERS.sub("by quarter", _dated(CLOCK.sub(_hour, text)))


def _hour(match: re.Match[str]) -> str:
    """Write 'three o'clock in the afternoon' as 'at 3pm'; a digit that is neither o'clock nor in words stays."""
    lead, half = match["lead"] or "", "am" if match["am"] else "pm" if match["pm"] else ""
    if match["h"].isdigit() and not (match["c"] and half):
        return match.group(0)
    if lead or not half:
        return f"{lead}{_figure(match['h'])}{half or OCLOCK}"
    return f"at {_figure(match['h'])}{half}"


def _part_of_hour(match: re.Match[str]) -> str:
    hour, part = _figure(match["h"]), match["part"].removeprefix("a ")
    hour = (hour - 1 or 12) if part == "quarter to" else hour
    half = "am" if match["am"] else "pm" if match["pm"] else ""
    return f"{hour}:{_MINUTES[part]:02d}{half}"


def _figure(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS.index(word) + 1


def _dated(text: str) -> str:
    """Give 'the April before' the year that the one dated month beside it tells: the last one that ends before it."""
    found = list(DATED.finditer(text))
    if len(found) != 1:
        return text
    named, year = found[0]["m"], int(found[0]["y"])

    def spelt(match: re.Match[str]) -> str:
        other = match["a"] or match["b"]
        if (other in _MONTHS) != (named in _MONTHS):
            return match.group(0)
        earlier = other in _MONTHS and _MONTHS.index(other) < _MONTHS.index(named)
        if other not in _MONTHS and other != named:
            return match.group(0)
        return f"{other} {year if earlier else year - 1}"

    return THE_ONE_BEFORE.sub(spelt, text)
