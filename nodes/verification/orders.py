"""Check what a sentence says of order: highest, lowest, second, followed by."""

import re
from collections.abc import Sequence

from nodes.verification.carried import Carried, Fact
from nodes.verification.operands import WHERE, Pointer, pointed_at, pointer
from nodes.verification.places import is_of
from nodes.verification.quantities import quantities
from nodes.verification.reading import SOFT_CUT, Sentence, Tag
from nodes.verification.signals import CHANGES, DOWN, FOLLOWED, IDIOM, ORDINAL, PLACES, SUPERLATIVE, UP, without
from nodes.verification.topics import speaks_of_it

OF_TIME = re.compile(r"\s*(?:quarter|half|week|hour|day|step|thing|point)")
OF_WHOLE = re.compile(r"(?<!used )\b(?:in|of)\s+(?:the )?$")
LISTED = re.compile(r"\s*(?:,|and|or|, ?and)\s*")
# Said of a building itself it is of its area, which no fact is of.
OF_SIZE = re.compile(r"(?:largest|biggest|smallest|main|top) (?:\w+ )?(?:building|site|hall)s?\b")
OF_CHANGE = re.compile(rf"\b(?:{UP}|{DOWN}|{CHANGES}|changed)\b")
MAJORITY = re.compile(
    r"\b(?:most|the (?:vast )?majority|the bulk|the largest (?:part|share)) of\b|\bmostly\b|\bmainly\b"
)
Match = re.Match[str]


