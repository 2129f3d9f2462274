"""Fill the slots of the query from what the words, names and periods say together."""

import re
from datetime import timedelta
from typing import Any, Final

from tools.energy_query import EnergyQuery, Hours
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import HEAT
from tools.grammar.comparison_slot import settle_comparison, settle_period
from tools.grammar.follow_up_names import sites_of
from tools.grammar.group_slot import group_of
from tools.grammar.hours_slot import hours_of
from tools.grammar.measure_slot import measure_of, unit_of
from tools.grammar.order_slot import settle_order
from tools.grammar.ratio_words import settle_ratio
from tools.grammar.reading import Reading
from tools.grammar.statistic_slot import statistic_of
from tools.grammar.terms_slot import basis_terms
from tools.grammar.timeline import shifted
from tools.grammar.yearly_slot import mean_year

BEST: Final = re.compile(
    r"\b(?:best|worst|nicest|greatest)\b(?: \w+)? buildings?\b|\bbuildings? (?:is|are) (?:the )?(?:best|worst)\b"
)

MONTHLY_KW: Final = re.compile(r"\bmonthly (?:mean|average) (?:\w+ )?k?w\b")
POWER_UNITS: Final = ("W", "kW", "MW")
A_RATE: Final = re.compile(  # "the use per working day": a figure of one of them
    r"\b(?:per|each|every|in an?) (?:working |week |week|business |single )?(day|week|hour)\b"
    r"(?!s| of (?:the |its |\w+ )?(?:week|month|year|data|use|operation|running|term|sunshine)\b)"
)
AMOUNT_A: Final = re.compile(  # "what it uses a day", not "a day in March", "a week ago"
    r"\b(?:us(?:es?|ed|ing)|consum\w+|dr[ae]ws?|drew|needs?|costs?|emit(?:s|ted)?|spen[dt]s?|electricity|gas|energy|"
    r"power|carbon|co2e?|kwh) (?:roughly |about |typically )?an? (hour|day|week|month)\b"
    r"(?! (?:of|ago|before|later|earlier|that|when)\b)"
)
A_NAMED_DAY: Final = re.compile(  # "on a Sunday", "per night", "per weekend"
    r"\b(?:per|an?|average|typical|usual|normal) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:week ?|weekend )?night|(?<=per )week ?end(?: day)?)\b"
    r"(?! (?:mornings?|afternoons?|evenings?|nights?|ago|before)\b)"
)
RATE_WORD: Final = re.compile(  # "daily use", not "at hourly prices"
    r"\b(?:hourly|daily|weekly|monthly)\b(?! (?:pric|rate|tariff|factor|data|reading|value|figure|profile|peak))"
)
LONGEST: Final = {"hour": timedelta(hours=1), "day": timedelta(1), "week": timedelta(7), "month": timedelta(31)}
BY_DAY: Final = re.compile(r"\bby day\b(?! (?:of|and)\b)")
WEEKS: Final = re.compile(r"\b(?:which|what) weeks?\b|\bweek[ -]by[ -]week\b|\bby weeks?\b")
PERCENTILE: Final = re.compile(r"\b(?!(?:5th|fifth)\b)(?:\d{1,2}(?:st|nd|rd|th)|tenth|ninetieth) percentile\b")


def fill(s: Reading) -> tuple[EnergyQuery, list[str]]:
    """Return the query, and the assumptions that its reader must be told. Raises `BadQuestion` and `NoData`."""
    notes: list[str] = []
    _require_measure(s)
    measure = measure_of(s)
    unit = unit_of(s, measure)
    hours, against_hours = hours_of(s)
    statistic = statistic_of(s, measure, unit)
    group = group_of(s, statistic)
    if group == "none" and statistic == "mean" and MONTHLY_KW.search(s.rest):
        group = "month"  # power has a mean of each month, and none "a month"
    values: dict[str, Any] = {
        "measure": measure,
        "statistic": statistic,
        "buildings": s.named.buildings,
        "sites": s.named.sites if not s.named.buildings or statistic == "share" else (),
        "period": s.line.period,
        "hours": hours,
        "group": group,
        "unit": unit,
    }
    if statistic == "mean" or group == "hour":
        values["per"] = v.first(v.PER, s.rest) if group in ("none", "building") else None
        values["statistic"] = "mean" if statistic == "total" else statistic
    if values["statistic"] == "total" and unit in POWER_UNITS:
        values["statistic"] = "mean"
        notes.append(f"{unit} is power, so this is the mean")
    if values["statistic"] == "total" and group == "none":
        values |= _rate(s, notes)
        _require_one_day(s, hours, against_hours)
    if terms := basis_terms(s.said):
        values["terms"] = terms
        values["statistic"] = "intensity" if terms.basis and statistic == "total" else values["statistic"]
    if HEAT.search(s.said):
        values["picture"] = "heat"
    _leave_out(values, s)
    _inherit(values, s)
    settle_comparison(values, s, against_hours, notes)
    settle_ratio(values, s.rest, notes)
    settle_order(values, s)
    settle_period(values, s, notes)
    return EnergyQuery(**values), notes


