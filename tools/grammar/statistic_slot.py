"""Which statistic is asked for."""

import re

from tools.energy_query import Measure, Statistic
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading

USERS = re.compile(r"\b(?:consumers?|users?|emitters?|spenders?|performers?|offenders?|guzzlers?)\b")


THAT_BUILDING = re.compile(
    r"\bbuildings? (?:that|with|which|whose|using|having|by)\b|\bbuildings?\s*[,:]|\bbuildings (?:sorted|ranked|ordered|in order|listed)|\b(?:top|bottom|worst|best) buildings?\b|\bby buildings?\b|\bof (?:the )?buildings\b"
)


def statistic_of(s: Reading, measure: Measure, unit: str | None) -> Statistic:
    found = v.first(v.STATISTICS, s.rest)
    ranks = USERS.search(s.rest) or not s.named.buildings and THAT_BUILDING.search(s.rest)
    if (
        found in ("peak", "minimum")
        and ranks
        and not re.search(r"\b(?:peak\w*|demand|load|power|hourly|hour)\b", s.rest)
    ):
        found = None
    grouped = v.first(v.GROUPS, s.rest)
    if (
        found in ("peak", "minimum")
        and grouped in ("month", "day", "weekday", "hour", "year")
        and not _says_peak(s.rest, found)
    ):
        found = None
    if grouped == "hour" and _one_hour(s.rest):
        return "minimum" if v.LOWEST.search(s.rest) else "peak"
    if found == "peak" and grouped == "hour":
        return "mean"
    if (
        found is None
        and re.search(r"\b(?:demand|power|load)\b", s.rest)
        and re.search(r"\bk?w\b", s.rest)
        and measure == "electricity"
    ):
        return "mean"
    if unit == "percent" and found is None and not s.comparing:
        return "share"
    if unit == "kWh_per_m2":
        return "intensity"
    if found is None and _is_share(s):
        return "share"
    if found == "mean" and grouped == "hour":
        return "mean"
    if (
        found is None
        and s.before
        and not v.first(v.MEASURES, s.rest)
        and not re.search(r"\b(?:total|use[ds]?|how much)\b", s.rest)
    ):
        return s.before.statistic
    return found or "total"


def _one_hour(rest: str) -> bool:
    """Tell 'at which hour did it peak' from 'which hour of the day is highest on average'."""
    if re.search(
        r"hours? of (?:the )?day|hour-of-day|profile|shape|pattern|on average|average|typical|by hour|each hour|hour[ -]by",
        rest,
    ):
        return False
    return bool(re.search(r"\b(?:which|what) (?:\w+ )?hour\b|\bwhat time\b", rest))


def _says_peak(rest: str, found: Statistic) -> bool:
    return bool(re.search(r"\bpeak|\bmax|\bdemand\b" if found == "peak" else r"\bmin", rest))


def _is_share(s: Reading) -> bool:
    asks = re.search(
        r"\b(?:how much|what) (?:per ?cent|percentage)\b|\bwhat part\b|\b(?:in|as a) percent(?:age)? of\b", s.rest
    )
    return bool(asks) and not s.comparing
