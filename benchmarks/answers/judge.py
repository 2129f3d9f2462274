"""Judge an answer against its truth: status, value, unit, buildings, period, coverage, headline and caveats.

A fact stands for the evidence at its `index`; with `index` null any evidence may be it. It holds what it names: `value`
(with the question's relative tolerance, or `within`, absolute), `size` (of either sign), `between`, `at_least`, `sign`,
`sum_of` (the values of all evidence whose name has those words), `unit`, `buildings` as a set, `period`, `starts`
(within so many `days`), `coverage`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

Truth = Mapping[str, Any]
Answer = Mapping[str, Any]

SAY_COVERAGE_BELOW = 0.95
LONG_SERIES = 6
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")
# What one of these units is in those that a headline may be asked to use instead.
SHOWN_AS = {
    "kWh": (1e-3, 1e-6, 3.6, 3.6e-3, 3.412142),
    "kW": (1e-3, 1e3),
    "kgCO2e": (1e-3,),
    "kWh_per_m2": (0.09290304, 0.316998, 3.6),
}


def wrong(truth: Truth, answer: Answer) -> str | None:
    """Return what is wrong with an answer, or None."""
    accepted = truth.get("accept", [truth["status"]])
    if answer["status"] not in accepted:
        return f"status {answer['status']}, not {' or '.join(accepted)}: {answer['reason']}"
    if answer["status"] != "answered":
        return None
    return wrong_value(truth, answer)


def wrong_value(truth: Truth, answer: Answer) -> str | None:
    """Return the first fact that the evidence of an answer does not hold, or None."""
    faults = (_wrong_fact(each, answer["evidence"], truth["tolerance"]) for each in truth.get("expect", []))
    return next(filter(None, faults), None)


def missing_in_headline(truth: Truth, answer: Answer) -> str | None:
    """Return what the headline should show and does not: the value asked for, of a long series any; None if it does."""
    if answer["status"] != "answered" or not answer["evidence"] or not truth.get("expect"):
        return None
    first, *others = truth["expect"]
    if "value" not in first or first["unit"] == "hour_of_day":
        return None
    alike = [each for each in others if each.get("unit") == first["unit"] and "value" in each]
    meant = [first, *others] if LONG_SERIES <= len(alike) + 1 == len(others) + 1 else [first]
    if any(_is_shown(each, answer["headline"], truth["tolerance"]) for each in meant):
        return None
    return f"the headline does not show {first['value']:.6g} {first['unit']}: {answer['headline']}"


def _is_shown(fact: Truth, headline: str, tolerance: float) -> bool:
    near = max(tolerance * abs(fact["value"]), fact.get("within", 0.0))
    shown = [(abs(float(n.replace(",", ""))), _last_digit(n)) for n in NUMBER.findall(headline)]
    scales = (1.0, *SHOWN_AS.get(fact["unit"] or "", ()))
    return any(abs(n - abs(fact["value"]) * s) <= near * s + digit / 2 for n, digit in shown for s in scales)


def _last_digit(number: str) -> float:
    decimals = len(number.partition(".")[2])
    return float(10.0**-decimals)


def missing_caveat(truth: Truth, answer: Answer) -> str | None:
    """Return the caveat that a headline owes and does not have: low coverage, the doubt of the gas unit."""
    if answer["status"] != "answered":
        return None
    said = answer["headline"].lower()
    low = [e["coverage"] for e in truth.get("expect", [])[:1] if e.get("coverage", 1.0) < SAY_COVERAGE_BELOW]
    if low and "valid reading" not in said and " of the hours" not in said:
        return f"does not say that {100 * low[0]:.1f} % of the hours have a reading"
    lead = answer["evidence"][0]
    if lead["query"]["measure"] == "gas" and "doubt" not in said and "as labelled" not in said:
        return "does not say that the unit of the gas is in doubt"
    return None


def is_wrong_without_caveat(truth: Truth, answer: Answer) -> bool:
    """Tell whether an answer shows a wrong number and no caveat with it, or answers what nothing can answer."""
    if answer["status"] != "answered" or "Note:" in answer["headline"]:
        return False
    return "answered" not in truth.get("accept", ["answered"]) or wrong_value(truth, answer) is not None


def _wrong_fact(expected: Truth, evidence: Sequence[Mapping[str, Any]], tolerance: float) -> str | None:
    if "sum_of" in expected:
        return _wrong_sum(expected, evidence, tolerance)
    if expected["index"] is None:
        faults = [_unlike(expected, found, tolerance, "no fact") for found in evidence]
        return None if None in faults else f"no fact is {_words(expected)}"
    if len(evidence) <= expected["index"]:
        return f"only {len(evidence)} facts"
    return _unlike(expected, evidence[expected["index"]], tolerance, f"fact {expected['index']}")


def _wrong_sum(expected: Truth, evidence: Sequence[Mapping[str, Any]], tolerance: float) -> str | None:
    parts = [e["value"] for e in evidence if expected["sum_of"] in e["name"] and e["unit"] == expected["unit"]]
    if abs(sum(parts) - expected["value"]) <= tolerance * abs(expected["value"]):
        return None
    return f"the {len(parts)} facts with{expected['sum_of']}sum to {sum(parts):.6g}, not {expected['value']:.6g}"


def _words(expected: Truth) -> str:
    return ", ".join(f"{key} {value}" for key, value in expected.items() if key != "index")


def _unlike(expected: Truth, found: Mapping[str, Any], tolerance: float, which: str) -> str | None:
    return next((f"{which}{fault}" for fault in _faults(expected, found, tolerance)), None)


def _faults(expected: Truth, found: Mapping[str, Any], tolerance: float) -> Iterator[str]:
    shown = f" is {found['value']} {found['unit']}"
    if not _value_holds(expected, found["value"], tolerance):
        yield f"{shown}, not {_words({k: v for k, v in expected.items() if k in VALUES})}"
    if expected.get("unit") and found["unit"] != expected["unit"]:
        yield f"{shown}, not in {expected['unit']}"
    if expected.get("period") and found["period"] != expected["period"]:
        yield f" has the period {found['period']}, not {expected['period']}"
    if "starts" in expected and _days_apart(found["period"]["start"], expected["starts"]) > expected["days"]:
        yield f" starts {found['period']['start']}, not {expected['starts']}"
    if "buildings" in expected and set(found["buildings"]) != set(expected["buildings"]):
        yield f" is of {found['buildings']}, not {expected['buildings']}"
    if expected.get("coverage") is not None and abs(found["coverage"] - expected["coverage"]) > 1e-6:
        yield f" has the coverage {found['coverage']}, not {expected['coverage']}"


VALUES = ("value", "within", "size", "between", "at_least", "sign")


def _value_holds(expected: Truth, value: float, tolerance: float) -> bool:
    checks: dict[str, Callable[[Any], bool]] = {
        "value": lambda true: abs(value - true) <= expected.get("within", tolerance * abs(true)) + 1e-9,
        "size": lambda true: abs(abs(value) - true) <= tolerance * true + 1e-9,
        "between": lambda ends: ends[0] <= value <= ends[1],
        "at_least": lambda least: value >= least,
        "sign": lambda sign: value * sign > 0,
    }
    return all(holds(expected[key]) for key, holds in checks.items() if key in expected)


def _days_apart(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds()) / 86_400
