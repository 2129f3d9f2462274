"""Fill the query of an analysis from what the words, names, periods and amounts say together."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from tools.energy_query import Analysis, EnergyQuery, Hours, Measure, Order, Period
from tools.errors import BadQuestion, UnitMismatch
from tools.grammar import dates
from tools.grammar import vocabulary as v
from tools.grammar.alike_slot import settle_alike
from tools.grammar.changes import CLOSE_WEEKENDS
from tools.grammar.comparison_slot import last_full_year
from tools.grammar.data_query import DATA, settle_data
from tools.grammar.follow_up_names import sites_of
from tools.grammar.group_slot import EACH, WHICH_BUILDING, asks_buildings
from tools.grammar.hours_slot import hours_of, one_weekday, require_whole_days
from tools.grammar.measure_slot import BOTH_FUELS, GAS, measure_of
from tools.grammar.order_slot import count_of, first_is_low
from tools.grammar.quantities import Quantities
from tools.grammar.reading import Reading
from tools.grammar.settled import settle_charge, settle_level, settle_model, settle_waste
from tools.grammar.terms_slot import terms_of
from tools.grammar.timeline import shifted
from tools.grammar.units import INTENSITY_UNITS, asked_unit
from tools.grammar.yearly_slot import settle_saving_a_year

WHOLE_DAYS: Final = frozenset("degree_days peer_rank day_kinds anomalies level_changes forecast payback".split())
FREE_DAYS: Final = re.compile(r"\bweek[ -]?ends?\b|\bsaturdays?\b|\bsundays?\b")
WEEKENDS_ONLY: Final = frozenset(("schedule", "day_types"))
MONEY_OF_ITS_OWN: Final = frozenset("degree_days payback emissions tariff_cost what_if".split())
THE_BUILDING: Final = re.compile(r"\W*(?:(?:name |give |show )?the (?:\w+ )?buildings?|which meters?)\b")
ONE_OF_THEM: Final = re.compile(r"\b(?:which|who|whose)\b")  # "which of b4 and b8 wastes more"
MONTHS_OF_NOTE: Final = re.compile(r"\b(?:which|coldest|warmest|mildest|hottest)\b.*\bmonths?\b")
EVERY_DAY: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)days?\b|\bwork|\bweek ?days?\b|\b(?:included|"
    r"including|too|as well|each day|every day)\b"
)
NIGHT: Final = re.compile(r"\bnights?\b|\bovernight\b")
WEEKEND: Final = re.compile(r"\bweek[ -]?ends?\b|\bholidays?\b")
CLOSED_DAYS: Final = re.compile(
    r"\b(?:closed days?|days? (?:when |that |on which )?(?:it|they) (?:is|are|was|were) closed)\b"
)
OUT_OF_HOURS: Final = re.compile(r"\bnights?\b|\bovernight\b|\bout[ -]of[ -](?:office[ -])?hours\b")
CALENDAR: Final = re.compile(
    r"\b(?:by|each|every|per|month by|year by|for each) (?:calendar )?(month|year)\b|\b(month|year)ly\b"
)
BY_HOUR: Final = re.compile(r"\bhour(?:ly|[ -]by[ -]hour)\b|\bhourly\b|\b(?:each|every|per|by) hour\b")
PEAK: Final = re.compile(
    r"\bpeak\w*|\b(?:highest|maximum|max) (?:load|demand|hour|power)|\bhow high\b|\bmaximum demand\b"
)
SHARE: Final = re.compile(r"\b(?:share|proportion|fraction|percent\w*|per ?cent)\b|%")


def fill_analysis(
    analysis: Analysis, s: Reading, stated: Quantities, since: datetime | None
) -> tuple[EnergyQuery, list[str]]:
    """Return the query of an analysis, and the assumptions its reader must be told. Raises `BadQuestion`, `NoData`."""
    notes: list[str] = []
    values: dict[str, Any] = {
        "measure": _measure(analysis, s),
        "statistic": analysis,
        "buildings": s.named.buildings,
        "sites": s.named.sites if not s.named.buildings else (),
        "period": s.line.period,
        "against_period": _reference(analysis, s),
        "hours": _hours(analysis, s),
        "terms": terms_of(analysis, s.said, stated, since),
        **_shown(analysis, s),
    }
    _own_currency(s, stated)
    _group(values, s)
    _inherit(values, s)
    if analysis == "what_if":
        settle_saving_a_year(values, s, notes)
    _SETTLE.get(analysis, _nothing)(values, s, notes)
    return EnergyQuery(**values), notes


def _hours(analysis: Analysis, s: Reading) -> Hours:
    """Return the hours that an analysis is limited to; of whole days, and of changes to them, it is all."""
    if analysis in WHOLE_DAYS or (analysis == "what_if" and CLOSE_WEEKENDS.search(s.said)):
        require_whole_days(analysis, s)
        return "all"
    if analysis in WEEKENDS_ONLY:
        if days := one_weekday(s):
            return days
        return "weekend" if FREE_DAYS.search(s.rest) and not EVERY_DAY.search(s.rest) else "all"
    if analysis == "peak_driver" and re.search(r"\bthe week ?day\b", s.rest):
        return "all"  # one of the things that may have driven it
    if analysis == "waste" and NIGHT.search(s.rest) and WEEKEND.search(s.rest):
        return "weekend" if CLOSED_DAYS.search(s.rest) and not OUT_OF_HOURS.search(s.rest) else "all"
    hours, against = hours_of(s)
    if analysis == "waste" and CLOSED_DAYS.search(s.rest) and not OUT_OF_HOURS.search(s.rest):
        return "weekend"
    return "all" if analysis == "waste" and against else hours


def _measure(analysis: Analysis, s: Reading) -> Measure:
    """Return the fuel, or what of it leads: an analysis of use is of electricity where no gas is named."""
    fuels = re.sub(r"greenhouse gas(?:es)?|ghg", "", s.rest)
    gas = bool(GAS.search(fuels))
    if analysis == "emissions":
        return (
            "total"
            if BOTH_FUELS.search(s.rest)
            else "gas"
            if gas or re.search(r"\bscope[ -]?(?:1|one)\b", s.rest)
            else "carbon"
        )
    if analysis == "tariff_cost":
        return "gas" if gas else "cost"
    if analysis == "payback":
        return "gas" if gas else "electricity"
    if analysis == "what_if":
        return _measure_of_change(s, gas=gas)
    if BOTH_FUELS.search(s.rest):
        return "total"
    if gas:
        return "gas"
    if analysis == "load_duration" and re.search(r"\bspen[dt]", s.rest):
        return "electricity"  # hours are spent above a level, not money
    found = measure_of(s)
    return (
        "electricity"
        if found == "total" or (not v.first(v.MEASURES[:2], s.rest) and found in ("carbon", "cost"))
        else found
    )


def _measure_of_change(s: Reading, *, gas: bool) -> Measure:
    spoke_of_gas = s.before and s.before.statistic == "what_if" and s.before.measure == "gas"
    if gas or (spoke_of_gas and not re.search(r"\belectric", s.rest)):
        return "gas"  # its money and carbon are told beside it
    found = v.first(v.MEASURES[:2], s.rest)
    if found is None and re.search(r"\b(?:save|saving)s? (?:us |me )?(?:in )?(?:money|pounds)\b", s.rest):
        return "cost"
    return found or (s.before.measure if s.before and s.before.statistic == "what_if" else "electricity")


def _reference(analysis: Analysis, s: Reading) -> Period | None:
    """Return what a period is compared with, where the question says so."""
    if s.line.reference:
        return s.line.reference
    if s.line.prior and s.line.period and (s.comparing or analysis in ("causes", "savings")):
        return shifted(s.line.period, s.line.prior)
    return None


def _shown(analysis: Analysis, s: Reading) -> dict[str, Any]:
    """Return the unit the question asks for, where the analysis can be shown in it."""
    unit = asked_unit(s.rest)
    if unit is None:
        percent = analysis == "waste" and SHARE.search(s.rest)
        return {"unit": "percent"} if percent else {}
    if unit in ("kgCO2e", "tCO2e", "GBP") and analysis not in MONEY_OF_ITS_OWN:
        return {"unit": unit, "measure": "cost" if unit == "GBP" else "carbon"}
    if unit in INTENSITY_UNITS or unit == "percent":
        return {"unit": unit} if analysis in ("waste", "peer_rank") else {}
    return {"unit": unit}


def _own_currency(s: Reading, stated: Quantities) -> None:
    """Raise `UnitMismatch` for money of another currency than the site's, which no rate here can turn into it."""
    known = [s.inventory.buildings[b].site for b in s.named.buildings] or list(s.named.sites)
    own = next((c for site in known if (c := s.inventory.sites[site].currency)), None)
    if own and stated.currency and stated.currency != own:
        raise UnitMismatch(
            f"the money of this site is {own}, and {stated.currency} cannot be turned into it; ask in {own}"
        )


