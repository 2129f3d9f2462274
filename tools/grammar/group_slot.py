"""Whether one figure is asked for, or one for each building, month, hour."""

import re

from tools.energy_query import Group, Statistic
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading
from tools.grammar.statistic_slot import THAT_BUILDING, USERS

EACH = re.compile(
    r"\b(?:each|separately|respectively|individually|per building|by building|every building|split|breakdown)\b"
)
A_DAY = re.compile(r"\b(?:average|typical|mean) day\b")
HOW_MUCH = re.compile(r"\bhow (?:much|many)\b|\bkwh\b")
EXTREME = re.compile(
    r"\b(?:\w{3,}(?:iest)|leanest|greenest|lightest|cleanest|dearest|cheapest|quietest|calmest|strongest|"
    r"steepest|worst|most|least|biggest|largest|greatest|highest|smallest|lowest|fastest)\b"
)
MANY = re.compile(r"\b(?:which|what|who|whose|list|rank\w*|name|top|bottom|every|each|all|show|order|sort|league)\b")
WHICH_BUILDING = re.compile(
    r"\b(?:which|what|whose) (?!(?:did|does|do|was|were) )(?:\w+ ){0,3}?buildings?(?:'s?)?\b"
    r"|\bwho\b|\bwhose\b|\brank(?:ed|ing)?\b|\bleague table\b"
)
MOST_CHANGED = re.compile(  # "the biggest percentage cut at Cambridge": of its buildings, as the site has but one
    r"\b(?:biggest|largest|greatest|highest|smallest|steepest|best|worst|top|most)\b(?: \w+| %){0,4}? (?:cuts?|drops?|"
    r"falls?|rises?|"
    r"increases?|decreases?|reductions?|changes?|growth|savings?|improvements?)\b"
)
ALL_BUILDINGS = re.compile(r"\b(?:all|every|each)(?: of)?(?: the)?(?: \w+)? buildings?\b")
TOGETHER = re.compile(r"\b(?:add(?:ed)? up|sum(?:med|ming)?|together|combined|altogether|in all)\b")
SEVERAL_MOST = re.compile(  # "five biggest bills at Cambridge": of things that buildings have one each of
    r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:top|most|least|highest|lowest|biggest|largest|"
    r"smallest|"
    r"worst|best|heaviest)\b(?!.*\b(?:months?|days?|hours?|weeks?|years?|readings?|values?|peaks?|spikes?|events?|"
    r"anomal\w*|outliers?|changes?|faults?|causes?|reasons?)\b)"
)
THREE_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*,\s*(?:19|20)\d\d)+,?\s+(?:and|&|or)\s+(?:19|20)\d\d\b")
YEARS_APART = re.compile(  # "in 2018 and in 2019", "2018 and 2019 separately"
    r"\b(?:in|for) (?:19|20)\d\d,? (?:and|&) (?:also |then )?(?:in|for) (?:19|20)\d\d\b"
    r"(?!.*\b(?:together|combined|total)\b)"
    r"|\b(?:19|20)\d\d(?: and|,) (?:19|20)\d\d,? (?:each|separately|respectively|individually|side by side)\b"
)
RATE = re.compile(
    r"\b(?:average|mean|typical)\s+(?:of\s+)?(?:\w+\s+)?(?:daily|monthly|yearly|annual|hourly)\b|\bper (?:day|"
    r"month|year|hour)\b"
    r"|\b(?:daily|monthly|hourly|yearly|annual) (?:average|mean)\b"
)
SERIES = re.compile(
    r"\b(?:profile|shape|by|each|every|which|what) ?(?:hour|month|day|year|load|daily)?\b.*"
    r"\b(?:hour|month|day|year|profile|shape)s?\b|hour[ -]by[ -]hour|month[ -]by[ -]month"
)


