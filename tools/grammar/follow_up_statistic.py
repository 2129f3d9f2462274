"""Which statistic a follow-up asks for: "and the peak?", "lowest?", "as a percentage", "per day on average"."""

import re
from typing import Any, Final

from tools.energy_query import ANALYSES, EnergyQuery, Statistic
from tools.grammar import vocabulary as v
from tools.grammar.follow_up_terms import changed_terms
from tools.grammar.fragment import IN_ALL, PER_AREA
from tools.grammar.reading import Reading
from tools.grammar.units import asked_unit

Values = dict[str, Any]
PAST: Final = re.compile(r"\b(?:was|were|did|had)\b")
IN_PERCENT_TOO: Final = frozenset(("waste", "savings", "baseline", "causes"))
OF_ENERGY: Final = ANALYSES - set("what_if payback emissions tariff_cost waste forecast baseline savings".split())
EXTREMES: Final = ("peak", "minimum")
OF_LOAD: Final = (*EXTREMES, "mean", "baseload")


def change_statistic(values: Values, s: Reading, before: EnergyQuery) -> None:
    """Set the statistic, or the terms of the analysis before, where a fragment names another."""
    if before.statistic == "forecast" and _of_forecast(values, s):
        return
    if before.statistic in IN_PERCENT_TOO and asked_unit(s.rest) == "percent":
        return
    if before.statistic in ANALYSES and (terms := changed_terms(s.said, before)):
        values["terms"] = terms
        return
    _leave_analysis(values, s, before)
    found = _named(values, s, before)
    if found is None:
        return
    values["statistic"] = found
    values |= {"terms": None} if before.statistic in ANALYSES else {}
    values["per"] = values.get("per") if found == "mean" else None
    if before.group not in ("none", "building") and found not in ("mean", *EXTREMES):
        values |= {"group": "none", "order": None}


def _of_forecast(values: Values, s: Reading) -> bool:
    """Set what of a forecast leads, or that figure of the past where 'what was' asks for it; tell whether it did."""
    found = v.first(v.STATISTICS, s.rest)
    if found and PAST.search(s.said):
        values |= {"statistic": found, "terms": None, "order": None}
        return True
    if found == "peak" or IN_ALL.search(s.rest):
        values["order"] = "highest" if found == "peak" else None
        return True
    return False


def _leave_analysis(values: Values, s: Reading, before: EnergyQuery) -> None:
    """Turn to the plain figure where what is named is none of the analysis before: energy behind degree days."""
    of_energy = before.statistic in OF_ENERGY and values.get("measure") in ("carbon", "cost")
    measure = v.first(v.MEASURES, s.rest)
    if of_energy or (before.statistic == "degree_days" and measure):
        values |= {"statistic": "total", "terms": None}


def _named(values: Values, s: Reading, before: EnergyQuery) -> Statistic | None:
    found = v.first(v.STATISTICS, s.rest)
    ranked = v.first(v.GROUPS, s.rest) or values.get("group", before.group) != "none"
    if found is None and before.statistic in OF_LOAD and not ranked:
        found = "minimum" if v.EXTREME_LOW.search(s.rest) else "peak" if v.EXTREME_HIGH.search(s.rest) else None
    if found in EXTREMES and ranked and not re.search(r"\bpeak|\bminim", s.rest):
        return None  # "and the lowest?" turns the rank round
    if PER_AREA.search(s.rest):
        return "intensity"
    if found is None and IN_ALL.search(s.rest) and before.statistic not in ANALYSES:
        return "total"
    return found
