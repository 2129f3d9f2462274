"""Check the periods, hours and parts of the day or week that a sentence names."""

from nodes.verification.carried import WEEKDAYS, Carried, Fact
from nodes.verification.reading import Sentence, Tag


def time_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which time is not of the evidence, or not of the building that it is named with, or None."""
    spans = known.spans()
    if any(when.value not in spans for when in sentence.whens):
        return "it names a period that is not of the evidence"
    if sentence.prior and not sentence.guessed(sentence.text.find(sentence.prior)):
        return f"no evidence is of {sentence.prior!r}"
    keys = {f.key for f in known.facts}
    for key in sentence.keys:
        if key.value not in keys and not (key.value in WEEKDAYS and sentence.guessed(key.at)):
            return f"{key.value} is not a time of the evidence"
    parts = {f.hours for f in known.facts}
    for part in sentence.slices:
        if part.value not in parts and not sentence.guessed(part.at):
            return f"no evidence is of the {part.value}"
    return _pair_fault(sentence, known)


def _pair_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return the building that no fact sets at the time which the same clause names, or None."""
    asked = {(p.start, p.end) for q in known.queries for p in (q.period, q.against_period) if p}
    for place in (p for p in sentence.places if p.value in known.buildings):
        start, end = sentence.clause(place.at)
        if len({p.value for p in sentence.places if start <= p.at < end}) > 1:
            continue  # which time is of which building is told by their numbers
        own = [f for f in known.facts if place.value in f.buildings]
        whens = [w for w in sentence.whens if start <= w.at < end and w.value not in asked]
        keys = [k for k in sentence.keys if start <= k.at < end and k.value not in WEEKDAYS]
        if not all(_has(own, w) for w in whens) or not all(_has(own, k) for k in keys):
            return f"no evidence is of {place.value} at that time"
    return None


def _has(facts: list[Fact], tag: Tag[object]) -> bool:
    return any(tag.value in f.spans or tag.value == f.key for f in facts)