def group_of(s: Reading, statistic: Statistic) -> Group:
    """Return what the figures are cut by; 'none' where one is asked for."""
    found = v.first(v.GROUPS, s.rest)
    if found == "hour" and re.search(r"\b(?:profile|shape)\b", s.rest):
        return "hour"
    if found in ("month", "quarter", "year", "day", "hour", "weekday"):
        if found == "hour" and statistic == "mean" and A_DAY.search(s.rest) and HOW_MUCH.search(s.rest):
            return "none"
        if not (_is_rate(s.rest, statistic) or _is_amount(s.rest, found) or _is_own_hour(s.rest, found, statistic)):
            return found
        return "building" if asks_buildings(s) and not _are_summed(s.rest) else "none"
    if _are_summed(s.rest):
        return "none"
    if found == "building" or asks_buildings(s) or _ranks_ratio(s, statistic):
        return "building"
    if THREE_YEARS.search(s.text) or (YEARS_APART.search(s.text) and not (s.comparing or s.line.reference)):
        return "year"
    return "building" if len(s.named.buildings) > 1 and EACH.search(s.rest) else "none"


def _is_rate(rest: str, statistic: Statistic) -> bool:
    """Tell 'the average daily use', which is one figure, from 'the average use by month'."""
    if statistic != "mean" or not re.search(r"\baverage|\bmean|\btypical", rest) or not RATE.search(rest):
        return False
    cut = re.search(r"profile|shape|by hour|hour of|month[ -]by|by month|which|each|every", rest)
    return not (cut and SERIES.search(rest))


def _is_amount(rest: str, found: Group) -> bool:
    """Tell 'the annual use', which is one figure, from 'the use each year'."""
    if found != "year" or re.search(
        r"each year|every year|by year|which year|annual (?:peaks|m[ai]xima|minima|highs|lows)|year[ -]by", rest
    ):
        return False
    return bool(re.search(r"\b(?:annual|annually|yearly|per year)\b", rest))


def _is_own_hour(rest: str, found: Group, statistic: Statistic) -> bool:
    """Tell 'which hour was the peak', which is one figure, from 'the peak by hour'."""
    extreme = found == "hour" and statistic in ("peak", "minimum")
    return extreme and not re.search("profile|each hour", rest)


def asks_buildings(s: Reading) -> bool:
    """Tell whether buildings are to be set side by side: 'which building', 'rank', 'which of b4, b8 and b19'."""
    one_out = _leaves_out(s)
    if len(s.named.buildings) == 1 and not one_out:
        return False
    ordered = bool(v.HIGHEST.search(s.rest) or v.LOWEST.search(s.rest) or re.search(r"\brank", s.rest))
    if len(s.named.buildings) > 1 and not one_out:
        compares_two = s.comparing and len(s.named.buildings) == 2 and not EXTREME.search(s.rest)
        return ordered and not compares_two and bool(re.search(r"\b(?:which|who|rank\w*|what)\b", s.rest))
    if ordered and (THAT_BUILDING.search(s.rest) or USERS.search(s.rest)):
        return True
    if WHICH_BUILDING.search(s.rest) or (ordered and v.RANKING.search(s.rest) and MANY.search(s.rest)):
        return True
    if ordered and re.search(r"\bwhere\b", s.rest) and re.search(EXTREME, s.rest):
        return True
    if EXTREME.search(s.rest) and re.search(r"\b(?:among|amongst|across)\b.*\bbuildings\b", s.rest):
        return True
    if not s.named.buildings and s.comparing and s.line.reference and MOST_CHANGED.search(s.rest):
        return True
    if not s.named.buildings and SEVERAL_MOST.search(s.rest):
        return True
    if v.TOP_N.search(s.rest) and re.search(r"\b(?:buildings|consumers|users|spenders|wasters|emitters)\b", s.rest):
        return True
    picks = EACH.search(s.rest) or (ordered and EXTREME.search(s.rest))
    return bool(picks and ALL_BUILDINGS.search(s.rest))


def _leaves_out(s: Reading) -> bool:
    """Tell whether the buildings that are named are to be left out: 'the top three, excluding b105'."""
    first = next((at for at, _, name in s.named.spans if name in s.named.buildings), 0)
    return bool(v.ALL_BUT.search(s.text[:first]))


def _ranks_ratio(s: Reading, statistic: Statistic) -> bool:
    """Tell 'the lowest load factor at Cambridge': a figure that buildings have each, and never one of them all."""
    if s.named.buildings or not EXTREME.search(s.rest):
        return False
    return statistic in ("load_factor", "intensity") or (statistic == "baseload" and bool(v.TOP_N.search(s.rest)))


def _are_summed(rest: str) -> bool:
    """Tell whether buildings are taken together rather than set side by side."""
    return bool(TOGETHER.search(rest)) and not re.search(r"\b(?:which|rank\w*|who)\b", rest)
