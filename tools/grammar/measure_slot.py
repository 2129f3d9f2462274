"""Which measure is asked for, and in which unit."""

import re

from tools.energy_query import Measure
from tools.errors import NoData, UnitMismatch
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading

DIMENSION: dict[str, set[str]] = {
    "electricity": {"energy", "power"},
    "gas": {"energy", "power"},
    "total": {"energy", "power"},
    "carbon": {"carbon"},
    "cost": {"money"},
}


def measure_of(s: Reading) -> Measure:
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


def unit_of(s: Reading, measure: Measure) -> str | None:
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
