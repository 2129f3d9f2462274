"""In which order, and how many."""

import re
from typing import Any

from tools.energy_query import Order
from tools.grammar import vocabulary as v
from tools.grammar.extreme_hours import is_listed
from tools.grammar.group_slot import EXTREME
from tools.grammar.period_patterns import COUNTS
from tools.grammar.reading import Reading

DOWN = re.compile(
    r"\b(?:fell|fall|fallen|drop\w*|decreas\w*|reduc\w*|sav\w*|cuts?|shrank|declin\w*|improve\w*|went down|less|"
    r"lower)\b"
)
ASKS_WHICH = re.compile(r"\b(?:which|what|top|bottom|rank\w*)\b")
UP = re.compile(r"\b(?:rose|rises?|risen|increas\w*|gr[eo]w\w*|went up|jump\w*|more|higher)\b")
HIGHEST_MINIMUM = re.compile(r"\b(?:highest|largest|biggest|most) (?:\w+ )?min")


def settle_order(values: dict[str, Any], s: Reading) -> None:
    """Settle the order and how many are wanted."""
    group, rest = values["group"], s.rest
    if group == "none":
        return
    order: Order | None = None
    if values["statistic"] == "load_factor" and "worst" in rest:
        rest = rest.replace("worst", "lowest")
    elif values["statistic"] not in ("load_factor", "quality", "share") and not v.EXTREME_HIGH.search(rest):
        rest = re.sub(r"\bbest\b(?! to\b)", "lowest", rest)
    if (values.get("against_period") and group == "building") or (
        values.get("against_period") and EXTREME.search(rest) and (DOWN.search(rest) or UP.search(rest))
    ):
        order = _order_of_change(rest)
    elif group != "building" and values["statistic"] in ("peak", "minimum") and is_listed(rest):
        order = None
    elif (values["statistic"] == "minimum" and not HIGHEST_MINIMUM.search(rest)) or first_is_low(rest):
        order = "lowest"
    elif group != "building" and values["statistic"] in ("peak", "minimum") and not ASKS_WHICH.search(rest):
        order = None
    elif group == "building" or v.HIGHEST.search(rest):
        order = "highest"
    values["order"] = values.get("order") or order
    values["limit"] = count_of(rest) or values.get("limit")


def count_of(rest: str) -> int | None:
    """Return how many are asked for ('top three', '5 largest'), or None."""
    match = next((m for m in v.TOP_N.finditer(rest) if rest[: m.start()][-1:] not in (":", ".")), None)
    if not match:  # "from 8:00 to 18:00 was highest" counts nothing
        return None
    word = match.group(1) or match.group(2)
    return COUNTS.get(word) or int(word)


def first_is_low(rest: str) -> bool:
    """Tell whether the first extreme that is named is the low one: 'from the biggest to the smallest' is not."""
    if re.search(r"\b(?:low(?:est)?|small(?:est)?|least|best) to (?:the )?(?:high|large|big|most|worst)", rest):
        return True
    low, high = v.EXTREME_LOW.search(rest), v.EXTREME_HIGH.search(rest)
    if low is None or high is None:
        return bool(low or (high is None and v.LOWEST.search(rest) and not v.HIGHEST.search(rest)))
    return (low.start(), -low.end()) < (high.start(), -high.end())


def _order_of_change(rest: str) -> Order:
    if not EXTREME.search(rest) and not DOWN.search(rest) and not UP.search(rest):
        return "furthest"
    if DOWN.search(rest):
        return "lowest"
    return "highest" if UP.search(rest) else "furthest"
