"""Check the buildings and sites that a sentence names."""

from nodes.verification.carried import Carried, Fact
from nodes.verification.reading import Sentence


def place_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which building or site is not in the evidence, or None."""
    ours = known.buildings | known.sites
    strange = [p.value for p in sentence.places if p.value not in ours]
    return f"{strange[0]} is not in the evidence" if strange else None


def is_of(fact: Fact, place: str, known: Carried) -> bool:
    """Tell whether a fact is of a building, or of a whole site: of every building with such a meter."""
    if place in known.inventory.buildings:
        return fact.buildings == {place}
    kind = "gas" if fact.measure == "gas" else "electricity"
    metered = {m.building for m in known.inventory.meters.values() if m.site == place and m.kind == kind and m.building}
    whole = len(fact.buildings) > 1 or fact.buildings >= metered
    asked = not fact.query.buildings and fact.query.group == "none" and fact.statistic != "share"
    return ((asked or fact.role == "whole") and whole) or fact.buildings >= metered
