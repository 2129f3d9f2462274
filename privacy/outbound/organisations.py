"""Organisations: written like one, or taken for one by spaCy with nothing against it, or names of nothing known.

Their label is INTERNAL: what is marked wrongly is pseudonymised and restored, not refused.
"""

from collections.abc import Iterator
from itertools import chain

from privacy.outbound.building_words import has_jargon, is_jargon
from privacy.outbound.evidence import TOKEN, Evidence
from privacy.outbound.lexicon import GRAMMAR
from privacy.outbound.organisation_forms import EMPLOYED, FIRM, LEGAL, LINE, OFFICE, SMALL_LEGAL, TRADING
from privacy.outbound.stretches import Stretch, connected, is_acronym, lines, plain

FORMS = (LEGAL, EMPLOYED, OFFICE, FIRM)
NO_NAME = frozenset("0123456789_/\\@=<>{}()#")


def organisations(evidence: Evidence) -> list[Stretch]:
    """Return the stretches of a text that name an organisation, in order."""
    found = chain(by_form(evidence), by_trade(evidence), by_spacy(evidence), unknown(evidence), letterhead(evidence))
    return connected(evidence.text, found)


def firms(evidence: Evidence) -> list[Stretch]:
    """Return the stretches that are written as firms are: what is inside one is no person."""
    legal = (match.span("name") for match in LEGAL.finditer(evidence.text))
    return [*legal, *by_trade(evidence)]


def by_form(evidence: Evidence) -> Iterator[Stretch]:
    """Yield names with a legal form, of an employer, of an office, of partners."""
    for pattern in FORMS if evidence.has_capitals else (*FORMS, SMALL_LEGAL):
        for match in pattern.finditer(evidence.text):
            start, end = bare(evidence, *match.span("name"))
            if not all(is_jargon(word) for word in TOKEN.findall(evidence.text[start:end])):
                yield start, end


def by_trade(evidence: Evidence) -> Iterator[Stretch]:
    """Yield names with a trade: one word of them is in no dictionary, or two are there that are not of plant."""
    for match in TRADING.finditer(evidence.text):
        start, end = bare(evidence, *match.span("name"))
        words = TOKEN.findall(evidence.text[start:end])[:-1]
        if any(is_strange(evidence, word) for word in words) or (len(words) > 1 and not has_jargon(" ".join(words))):
            yield start, end


def bare(evidence: Evidence, start: int, end: int) -> Stretch:
    """Return a stretch without grammar words at its front: "The", "Our"."""
    for word in TOKEN.finditer(evidence.text, start, end):
        if word[0].lower() not in GRAMMAR:
            return word.start(), end
    return start, start


def by_spacy(evidence: Evidence) -> Iterator[Stretch]:
    """Yield what spaCy calls an organisation, unless it is made of ordinary words, of the trade, or an acronym."""
    if not evidence.is_english:
        return
    for named in evidence.named:
        if named.kind in {"SPACY_ORGANISATION", "SPACY_FACILITY"}:
            for part in lines(evidence.text, named):
                start, end = bare(evidence, *part)
                if is_namelike(evidence, start, end):
                    yield start, end


def is_namelike(evidence: Evidence, start: int, end: int) -> bool:
    """Tell whether a stretch could be a proper name."""
    text = evidence.text[start:end]
    words = TOKEN.findall(text)
    if NO_NAME & set(text) or has_jargon(text) or not any(word[0].isupper() for word in words):
        return False
    if is_acronym(evidence.text, start, end):
        return False
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > 1 or not all(evidence.lexicon.knows(word) for word in capitals)


def unknown(evidence: Evidence) -> Iterator[Stretch]:
    """Yield capitalised words of an English text that no dictionary, of language or trade, has: proper names."""
    if not (evidence.is_english and evidence.has_capitals):
        return
    for word in TOKEN.finditer(evidence.text):
        text = plain(word[0])
        around = evidence.text[max(0, word.start() - 1) : word.end() + 1]
        if is_strange(evidence, text) and not NO_NAME & set(around):
            yield word.start(), word.start() + len(text)


def is_strange(evidence: Evidence, word: str) -> bool:
    """Tell whether a word is capitalised and in no dictionary, of the language or the trade."""
    is_proper = len(word) > 3 and word[0].isupper() and not word.isupper() and word.replace("-", "").isalpha()
    return is_proper and not (evidence.lexicon.knows(word) or has_jargon(word))


def letterhead(evidence: Evidence) -> Iterator[Stretch]:
    """Yield the lines that hold a proper name and nothing else, in a text of three lines or more."""
    if evidence.has_capitals and evidence.text.count("\n") > 1:
        for match in LINE.finditer(evidence.text):
            is_named = any(is_strange(evidence, word) for word in TOKEN.findall(match["name"]))
            if is_named and not has_jargon(match["name"]):
                yield match.span("name")
