"""Keep invented institutions, products and people out: a proper name must be one that the facts or the field know."""

import re

from nodes.verification.carried import Carried
from tools.grammar.clean import words
from tools.readings import Building, Site

FIELD = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december hvac bms bems ahu led leds eui co2 co2e kwh mwh gwh kw mw gbp ups ems i
    covid covid-19 cv rmse nmbe mase christmas easter spring summer autumn winter building buildings q1 q2 q3 q4 h1 h2
    english gb uk
    """.split()
)
CAPITALISED = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w.'-])[A-Z][\w&.-]*[\w]")


def name_fault(sentence: str, known: Carried) -> str | None:
    """Return why a capitalised word inside a sentence is no name of the facts nor of the field, or None."""
    ours = FIELD | _known_words(known)
    for match in CAPITALISED.finditer(sentence):
        spoken = words(match.group(0))
        if spoken and not all(w in ours or w.rstrip("s") in ours for w in spoken):
            return f"it names {match.group(0)!r}, which the facts do not"
    return None


def _known_words(known: Carried) -> set[str]:
    """Return the words of every name that belongs to a fact."""
    entries: list[Site | Building] = [known.inventory.sites[s] for s in known.sites]
    entries += [known.inventory.buildings[b] for b in known.buildings]
    names = [name for entry in entries for name in (entry.id, entry.name, *entry.aliases)]
    return {w for name in names for w in words(name.replace("-", " "))}
