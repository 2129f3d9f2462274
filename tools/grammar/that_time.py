"""'That day' and 'then': a time which only the answer before knows, so it is asked back until it has been told."""

import re
from datetime import timedelta
from typing import Final

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion

THAT: Final = re.compile(
    r"\b(?:that|the same|this same|said) (?:very |same )?(hour|day|date|night|week|weekend|month|quarter)\b"
    r"(?! (?:of (?:the )?(?:year|previous|last|before)|(?:last|a|the|one) (?:year|month|before)|before|in|a year|as))"
)
AT_IT: Final = re.compile(r"\b(at that time|at the time|at that (?:point|moment)|on it|in it)\W*$")
THEN: Final = re.compile(r"\b(?:was|were|did|is|used?|uses|costs?|burn\w*|happen\w*)\b.*\b(then)\W*$")
"""Without a verb, as in "just the total then", it is no time."""
LONGEST: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "date": timedelta(days=1),
    "night": timedelta(days=1),
    "week": timedelta(days=7),
    "weekend": timedelta(days=7),
    "month": timedelta(days=31),
    "quarter": timedelta(days=92),
}


def reject_that_time(text: str, query: EnergyQuery, before: EnergyQuery | None) -> None:
    """Raise `BadQuestion` where a lower-case text leans on a time that an earlier answer has yet to name."""
    if query.against_period or query.statistic == "picked_days":
        return
    if (match := THAT.search(text)) and not _is_within(query, match.group(1)):
        raise BadQuestion(
            f"{match.group(0)!r} is known only from an answer; ask for it first, and then for the figure of its date"
        )
    if not (before and _picks_a_time(before) and before.period == query.period):
        return
    if match := AT_IT.search(text) or THEN.search(text):
        raise BadQuestion(f"{match.group(1)!r} leaves the time open; name the date that the answer told")


def _is_within(query: EnergyQuery, unit: str) -> bool:
    return bool(query.period and query.period.end - query.period.start <= LONGEST[unit])


def _picks_a_time(query: EnergyQuery) -> bool:
    picked = query.order and query.group in ("hour", "day", "month", "weekday", "year", "quarter")
    return bool(picked) or query.statistic in ("peak", "minimum")
