"""Like periods that lie apart: two are two sides to compare, and more are asked back, since no span holds them alone.

"January 2018 and January 2019" is no span of thirteen months; "March and April 2019" is one of two.
"""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Final

from tools.energy_query import Period
from tools.errors import BadPeriod
from tools.grammar.periods import Mention

LIST: Final = re.compile(r"^\s*(?:,|and|&|or|, and|plus)\s*(?:in\s+|for\s+|during\s+)?(?:the\s+)?$")
BETWEEN: Final = re.compile(r"\bbetween\s*(?:the\s+)?$")
BESIDE: Final = re.compile(  # "put March 2018 alongside March 2019": two sides, and no span
    r"\b(?:with|alongside|beside|besides|side\s+by\s+side|next\s+to|by\s+the\s+side\s+of)\b"
)
RANKS: Final = re.compile(r"\b(?:which|who|whose|rank\w*|top|bottom)\b")


def lie_apart(text: str, left: Mention, right: Mention) -> bool:
    """Tell whether two like periods are set beside each other: "January 2018 and January 2019" is no span of a year.

    "March and April" are one span where only listed, and two where one stands with the other.
    """
    gap = text[left.to : right.at]
    one, other = in_order(left.period, right.period)
    longer = (one.end - one.start) - (other.end - other.start)
    if abs(longer) > timedelta(days=4) or one.end > other.start or one == other or RANKS.search(text):
        return False
    if BESIDE.search(gap):
        return True
    return one.end < other.start and bool(LIST.match(gap)) and not BETWEEN.search(text[: left.at])


def reject_apart(text: str, found: list[Mention]) -> None:
    """Raise `BadPeriod` for like times that lie apart and are no two sides: three Marches, or a rank over two."""
    sizes = [m.period.end - m.period.start for m in found]
    alike = max(sizes) - min(sizes) <= timedelta(days=4) and max(sizes) < timedelta(days=364)
    listed = all(LIST.match(text[a.to : b.at]) for a, b in pairwise(found))
    in_a_row = all(a.period.end >= b.period.start for a, b in pairwise(sorted(found, key=lambda m: m.period.start)))
    if alike and listed and not in_a_row and (len(found) > 2 or RANKS.search(text)):
        names = ", ".join(m.period.words for m in found)
        raise BadPeriod(f"{names} lie apart; ask for one of them, for two compared, or from the first to the last")


def reject_three_sides(gaps: list[str], versus: re.Pattern[str]) -> None:
    """Raise `BadPeriod` where more than two times are set against each other. `gaps`: the text between them."""
    if sum(bool(versus.search(gap)) for gap in gaps) > 1:
        raise BadPeriod("more than two times are set against each other; compare two, or ask by month, quarter or year")


def in_order(left: Period, right: Period) -> tuple[Period, Period]:
    """Return two periods, the earlier first."""
    return (left, right) if left.start <= right.start else (right, left)
