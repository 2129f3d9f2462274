"""Persons: where the transformer, spaCy or a title says that somebody is named."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from privacy.outbound.building_words import has_jargon, is_jargon
from privacy.outbound.evidence import TOKEN, Evidence
from privacy.outbound.stretches import NAME, SHORT, Stretch, connected, is_acronym, lines, plain

NAMES = frozenset({"GIVEN_NAME", "SURNAME"})
SURE = 0.5
"""From this score on the transformer is believed alone."""
HINT = 0.12
"""From this score on it is believed together with spaCy."""

TITLES = "mr|mrs|ms|mx|miss|dr|prof|professor|herr|frau|madame|mme|monsieur|señora?|signora?|dhr|mevr|sir|lady"
TITLED = re.compile(rf"\b(?i:{TITLES})\b\.? (?P<name>{NAME}(?: {NAME}){{0,3}})")
INITIALS = re.compile(r"(?<![\w.-])(?:[A-Z]\. ?){1,3}(?P<name>[A-Z][^\W\d_]{2,40}(?:-[A-Z][^\W\d_]{1,40})?)(?!\w)")
CUES = (
    r"\b(?:my|his|her|their|the|maiden|first|last|full|family|sur) ?name(?:'s| is| was)|\bname:|\bi am|\bi'm|\bthis is"
    r"|\bcalls? me|\bcalled|\bnamed(?: (?:him|her|it))?|\bsigned(?: by|,|:)"
    r"|\b(?:sincerely|regards|cheers|thanks),\s{0,4}"
    r"|\battn:?|\bcontact(?: person)?:|\bdear|\btenant:?|\bbooked by|\breported by|\bowner:|\bask for|\bsaid"
)
CUED = re.compile(rf"(?i:{CUES})\s{{1,4}}(?P<name>{NAME}(?: {NAME}){{0,3}})")
AFTER = re.compile(rf" (?P<initial>[^\W\d_]\.? )?(?P<name>{NAME})(?!\w)")
BEFORE = re.compile(r"(?<!\S)(?P<name>[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)?) (?:[^\W\d_]\.? )?\Z")
NO_NAME = frozenset("0123456789_/\\@=<>{}")


def people(evidence: Evidence) -> list[Stretch]:
    """Return the stretches of a text that name a person, in order."""
    found = chain(by_transformer(evidence), by_spacy(evidence), by_cue(evidence))
    whole = [grown(evidence, *stretch) for stretch in connected(evidence.text, found)]
    return connected(evidence.text, chain(whole, repeated(evidence.text, whole)))


def by_transformer(evidence: Evidence) -> Iterator[Stretch]:
    """Yield the words that the transformer takes for names, alone or with spaCy."""
    for word in evidence.words:
        if word.kind not in NAMES or word.score < HINT or not TOKEN.match(evidence.text, word.start):
            continue
        if word.score < SURE and not is_named(evidence, word.start, word.end):
            continue
        if not is_common(evidence, word.start, word.end, word.score):
            yield word.start, word.end


def is_named(evidence: Evidence, start: int, end: int) -> bool:
    """Tell whether spaCy names a stretch too, where it can be trusted."""
    named = (n for n in evidence.named if n.start < end and n.end > start and n.kind != "SPACY_NATION")
    return any(is_trusted(evidence, n.start, n.end) for n in named)


def is_trusted(evidence: Evidence, start: int, end: int) -> bool:
    """Tell whether spaCy can be trusted: the text is English, or the stretch fills a line, as on a letterhead."""
    begin, stop = evidence.line(start)
    return evidence.is_english or stop - begin <= end - start + 8


def is_common(evidence: Evidence, start: int, end: int, score: float) -> bool:
    """Tell whether a word that looks like a name to the model is an ordinary one."""
    word = evidence.text[start:end]
    if is_jargon(word) or (evidence.has_capitals and is_acronym(evidence.text, start, end)):
        return True
    if word[0].islower() and evidence.lexicon.knows(word):
        return evidence.has_capitals or score < 0.9
    return score < SURE and word[0].islower()


def by_spacy(evidence: Evidence) -> Iterator[Stretch]:
    """Yield what spaCy calls a person, and what it calls anything where the transformer saw a name in it."""
    for named in evidence.named:
        if named.kind == "SPACY_NATION":
            continue
        for start, end in lines(evidence.text, named):
            hint = evidence.score(start, end, NAMES)
            if hint >= SURE and not has_jargon(evidence.text[start:end]):
                yield trimmed(evidence, start, end)
            elif named.kind == "SPACY_PERSON" and is_namelike(evidence, start, end, hint):
                yield start, end


def is_namelike(evidence: Evidence, start: int, end: int, hint: float) -> bool:
    """Tell whether what only spaCy took for a person could be one: capitalised words, and one in no dictionary."""
    text = evidence.text[start:end]
    words = TOKEN.findall(text)
    if not 0 < len(words) < 6 or NO_NAME & set(text) or has_jargon(text) or not is_trusted(evidence, start, end):
        return False
    if not all(word[0].isupper() for word in words) or is_acronym(evidence.text, start, end):
        return False
    return hint >= HINT or not all(evidence.lexicon.knows(plain(word)) for word in words)


def by_cue(evidence: Evidence) -> Iterator[Stretch]:
    """Yield the capitalised words after a title or a phrase that introduces a name."""
    for match in TITLED.finditer(evidence.text):
        _, end = trimmed(evidence, *match.span("name"))
        yield match.start(), max(end, match.start("name") + len(match["name"].split(" ")[0].rstrip(".")))
    for match in INITIALS.finditer(evidence.text):
        if is_unknown(evidence, match["name"]):
            yield match.span()
    for match in CUED.finditer(evidence.text):
        start, end = trimmed(evidence, *match.span("name"))
        if start < end and not has_jargon(evidence.text[start:end]) and not is_acronym(evidence.text, start, end):
            yield start, end


def trimmed(evidence: Evidence, start: int, end: int) -> Stretch:
    """Return a stretch without possessive ending, punctuation, and ordinary words at its ends."""
    words = list(TOKEN.finditer(evidence.text, start, end))
    while words and is_plain(evidence, words[0]):
        words.pop(0)
    while words and is_plain(evidence, words[-1]):
        words.pop()
    if not words:
        return start, start
    last = words[-1]
    return words[0].start(), last.start() + len(plain(last[0]))


def is_plain(evidence: Evidence, word: re.Match[str]) -> bool:
    """Tell whether a word is in the dictionary and the transformer sees no name in it."""
    return evidence.lexicon.knows(plain(word[0])) and evidence.score(*word.span(), NAMES) < HINT


def grown(evidence: Evidence, start: int, end: int) -> Stretch:
    """Return a name with the capitalised words beside it that no dictionary knows: the rest of the name."""
    after = AFTER.match(evidence.text, end)
    if after and (after["initial"] or is_unknown(evidence, after["name"])):
        end = after.end("name") - (after["name"].endswith("."))
    before = BEFORE.search(evidence.text, max(0, start - 30), start)
    if before and is_unknown(evidence, before["name"]):
        start = before.start()
    return start, end


def is_unknown(evidence: Evidence, word: str) -> bool:
    """Tell whether a word is neither in the dictionary nor of the trade nor an acronym."""
    word = plain(word.rstrip("."))
    return not (evidence.lexicon.knows(word) or is_jargon(word) or (word.isupper() and len(word) <= SHORT))


def repeated(text: str, found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield where the words of a name stand again, alone."""
    words = {word for start, end in found for word in TOKEN.findall(text[start:end])}
    names = {word for word in words if len(word) > 2 and word[0].isupper()}
    for match in TOKEN.finditer(text) if names else ():
        word = plain(match[0])
        if word in names:
            yield match.start(), match.start() + len(word)
