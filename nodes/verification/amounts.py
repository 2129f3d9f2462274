"""Check the numbers of a sentence: each must be a fact's value, of what the sentence says that it is of."""

import re

from nodes.verification.attribution import is_attributed
from nodes.verification.carried import Carried, Fact
from nodes.verification.claims import Claim, claims
from nodes.verification.finding_names import is_named
from nodes.verification.guesses import CHECKED
from nodes.verification.operands import Pointer, pointed_at, pointer
from nodes.verification.quantities import OTHER_DIGIT, TIMES, UNCOUNTABLE, Quantity
from nodes.verification.reading import Sentence, blanked
from nodes.verification.signals import CHANGES, DOWN, LESS, MORE, TREND, UP

COUNTED = re.compile(
    rf"^\s*(?:(?:other|different|remaining)\s+)?(?P<what>buildings?|sites?|meters?|(?:{TIMES})s?|facts?|figures?)\b"
)
DURATION = re.compile(r"\b(?:in|over|within|for|after|every|a period of)\s+(?:the |these |all )?$")
OF_THEM = re.compile(r"\b(?:of|these|all) (?:the )?$|\bthe $")
RANGE = re.compile(r"\b(?:between|(?:rang|var)\w+ from)\s*$")
SPECULATION = re.compile(rf"\b(?:may|might|could|can|would)\b(?! (?:also |next |first )?(?:{CHECKED}|explain)\b)")
DIFFERENCE = re.compile(rf"\b(?:{UP}|{DOWN}|{MORE}|{LESS}|{CHANGES}|differ\w*|changed|by)\b")
BY = re.compile(r"\b(?:by|of)(?:\s+(?:about|around|roughly|approximately|some|a total of))?\s*$")
AMOUNTS_TO = r"\b(?:came|comes|amount(?:s|ed)|add(?:s|ed) up) to\s*$"
CHANGE_BEHIND = re.compile(rf"^\s*(?:[a-z]+\s+)?(?:{UP}|{DOWN}|{MORE}|{LESS})\b")
CHANGE_BEFORE = re.compile(  # the change is the subject, or the number its object: 'the drop was 5', 'it fell 5'
    rf"\b(?:{CHANGES})\b(?:(?!\b(?:us(?:e|ed|es|ing|age)|consum\w+|dr[ae]ws?|load|demand|from|to)\b)[^(:,])*,?\s*$"
    rf"|\b(?:{UP}|{DOWN})(?: by)?\s*$|\b(?:{CHANGES}) (?:\w+ )?{AMOUNTS_TO}"
)
LEVEL = re.compile(
    r"\b(?:to|from)\s*$|\b(?:used|uses|using|consum\w+|drew|draws)\s*$"
    r"|\b(?:use|usage|consumption|load|demand)(?: \w+){0,3} (?:was|is|of|at)\s*$"
)
OF_AMOUNT = re.compile(
    r"(?:wh|%|percent|kg|co2e|pounds) of (?:the |its |their |a |an )?(?:total (?:of )?)?(?:about )?$"
)
SHARE_IS = re.compile(r"\bshares?\b[^,;(]*\b(?:is|was|of)\s*$")
COVERS = re.compile(
    r"^\s*(?:of (?:the |its |all )?(?:hours|readings|data)|complete|coverage)\b"
    r"(?!.*\b(?:missing|left out|without|absent)\b)"
)
EXACT, ROUNDED = 3, 2  # significant figures that must stand, as they are and behind 'about'
MAY_BE_NEAR = 0.1  # how far a bound may be from its value
RELATIVE_TOLERANCE = 1e-9


def number_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which number no fact carries, or None."""
    if match := UNCOUNTABLE.search(sentence.text):
        return f"no evidence carries {match.group(0)!r}"
    found = claims(sentence, known)
    for claim in found:
        if not _is_carried(claim):
            return f"no evidence carries {claim.quantity.text!r}"
    rest = blanked(sentence.text, [(c.quantity.at, c.quantity.to) for c in found])
    rest = re.sub(r"\b(?:m2|co2e?|\d{1,2}(?:st|nd|rd|th))\b", " ", rest)
    left = OTHER_DIGIT.search(rest)
    return f"no evidence carries {left.group(0)!r}" if left else None


def _is_carried(claim: Claim) -> bool:
    quantity, known = claim.quantity, claim.known
    if quantity.unit is None and re.match(r"(?:st|nd|rd|th)\b", claim.after):
        return True  # an ordinal; its order is checked as such
    if quantity.unit is None and quantity.per is None and (counted := COUNTED.match(claim.after)):
        return quantity.bound is None and _is_counted(claim, counted.group(0))
    if quantity.unit is None and quantity.worded:
        return bool(OF_THEM.search(claim.all_before)) and quantity.value == len(known.operands)
    if SPECULATION.search(claim.all_before) and claim.sentence.guessed(quantity.at):
        return False
    if ends := _range_of(claim):
        return _is_range(*ends, claim)
    return any(_states(claim, f) for f in (*known.facts, *known.coverages))


def _is_counted(claim: Claim, what: str) -> bool:
    """Tell whether so many are in the evidence: buildings, sites, or the parts of time that it is grouped by."""
    known, count = claim.known, claim.quantity.value
    if DURATION.search(claim.before):
        return False
    if "building" in what:
        others = "other" in what or re.search(r"\bother\s*$", claim.before)
        return count == len(known.buildings) - bool(others)
    if "site" in what:
        return count == len(known.sites)
    unit = what.strip().rstrip("s")
    if known.compares("time") and not known.grouped("month", "day", "hour"):
        return count == 2 and unit == _unit_of_time(known)
    return known.grouped(unit) and count == len({f.group for f in known.operands})


def _unit_of_time(known: Carried) -> str | None:
    days = {(end - start).days for f in known.operands for start, end in f.spans[:1]}
    if days <= {28, 29, 30, 31}:
        return "month"
    return "year" if days <= {365, 366} else None


def _states(claim: Claim, fact: Fact) -> bool:
    """Tell whether a number is this fact's value, of the building and time that the sentence gives it."""
    return (
        _has_unit(claim.quantity, fact)
        and _equals(claim.quantity, fact)
        and _is_told_as(claim, fact)
        and is_attributed(claim, fact)
    )


