"""Buildings that a text names by what they are: 'the hostels', 'the library and the hostels', 'the canteen'.

A word of a building's name, or of its use, stands for every building that it fits. Words side by side ('girls'
hostel', 'hostel for girls') must all fit; 'and' between them begins another name. A plural is all that fit, a
singular the one that fits; where several do, the person says which.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tools.readings import Inventory

USES: Final[Mapping[str, str]] = {  # word: a part of the use that it stands for
    **dict.fromkeys(("hostel", "dorm", "dormitory", "residence"), "dorm"),
    **dict.fromkeys(("canteen", "refectory", "cafeteria", "mess", "dining", "restaurant"), "dining"),
    **dict.fromkeys(("library", "lib"), "library"),
    **dict.fromkeys(("laboratory", "lab"), "laborator"),
    **dict.fromkeys(("office",), "office"),
    **dict.fromkeys(("church", "chapel", "temple", "mosque", "worship"), "worship"),
    **dict.fromkeys(("school",), "school"),
    **dict.fromkeys(("hospital", "clinic"), "hospital"),
    **dict.fromkeys(("warehouse",), "warehouse"),
    **dict.fromkeys(("hotel",), "hotel"),
    **dict.fromkeys(("shop", "store"), "retail"),
    **dict.fromkeys(("theatre", "theater"), "lecture"),
}
JOINED: Final = re.compile(r"(?:'s?|\W)*(?:(?:for|of|the|our|block|hall|building)\W+)*")
LISTED: Final = re.compile(
    r"(?:'s?|\s|,|&|\+|/)*(?:(?:block|hall|hostel|building|buildings)\W+)?(?:and|or|&|\+|/|,|plus|with|to|versus|vs\.?|v|"
    r"against|than|as well as|compared (?:to|with)|from)\s*(?:(?:the|our|both|all|two|those|in|at|of|for|did|does)\s+)*"
)
NO_NAME_BEFORE: Final = re.compile(
    r"\b(?:other|others|similar|typical|average|peer|comparable|national|seattle'?s?|cbecs|an?|normal|median|us|like|"
    r"any|star)(?: \w+)?\s*$"
)
NO_NAME_AFTER: Final = re.compile(
    r"^\W*(?:years?|terms?|sessions?|calendar|staff|hours?|time|peers?|median|sector|stock|buildings? "
    r"(?:in|of) (?:its|the|seattle))\b"
)
SORT: Final = re.compile(r" (?:halls?|blocks?)\b")
COLLECTIVE: Final = re.compile(r"\b(?:both|all|two|three|every|each|these|those)(?: of)?(?: the| our| my)?\s*$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A run of words, the ids that all of them fit, and whether all of these are meant."""

    start: int
    end: int
    ids: frozenset[str]
    plural: bool
    words: str


def singulars(word: str) -> tuple[str, ...]:
    """Return a word, and what it is the plural of, if of anything."""
    forms = [word]
    if word.endswith("ies"):
        forms.append(f"{word[:-3]}y")
    if word.endswith("s"):
        forms += [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    return tuple(forms)


def kinds_of(text: str, tokens: list[tuple[str, int, int]], telling: Mapping[str, frozenset[str]],
             inventory: Inventory) -> list[Kind]:  # fmt: skip
    """Return what a lower-case text calls by name words or use, in its order; tokens are (word, start, end)."""
    hits = [kind for token in tokens if (kind := _of_word(token, text, telling, inventory))]
    found: list[Kind] = []
    for kind in hits:
        last = found[-1] if found else None
        if last and JOINED.fullmatch(text[last.end : kind.start]) and last.ids & kind.ids:
            plural = last.plural or kind.plural
            found[-1] = Kind(last.start, kind.end, last.ids & kind.ids, plural, f"{last.words} {kind.words}")
        else:
            found.append(kind)
    return found


def _of_word(
    token: tuple[str, int, int], text: str, telling: Mapping[str, frozenset[str]], inventory: Inventory
) -> Kind | None:
    word, start, end = token
    if NO_NAME_AFTER.match(text[end:]):
        return None
    forms = singulars(word)
    told = next((telling[w] for w in forms if w in telling), frozenset[str]())
    use = next((USES[w] for w in forms if w in USES), None)
    ids = told
    if use and not NO_NAME_BEFORE.search(text[:start]):
        ids |= {b for b, it in inventory.buildings.items() if use in (it.use or "")}
    if not ids:
        return None
    plural = (word not in telling and word not in USES) or bool(COLLECTIVE.search(text[:start]))
    sort = SORT.match(text, end)
    return Kind(start, sort.end() if sort else end, frozenset(ids), plural and len(ids) > 1, word)


def linked(text: str, kinds: list[Kind], spans: list[tuple[int, int, str]]) -> list[Kind]:
    """Return the kinds that stand in one list with what is named already: 'b4 and the hostels'."""
    taken = [(a, b) for a, b, _ in spans]
    free = [k for k in kinds if all(k.end <= a or k.start >= b for a, b in taken)]
    found: list[Kind] = []
    for kind in [*free, *reversed(free)]:
        if kind not in found and any(_side_by_side(text, kind, place) for place in taken):
            found.append(kind)
            taken.append((kind.start, kind.end))
    return sorted(found, key=lambda k: k.start)


def _side_by_side(text: str, kind: Kind, place: tuple[int, int]) -> bool:
    (_, left), (right, _) = sorted([(kind.start, kind.end), place])
    return left <= right and bool(LISTED.fullmatch(text[left:right]))


def is_list(text: str, kinds: list[Kind]) -> bool:
    """Tell whether each of several kinds stands beside the one before it."""
    return all(_side_by_side(text, right, (left.start, left.end)) for left, right in pairwise(kinds))
