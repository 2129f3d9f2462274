"""Follow-ups that are no sentences: "and in 2018?", "only weekends", "in MWh", "top 3 only", "compared with b8?".

Such a fragment is the query before it with a slot or two changed; whatever it does not name stays as it was.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from tools.energy_query import ANALYSES, EnergyQuery, Group, Period
from tools.grammar import dates
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import HEAT
from tools.grammar.elliptic import A_CHANGE, ASKS_AGAIN, ASKS_WHEN, HIGHER, N_OF, TURNED
from tools.grammar.follow_up_change import against, change_told
from tools.grammar.follow_up_names import change_names, compares, sites_of
from tools.grammar.follow_up_period import ALONE, LATER, SEVERAL_ON, last_of_it, period_of
from tools.grammar.follow_up_statistic import change_statistic
from tools.grammar.follow_up_terms import since_terms
from tools.grammar.fragment import ALL_HOURS, CHART, EVERY_ONE, PER_AREA, TO_UNIT, is_fragment
from tools.grammar.hours_slot import OTHER_HALF, hours_of
from tools.grammar.measure_slot import BOTH_FUELS, GAS, unit_of
from tools.grammar.order_slot import count_of, first_is_low
from tools.grammar.reading import Reading
from tools.grammar.timeline import shifted
from tools.grammar.units import IN_UNIT, INTENSITY_UNITS, UNITS, asked_unit

Values = dict[str, Any]
BY_DAY: Final = re.compile(r"\bby day\b|\b(?:during|in|over) the day\b|\bday[ -]?time\b")
_GROUP: Final[dict[str, Group]] = {"month": "month", "day": "day", "hour": "hour", "year": "year"}
AVERAGE: Final = re.compile(r"\baverage\b|\bmean\b|\btypical\w*")
OF_THAT: Final = re.compile(r"\b(?:that|it|this|those|which)\b")
A_RATE: Final = re.compile(r"\b(?:per|an?|average)\b")
OF_FUELS: Final = frozenset(unit for dimension, unit in UNITS.values() if dimension == "energy")
OTHER_END: Final = {"highest": "lowest", "lowest": "highest"}


def follow_up(s: Reading, before: EnergyQuery | None) -> tuple[EnergyQuery, list[str]] | None:
    """Return the query before with what a fragment changes of it; None where the text is more than a fragment."""
    if before is None or not is_fragment(s):
        return None
    values: Values = {}
    for change in CHANGES:
        change(values, s, before)
    notes = change_told(values, s, before)
    if not values and not CHART.search(s.rest) and not _is_told(s, before):
        return None
    return EnergyQuery.model_validate(before.model_dump() | values), notes


def _is_told(s: Reading, before: EnergyQuery) -> bool:
    """Tell whether a text asks what the answer before shows: when it was, or which of two is higher."""
    if ASKS_AGAIN.search(s.said):
        return True
    if HIGHER.search(s.said) and (before.against_period or before.against_buildings):
        return True
    return _asks_when(s, before)


def _asks_when(s: Reading, before: EnergyQuery) -> bool:
    has_time = before.statistic in ("peak", "minimum") or before.group in ("month", "day", "weekday", "hour", "year")
    match = ASKS_WHEN.search(s.said)
    if not (has_time and match):
        return False
    return before.group in ("none", "building") or match.group("unit") in (None, "time", "date", before.group)


def _period(values: Values, s: Reading, before: EnergyQuery) -> None:
    line = s.line
    if line.reference:
        values |= {"period": line.period} | against(period=line.reference)
        return
    if (compares(s) or A_CHANGE.search(s.rest)) and (unit := last_of_it(s)) and before.period:
        values |= against(period=shifted(before.period, unit))
        return
    if compares(s) and (line.period or line.prior):
        reference = _like(line.period, before.period) if line.period else _moved(before.period, line.prior)
        values |= against(period=reference) if reference else {}
        return
    moved = period_of(s, before.period)
    if moved is None:
        return
    if before.statistic == "savings" and (terms := since_terms(s.said, moved, before)):
        values["terms"] = terms
        return
    values["period"] = moved
    if before.against_period and ALONE.search(s.rest) and line.period:
        values["against_period"] = None  # "just 2018" sets nothing against it
    elif before.against_period and before.period:
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
    elif found == "carbon" and before.measure == "gas" and before.statistic == "total" and OF_THAT.search(s.rest):
        values |= {"statistic": "emissions", "measure": "gas", "unit": None}  # "what was that in carbon", of gas
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
    hours, other = hours_of(s)
    if hours == "all" and before.hours == "night" and BY_DAY.search(s.rest):
        hours = "day"
    if hours == "all":
        return
    if compares(s) and other is None:
        values |= against(hours=hours)
        values |= {"hours": OTHER_HALF.get(hours, "all")} if before.hours == "all" else {}
        return
    values |= {"hours": hours, "against_hours": None}
    if other:
        values |= against(hours=other)


def _unit(values: Values, s: Reading, before: EnergyQuery) -> None:
    measure = values.get("measure", before.measure)
    unit = asked_unit(TO_UNIT.sub("in", s.rest))
    if unit in ("kgCO2e", "tCO2e", "GBP"):
        values |= {"measure": "cost" if unit == "GBP" else "carbon", "unit": unit}
        return
    if unit is None and PER_AREA.search(s.rest) and before.unit in INTENSITY_UNITS:
        values["unit"] = "kWh_per_m2"
        return
    if unit is None and not IN_UNIT.search(TO_UNIT.sub("in", s.rest)):
        return
    if unit in OF_FUELS and measure in ("carbon", "cost"):
        values["measure"] = measure = "electricity"
    if unit in INTENSITY_UNITS and before.statistic not in ANALYSES:
        values["statistic"] = "intensity"
    if unit and unit not in INTENSITY_UNITS:
        unit = unit_of(s, measure)
    values["unit"] = unit


def _group(values: Values, s: Reading, before: EnergyQuery) -> None:
    found = v.first(v.GROUPS, s.rest)
    asked = re.search(
        r"\b(?:by|each|every|per|split|which|what|(?:month|year|week|dai|hour|annual)ly|months?|years?)\b", s.rest
    )
    if (before.hours == "night" and BY_DAY.search(s.rest)) or _asks_when(s, before):
        return
    if picked := N_OF.search(s.rest):
        found, asked = _GROUP[picked.group(1).rstrip("s")], picked
    if AVERAGE.search(s.rest) and (rate := v.first(v.PER, s.rest)):
        values |= {"statistic": "mean", "per": rate}
        values |= {"group": "none", "order": None, "limit": None} if before.group != "building" else {}
        return
    if found and asked and found != "building" and not s.named.buildings:
        values |= {
            "group": found,
            "order": before.order if ASKS_WHEN.search(s.said) else None,
            "limit": None,
            "per": None,
        }
        if found == "hour" and before.statistic == "total":
            values["statistic"] = "mean"
    if HEAT.search(s.rest):
        values["picture"] = "heat"
    elif (
        not LATER.search(s.rest)
        and (per := v.first(v.PER, s.rest))
        and "group" not in values
        and before.group in ("none", "building")
    ):
        values |= {"statistic": "mean", "per": per} if A_RATE.search(s.rest) else {}


def _order(values: Values, s: Reading, before: EnergyQuery) -> None:
    limit = count_of(SEVERAL_ON.sub(" ", s.rest))
    group = values.get("group", before.group)
    if EVERY_ONE.search(s.rest) and group != "none":
        values["limit"] = None
        return
    if TURNED.search(s.rest) and before.order in OTHER_END:
        values["order"] = OTHER_END[before.order]
        return
    extreme = v.EXTREME_LOW.search(s.rest) or v.EXTREME_HIGH.search(s.rest)
    if limit is None and not (extreme and group != "none"):
        return
    if before.statistic in ("anomalies", "level_changes") and group == "none":
        values["limit"] = limit
        return
    if group == "none":
        values["group"] = "building"
        if len(before.buildings) == 1:
            values |= {"buildings": (), "sites": sites_of(before, s)}
    if limit:
        values["limit"] = limit
    turned = extreme or before.order is None
    values["order"] = ("lowest" if first_is_low(s.rest) else "highest") if turned else before.order


CHANGES: Final[tuple[Callable[[Values, Reading, EnergyQuery], None], ...]] = (
    change_names,
    _period,
    _measure,
    _hours,
    _group,
    change_statistic,
    _unit,
    _order,
)
