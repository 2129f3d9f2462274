"""Judge a sentence: every number, unit, building, time and direction in it must be carried by the evidence.

The judgement is deterministic and takes one sentence at a time, so a stream can be released as it is checked. It errs
on the side of dropping: a true sentence lost costs little, an invented number shown costs the reader's trust.
"""

import re

from nodes.verification.building_kinds import kind_fault
from nodes.verification.carried import Carried, Fact, Local
from nodes.verification.directions import CLAIM_DOWN, CLAIM_UP, direction_fault
from nodes.verification.proper_names import name_fault
from nodes.verification.quantities import OTHER_DIGIT, UNCOUNTABLE, Quantity, quantities
from nodes.verification.ranks import order_fault
from nodes.verification.reading import Sentence, Unreadable, When, blanked, read
from tools.clock import NIGHT_FROM, NIGHT_TO
from tools.errors import BadQuestion

DIFFERENCE_WORD = re.compile(
    rf"{CLAIM_UP.pattern}|{CLAIM_DOWN.pattern}|"
    r"\b(?:difference|differ\w*|change[ds]?|gap|increase|decrease|rise|fall|drop|reduction|savings?|margin|growth|by)\b"
)
BY = re.compile(r"\b(?:by|of)(?:\s+(?:about|around|roughly|nearly|over|some|a total of))?\s*$")
AMOUNT_OF_CHANGE = re.compile(
    r"^\s*(?:[a-z]+\s+)?(?:more|less|higher|lower|fewer|increase|decrease|drop|rise|reduction|growth|savings?|difference)\b"
)
WEEKDAY = re.compile(r"\b(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)\b")
COUNTED = re.compile(r"^\s*(?:\w+\s+)?(?:buildings?|months?|hours?|days?|years?|weekdays?|facts?|sites?|meters?)\b")
INSTRUCTIONS = re.compile(
    r"\b(?:as an ai|language model|system prompt|instructions?|i cannot|i'm sorry|the user|"
    r"the facts (?:above|below|given)|evidence id)\b",
    re.IGNORECASE,
)
RELATIVE_TOLERANCE = 1e-9


def fault_of(sentence: str, known: Carried) -> str | None:
    """Return why a sentence may not be shown, or None where everything in it is carried."""
    try:
        parts = read(sentence, known)
    except Unreadable as why:
        return str(why)
    except BadQuestion:
        return "there is nothing to read in it"
    if not sentence.rstrip().endswith((".", "!", "?")) or re.search(r"[<>{}|\[\]]", sentence):
        return "it is not a sentence"
    if INSTRUCTIONS.search(sentence):
        return "it speaks of its instructions"
    return (
        name_fault(sentence, known)
        or kind_fault(sentence, known)
        or _place_fault(parts, known)
        or _time_fault(parts, known)
        or _number_fault(parts, known)
        or direction_fault(parts, known)
        or order_fault(parts, known)
    )


def _place_fault(parts: Sentence, known: Carried) -> str | None:
    strange = [p.building for p in parts.places if p.building not in known.buildings]
    if strange:
        return f"{strange[0]} is not in the evidence"
    far = parts.sites - known.sites
    return f"{next(iter(far))} is not in the evidence" if far else None


def _time_fault(parts: Sentence, known: Carried) -> str | None:
    """Return which period, clock time or day of the week is not of the evidence, or None."""
    spans = known.spans()
    for when in parts.whens:
        if not any(_within(when, span) for span in spans):
            return f"{when.period.words} is not a period of the evidence"
    allowed = _clock_hours(known)
    late = [c for c in parts.clocks if c not in allowed]
    if late:
        return f"{late[0]:02d}:00 is not a time of the evidence"
    queries = [f.evidence.query for f in known.facts]
    weekly = any(q.group == "weekday" or q.hours in ("weekday", "weekend") for q in queries)
    return "no evidence is of a day of the week" if WEEKDAY.search(parts.text) and not weekly else None


