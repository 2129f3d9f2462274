"""Tell which figures a part of a sentence points at, by the buildings, times and hours named in it."""

import re
from dataclasses import dataclass

from nodes.verification.carried import Carried, Fact, Local
from nodes.verification.places import is_of
from nodes.verification.reading import Sentence
from tools.energy_query import Hours

WHERE = re.compile(r"\b(?:in|at|on|of|across|for|within)\s+(?:the )?$")
SPANNING = re.compile(r"\b(?:from|between)\b(?:[^,;]|,(?=\d)){0,30}$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a stretch of a sentence names; an empty set stands for anything. `sites` are those that it is said of."""

    places: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    whens: frozenset[Local] = frozenset()
    slices: frozenset[Hours] = frozenset()
    keys: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.places or self.sites or self.whens or self.slices or self.keys)

    def filled(self, other: "Pointer") -> "Pointer":
        """Take from another what this one leaves open."""
        return Pointer(
            self.places or other.places,
            self.sites or other.sites,
            self.whens or other.whens,
            self.slices or other.slices,
            self.keys or other.keys,
        )

    def joined(self, other: "Pointer") -> "Pointer":
        """Return what either names."""
        return Pointer(
            self.places | other.places,
            self.sites | other.sites,
            self.whens | other.whens,
            self.slices | other.slices,
            self.keys | other.keys,
        )


def pointer(sentence: Sentence, start: int, end: int) -> Pointer:
    """Return what the stretch [start, end) names."""
    places = [t for t in sentence.places if start <= t.at < end]
    return Pointer(
        frozenset(t.value for t in places if t.value not in sentence.sites),
        frozenset(t.value for t in places if t.value in sentence.sites and not WHERE.search(sentence.text[: t.at])),
        frozenset(t.value for t in sentence.whens if start <= t.at < end),
        frozenset(t.value for t in sentence.slices if start <= t.at < end),
        frozenset(t.value for t in sentence.keys if start <= t.at < end),
    )


def pointed_at(at: Pointer, facts: tuple[Fact, ...], known: Carried) -> tuple[Fact, ...]:
    """Return the facts that a pointer may mean. A period that holds them all tells nothing apart."""
    asked = {(q.period.start, q.period.end) for q in known.queries if q.period}
    whens = at.whens - asked if known.grouped("month", "day", "year", "hour", "weekday") else at.whens
    return tuple(
        f
        for f in facts
        if (not at.places or f.buildings <= at.places)
        and all(is_of(f, site, known) for site in at.sites)
        and (not whens or whens & set(f.spans))
        and (not at.slices or f.hours in at.slices)
        and (not at.keys or f.key in at.keys)
    )


def series(known: Carried) -> list[Fact]:
    """Return the parts of a whole, such as its months, in their own order."""
    return sorted((f for f in known.operands if f.group), key=lambda f: (f.key or "", f.spans[0][0]))


def steps(sentence: Sentence, start: int, end: int, known: Carried) -> list[tuple[int, int]]:
    """Return which parts of the series the stretch [start, end) names: (where, index in the series)."""
    parts = series(known)
    tags = [(t.at, i) for t in sentence.whens for i, f in enumerate(parts) if t.value == f.spans[0] and not f.key]
    tags += [(t.at, i) for t in sentence.keys for i, f in enumerate(parts) if t.value == f.key]
    return sorted((at, i) for at, i in tags if start <= at < end)
