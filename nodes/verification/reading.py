"""Take a sentence apart: the buildings, times and clauses that its numbers belong to."""

import re
from dataclasses import dataclass

from nodes.verification.carried import Carried
from tools.energy_query import Period
from tools.errors import BadPeriod, UnknownName
from tools.grammar.clean import clean
from tools.grammar.names import find
from tools.grammar.periods import mentions

CLAUSE = re.compile(
    r";|, (?:while|whereas|but|and|then|followed by|compared|versus|against|or)\b"
    r"| (?:while|whereas|compared (?:to|with)|versus|vs\.?|against|than|followed by)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b(\d{1,2}):(\d{2})(?::\d{2})?\b(?:\s*(?:am|pm))?|\b(\d{1,2})\s?(am|pm)\b|\b(noon|midnight)\b", re.IGNORECASE
)
HARMLESS = re.compile(
    r"\b(?:kwh|kw|mwh|kg|gbp|£)?\s?(?:per|/)\s?m[2²]\b|\bm[2²]\b|\bco[2₂]e?\b|"
    r"\b5th percentile\b|\bfifth percentile\b|\b24/7\b|\biso \d{4,5}\b|\bashrae [\d.]+\b|\bone of\b",
    re.IGNORECASE,
)


class Unreadable(Exception):
    """The sentence names something that cannot be: a building that is not there, a date that does not exist."""


@dataclass(frozen=True, slots=True)
class Place:
    """A building named at [at, to)."""

    at: int
    to: int
    building: str


@dataclass(frozen=True, slots=True)
class When:
    """A period named at [at, to)."""

    at: int
    to: int
    period: Period


@dataclass(frozen=True)
class Sentence:
    """A sentence taken apart; `text` is lower case with names, dates and clock times blanked, positions kept."""

    text: str
    places: tuple[Place, ...]
    sites: frozenset[str]
    whens: tuple[When, ...]
    clocks: tuple[int, ...]
    cuts: tuple[int, ...]

    def clause(self, at: int) -> tuple[int, int]:
        """Return the clause [start, end) that a position is in."""
        start = max((c for c in self.cuts if c <= at), default=0)
        return start, min((c for c in self.cuts if c > at), default=len(self.text))

    def whens_in(self, start: int, end: int) -> list[When]:
        """Return the periods named in [start, end)."""
        return [w for w in self.whens if start <= w.at < end]

    def subject_of(self, at: int) -> frozenset[str] | None:
        """Return the building that a number at `at` is about; None where the sentence names none.

        In "b4 used 5, b8 used 6" a number belongs to the name before it; in "5 in b4 and 6 in b8" to the one after.
        """
        if not self.places:
            return None
        start, end = self.clause(at)
        near = [p for p in self.places if start <= p.at < end] or list(self.places)
        before, after = [p for p in near if p.at < at], [p for p in near if p.at >= at]
        names_lead = near[0].at <= at or self.places[0].at < at
        if len({p.building for p in near}) == 1:
            return frozenset({near[0].building})
        if names_lead and before:
            return frozenset({before[-1].building})
        return frozenset({after[0].building}) if after else frozenset({before[-1].building})


def read(sentence: str, known: Carried) -> Sentence:
    """Take a sentence apart. Raises `Unreadable` for a building or date that cannot be."""
    text = clean(sentence, 10_000).lower()
    try:
        named = find(text, known.inventory)
        places = tuple(Place(a, b, i) for a, b, i in named.spans if i in known.inventory.buildings)
        rest = blanked(text, [(a, b) for a, b, _ in named.spans])
        whens = tuple(When(m.at, m.to, m.period) for m in mentions(rest, known.now, known.newest) if not m.prior)
    except UnknownName as why:
        raise Unreadable(f"it names {why.name!r}, which is no building here") from None
    except BadPeriod as why:
        raise Unreadable(str(why)) from None
    rest = blanked(rest, [(w.at, w.to) for w in whens])
    clocks = tuple(_hour(m) for m in CLOCK.finditer(rest))
    rest = blanked(rest, [m.span() for m in CLOCK.finditer(rest)])
    if not re.search(r"\d\s*kwh\s?(?:per|/)", rest):
        rest = blanked(rest, [m.span() for m in HARMLESS.finditer(rest) if not re.match(r"\s*\d", m.group(0))])
    cuts = tuple(m.start() + 1 for m in CLAUSE.finditer(text))
    return Sentence(rest, places, frozenset(named.sites), whens, clocks, cuts)


def _hour(match: re.Match[str]) -> int:
    if match.group(5):
        return 12 if match.group(5).lower() == "noon" else 0
    if match.group(3):
        return int(match.group(3)) % 12 + (12 if match.group(4).lower() == "pm" else 0)
    hour = int(match.group(1))
    return hour % 12 + 12 if match.group(0).lower().endswith("pm") else hour


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with spaces where the spans were, so that positions stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