def _require_measure(s: Reading) -> None:
    """Raise `BadQuestion` for 'the best building', which does not say by what, and for 'compare b4', not with what."""
    says = s.line.period or any(p.search(s.rest) for table in (v.MEASURES, v.STATISTICS, v.HOURS) for p, _ in table)
    if BEST.search(s.rest) and not (says or s.before):
        raise BadQuestion("the question does not say by what; name it: use, cost, carbon, use per m2, or waste")
    if WEEKS.search(s.rest) and not v.first(v.PER, s.rest):
        raise BadQuestion("weeks cannot be listed or ranked; ask by day or by month, or for one week by its date")
    if (rank := PERCENTILE.search(s.rest)) and not re.search(r"\bbase[ -]?load", s.rest):
        raise BadQuestion(
            f"the {rank.group(0)} is not offered by itself; ask for the load duration curve, or the 5th percentile: "
            "the baseload"
        )
    alone = len(s.named.buildings) == 1 and not (s.line.period or s.line.prior or s.before or s.named.sites)
    if alone and s.text.startswith("compare ") and not v.first(v.HOURS, s.rest):
        raise BadQuestion("the question does not say what to compare with; name another building, or two periods")


def _rate(s: Reading, notes: list[str]) -> dict[str, Any]:
    """Return that an amount an hour, a day, a week or a month is meant, where it is; "daily" is told as assumed."""
    if rate := A_RATE.search(s.rest) or AMOUNT_A.search(s.rest):
        return {"statistic": "mean", "per": rate.group(1)}
    if named := A_NAMED_DAY.search(s.rest):
        return {"statistic": "mean", "per": "week" if named.group(0).endswith("weekend") else "day"}
    word = RATE_WORD.search(s.rest)
    per = v.first(v.PER, word.group(0)) if word else None
    if word and per and not (s.line.period and s.line.period.end - s.line.period.start <= LONGEST[per]):
        notes.append(f"{word.group(0)!r} is the mean of one {per}")
        return {"statistic": "mean", "per": per}
    return mean_year(s, notes)


def _require_one_day(s: Reading, hours: Hours, against_hours: Hours | None) -> None:
    """Raise `BadQuestion` where "by day" may be a part of the day or a list of days."""
    if hours == "all" and against_hours is None and BY_DAY.search(s.rest):
        raise BadQuestion("'by day' may mean during the day (06:00 to 22:00) or day by day; say which")


def _leave_out(values: dict[str, Any], s: Reading) -> None:
    """Take 'all but b105' as every metered building of its site without it."""
    first = next((at for at, _, name in s.named.spans if name in s.named.buildings), 0)
    if not v.ALL_BUT.search(s.text[:first]):
        return
    kind = "gas" if values["measure"] == "gas" else "electricity"
    sites = {s.inventory.buildings[b].site for b in s.named.buildings}
    members = [b for b, it in s.inventory.buildings.items() if it.site in sites and s.inventory.meters_of(b, kind)]
    values["buildings"] = tuple(b for b in members if b not in s.named.buildings)
    values["sites"] = ()
    if s.before and s.before.group == "building":
        values |= {"group": "building", "order": s.before.order, "limit": s.before.limit}


def _inherit(values: dict[str, Any], s: Reading) -> None:
    """Take over from the part before what this part leaves open: 'and what was its peak?'."""
    if not s.before:
        return
    if values["statistic"] == "share" and s.named.sites and not s.named.buildings:
        values["buildings"] = s.before.buildings
    if not s.named.buildings and not s.named.sites and values["group"] != "building":
        values["buildings"], values["sites"] = s.before.buildings, s.before.sites
    if values["group"] == "building" and not s.named.sites and not s.named.buildings:
        several = len(s.before.buildings) > 1
        values["sites"], values["buildings"] = sites_of(s.before, s), s.before.buildings if several else ()
    if not s.line.period:
        moved = s.line.prior if not s.comparing else None
        values["period"] = shifted(s.before.period, moved) if moved and s.before.period else s.before.period
    if values["group"] == "none" and s.before.group == "building" and not s.named.buildings and _turns_rank(values, s):
        values["group"], values["statistic"] = "building", s.before.statistic
        values["buildings"], values["sites"] = s.before.buildings, s.before.sites


def _turns_rank(values: dict[str, Any], s: Reading) -> bool:
    """Tell whether a rank is asked for again from another end: 'and the lowest?'."""
    extreme = v.LOWEST.search(s.rest) or v.HIGHEST.search(s.rest)
    own_statistic = values["statistic"] not in ("total", "minimum", "peak") or re.search(r"\bpeak|\bmin", s.rest)
    return bool(extreme and not own_statistic)