def _group(values: dict[str, Any], s: Reading) -> None:
    """Settle whether buildings are ranked, months or years listed, and in which order."""
    group = "none"
    calendar, text = CALENDAR.search(s.said), re.sub(r"\s+", " ", s.rest)
    each = EACH.search(s.rest) and len(s.named.buildings) != 1 and not calendar
    picks = WHICH_BUILDING.search(text) or re.match(
        r"\W*(?:(?:name |give |show )?the (?:\w+ )?buildings?|which meters?)\b", text
    )
    ranks = picks and not s.named.buildings and values["statistic"] != "payback"
    ranks = ranks or (values["statistic"] == "waste" and len(s.named.buildings) > 1 and bool(ONE_OF_THEM.search(text)))
    if asks_buildings(s) or ranks or each or re.search(r"\b(?:per|by|each|every) building\b", s.rest):
        group = "building"
    elif calendar and values["statistic"] not in ("payback", "savings"):
        group = calendar.group(1) or calendar.group(2)
    elif values["statistic"] == "forecast" and BY_HOUR.search(s.said):
        group = "hour"
    listed = group == "building" or values["statistic"] in ("anomalies", "level_changes")
    values["group"], values["limit"] = group, count_of(s.rest) if listed else None
    values["order"] = _order(values, s) if group == "building" else None


