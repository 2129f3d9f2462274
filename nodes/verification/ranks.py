"""Check what a sentence says of order: highest, lowest, second, third."""

import re

from nodes.verification.carried import Carried, Fact
from nodes.verification.reading import Sentence

HIGHEST = re.compile(r"\b(?:highest|most|largest|biggest|greatest|maximum|top|peak(?:ed|s)?|leading|heaviest)\b")
LOWEST = re.compile(r"\b(?:lowest|least|smallest|fewest|minimum|bottom)\b")
ORDINAL = re.compile(
    r"\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|2nd|3rd|[4-9]th|1\dth|first|1st)"
    r"(?:[\s-](highest|largest|biggest|most|lowest|smallest|least))?\b"
)
PLACES = {
    word: place
    for place, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
OF_TIME = re.compile(r"\s*(?:quarter|half|week|hour|day|step)")
IDIOM = re.compile(
    r"\b(?:at least|at most|most (?:likely|of|important|common|efficient|probably|effective|significant|recent)|"
    r"first(?:ly)?,|at first|in the first place|more or less|peak (?:hours?|times?|demand|load|use|shav\w+))\b"
)


def order_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return why a 'highest', 'lowest' or 'third' in the sentence is not carried, or None."""
    text = _without(IDIOM, sentence.text)
    for match in ORDINAL.finditer(text):
        if reason := _ordinal_fault(sentence, known, match):
            return reason
    text = _without(ORDINAL, text)
    for pattern, high in ((HIGHEST, True), (LOWEST, False)):
        found = pattern.search(text)
        if found and (reason := _extreme_fault(sentence, known, high, found.group(0))):
            return reason
    return None


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: " " * len(m.group(0)), text)


def _ordinal_fault(sentence: Sentence, known: Carried, match: re.Match[str]) -> str | None:
    word, superlative = match.groups()
    after = sentence.text[match.end() : match.end() + 12]
    if OF_TIME.match(after) and not superlative:
        carried = "step" in after or any(word in f.name for f in known.facts)
        return None if carried else f"no evidence is of the {word}{after.rstrip()}"
    ranked = _ranked(known, superlative)
    position = PLACES.get(word) or int(re.sub(r"\D", "", word) or 0)
    subject = {p.building for p in sentence.places}
    if len(ranked) > 1 and position <= len(ranked) and (not subject or ranked[position - 1].buildings & subject):
        return None
    return f"no evidence puts it {word}"


def _extreme_fault(sentence: Sentence, known: Carried, high: bool, word: str) -> str | None:
    """Return why a superlative does not hold, among its like, of the building or part that the sentence names."""
    statistic = known.facts[0].evidence.query.statistic if known.facts else None
    if statistic in ("peak", "minimum"):
        return None if (statistic == "peak") == high else f"no evidence carries {word!r}"
    peers = _peers(known)
    subject = {p.building for p in sentence.places}
    spans = {(w.period.start, w.period.end) for w in sentence.whens}
    if len(peers) < 2:
        return f"no evidence carries {word!r}: there is nothing to compare with" if subject or spans else None
    if not subject and not (spans and any(f.group for f in peers)):
        return None
    extreme = max(peers, key=lambda f: f.value) if high else min(peers, key=lambda f: f.value)
    in_place = [f for f in peers if not subject or f.buildings & subject]
    about = [f for f in in_place if f.group is None or not spans or spans & set(f.spans)]
    if any(f.value == extreme.value for f in about):
        return None
    return f"it says {word!r}, and that is {', '.join(sorted(extreme.buildings))} {extreme.group or ''}".rstrip()


def _ranked(known: Carried, superlative: str | None) -> list[Fact]:
    """Return the comparable facts from the end that the sentence, or else the question, counts from."""
    lowest_first = superlative in ("lowest", "smallest", "least")
    ranked = sorted(_peers(known), key=lambda f: f.value, reverse=not lowest_first)
    if known.facts and known.facts[0].evidence.query.order == "lowest" and not superlative:
        ranked.reverse()
    return ranked


def _peers(known: Carried) -> list[Fact]:
    """Return the facts of the leading one's kind, in its unit."""
    if not known.facts:
        return []
    lead = known.facts[0]
    alike = [f for f in known.facts if f.unit == lead.unit and f.derived == lead.derived]
    return [f for f in alike if f.name.split(",")[0] == lead.name.split(",")[0]]
