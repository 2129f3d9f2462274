"""Addresses and places: what the transformer sees of streets, numbers, towns and codes, put together to whole ones."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from privacy.outbound.address_forms import CODE, COUNTRY, NAMES, POST
from privacy.outbound.address_forms import STREET as STREET_FORM
from privacy.outbound.building_words import WORD, has_jargon, is_jargon
from privacy.outbound.evidence import TOKEN, Evidence
from privacy.outbound.stretches import is_acronym, lines

STREET = frozenset({"STREET_NAME", "SECONDARY_ADDRESS"})
NUMBER = frozenset({"BUILDING_NUMBER", "ZIP_CODE"})
TOWN = frozenset({"CITY", "STATE"})
SURE = 0.5
HINT = 0.25
"""From this score on a word belongs to an address, of which another part is sure."""
FAINT = 0.12
GAP = re.compile(
    r"[\s,;:./#()-]*(?:(?:(?i:and|und|y|e|of|the|corner|in|at|de|du|da|do|del|di|no|nr|u|ul|st|str|ten|na|nad|upon|n°|c/o)"
    r"|[^\W_a-z]\w*|\d[\w-]*)"
    r"\.?[\s,;:./#()-]*){0,4}\Z"
)
"""What may stand between two parts of one address."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address: a street, a number, a town."""

    start: int
    end: int
    kind: str
    score: float = 1.0


def addresses(evidence: Evidence) -> list[tuple[int, int, str]]:
    """Return (start, end, type) of the addresses and places of a text, in order."""
    return [found for cluster in clusters(evidence.text, parts(evidence)) if (found := judged(evidence, cluster))]


def parts(evidence: Evidence) -> list[Part]:
    """Return what may belong to an address, in order."""
    found = [
        Part(w.start, w.end, w.kind, w.score)
        for w in evidence.words
        if w.score >= HINT and w.kind in STREET | NUMBER | TOWN and TOKEN.match(evidence.text, w.start)
    ]
    found += [Part(*m.span(), "STREET_NAME") for m in STREET_FORM.finditer(evidence.text)]
    found += [Part(*m.span(), "SECONDARY_ADDRESS") for m in POST.finditer(evidence.text)]
    found += [Part(*m.span("code"), "CODE") for m in CODE.finditer(evidence.text)]
    found += [Part(*m.span(), "STATE") for m in COUNTRY.finditer(evidence.text)]
    found += [Part(start, end, "CITY") for start, end in places(evidence)]
    return sorted(found, key=lambda p: (p.start, p.end))