def order_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which 'highest', 'lowest' or 'third' of a sentence is not carried, or None."""
    text = without(IDIOM, sentence.text)
    for match in MAJORITY.finditer(text):
        if not sentence.guessed(match.start()) and not _is_majority(sentence, known, match):
            return f"no evidence carries {match.group(0)!r}"
    text = without(MAJORITY, text)
    ordinals = [m for m in ORDINAL.finditer(text) if not sentence.guessed(m.start())]
    superlatives = [m for m in SUPERLATIVE.finditer(without(ORDINAL, text)) if _is_judged(sentence, m, known)]
    for match in ordinals:
        if not _is_in_place(sentence, known, match, ordinals):
            return f"no evidence puts it {match.group(0)!r}"
    for match in superlatives:
        if not _is_extreme(sentence, known, match, superlatives):
            return f"no evidence carries {match.group(0)!r}"
    return None if _is_in_sequence(sentence, known) else "no evidence puts them in this order"


def _is_judged(sentence: Sentence, match: Match, known: Carried) -> bool:
    """Tell whether a superlative is stated: 'check the largest loads first' names nothing; a peak is what was asked."""
    if (known.statistic, match.group(0)[:4]) in (("peak", "peak"), ("minimum", "mini")):
        return False
    return not sentence.guessed(match.start()) or bool(pointer(sentence, *sentence.clause(match.start())))


def _is_majority(sentence: Sentence, known: Carried, match: Match) -> bool:
    """Tell whether 'most of' is said of a share of over half, and of what that is a share of."""
    end = sentence.clause(match.start())[1]
    whole = next((f for f in known.facts if f.role == "whole"), None)
    behind = [p for p in sentence.places if match.end() <= p.at < end and OF_WHOLE.search(sentence.text[: p.at])]
    of = next(iter(behind), None)
    if whole is None or (of and not is_of(whole, of.value, known)):
        return False
    subject = pointer(sentence, 0, match.start()) or pointer(sentence, of.to if of else match.end(), end)
    shares = tuple(f for f in known.facts if f.unit == "percent" and f.statistic == "share")
    about = pointed_at(subject, shares, known)
    return len(about) == 1 and about[0].value > 50


def _ranked(sentence: Sentence, known: Carried, at: int) -> list[Fact]:
    """Return the figures that stand in an order, the highest first; the changes, by size, where it speaks of those."""
    if not known.grouped("building", "month", "day", "year", "hour", "weekday") and known.compares("any"):
        return []
    start, end = sentence.clause(at, SOFT_CUT)
    of_changes = known.changes and OF_CHANGE.search(sentence.text[start:end])
    found = [f for f in known.changes if f.unit == known.changes[0].unit] if of_changes else known.operands
    asked = [f for f in found if f.role == "asked"]
    return sorted(asked, key=lambda f: -abs(f.value)) if len(asked) > 1 else []


def _is_in_place(sentence: Sentence, known: Carried, match: Match, among: Sequence[Match]) -> bool:
    word, superlative = match.group("place"), match.group("up") or match.group("down")
    if OF_TIME.match(sentence.text, match.end()) and not superlative:
        return any(word in f.name for f in known.facts)
    ranked = _ranked(sentence, known, match.start())
    from_lowest = match.group("down") or (known.order == "lowest" and not superlative)
    if from_lowest and word != "last":
        ranked.reverse()
    position = len(ranked) if word == "last" else PLACES.get(word) or int(re.sub(r"\D", "", word))
    about = _meant(sentence, known, match, among)
    return about is not None and [f.value for f in about] == [f.value for f in ranked[position - 1 : position]]


def _is_extreme(sentence: Sentence, known: Carried, match: Match, among: Sequence[Match]) -> bool:
    ranked = _ranked(sentence, known, match.start())
    if not ranked:
        return _is_of_single_peak(sentence, known, match)
    if OF_SIZE.match(sentence.text, match.start()) or _is_within_another(sentence, known, match):
        return False
    about = _meant(sentence, known, match, among)
    extreme = abs(ranked[0 if match.group("up") else -1].value)
    told = about is None or (bool(about) and all(abs(f.value) == extreme for f in about))
    return told and speaks_of_it(sentence, match, ranked[0])


def _is_within_another(sentence: Sentence, known: Carried, match: Match) -> bool:
    """Tell whether a building is called the highest of another building: 'b2 is the largest user in b3'."""
    start, end = sentence.clause(match.start(), SOFT_CUT)
    before = [p.value for p in sentence.places if start <= p.at < match.start() and p.value in known.buildings]
    behind = [p for p in sentence.places if match.end() <= p.at < end and p.value in known.buildings]
    return bool(before) and any(WHERE.search(sentence.text[: p.at]) for p in behind)


def _is_of_single_peak(sentence: Sentence, known: Carried, match: Match) -> bool:
    """Tell whether 'the highest load' is a peak that was asked for; 'the highest peak of the site' is of more."""
    start, end = sentence.clause(match.start())
    of_site = any(start <= p.at < end and p.value in known.sites for p in sentence.places)
    words = {"peak": ("highest", "maximum", "greatest"), "minimum": ("lowest",)}.get(known.statistic or "", ())
    return match.group(0) in words and not of_site and "peak" not in sentence.text[match.end() : end]


def _meant(sentence: Sentence, known: Carried, match: Match, among: Sequence[Match]) -> list[Fact] | None:
    """Return the figures that a word of order is said of: what is named next to it, else that of the number.

    None where nothing is named at all.
    """
    ranked = tuple(_ranked(sentence, known, match.start()))
    start, end = sentence.clause(match.start(), SOFT_CUT)
    near = _nearest(sentence, match.start(), [m.start() for m in among if start <= m.start() < end], (start, end))
    if any(len(pointed_at(one, ranked, known)) < len(ranked) for one in near):
        return list(pointed_at(_all(near), ranked, known))
    units = {f.unit for f in ranked}
    told = [q for q in quantities(sentence.text) if start <= q.at < end and q.unit in units]
    if len(told) == 1:
        return [f for f in ranked if abs(abs(f.value) - told[0].value) <= 0.5 * told[0].step(3)]
    return None


def _nearest(sentence: Sentence, at: int, among: list[int], clause: tuple[int, int]) -> list[Pointer]:
    """Return the names next to a word of order: its pair where there are as many, else those just before it."""
    kept: list[Pointer] = []
    for tags in sentence.tags:
        near = [t for t in tags if clause[0] <= t.at < clause[1]]
        if len(near) == len(among) > 1:
            near = [near[among.index(at)]]
        before = [t for t in near if t.at < at]
        next_to = (before[-1:] or near[:1]) if near else []
        kept += [pointer(sentence, t.at, t.to) for one in next_to for t in _listed(one, near, sentence.text)]
    return kept


def _all(pointers: list[Pointer]) -> Pointer:
    joined = Pointer()
    for one in pointers:
        joined = joined.joined(one)
    return joined


def _listed(tag: Tag[object], near: Sequence[Tag[object]], text: str) -> list[Tag[object]]:
    """Return a name with those that stand in one list with it: 'b1, b2 and b3'."""
    first = last = near.index(tag)
    while first > 0 and LISTED.fullmatch(text, near[first - 1].to, near[first].at):
        first -= 1
    while last + 1 < len(near) and LISTED.fullmatch(text, near[last].to, near[last + 1].at):
        last += 1
    return list(near[first : last + 1])


def _is_in_sequence(sentence: Sentence, known: Carried) -> bool:
    """Tell whether buildings told one behind the other stand in that order; 'followed by' leaves none out."""
    match = FOLLOWED.search(sentence.text)
    if not match or sentence.guessed(match.start()):
        return True
    ranked = [next(iter(f.buildings)) for f in _ranked(sentence, known, match.start()) if len(f.buildings) == 1]
    if known.order == "lowest":
        ranked.reverse()
    subjects = pointer(sentence, 0, len(sentence.text)).sites
    told = [ranked.index(p.value) for p in sentence.places if p.value in ranked]
    if subjects or len(set(told)) < len(told):
        return False
    by_own_words = ORDINAL.search(sentence.text) or SUPERLATIVE.search(sentence.text, match.end())
    if by_own_words or (len(told) < 2 and match.group(0).startswith(("order", "rank"))):
        return bool(ranked)
    if match.group(0).startswith("follow"):
        told = told if match.group(0) == "followed by" else told[::-1]
        return len(told) > 1 and told == list(range(told[0], told[0] + len(told)))
    return len(told) > 1 and told == sorted(told)