def _clock_hours(known: Carried) -> set[int]:
    """Return the hours that a clock time may tell: a fact's own, its group's ends, and those that bound the night."""
    hours = {f.spans[0][0].hour for f in known.facts if f.name.endswith(" hour")}
    for fact in known.facts:
        if fact.group and re.fullmatch(r"\d\d:00", fact.group):
            hours |= {int(fact.group[:2]), (int(fact.group[:2]) + 1) % 24}
        if {fact.evidence.query.hours, fact.evidence.query.against_hours} & {"day", "night"}:
            hours |= {NIGHT_FROM, NIGHT_TO}
    return hours


def _within(when: When, span: Local) -> bool:
    """Tell whether a named period is a fact's own, or holds it: nothing is known of a part of a fact's period."""
    return when.period.start <= span[0] and span[1] <= when.period.end


def _number_fault(parts: Sentence, known: Carried) -> str | None:
    if match := UNCOUNTABLE.search(parts.text):
        return f"no evidence carries {match.group(0)!r}"
    found = quantities(parts.text)
    for quantity in found:
        if not _is_carried(quantity, parts, known):
            return f"no evidence carries {quantity.text!r}"
    rest = blanked(parts.text, [(q.at, q.to) for q in found])
    rest = re.sub(r"\b(?:m2|m²|co2e?|\d{1,2}(?:st|nd|rd|th))\b", " ", rest)
    left = OTHER_DIGIT.search(rest)
    return f"no evidence carries {left.group(0)!r}" if left else None


def _is_carried(quantity: Quantity, parts: Sentence, known: Carried) -> bool:
    after, before = parts.text[quantity.to :], parts.text[: quantity.at]
    if quantity.unit is None and re.match(r"(?:st|nd|rd|th)\b", after):
        return True  # an ordinal; its order is checked as such
    if quantity.unit is None and COUNTED.match(after):
        return quantity.value in known.counts
    return any(_states(quantity, fact, parts, before, after) for fact in known.facts)


def _states(quantity: Quantity, fact: Fact, parts: Sentence, before: str, after: str) -> bool:
    """Tell whether a quantity is this fact's value, of the building and time that the sentence gives it."""
    if not _same_unit(quantity, fact):
        return False
    if fact.derived and not DIFFERENCE_WORD.search(parts.text):
        return False
    if not fact.derived and _is_change(before, after):
        return False
    return _equals(quantity, fact) and _same_place(quantity, fact, parts) and _same_time(quantity, fact, parts)


def _same_unit(quantity: Quantity, fact: Fact) -> bool:
    """Tell whether the unit is the fact's; digits may go without one, words may not."""
    return quantity.unit == fact.unit or (quantity.unit is None and not quantity.worded)


def _is_change(before: str, after: str) -> bool:
    """Tell an amount of change ('fell by 5', '5 more') from the level that it led to ('fell to 5')."""
    told_by = BY.search(before) and (CLAIM_UP.search(before) or CLAIM_DOWN.search(before))
    return bool(told_by or AMOUNT_OF_CHANGE.match(after)) and not re.search(r"\bto\s*$", before)


def _equals(quantity: Quantity, fact: Fact) -> bool:
    """Compare as rounded to the digits shown; a change may be told without its sign, the direction word has it."""
    shown = quantity.value
    value = abs(fact.value) if fact.derived and not quantity.signed else fact.value
    if shown == 0:
        return abs(value) < 0.5 * quantity.step and quantity.step <= 1
    return abs(shown - value) <= 0.5 * quantity.step * (1 + RELATIVE_TOLERANCE) + RELATIVE_TOLERANCE * abs(value)


def _same_place(quantity: Quantity, fact: Fact, parts: Sentence) -> bool:
    subject = parts.subject_of(quantity.at)
    if subject is None:
        return True
    if fact.derived:
        return bool(fact.buildings & {p.building for p in parts.places})
    if fact.buildings == subject or fact.buildings == {p.building for p in parts.places}:
        return True
    return bool(parts.sites) and len(fact.buildings) > 1


def _same_time(quantity: Quantity, fact: Fact, parts: Sentence) -> bool:
    start, end = parts.clause(quantity.at)
    whens = parts.whens_in(start, end)
    if not whens:
        return True
    spans = set(fact.spans)
    if any((w.period.start, w.period.end) in spans for w in whens):
        return True
    own_hour = fact.name.endswith(" hour") or fact.evidence.query.statistic in ("peak", "minimum")
    return own_hour and any(_within(w, span) for w in whens for span in spans)