def _order(values: dict[str, Any], s: Reading) -> Order:
    if values["statistic"] == "schedule":
        return "highest" if re.search(r"\b(?:latest|longest|most hours)\b", s.rest) else "lowest"
    if values["statistic"] == "payback":
        return "highest" if re.search(r"\b(?:longest|slowest|worst|highest)\b", s.rest) else "lowest"
    if values["statistic"] == "baseline" and re.search(r"\b(?:below|under)\b", s.rest):
        return "lowest"
    if values["statistic"] == "level_changes":
        return "highest" if re.search(r"\b(?:rose|up|increas\w*)\b", s.rest) else "lowest" if _fell(s) else "furthest"
    return "lowest" if first_is_low(s.rest) else "highest"


def _fell(s: Reading) -> bool:
    return bool(re.search(r"\b(?:fell|down|drop\w*|decreas\w*)\b", s.rest))


def _inherit(values: dict[str, Any], s: Reading) -> None:
    """Take over from the turn before what this one leaves open."""
    if not s.before:
        return
    if not s.named.buildings and not s.named.sites:
        values["sites"] = sites_of(s.before, s) if values["group"] == "building" else s.before.sites
        values["buildings"] = s.before.buildings if values["group"] != "building" or len(s.before.buildings) > 1 else ()
    if values["period"] is None and values["statistic"] not in ("forecast", "savings"):
        moved = s.line.prior if s.before.period else None
        values["period"] = shifted(s.before.period, moved) if moved and s.before.period else s.before.period
    if values["statistic"] == "causes":
        _reject_two_buildings(values, s.before)
        values["against_period"] = values["against_period"] or s.before.against_period
        values["hours"] = s.before.hours if values["hours"] == "all" else values["hours"]
    if values["statistic"] == "emissions" and values["measure"] == "gas" != s.before.measure:
        return  # Scope 1 has no contract
    if s.before.statistic == values["statistic"] and s.before.terms and values["terms"]:
        stated = values["terms"].model_dump(exclude_defaults=True)
        values["terms"] = s.before.terms.model_copy(update={k: getattr(values["terms"], k) for k in stated})
    elif s.before.statistic == values["statistic"]:
        values["terms"] = values["terms"] or s.before.terms
    elif values["statistic"] == "payback" and s.before.statistic == "what_if" and s.before.terms:
        _of_the_change(values, s.before)


def _reject_two_buildings(values: dict[str, Any], before: EnergyQuery) -> None:
    """Raise `BadQuestion` for what sets two buildings apart: causes are those of a change from one time to another."""
    if before.against_buildings and not values["against_period"]:
        raise BadQuestion(
            f"what sets {before.buildings[0]} and {before.against_buildings[0]} apart has no causes that data tell; "
            "ask why one of them changed from one period to another"
        )


def _of_the_change(values: dict[str, Any], before: EnergyQuery) -> None:
    """Take the change that was just asked about as what an investment would pay for."""
    own = values["terms"].model_dump(exclude_defaults=True) if values["terms"] else {}
    if before.terms and "change" not in own and "saving_a_year" not in own:
        values["terms"] = before.terms.model_copy(update=own)


def _causes(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Explain a span of years as its last full year against its first."""
    period: Period | None = values["period"]
    if period is None or values["against_period"] or period.end - period.start < timedelta(days=400):
        return
    last = min(last_full_year(s, values).start.year, period.end.year - (period.end == dates.at(period.end.year)))
    first = period.start.year + (period.start != dates.at(period.start.year))
    if last <= first:
        return
    values["period"], values["against_period"] = dates.year(last), dates.year(first)
    notes.append(f"{period.words} is explained as {last} against {first}")


def _forecast(values: dict[str, Any], s: Reading, _notes: list[str]) -> None:
    """Put a peak first where it is asked for."""
    if PEAK.search(s.said) and values["group"] == "none":
        values["order"] = "highest"


def _degree_days(values: dict[str, Any], s: Reading, _notes: list[str]) -> None:
    values["measure"] = "electricity"
    values["unit"] = None
    if s.line.reference is None and values["group"] == "none" and MONTHS_OF_NOTE.search(s.rest):
        warm = re.search(r"\b(?:warmest|mildest|hottest)\b", s.rest) or first_is_low(s.rest)
        cooling = values["terms"] and values["terms"].cooling
        values["group"], values["order"] = "month", "lowest" if bool(warm) != bool(cooling) else "highest"
        values["limit"] = count_of(s.rest)


def _nothing(_values: dict[str, Any], _s: Reading, _notes: list[str]) -> None:
    """Leave what needs no settling."""


_SETTLE: Final = {
    "baseline": settle_model,
    "tariff_cost": settle_charge,
    "waste": settle_waste,
    "level_changes": settle_level,
    "causes": _causes,
    "forecast": _forecast,
    "degree_days": _degree_days,
    "alike": settle_alike,
    **dict.fromkeys(DATA, settle_data),
}
