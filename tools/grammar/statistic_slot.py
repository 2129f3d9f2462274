"""Which statistic is asked for."""

import re

from tools.energy_query import Group, Measure, Statistic
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.extreme_hours import extreme_of_hour
from tools.grammar.part_words import OF_A_WHOLE, is_part_of_site
from tools.grammar.reading import Reading
from tools.grammar.units import INTENSITY_UNITS

USERS = re.compile(r"\b(?:consumers?|users?|emitters?|spenders?|performers?|offenders?|guzzlers?|wasters?)\b")
THAT_BUILDING = re.compile(
    r"\bbuildings? (?:that|with|which|whose|using|having|by)\b|\bbuildings?\s*[,:]"
    r"|\bbuildings (?:sorted|ranked|ordered|in order|listed)|\b(?:top|bottom|worst|best) buildings?\b"
    r"|\bby buildings?\b|\bof (?:the )?buildings\b"
)
LOAD = re.compile(r"\b(?:peak\w*|demand|load|power|hourly|hour)\b")
PEAK_ITSELF = re.compile(r"\bpeak\b(?!.*\b(?:profile|shape|of the day)\b)")
HOUR_OF_DAY = re.compile(
    r"hours? of (?:the )?day|hour-of-day|profile|shape|pattern|on average|average|typical|by hour|each hour|hour[ -]by"
)
ABOVE_A_FIGURE = re.compile(
    r"\b(?:hours?|how often|how long|of the time)\b.*\b((?:above|below|over|under) (?:its |the |their )(?:own )?"
    r"(?:base ?load|average|mean|median))\b"
)
SHARE = re.compile(r"\b(?:how much|what) (?:per ?cent|percentage)\b|\bwhat part\b|\b(?:in|as a) percent(?:age)? of\b")


def statistic_of(s: Reading, measure: Measure, unit: str | None) -> Statistic:
    """Return the statistic that is asked for, the sum where nothing else is."""
    if match := ABOVE_A_FIGURE.search(s.rest):
        raise BadQuestion(
            f"hours are counted above a load in kW, or near the peak, not {match.group(1)!r}; name the kW"
        )
    if is_part_of_site(s):
        return "share"
    grouped = v.first(v.GROUPS, s.rest)
    found = _named(s, grouped)
    if grouped == "hour" and _one_hour(s.rest):
        return "minimum" if v.LOWEST.search(s.rest) or found == "minimum" else "peak"
    if found == "peak" and grouped == "hour" and not PEAK_ITSELF.search(s.rest):
        return "mean"
    if found is None and measure == "electricity" and _is_power(s.rest):
        return "mean"
    if found is None and unit == "percent" and not s.comparing:
        return "share"
    if unit in INTENSITY_UNITS and found != "mean":
        return "intensity"
    if found is None and (SHARE.search(s.rest) or OF_A_WHOLE.search(s.rest)) and not s.comparing:
        return "share"
    if found is None and s.before and _leaves_open(s.rest):
        return s.before.statistic
    return found or "total"


def _named(s: Reading, grouped: Group | None) -> Statistic | None:
    """Return the statistic that has a name; 'highest' is no peak where it ranks buildings or picks a month."""
    found = v.first(v.STATISTICS, s.rest)
    if found not in ("peak", "minimum"):
        return found
    ranks = USERS.search(s.rest) or (not s.named.buildings and THAT_BUILDING.search(s.rest))
    if ranks and not LOAD.search(s.rest):
        return None
    if grouped in ("month", "quarter", "day", "year") and extreme_of_hour(s.rest, low=found == "minimum"):
        return found
    picks = grouped in ("month", "day", "weekday", "hour", "year")
    return None if picks and not _says(s.rest, found) else found


def _says(rest: str, found: Statistic) -> bool:
    return bool(re.search(r"\bpeak|\bmax|\bdemand\b|\bhow high\b" if found == "peak" else r"\bmin|\bhow low\b", rest))


def _one_hour(rest: str) -> bool:
    """Tell 'at which hour did it peak' from 'which hour of the day is highest on average'."""
    return not HOUR_OF_DAY.search(rest) and bool(re.search(r"\b(?:which|what) (?:\w+ )?hour\b|\bwhat time\b", rest))


def _is_power(rest: str) -> bool:
    """Tell whether a load in kW is asked for, which has no sum."""
    return bool(re.search(r"\b(?:demand|power|load)\b", rest) and re.search(r"\bk?w\b", rest))


def _leaves_open(rest: str) -> bool:
    return not v.first(v.MEASURES, rest) and not re.search(r"\b(?:total|use[ds]?|how much)\b", rest)
