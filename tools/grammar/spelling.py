"""Write out abbreviations, and mend slips of the finger in the words of the field."""

import re
from typing import Final

from tools.grammar.clean import words
from tools.grammar.known_words import SPELLINGS, STOPWORDS
from tools.grammar.names import index_of
from tools.grammar.vocabulary import ALL_TABLES
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
]
NUMBERED: Final = re.compile(r"\b(building|bldg|block)\s+(?:no\.?|number|nr\.?|#)\s*(?=[a-z]?\d)")
NUMBERED_LIST: Final = re.compile(
    r"\b(buildings?|bldgs?)\s+((?:no\.?\s*)?b?\d{1,4}"
    r"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*|\s+or\s+)(?:building\s+)?b?\d{1,3}\b"
    r"(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to\b|-)))+)"
)


def spelled_out(part: str) -> str:
    """Write abbreviations out, and 'buildings 4, 8 and 22' as three buildings."""
    for pattern, full in ABBREVIATED:
        part = pattern.sub(full, part)
    part = NUMBERED.sub(r"\1 ", part)
    return NUMBERED_LIST.sub(
        lambda m: " and ".join(f"building {n}" for n in re.findall(r"b?\d{1,4}", m.group(2))), part
    )


def respelled(part: str, inventory: Inventory) -> str:
    """Mend a misspelt word of the field, where it is no name: 'electrcity', 'consumtion'."""
    known = index_of(inventory).words
    odd = [
        w
        for w in set(words(part))
        if len(w) >= 5 and w.isalpha() and w not in STOPWORDS and w not in known and w not in SPELLINGS
    ]
    odd = [w for w in odd if not any(p.search(w) for t in ALL_TABLES[:3] for p, _ in t)]
    if not odd:
        return part
    from rapidfuzz import fuzz, process  # needed only for odd words

    for word in odd:
        best = process.extractOne(word, SPELLINGS, scorer=fuzz.ratio, score_cutoff=84)
        if best:
            part = re.sub(rf"\b{re.escape(word)}\b", best[0], part)
    return part
