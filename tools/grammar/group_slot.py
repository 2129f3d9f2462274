"""Whether one figure is asked for, or one for each building, month, hour."""

import re

from tools.energy_query import Group, Statistic
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading
from tools.grammar.statistic_slot import THAT_BUILDING, USERS

EACH = re.compile(
    r"\b(?:each|separately|respectively|individually|per building|by building|every building|split|breakdown)\b"
)


EXTREME = re.compile(r"\b(?:most|least|biggest|largest|greatest|highest|smallest|lowest|fastest)\b")


MANY = re.compile(r"\b(?:which|what|who|whose|list|rank\w*|name|top|bottom|every|each|all|show|order|sort|league)\b")


def group_of(s: Reading, statistic: Statistic) -> Group:
    found = v.first(v.GROUPS, s.rest)
    if found == "hour" and re.search(r"\b(?:profile|shape)\b", s.rest):
        return "hour"
    if found in ("month", "year", "day", "hour", "weekday"):
        per_mean = statistic == "mean" and re.search(r"\baverage|\bmean|\btypical", s.rest)
        single = re.search(
            r"\b(?:average|mean|typical)\s+(?:\w+\s+)?(?:daily|monthly|yearly|annual|hourly)\b|\bper (?:day|month|year|hour)\b|\b(?:daily|monthly|hourly|yearly|annual) (?:average|mean)\b",
            s.rest,
        )
        series = re.search(
            r"\b(?:profile|shape|by|each|every|which|what) ?(?:hour|month|day|year|load|daily)?\b.*\b(?:hour|month|day|year|profile|shape)s?\b|hour[ -]by[ -]hour|month[ -]by[ -]month",
            s.rest,
        )
        if (
            per_mean
            and single
            and not (
                series and re.search(r"profile|shape|by hour|hour of|month[ -]by|by month|which|each|every", s.rest)
            )
        ):
            return "building" if asks_buildings(s) else "none"
        if (
            found == "year"
            and re.search(r"\b(?:annual|annually|yearly|per year)\b", s.rest)
            and not re.search(r"each year|every year|by year|which year|year[ -]by", s.rest)
        ):
            return "building" if asks_buildings(s) else "none"
        if statistic in ("peak", "minimum") and found == "hour" and not re.search("profile|by hour|each hour", s.rest):
            return "building" if asks_buildings(s) else "none"
        return found
    if re.search(r"\b(?:add(?:ed)? up|sum(?:med)?|together|combined|altogether|in all)\b", s.rest) and not re.search(
        r"\b(?:which|rank\w*|who)\b", s.rest
    ):
        return "none"
    if found == "building" or asks_buildings(s):
        return "building"
    if len(s.named.buildings) > 1 and EACH.search(s.rest):
        return "building"
    return "none"


def asks_buildings(s: Reading) -> bool:
    """Tell whether buildings are to be set side by side: 'which building', 'rank', 'which of b4, b8 and b19'."""
    if len(s.named.buildings) == 1:
        return False
    ordered = v.HIGHEST.search(s.rest) or v.LOWEST.search(s.rest) or re.search(r"\brank", s.rest)
    if len(s.named.buildings) > 1:
        return bool(
            ordered
            and re.search(r"\b(?:which|who|rank\w*|what)\b", s.rest)
            and not (s.comparing and len(s.named.buildings) == 2 and not EXTREME.search(s.rest))
        )
    if ordered and (THAT_BUILDING.search(s.rest) or USERS.search(s.rest)):
        return True
    if re.search(
        r"\b(?:which|what|whose) (?:\w+ ){0,3}?buildings?(?:'s?)?\b|\bwho\b|\bwhose\b|\brank(?:ed|ing)?\b|\bleague table\b",
        s.rest,
    ):
        return True
    return bool(ordered and v.RANKING.search(s.rest) and MANY.search(s.rest)) or bool(
        re.search(r"\b(?:all|every|each)(?: of)?(?: the)?(?: \w+)? buildings?\b", s.rest)
        and (EACH.search(s.rest) or ordered and EXTREME.search(s.rest))
    )
