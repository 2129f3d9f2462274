"""Which measure is asked for, and in which unit."""

import re

from tools.energy_query import Measure
from tools.errors import NoData, UnitMismatch
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading
from tools.grammar.units import INTENSITY_UNITS, UNITS, WRONG_QUANTITY, asked_unit, dimension_asked, unit_said

DIMENSION: dict[str, set[str]] = {
    "electricity": {"energy", "power"},
    "gas": {"energy", "power"},
    "total": {"energy", "power"},
    "carbon": {"carbon"},
    "cost": {"money"},
}

GAS = re.compile(r"\bgas\b(?!\s*(?:emission|es\b))|\b(?:heating|boiler) fuel\b")
BOTH_FUELS = re.compile(
    r"\b(?:electricity and gas|gas and electricity|total energy|energy in total|all energy|both fuels)\b"
)


_CHANGES = (
    r"(?:cuts?|drops?|falls?|rises?|increases?|decreases?|reductions?|changes?|growth|savings?|improvements?|swings?)"
)
PERCENT_CHANGE = re.compile(  # "the biggest % cut", "rose most in percent"
    rf"(?:%|\bper ?cent(?:age)?|\bpercent(?:age)?|\brelative|\bproportional)\s(?:\w+ )?{_CHANGES}\b|"
    rf"\b{_CHANGES}\b.* in (?:percent|per cent|%|"
    r"percentage)(?! of)|\bpercentage[ -]?wise\b|\b(?:relatively|proportionally|proportionately)\b"
)
TIMES = re.compile(
    r"\b(?:by )?(?:what|which) factor\b|\bhow many times\b|\b(?:times|x) as (?:much|high|big|large)\b|\bmultiple of\b"
)
NOT_THIS = re.compile(
    r"\b(?:not|no|rather than|instead of|other than|and not|without|excluding) (?:the )?(?:gas|electricity|"
    r"carbon|cost|money)\b"
)


def measure_of(s: Reading) -> Measure:
    """Return the measure that is asked for: electricity where nothing is said, `total` for energy of any kind.

    Raises `NoData` for the cost or carbon of gas.
    """
    rest = NOT_THIS.sub(" ", s.rest)
    found = _of_unit(rest, v.first(v.MEASURES, rest))
    if found in ("carbon", "cost") and GAS.search(rest.replace("greenhouse gas", "")):
        what = "price" if found == "cost" else "carbon factor"
        raise NoData(f"there is no {what} for gas, and its unit is doubtful; ask for the {found} of electricity")
    if BOTH_FUELS.search(s.rest):
        return "total"
    if found is None and s.before:
        return s.before.measure
    says_electricity = re.search(r"\b(?:electric\w*|power|kwh|kw)\b", s.rest)
    if found == "electricity" and re.search(r"\benergy\b", s.rest) and not says_electricity:
        return "total"
    return found or "electricity"


def _of_unit(rest: str, found: Measure | None) -> Measure | None:
    """Return carbon where the answer is wanted in tonnes: 'the top emitters by electricity, in tonnes'."""
    return "carbon" if found != "cost" and dimension_asked(rest) == "carbon" else found


def unit_of(s: Reading, measure: Measure) -> str | None:
    """Return the unit that the answer is to be shown in, or None. Raises `UnitMismatch` for one of something else."""
    if wrong := WRONG_QUANTITY.search(s.rest):
        raise UnitMismatch(f"{measure} is not measured in {wrong.group(1)}; ask in kWh, kW, kgCO2e or GBP")
    if s.comparing and PERCENT_CHANGE.search(s.rest):
        return "percent"
    if TIMES.search(s.rest):
        return "ratio"
    if (unit := asked_unit(s.rest)) in INTENSITY_UNITS:
        return unit
    match = unit_said(s.rest)
    if not match:
        return None
    word = match.group(1)
    dimension, unit = UNITS[word]
    allowed = DIMENSION[measure] | {"share", "intensity"}
    if dimension == "time" or dimension in allowed:
        return unit or None
    explicit = v.first(v.MEASURES[:3], s.rest)
    if explicit is None and dimension in ("carbon", "money"):
        return unit
    fits = {"energy": "kWh, MWh or kW", "carbon": "kgCO2e or tonnes", "money": "GBP"}
    fit = fits["energy" if "energy" in allowed else "carbon" if "carbon" in allowed else "money"]
    raise UnitMismatch(f"{measure} is not measured in {word}; ask in {fit}")
