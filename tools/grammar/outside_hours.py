"""Hours outside some hours of some days: 'outside 8:00 to 18:00 Mon-Fri', 'outside working days 9 am to 5 pm'.

All other hours of the week are meant, the whole weekend too. Where the days stand first or after 'on', as in 'on
weekdays outside 8:00 to 18:00', they are those days' other hours.
"""

import re
from collections.abc import Sequence
from typing import Final

from tools.grammar.clock_span import Span
from tools.picked_hours import PickedHours, Weekday

LEADS: Final = re.compile(r"\boutside(?: of)?\s+(?:the\s+)?(?:hours\s+)?(?:of\s+|from\s+|between\s+)?$")
OPENS: Final = re.compile(r"outside\b")
BESIDE: Final = re.compile(r"[\s,(]*(?:from\s+|between\s+)?")
DAYS_NAMED: Final = re.compile(r"(?:the )?(?:week ?days?|working days?|business days?|work ?days?)")
OUTSIDE_DAYS: Final = re.compile(
    r"\boutside(?: of)?(?: the)?(?: hours)?(?: of)?(?=\s+(?:the )?(?:mon|tue|wed|thu|fri|week ?day|work|business))"
)


def outside_both(
    text: str, at: int, to: int, days: Sequence[Weekday], clock: tuple[int, int, Span]
) -> PickedHours | None:
    """Return the hours outside both, where a lower-case text says so of the days at [at, to) and the clock."""
    start, end, (first, last) = clock
    if OPENS.match(text[start:]) and end <= at and BESIDE.fullmatch(text[end:at]):
        first, last = last % 24, first or 24  # which `clock_spans` has turned already
    elif not (LEADS.search(text[:at]) and to <= start and BESIDE.fullmatch(text[to:start])):
        return None
    return PickedHours(weekdays=tuple(days), from_hour=first, to_hour=last, outside=True)


def end_of_name(text: str, at: int) -> int:
    """Return where the name of some days ends that begins at `at`."""
    match = DAYS_NAMED.match(text[at:])
    return at + (match.end() if match else 0)
