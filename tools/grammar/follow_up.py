"""Follow-ups that are no sentences: "and in 2018?", "only weekends", "in MWh", "top 3 only", "compared with b8?".

Such a fragment is the query before it with a slot or two changed; whatever it does not name stays as it was.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from tools.energy_query import ANALYSES, EnergyQuery, Period
from tools.grammar import dates
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import HEAT
from tools.grammar.follow_up_terms import changed_terms
from tools.grammar.fragment import ALL_HOURS, CHART, EVERY_BUILDING, IN_ALL, PER_AREA, VERSUS, is_fragment
from tools.grammar.hours_slot import OTHER_HALF, hours_of
from tools.grammar.measure_slot import BOTH_FUELS, GAS, unit_of
from tools.grammar.order_slot import count_of, first_is_low
from tools.grammar.reading import Reading
from tools.grammar.timeline import shifted
from tools.grammar.units import IN_UNIT, INTENSITY_UNITS, asked_unit

Values = dict[str, Any]
BY_DAY: Final = re.compile(r"\bby day\b|\b(?:during|in|over) the day\b|\bday[ -]?time\b")
A_RATE: Final = re.compile(r"\b(?:per|an?|average)\b")
OF_ENERGY: Final = ANALYSES - {"what_if", "payback", "emissions", "tariff_cost"}


def follow_up(s: Reading, before: EnergyQuery | None) -> tuple[EnergyQuery, list[str]] | None:
    """Return the query before with what a fragment changes of it; None where the text is more than a fragment."""
    if before is None or not is_fragment(s):
        return None
    values: Values = {}
    for change in CHANGES:
        change(values, s, before)
    if not values and not CHART.search(s.rest):
        return None
    return EnergyQuery.model_validate(before.model_dump() | values), []


def _names(values: Values, s: Reading, before: EnergyQuery) -> None:
    if _compares(s) and s.named.buildings and before.buildings:
        values |= _against(buildings=s.named.buildings)
        return
    if s.named.buildings and before.against_buildings:
        values["against_buildings"] = s.named.buildings
        return
    if s.named.buildings:
        values["buildings"] = s.named.buildings
        values["sites"] = before.sites if before.statistic == "share" else ()
        if before.group == "building":
            values |= {"group": "none", "order": None, "limit": None}
    elif s.named.sites:
        values |= {"sites": s.named.sites, "buildings": (), "against_buildings": ()}
    elif EVERY_BUILDING.search(s.rest):
        values |= {"group": "building", "order": "highest", "against_buildings": ()}
        if len(before.buildings) == 1:
            values |= {"buildings": (), "sites": _sites_of(before, s)}


def _sites_of(before: EnergyQuery, s: Reading) -> tuple[str, ...]:
    return before.sites or tuple(dict.fromkeys(s.inventory.buildings[b].site for b in before.buildings))


def _period(values: Values, s: Reading, before: EnergyQuery) -> None:
    line = s.line
    if line.reference:
        values |= {"period": line.period} | _against(period=line.reference)
        return
    if _compares(s) and (line.period or line.prior):
        reference = _like(line.period, before.period) if line.period else _moved(before.period, line.prior)
        values |= _against(period=reference) if reference else {}
        return
    moved = line.period or (_moved(before.period, line.prior) if line.prior else None)
    if moved is None:
        return
    values["period"] = moved
    if before.against_period and before.period:
        values["against_period"] = _kept_reference(before.period, before.against_period, moved)


def _moved(period: Period | None, unit: str | None) -> Period | None:
    return shifted(period, unit) if period and unit else None


def _like(named: Period, before: Period | None) -> Period:
    """Read 'compared with 2018' behind March 2019 as March 2018."""
    if before is None or named != dates.year(named.start.year) or before.end - before.start >= named.end - named.start:
        return named
    return dates.shift_year(before, named.start.year - before.start.year)


def _kept_reference(period: Period, reference: Period, moved: Period) -> Period:
    """Keep the distance of a comparison: 2019 against 2018 becomes 2020 against 2019."""
    if reference in (dates.shift_year(period, -1), dates.previous(period)):
        return dates.shift_year(moved, -1) if reference == dates.shift_year(period, -1) else dates.previous(moved)
    return reference


def _measure(values: Values, s: Reading, before: EnergyQuery) -> None:
    found = v.first(v.MEASURES[:3], s.rest.replace("greenhouse gas", "carbon"))
    if BOTH_FUELS.search(s.rest):
        values["measure"] = "total"
    elif found == "cost" or (found is None and re.search(r"£|\bpounds\b", s.rest)):
        values |= {"measure": "cost", "unit": None}
    elif found == "carbon":
        values |= {"measure": "carbon", "unit": None}
    elif found == "gas" or GAS.search(s.rest):
        values["measure"] = "gas"
    elif re.search(r"\belectric\w*|\bpower\b(?! factor)", s.rest):
        values["measure"] = "electricity"
    if values.get("measure") == before.measure:
        values.pop("unit", None)


def _hours(values: Values, s: Reading, before: EnergyQuery) -> None:
    if ALL_HOURS.search(s.rest):
        values |= {"hours": "all", "against_hours": None}
        return
    hours, against = hours_of(s)
    if hours == "all" and before.hours == "night" and BY_DAY.search(s.rest):
        hours = "day"
    if hours == "all":
        return
    if _compares(s) and against is None:
        values |= _against(hours=hours)
        values |= {"hours": OTHER_HALF[hours]} if before.hours == "all" else {}
        return
    values |= {"hours": hours, "against_hours": None}
    if against:
        values |= _against(hours=against)


def _statistic(values: Values, s: Reading, before: EnergyQuery) -> None:
    found = v.first(v.STATISTICS, s.rest)
    if before.statistic == "forecast" and (found == "peak" or IN_ALL.search(s.rest)):
        values["order"] = "highest" if found == "peak" else None
        return
    if before.statistic in ANALYSES and (terms := changed_terms(s.said, before)):
        values["terms"] = terms
        return
    if before.statistic in OF_ENERGY and values.get("measure") in ("carbon", "cost"):
        values |= {"statistic": "total", "terms": None}
    ranked = v.first(v.GROUPS, s.rest) or before.group != "none"
    if found in ("peak", "minimum") and ranked and not re.search(r"\bpeak|\bminim", s.rest):
        return  # "and the lowest?" turns the rank round
    if PER_AREA.search(s.rest):
        found = "intensity"
    if found is None and IN_ALL.search(s.rest) and before.statistic not in ANALYSES:
        found = "total"
    if found is None:
        return
    values["statistic"] = found
    values |= {"terms": None, "per": None} if before.statistic in ANALYSES else {"per": None}
    if before.group not in ("none", "building") and found not in ("mean", "peak", "minimum"):
        values |= {"group": "none", "order": None}


def _unit(values: Values, s: Reading, before: EnergyQuery) -> None:
    measure = values.get("measure", before.measure)
    unit = asked_unit(s.rest)
    if unit in ("kgCO2e", "tCO2e", "GBP"):
        values |= {"measure": "cost" if unit == "GBP" else "carbon", "unit": unit}
        return
    if unit is None and PER_AREA.search(s.rest) and before.unit in INTENSITY_UNITS:
        values["unit"] = "kWh_per_m2"
        return
    if unit is None and not IN_UNIT.search(s.rest):
        return
    if unit in INTENSITY_UNITS and before.statistic not in ANALYSES:
        values["statistic"] = "intensity"
    if unit and unit not in INTENSITY_UNITS:
        unit = unit_of(s, measure)
    values["unit"] = unit


def _group(values: Values, s: Reading, before: EnergyQuery) -> None:
    found = v.first(v.GROUPS, s.rest)
    asked = re.search(r"\b(?:by|each|every|per|split|(?:month|year|week|dai|hour|annual)ly|months?|years?)\b", s.rest)
    if before.hours == "night" and BY_DAY.search(s.rest):
        return
    if found and asked and found != "building" and not s.named.buildings:
        values |= {"group": found, "order": None, "limit": None, "per": None}
        if found == "hour" and before.statistic == "total":
            values["statistic"] = "mean"
    if HEAT.search(s.rest):
        values["picture"] = "heat"
    elif (per := v.first(v.PER, s.rest)) and "group" not in values and before.group in ("none", "building"):
        values |= {"statistic": "mean", "per": per} if A_RATE.search(s.rest) else {}


def _order(values: Values, s: Reading, before: EnergyQuery) -> None:
    limit = count_of(s.rest)
    group = values.get("group", before.group)
    extreme = v.EXTREME_LOW.search(s.rest) or v.EXTREME_HIGH.search(s.rest)
    if limit is None and not (extreme and group != "none"):
        return
    if before.statistic in ("anomalies", "level_changes") and group == "none":
        values["limit"] = limit
        return
    if group == "none":
        values["group"] = "building"
        if len(before.buildings) == 1:
            values |= {"buildings": (), "sites": _sites_of(before, s)}
    if limit:
        values["limit"] = limit
    turned = extreme or before.order is None
    values["order"] = ("lowest" if first_is_low(s.rest) else "highest") if turned else before.order


def _against(**what: Any) -> Values:
    """Return one reference and no other: `period`, `buildings` or `hours`."""
    none: Values = {"against_period": None, "against_buildings": (), "against_hours": None}
    return none | {f"against_{name}": value for name, value in what.items()}


def _compares(s: Reading) -> bool:
    return bool(VERSUS.search(s.rest))


CHANGES: Final[tuple[Callable[[Values, Reading, EnergyQuery], None], ...]] = (
    _names,
    _period,
    _measure,
    _hours,
    _group,
    _statistic,
    _unit,
    _order,
)
