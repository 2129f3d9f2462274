"""Choose the value of each slot of the query from what the words, names and periods say together."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tools.energy_query import EnergyQuery, Group, Hours, Measure, Order, Period, Statistic
from tools.errors import BadQuestion, NoData, UnitMismatch
from tools.grammar import dates
from tools.grammar import vocabulary as v
from tools.grammar.names import Named
from tools.grammar.periods import COUNTS
from tools.grammar.timeline import Timeline
from tools.readings import Inventory

DIMENSION: dict[str, set[str]] = {
    "electricity": {"energy", "power"},
    "gas": {"energy", "power"},
    "total": {"energy", "power"},
    "carbon": {"carbon"},
    "cost": {"money"},
}
EACH = re.compile(
    r"\b(?:each|separately|respectively|individually|per building|by building|every building|split|breakdown)\b"
)
DOWN = re.compile(
    r"\b(?:fell|fall|fallen|drop\w*|decreas\w*|reduc\w*|sav\w*|cut|shrank|declin\w*|improve\w*|went down|less|lower)\b"
)
UP = re.compile(r"\b(?:rose|rise|risen|increas\w*|gr[eo]w\w*|went up|jump\w*|more|higher)\b")
EXTREME = re.compile(r"\b(?:most|least|biggest|largest|greatest|highest|smallest|lowest|fastest)\b")
MANY = re.compile(r"\b(?:which|what|who|whose|list|rank\w*|name|top|bottom|every|each|all|show|order|sort|league)\b")


@dataclass(frozen=True, slots=True)
class Slots:
    """What has been read of one part: its text, what names and periods left of it, and the part before."""

    text: str
    rest: str
    named: Named
    line: Timeline
    comparing: bool
    before: EnergyQuery | None
    inventory: Inventory


def fill(s: Slots) -> tuple[EnergyQuery, list[str]]:
    """Return the query, and the assumptions that its reader must be told. Raises `BadQuestion` and `NoData`."""
    notes: list[str] = []
    measure = _measure(s)
    unit = _unit(s, measure)
    hours, against_hours = _hours(s)
    statistic = _statistic(s, measure, unit)
    group = _group(s, statistic)
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
        if values["per"] and group == "none":
            values["group"] = "none"
    _inherit(values, s)
    _compare(values, s, against_hours, notes)
    _rank(values, s)
    _default_period(values, s, notes)
    return EnergyQuery(**values), notes


def _measure(s: Slots) -> Measure:
    found = v.first(v.MEASURES, s.rest)
    if found in ("carbon", "cost") and re.search(
        r"\bgas\b(?!\s*(?:emission|es\b))", s.rest.replace("greenhouse gas", "")
    ):
        what = "price" if found == "cost" else "carbon factor"
        raise NoData(f"there is no {what} for gas, and its unit is doubtful; ask for the {found} of electricity")
    if re.search(
        r"\b(?:electricity and gas|gas and electricity|total energy|energy in total|all energy|both fuels)\b", s.rest
    ):
        return "total"
    if found is None and s.before:
        return s.before.measure
    if (
        found == "electricity"
        and re.search(r"\benergy\b", s.rest)
        and not re.search(r"\b(?:electric\w*|power|kwh|kw)\b", s.rest)
    ):
        return "total"
    return found or "electricity"


def _unit(s: Slots, measure: Measure) -> str | None:
    if wrong := v.WRONG_QUANTITY.search(s.rest):
        raise UnitMismatch(f"{measure} is not measured in {wrong.group(1)}; ask in kWh, kW, kgCO2e or GBP")
    match = v.IN_UNIT.search(s.rest)
    if not match:
        return None
    word = match.group(1)
    dimension, unit = v.UNITS[word]
    allowed = DIMENSION[measure] | {"share", "intensity"}
    if dimension == "time" or dimension in allowed:
        return unit or None
    explicit = v.first(v.MEASURES[:3], s.rest)
    if explicit is None and dimension in ("carbon", "money"):
        return unit
    fits = {"energy": "kWh, MWh or kW", "carbon": "kgCO2e or tonnes", "money": "GBP"}
    fit = fits["energy" if "energy" in allowed else "carbon" if "carbon" in allowed else "money"]
    raise UnitMismatch(f"{measure} is not measured in {word}; ask in {fit}")


def _hours(s: Slots) -> tuple[Hours, Hours | None]:
    found: dict[Hours, int] = {}
    for pattern, meaning in v.HOURS:
        if match := pattern.search(s.rest):
            found.setdefault(meaning, match.start())
    if window := _window(s.rest):
        return window, _other_half(window) if s.comparing and re.search(
            r"\bthe rest\b|\bother hours\b|\botherwise\b", s.rest
        ) else None
    if "night" in found and s.comparing and (day := re.search(r"\bdays?\b(?! of\b)|\bday[ -]?time\b", s.rest)):
        found.setdefault("day", day.start())
    for one, other in (("day", "night"), ("weekday", "weekend")):
        if one in found and other in found:
            first, second = sorted((one, other), key=lambda h: found[h])
            if re.search(r"\b(?:share|proportion|fraction|percentage)\b", s.rest):
                return first, None
            return first, second
    for meaning in ("night", "weekend", "weekday"):
        if meaning in found:
            rest = s.comparing and re.search(r"\bthe rest\b|\bother (?:hours|days)\b", s.rest)
            return meaning, _other_half(meaning) if rest else None
    if re.search(r"\b(?:during|in|over) the day(?: ?time)?\b(?! of)|\bday[ -]?time\b", s.rest):
        return "day", None
    return "all", None


def _other_half(hours: Hours) -> Hours:
    pairs: dict[Hours, Hours] = {"night": "day", "day": "night", "weekday": "weekend", "weekend": "weekday"}
    return pairs[hours]


def _window(rest: str) -> Hours | None:
    """Read 'between 22:00 and 06:00' as the night, 06:00 to 22:00 as the day; no other window is offered."""
    match = v.CLOCK_WINDOW.search(rest)
    if not match or not (match.group(2) or match.group(3) or match.group(5) or match.group(6)):
        return None
    start, end = _hour(match.group(1), match.group(3)), _hour(match.group(4), match.group(6))
    if (start, end) in ((22, 6), (6, 22)):
        return "night" if start == 22 else "day"
    raise BadQuestion(
        f"hours from {start}:00 to {end}:00 cannot be picked; ask for night (22:00 to 06:00), day, weekdays or weekends"
    )


def _hour(number: str, half: str | None) -> int:
    return int(number) if not half else int(number) % 12 + (12 if half == "pm" else 0)


USERS = re.compile(r"\b(?:consumers?|users?|emitters?|spenders?|performers?|offenders?|guzzlers?)\b")
THAT_BUILDING = re.compile(
    r"\bbuildings? (?:that|with|which|whose|using|having|by)\b|\bbuildings?\s*[,:]|\bbuildings (?:sorted|ranked|ordered|in order|listed)|\b(?:top|bottom|worst|best) buildings?\b|\bby buildings?\b|\bof (?:the )?buildings\b"
)


def _statistic(s: Slots, measure: Measure, unit: str | None) -> Statistic:
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


def _is_share(s: Slots) -> bool:
    asks = re.search(
        r"\b(?:how much|what) (?:per ?cent|percentage)\b|\bwhat part\b|\b(?:in|as a) percent(?:age)? of\b", s.rest
    )
    return bool(asks) and not s.comparing


def _group(s: Slots, statistic: Statistic) -> Group:
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
            return "building" if _asks_buildings(s) else "none"
        if (
            found == "year"
            and re.search(r"\b(?:annual|annually|yearly|per year)\b", s.rest)
            and not re.search(r"each year|every year|by year|which year|year[ -]by", s.rest)
        ):
            return "building" if _asks_buildings(s) else "none"
        if statistic in ("peak", "minimum") and found == "hour" and not re.search("profile|by hour|each hour", s.rest):
            return "building" if _asks_buildings(s) else "none"
        return found
    if re.search(r"\b(?:add(?:ed)? up|sum(?:med)?|together|combined|altogether|in all)\b", s.rest) and not re.search(
        r"\b(?:which|rank\w*|who)\b", s.rest
    ):
        return "none"
    if found == "building" or _asks_buildings(s):
        return "building"
    if len(s.named.buildings) > 1 and EACH.search(s.rest):
        return "building"
    return "none"


def _asks_buildings(s: Slots) -> bool:
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


def _inherit(values: dict[str, Any], s: Slots) -> None:
    """Take over from the part before what this part leaves open: 'and what was its peak?'."""
    if not s.before:
        return
    if not s.named.buildings and not s.named.sites and values["group"] != "building":
        values["buildings"], values["sites"] = s.before.buildings, s.before.sites
    if values["group"] == "building" and not s.named.sites and not s.named.buildings:
        values["sites"], values["buildings"] = s.before.sites, s.before.buildings if len(s.before.buildings) > 1 else ()
    if not s.line.period:
        values["period"] = s.before.period
    if (
        values["group"] == "none"
        and s.before.group == "building"
        and not s.named.buildings
        and (v.LOWEST.search(s.rest) or v.HIGHEST.search(s.rest))
    ):
        if values["statistic"] in ("total", "minimum", "peak") and not re.search(r"\bpeak|\bmin", s.rest):
            values["group"], values["statistic"] = "building", s.before.statistic
            values["buildings"], values["sites"] = s.before.buildings, s.before.sites


def _compare(values: dict[str, Any], s: Slots, against_hours: Hours | None, notes: list[str]) -> None:
    """Settle what the figure is compared with, where the question compares at all."""
    if against_hours:
        values["against_hours"] = against_hours
        return
    if s.line.reference:
        values["against_period"] = s.line.reference
        if (
            values["group"] == "none"
            and len(values["buildings"]) > 1
            and not re.search(r"\b(?:together|combined|total)\b", s.rest)
        ):
            values["group"] = "building"
        return
    if s.line.prior and values["period"]:
        values["against_period"] = (
            dates.shift_year(values["period"], -1) if s.line.prior == "year" else dates.previous(values["period"])
        )
        return
    if not s.comparing or values["statistic"] in ("share", "quality"):
        return
    named = values["buildings"]
    if len(named) == 2 and values["group"] == "none":
        values["buildings"], values["against_buildings"] = named[:1], named[1:]
    elif len(named) > 2 and values["group"] == "none":
        values["group"] = "building"
    elif len(values["sites"]) == 2 and not named:
        values["group"] = "building"
    elif values["group"] in ("none", "building") and _is_change(s):
        _default_reference(values, s, notes)


def _is_change(s: Slots) -> bool:
    """Tell a change over time from a mere 'more' or 'than' that ranks."""
    return bool(
        re.search(
            r"\b(?:chang\w*|increas\w*|decreas\w*|rise|rose|risen|fall|fell|fallen|drop\w*|gr[eo]w\w*|shrank|reduc\w*|went (?:up|down)|gone (?:up|down)|go (?:up|down)|sav\w*|evolv\w*|trend|compare[ds]?|improve\w*)\b",
            s.rest,
        )
    )


def _default_reference(values: dict[str, Any], s: Slots, notes: list[str]) -> None:
    period: Period | None = values["period"]
    if period is None:
        period = _last_full_year(s, values)
        notes.append(f"no period was given, so this is {period.words}, the last full year of data")
    years = (period.end - period.start) / timedelta(days=365)
    if years > 1.1 and values["group"] == "none":
        values["group"] = "year"
        values["period"] = period
        return
    if years > 1.1:
        raise BadQuestion(f"a change needs two periods of the same length, and {period.words} is one; say which two")
    reference = dates.shift_year(period, -1)
    values["period"], values["against_period"] = period, reference
    notes.append(f"compared with {reference.words}, the same time a year before")
    if (
        not values["buildings"]
        and values["group"] == "none"
        and not values["sites"]
        and re.search(r"\bwhat (?:has |have )?changed\b", s.rest)
    ):
        values["group"], values["order"] = "building", "furthest"


def _last_full_year(s: Slots, values: dict[str, Any]) -> Period:
    sites = set(values["sites"]) | {
        s.inventory.buildings[b].site for b in values["buildings"] if b in s.inventory.buildings
    }
    meters = [m for m in s.inventory.meters.values() if m.building and (not sites or m.site in sites)]
    ends = [m.last_end for m in meters] or [datetime(2001, 1, 1)]
    last = max(ends)
    return dates.year(
        (last - timedelta(days=1)).year if last.month > 11 or (last.month, last.day) == (1, 1) else last.year - 1
    )


def _rank(values: dict[str, Any], s: Slots) -> None:
    """Settle the order and how many are wanted."""
    group, rest = values["group"], s.rest
    if group == "none":
        return
    order: Order | None = None
    if values.get("against_period") and group == "building":
        order = _order_of_change(rest)
    elif values["statistic"] == "minimum" and not re.search(r"\b(?:highest|largest|biggest|most) (?:\w+ )?min", rest):
        order = "lowest"
    elif _first_is_low(rest):
        order = "lowest"
    elif group == "building" or v.HIGHEST.search(rest):
        order = "highest"
    values["order"] = values.get("order") or order
    if match := v.TOP_N.search(rest):
        word = match.group(1) or match.group(2)
        values["limit"] = COUNTS.get(word) or int(word)


def _first_is_low(rest: str) -> bool:
    """Tell whether the first extreme that is named is the low one: 'from the biggest to the smallest' is not."""
    low, high = v.EXTREME_LOW.search(rest), v.EXTREME_HIGH.search(rest)
    if low is None or high is None:
        return bool(low or high is None and v.LOWEST.search(rest) and not v.HIGHEST.search(rest))
    return (low.start(), -low.end()) < (high.start(), -high.end())


def _order_of_change(rest: str) -> Order:
    if not EXTREME.search(rest) and not DOWN.search(rest) and not UP.search(rest):
        return "furthest"
    if DOWN.search(rest):
        return "lowest"
    return "highest" if UP.search(rest) else "furthest"


def _default_period(values: dict[str, Any], s: Slots, notes: list[str]) -> None:
    if values["period"] is None and values["statistic"] == "intensity":
        values["period"] = _last_full_year(s, values)
        notes.append(f"no period was given, so this is {values['period'].words}, the last full year of data")
