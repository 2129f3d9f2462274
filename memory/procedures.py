"""How a phrasing was read: its words with slots for names and periods, and the typed query with the same slots.

Only a phrasing that is equal, word by word, is read as before; nearness decides nothing here. A number that is no
period stays in the words: a reading that does not hold it cannot know what another number would mean.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tools.energy_query import EnergyQuery, Period
from tools.errors import BadQuestion, NoData
from tools.grammar.clean import clean
from tools.grammar.part import Part
from tools.readings import Inventory
from tools.wording import hours_words

CORRECTS = re.compile(
    r"\s*(?:oh|ah|hm+|well|sorry|but)?[\s,.!-]*"
    r"(?:no\b|nope\b|nah\b|wrong\b|incorrect\b|correction\b|actually\b|rather\b|"
    r"not (?:that|this|what|quite|the|gas|electricity)\b|that(?:'s| is| was)? (?:not|wrong)|that isn't|"
    r"i (?:meant|mean|said|asked|wanted|was asking)|you (?:misread|misunderstood|got (?:it|that|me) wrong))",
    re.IGNORECASE,
)
"""How people begin when they take back how they were understood."""
MARKS = re.compile(r"[?!.,;:]+(?=\s|$)")
SLOTTED = ("buildings", "sites", "against_buildings", "period", "against_period")


@dataclass(frozen=True)
class Skeleton:
    """A question's words with slots, and what stands in these: names in the order of the text, and its periods."""

    text: str
    names: tuple[str, ...]
    period: Period | None
    reference: Period | None


def skeleton(question: str, inventory: Inventory, now: datetime) -> Skeleton | None:
    """Return the skeleton of a question asked at `now` (aware); None where its names or periods are not clear.

    A question with a brace in it has none: nobody's words can look like a slot.
    """
    if "{" in question or "}" in question:
        return None
    try:
        part = Part(clean(question).lower(), inventory, now, None)
    except (BadQuestion, NoData):
        return None
    if part.named.ambiguous or part.line.prior or part.since:
        return None
    names = tuple(dict.fromkeys(name for _, _, name in sorted(part.named.spans)))
    slots = [(at, to, f"{{{1 + names.index(name)}}}") for at, to, name in part.named.spans]
    slots += [(at, to, "{when}") for at, to in part.line.spans]
    words = " ".join(MARKS.sub(" ", _filled(part.text, slots)).split())
    return Skeleton(words, names, part.line.period, part.line.reference)


def _filled(text: str, slots: Iterable[tuple[int, int, str]]) -> str:
    for at, to, slot in sorted(slots, reverse=True):
        text = f"{text[:at]} {slot} {text[to:]}"
    return text


def template(query: EnergyQuery, asked: Skeleton) -> dict[str, Any] | None:
    """Return a query with slots in the place of the names and periods of its question.

    None where it has a name or period that its question has not, or leaves out one that its question has: then it
    cannot be told what it would be for other ones.
    """
    named = [*query.buildings, *query.sites, *query.against_buildings]
    if set(named) != set(asked.names) or (query.terms and query.terms.since):
        return None
    if not (_same(query.period, asked.period) and _same(query.against_period, asked.reference)):
        return None
    plain = query.model_dump(mode="json")
    for name in ("buildings", "sites", "against_buildings"):
        plain[name] = [asked.names.index(one) for one in plain[name]]
    return {**plain, "period": None, "against_period": None}


def filled(with_slots: Mapping[str, Any], asked: Skeleton) -> EnergyQuery:
    """Return the query of a question with the same skeleton. Raises `ValueError` where it is none of this version."""
    plain = dict(with_slots)
    for name in ("buildings", "sites", "against_buildings"):
        plain[name] = [asked.names[place] for place in plain[name]]
    return EnergyQuery.model_validate({**plain, "period": asked.period, "against_period": asked.reference})


def _same(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.start, one.end) == (other.start, other.end)


def in_words(query: EnergyQuery) -> str:
    """Return what a query asks for in a few words, without names and periods."""
    said = [query.statistic.replace("_", " "), "of", query.measure + hours_words(query.hours)]
    if query.group != "none":
        said.append(f"by {query.group}")
    if query.order:
        said.append(f"{query.order} first")
    return " ".join(said)


def is_correction(question: str) -> bool:
    """Tell whether a turn begins by taking back how the one before was understood: 'no, I meant gas'."""
    return bool(CORRECTS.match(question))
