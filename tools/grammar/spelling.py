"""Write out abbreviations, and mend slips of the finger in the words of the field."""

import re
from functools import lru_cache
from typing import Final

from tools.grammar.clean import words
from tools.grammar.names import index_of
from tools.grammar.vocabulary import ALL_TABLES
from tools.grammar.words.asker_first import with_asker_first
from tools.grammar.words.directions import with_plain_directions
from tools.grammar.words.in_terms import with_plain_terms
from tools.grammar.words.known import FIELD_WORDS, SPELLINGS, STOPWORDS, USE_WORDS
from tools.grammar.words.same_basis import without_same_basis
from tools.grammar.words.set_phrases import without_set_phrases
from tools.grammar.words.supply import without_supply
from tools.readings import Inventory

ABBREVIATED: Final = [
    (re.compile(r"\belecs?\b\.?|\belectric\b(?=\s*(?:,|$))|\blec\b"), "electricity"),
    (re.compile(r"\b(top|bottom|first|last)-(?=\d)"), r"\1 "),
    (re.compile(r"\b(\w+)-percentile\b"), r"\1 percentile"),
    (re.compile(r"\bcons\b\.?|\bconso\b"), "consumption"),
    (re.compile(r"\bavg\b\.?|\bav\b\."), "average"),
    (re.compile(r"\bleccy\b|\belectrics?\b(?= (?:consumption|use|usage|load|bill|energy|power))"), "electricity"),
    (re.compile(r"\byr\b\.?"), "year"),
    (re.compile(r"\bwks?\b\.?"), "week"),
    (re.compile(r"\blf\b"), "load factor"),
    (re.compile(r"\bmax\.(?=\s)"), "max"),
    (re.compile(r"\bmth\b\.?"), "month"),
    (re.compile(r"\bday[ -]?wise\b"), "for each day"),
    (re.compile(r"\b(month|hour|year|quarter|weekday|building)[ -]?wise\b"), r"by \1"),
    (re.compile(r"(?<=[a-z])[ -]wise\b(?=\s*(?:[,.;:?!]|$|in |for |over |during |at ))"), ""),
]
MIN_WORD: Final = 5  # letters; in a shorter word one slip makes another word
MIN_TWO: Final = 8
NUMBERED: Final = re.compile(r"\b(building|bldg|block)\s+(?:no\.?|number|nr\.?|#)\s*(?=[a-z]?\d)")
NUMBERED_LIST: Final = re.compile(
    r"\b(buildings?|bldgs?)\s+((?:no\.?\s*)?b?\d{1,4}"
    r"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*|\s+or\s+)(?:building\s+)?b?\d{1,3}\b"
    r"(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to\b|-)))+)"
)


@lru_cache(maxsize=256)
def spelled_out(part: str) -> str:
    """Write abbreviations out, 'hungrier' as higher, and 'buildings 4, 8 and 22' as three buildings."""
    part = with_asker_first(part)
    part = with_plain_terms(without_supply(without_same_basis(without_set_phrases(part))))
    part = with_plain_directions(part)
    for pattern, full in ABBREVIATED:
        part = pattern.sub(full, part)
    part = NUMBERED.sub(r"\1 ", part)
    return NUMBERED_LIST.sub(
        lambda m: " and ".join(f"building {n}" for n in re.findall(r"b?\d{1,4}", m.group(2))), part
    )


def mended(part: str, inventory: Inventory) -> tuple[str, tuple[str, ...]]:
    """Return a text with its misspelt words of the field and of names mended, and what must be told of it.

    A word of the field with one slip in it (Damerau-Levenshtein distance 1) is mended silently; a name, and a word
    further off, are told.
    """
    index = index_of(inventory)
    names = index.spellable
    odd = [
        w
        for w in dict.fromkeys(words(part))
        if len(w) >= MIN_WORD and w.isalpha() and w not in STOPWORDS and w not in index.words and w not in SPELLINGS
    ]
    odd = [w for w in odd if not any(p.search(w) for t in ALL_TABLES[:3] for p, _ in t)]
    told: list[str] = []
    for word in odd:
        if meant := _meant(word, names):
            part = re.sub(rf"\b{re.escape(word)}\b", meant, part)
            told += [f"{word!r} is read as {meant!r}"] if meant in names or _slips(word, meant) > 1 else []
    return part, tuple(told)


def _meant(word: str, names: tuple[str, ...]) -> str | None:
    from rapidfuzz import fuzz, process  # needed only for odd words
    from rapidfuzz.distance import DamerauLevenshtein

    if best := process.extractOne(word, SPELLINGS, scorer=fuzz.ratio, score_cutoff=84):
        return best[0]
    if word in FIELD_WORDS or word in USE_WORDS:
        return None
    slips = 1 if len(word) < MIN_TWO else 2
    near = process.extract(word, names, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=2)
    if len(near) != 1 or near[0][0][0] != word[0] or near[0][0] in (word, f"{word}s", word[:-1], word[:-2]):
        return None
    return near[0][0]


def _slips(word: str, meant: str) -> int:
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(word, meant)
