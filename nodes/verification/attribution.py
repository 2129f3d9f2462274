"""Tell whether a number is told of what its fact is of: the measure, the building, the time."""

import re

from nodes.verification.carried import WEEKDAYS, Fact
from nodes.verification.claims import Claim
from nodes.verification.operands import WHERE
from nodes.verification.places import is_of
from nodes.verification.reading import Tag
from nodes.verification.signals import SUPERLATIVE
from nodes.verification.topics import MEASURES, STATISTICS, speaks_of

NEEDS_ITS_NAME = ("peak", "minimum", "baseload", "load_factor", "mean", "share", "quality")
MANY = re.compile(r"\b(?:buildings|they)\b")
OF_WHOLE = re.compile(r"\bof (?:an? |the |its )?(?:total (?:of )?)?$")
TOTAL = re.compile(r"\btotal\b")
OWN = re.compile(r"\s*of (?:its|their)\b")
COMPARED_WITH = re.compile(
    r"\b(?:compared (?:to|with)|against|versus|vs|from|than|instead of|relative to)\s+(?:about |around |the )?$"
)


def is_attributed(claim: Claim, fact: Fact) -> bool:
    """Tell whether all that a number is named with fits a fact, and is enough to tell the fact from others like it."""
    if fact.role == "coverage":
        return _has_place(claim, fact) and _has_time(claim, fact)
    return _has_kind(claim, fact) and _has_place(claim, fact) and _has_time(claim, fact) and _is_pointed_at(claim, fact)


def _has_kind(claim: Claim, fact: Fact) -> bool:
    """Tell whether the measure and statistic that the sentence speaks of are the fact's."""
    measures = claim.named(speaks_of(MEASURES, claim.sentence))
    if ("gas" in measures and fact.measure != "gas") or ("electricity" in measures and fact.measure == "gas"):
        return False
    told = {t.value for t in speaks_of(STATISTICS, claim.sentence)}
    if fact.is_finding:
        return True  # its name has been found beside it
    if fact.statistic == "mean" and (fact.group or claim.quantity.per):
        return True
    if fact.statistic in NEEDS_ITS_NAME:
        return fact.statistic in told
    return told <= {fact.statistic, "share", "peak", "minimum", "quality"}


def _has_place(claim: Claim, fact: Fact) -> bool:
    buildings = [p for p in claim.sentence.places if p.value in claim.known.inventory.buildings]
    if fact.derived:
        return _is_change_of(claim, fact, claim.named(buildings))
    if fact.statistic == "share":
        own = claim.named([p for p in buildings if not _is_whole(claim, p)])
        return fact.buildings == (frozenset(own) or fact.buildings) and _is_part_of_whole(claim)
    own = claim.named(claim.sentence.places)
    if len(own) > 1:
        own = [b for b in own if b in claim.known.inventory.buildings] or own
    if not own and len(fact.buildings) == 1 < len(claim.known.buildings) and MANY.search(claim.all_before):
        return False
    if fact.role == "whole" and not own:
        return bool(OF_WHOLE.search(claim.before) or TOTAL.search(claim.all_before))
    return fact.buildings == frozenset(own) if len(own) > 1 else all(is_of(fact, b, claim.known) for b in own)


def _is_change_of(claim: Claim, fact: Fact, own: list[str]) -> bool:
    """Tell whether a change is of the building it is named with; one between buildings names no others."""
    named = [p.value for p in claim.sentence.places]
    buildings = [n for n in named if n in claim.known.inventory.buildings]
    if claim.known.compares("buildings"):
        return fact.buildings == set(buildings) if "between" in claim.before else fact.buildings >= set(buildings)
    if own := own or buildings:
        return fact.buildings >= set(own)
    return all(is_of(fact, place, claim.known) for place in named)


def _is_whole(claim: Claim, place: Tag[str]) -> bool:
    """Tell whether a name behind a share tells what it is a share of: '64 % of the use of b2'."""
    return place.at > claim.quantity.at and bool(re.search(r"\bof\s+(?:the )?$", claim.sentence.text[: place.at]))


def _is_part_of_whole(claim: Claim) -> bool:
    """Tell whether a share is told of its whole: of a site, or, for a part of the day, of the building's own use."""
    named = claim.sentence.places
    whole = next((f for f in claim.known.facts if f.role == "whole"), None)
    told = [p for p in named if _is_whole(claim, p)]
    if whole is None:
        return not told
    if OWN.match(claim.after) and len(whole.buildings) > 1:
        return False
    sites = [p for p in named if p.value in claim.known.sites]
    behind = all(p.at > claim.quantity.at or WHERE.search(claim.sentence.text[: p.at]) for p in sites)
    return behind and all(is_of(whole, p.value, claim.known) for p in (*sites, *told))


def _has_time(claim: Claim, fact: Fact) -> bool:
    sentence = claim.sentence
    slices, keys = claim.named(sentence.slices), claim.named(sentence.keys)
    if not all(w in fact.spans for w in claim.named(sentence.whens)):
        return False
    if fact.derived:
        return bool(fact.query.against_hours) or all(s == fact.hours for s in slices)
    if fact.role == "whole" and OF_WHOLE.search(claim.before):
        return True
    by_weekday = fact.key in WEEKDAYS and fact.key in keys
    if fact.hours != "all" and not (slices or sentence.slices or by_weekday):
        return False
    return all(s == fact.hours for s in slices) and all(k == fact.key for k in keys)


def _is_pointed_at(claim: Claim, fact: Fact) -> bool:
    """Tell whether the sentence says which of several like figures it means, be it by name, time or order."""
    operands, behind = claim.known.operands, COMPARED_WITH.search(claim.all_before)
    if fact.derived:
        alone = len([f for f in claim.known.changes if f.unit == fact.unit]) < 2
        return alone or bool(any(claim.sentence.tags) or SUPERLATIVE.search(claim.sentence.text))
    if fact not in operands:
        return True
    if behind and len(operands) < 2:
        return False
    role = "reference" if behind else "asked"
    if claim.known.compares("any") and fact.role != role and not _is_told_apart(claim):
        return False
    asked = [f for f in operands if f.role == "asked"]
    if len(asked) < 2 or SUPERLATIVE.search(claim.sentence.text):
        return True
    return bool(
        (len({f.buildings for f in asked}) > 1 and claim.named(claim.sentence.places))
        or (len({f.spans[0] for f in asked}) > 1 and claim.named(claim.sentence.whens))
        or (len({f.key for f in asked}) > 1 and claim.named(claim.sentence.keys))
    )


def _is_told_apart(claim: Claim) -> bool:
    """Tell whether a figure is named by what sets it apart from the one that it is compared with."""
    if claim.known.compares("time"):
        return bool(claim.named(claim.sentence.whens))
    if claim.known.compares("hours"):
        return bool(claim.named(claim.sentence.slices))
    return bool(claim.named(claim.sentence.places))