def _has_unit(quantity: Quantity, fact: Fact) -> bool:
    """Tell whether the unit is the fact's; only a ratio goes without one, and it may be told in percent."""
    if quantity.per is not None:
        return quantity.unit == fact.unit and fact.statistic == "mean" and fact.query.per == quantity.per
    if fact.statistic == "mean" and fact.query.per not in (None, "hour"):
        return False
    return quantity.unit == fact.unit or (fact.unit == "ratio" and quantity.unit in (None, "percent"))


def _equals(quantity: Quantity, fact: Fact) -> bool:
    """Compare as rounded to the digits shown; a change may be told without its sign, the direction word has it."""
    value = abs(fact.value) if fact.derived and not quantity.signed else fact.value
    value *= 100 if fact.unit == "ratio" and quantity.unit == "percent" else 1
    if quantity.bound and quantity.bound != "about":
        return _bounds(quantity, value)
    step = quantity.step(ROUNDED if quantity.bound else EXACT)
    if quantity.value == 0:
        return abs(value) < 0.5 * step and step <= 1
    return abs(quantity.value - value) <= 0.5 * step + RELATIVE_TOLERANCE * (abs(value) + step)


def _bounds(quantity: Quantity, value: float) -> bool:
    """Tell whether a bound holds, and is the next round number: 'over 60 %' of 64 %, not of 73 %."""
    gap, slack = quantity.value - value, RELATIVE_TOLERANCE * abs(value)
    if abs(gap) > min(quantity.step(0), MAY_BE_NEAR * abs(value)) + slack:
        return False
    if quantity.bound == "nearly":
        return slack < gap <= MAY_BE_NEAR / 2 * abs(value)
    return {"over": gap < -slack, "least": gap <= slack, "under": gap > slack, "most": gap >= -slack}[
        quantity.bound or ""
    ]


def _is_told_as(claim: Claim, fact: Fact) -> bool:
    """Tell whether the words around a number fit what the fact is: a level or a change, a part, a whole, a coverage."""
    if fact.role == "coverage":
        return bool(COVERS.match(claim.after)) or "coverage" in claim.before
    if fact.is_finding:
        return is_named(claim, fact)
    if (fact.role != "whole" and OF_AMOUNT.search(claim.before)) or (
        fact.statistic != "share" and SHARE_IS.search(claim.before)
    ):
        return False
    if not fact.derived:
        return not _is_change(claim)
    if claim.quantity.signed and TREND.search(claim.sentence.text):
        return False  # 'fell by -20 %'
    told = DIFFERENCE.search(claim.before + claim.after) and not LEVEL.search(claim.before)
    return _is_change(claim) or bool(told)


def _is_change(claim: Claim) -> bool:
    """Tell an amount of change ('fell by 5', '5 more') from the level that it led to ('fell to 5')."""
    before = claim.before
    if CHANGE_BEHIND.match(claim.after):
        return True
    if re.search(r"\b(?:to|from)\s*$", before) and not re.search(AMOUNTS_TO, before):
        return False
    told_by = BY.search(before) and DIFFERENCE.search(before.rsplit(" to ", 1)[-1][:-3])
    return bool(told_by or CHANGE_BEFORE.search(before))


def _range_of(claim: Claim) -> tuple[Quantity, Quantity] | None:
    """Return both ends of the range 'between A and B' that a number is an end of, or None."""
    i = claim.numbers.index(claim.quantity)
    for one, other in ((i, i + 1), (i - 1, i)):
        ends = claim.numbers[max(one, 0) : other + 1]
        if len(ends) == 2 and RANGE.search(claim.sentence.text[: ends[0].at]):
            return ends[0], ends[1]
    return None


def _is_range(one: Quantity, other: Quantity, claim: Claim) -> bool:
    """Tell whether 'between A and B' gives the least and the most of what was found."""
    known, here = claim.known, pointer(claim.sentence, *claim.clause)
    meant = pointed_at(Pointer(places=here.places, sites=here.sites), known.operands, known)
    values = sorted(meant, key=lambda f: f.value)
    if len(values) < 2 or {one.unit, other.unit} != {values[0].unit}:
        return False
    per_part = all(rate is None or known.grouped(rate) for rate in (one.per, other.per))
    return per_part and _equals(one, values[0]) and _equals(other, values[-1])
