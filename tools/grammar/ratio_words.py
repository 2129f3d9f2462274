"""How many times as much: a ratio of two buildings, of two times, or of two parts of the day or week.

"Night-to-day ratio", "b8's gas as a multiple of b4's", "summer : winter". A ratio of parts of the week is of their mean
loads, since they are of different length, and that is told.
"""

import re
from datetime import timedelta
from typing import Any, Final

from tools.energy_query import Period

RATIO: Final = re.compile(
    r"\bratios?\b|\bquotient\b|\b(?:by )?(?:what|which) factor\b|\bhow many times\b(?! over\b)|\b(?:what|which|a|"
    r"the) multiple\b|"
    r"\b(?:times|x) as (?:much|many|high|big|large|great|heavy)\b|\bmultiple of\b|\bmultiples? of what\b"
)
DEFINED: Final = (
    r"(?:,? ?(?:being|meaning|means|defined as|taken as|counted as|reckoned as|i\.?e\.?,?|that is,?|=|is)|\s?\()"
)
SAYS_HOURS: Final = re.compile(  # "night being 22:00-06:00"
    rf"\b(?:night|day|overnight)(?:s|[ -]?time)?{DEFINED}\s*(?:from |between |the hours )*$"
)
SAYS_WHEN: Final = re.compile(rf"\b(?:night|day|overnight)(?:s|[ -]?time)?{DEFINED}(?=\s*(?:from |between )?\d)")
OF_THE_OTHER: Final = re.compile(
    r"\b(?:than|times(?: (?:that of|what|the \w+ of))?|multiple of|factor of)\s+(?:the\s+)?$"
)
_BETWEEN: Final = re.compile(
    r"^\s*(?:-?\s*to\s*-?|:|/|over|and|divided by|by|versus|vs\.?|against)\s*(?:the\s+)?(?:\w+\s+)?$"
)
OF_PARTS: Final = "a ratio of parts of the day or week is of their mean loads"


def is_ratio(text: str) -> bool:
    """Tell whether a lower-case text asks how many times as much one thing is as another."""
    return bool(RATIO.search(text))


def sides_of_ratio(text: str, spans: list[tuple[int, int]], periods: list[Period]) -> tuple[Period, Period] | None:
    """Return the two times of a ratio ('winter to summer in 2019'), None where they are no such pair.

    `spans` and `periods` are those of the text, in its order; a year behind the two only dates them.
    """
    if not is_ratio(text) or len(periods) not in (2, 3) or not _BETWEEN.match(text[spans[0][1] : spans[1][0]]):
        return None
    one, other = periods[:2]
    if abs((one.end - one.start) - (other.end - other.start)) > timedelta(days=4) or one == other:
        return None
    dates_both = len(periods) == 2 or re.fullmatch(r"\d{4}", text[spans[2][0] : spans[2][1]].strip())
    return (one, other) if dates_both else None


def settle_ratio(values: dict[str, Any], rest: str, notes: list[str]) -> None:
    """Ask for a ratio where one is asked for and there are two sides to it."""
    if not is_ratio(rest) or not (values.get("against_period") or values.get("against_buildings") or _of_hours(values)):
        return
    values["unit"] = "ratio"
    if _of_hours(values) and values["statistic"] == "total":
        values["statistic"] = "mean"
        notes.append(OF_PARTS)


def _of_hours(values: dict[str, Any]) -> bool:
    return bool(values.get("against_hours"))