def places(evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Yield what spaCy calls a place or a nation."""
    for named in evidence.named:
        for start, end in lines(evidence.text, named):
            if named.kind == "SPACY_PLACE" and is_placelike(evidence, start, end):
                yield start, end
            if (
                named.kind == "SPACY_NATION"
                and is_placelike(evidence, start, end)
                and not is_crowd(evidence, start, end)
            ):
                yield start, end


def is_placelike(evidence: Evidence, start: int, end: int) -> bool:
    """Tell whether a stretch could be a proper name, in a text where spaCy can be trusted."""
    text = evidence.text[start:end]
    if not evidence.is_english and evidence.score(start, end, TOWN) < FAINT:
        return False
    is_proper = text[0].isupper() and text.replace(" ", "").isalpha() and not (text.isupper() and len(text) < 4)
    return is_proper and not has_jargon(text) and not is_acronym(evidence.text, start, end)


def is_crowd(evidence: Evidence, start: int, end: int) -> bool:
    """Tell whether a "nation" is an ordinary plural that begins a sentence: "Pedestrians"."""
    text = evidence.text[start:end]
    return text.endswith("s") and evidence.lexicon.knows(text) and not evidence.text[:start].strip()


def clusters(text: str, found: Iterable[Part]) -> list[list[Part]]:
    """Return parts put together where nothing but punctuation and a few names or numbers stands between."""
    made: list[list[Part]] = []
    end = 0
    for part in found:
        if made and part.start - end <= 30 and GAP.match(text, min(end, part.start), part.start):
            made[-1].append(part)
        else:
            made.append([part])
        end = max(end, part.end)
    return made


LEFT = re.compile(rf"(?:(?<![\w.,])\d{{2,6}}[ ,]{{1,3}}|\b[Tt]he corner of (?:{NAMES} and )?){{1,3}}\Z")
"""What belongs to an address before its first part."""


def judged(evidence: Evidence, cluster: list[Part]) -> tuple[int, int, str] | None:
    """Return what a cluster is, if it is an address or a place."""
    while evidence.has_capitals and cluster and is_small_town(evidence.text, cluster[-1]):
        cluster = cluster[:-1]
    if not cluster:
        return None
    start, end = cluster[0].start, max(part.end for part in cluster)
    text = evidence.text[start:end]
    sure = {part.kind for part in cluster if part.score >= SURE}
    if "CODE" in sure or sure & STREET or (sure & NUMBER and sure & TOWN and is_coded(evidence.text, cluster)):
        if is_plant(evidence, cluster) or is_figure(evidence, cluster):
            return None
        before = LEFT.search(evidence.text, max(0, start - 30), start)
        return (before.start() if before else start), end, "ADDRESS"
    if sure & TOWN and not (evidence.has_capitals and text[0].islower()):
        return start, end, "PLACE"
    return None


def is_small_town(text: str, part: Part) -> bool:
    """Tell whether a part is a town written small: "to Berlin liefern"."""
    return part.kind in TOWN and text[part.start].islower()


BOX = re.compile(r"\b(?:box|[adf]po|apt|suite)\b", re.IGNORECASE)


def is_plant(evidence: Evidence, cluster: list[Part]) -> bool:
    """Tell whether every word in a cluster, its numbers aside, is of buildings and plant: "Chiller 9", not a street."""
    words = words_of(evidence.text, cluster)
    is_post = BOX.search(evidence.text, cluster[0].start, cluster[-1].end)
    return not is_post and bool(words) and all(is_jargon(word) or word.isupper() for word in words)


def is_figure(evidence: Evidence, cluster: list[Part]) -> bool:
    """Tell whether a cluster is talk of figures: ordinary words or ids of buildings, and no number but years."""
    start, end = cluster[0].start, max(part.end for part in cluster)
    text = evidence.text[start:end]
    if (
        BOX.search(text)
        or any(part.kind == "CODE" for part in cluster)
        or NO_YEAR.search(ID.sub(" ", YEAR.sub(" ", text)))
    ):
        return False
    words = WORD.findall(ID.sub(" ", text))
    is_named = any(word[0].isupper() and not (is_jargon(word) or is_plain(evidence, word)) for word in words)
    return not is_named and all(is_jargon(word) or is_plain(evidence, word) for word in words)


def is_plain(evidence: Evidence, word: str) -> bool:
    """Tell whether a word is an ordinary one, which a street sign seldom is."""
    return len(word) < 3 or evidence.lexicon.knows(word.lower())


def is_coded(text: str, cluster: list[Part]) -> bool:
    """Tell whether a number beside a town may be of a street or a post code: not in "the 3 Cambridge buildings"."""
    numbers = [text[part.start : part.end] for part in cluster if part.kind in NUMBER]
    towns = sum(part.kind in TOWN for part in cluster)
    return towns > 1 or any(not YEAR.fullmatch(n) and (len(n) > 3 or not n.isdigit()) for n in numbers)


def words_of(text: str, cluster: list[Part]) -> list[str]:
    """Return the words of streets and towns."""
    return [w for part in cluster if part.kind in STREET | TOWN for w in WORD.findall(text[part.start : part.end])]


YEAR = re.compile(r"(?<![\w.])(?:19|20)\d{2}(?:-\d{2}){0,2}(?!\w)")
ID = re.compile(r"(?<!\w)[A-Za-z]{1,3}-?\d{1,4}(?!\w)")
NO_YEAR = re.compile(r"\d")
