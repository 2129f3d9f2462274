"""Find the buildings and sites that a question names, by id, name or alias, whatever the size of the inventory.

A look-up tries each run of words against a dictionary, so its cost grows with the question and not with the number
of names. Names come from people and files: they are data here, never patterns.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tools.errors import UnknownName
from tools.grammar.clean import WORD
from tools.grammar.kinds import is_list, kinds_of, linked
from tools.readings import Building, Inventory, Site

GENERIC = frozenset(
    """
    building buildings bldg block hall campus site university the of and house centre center room estate estates
    college all main office offices electricity gas energy power night day year month
    """.split()
)
MIN_SPELLABLE = 6  # letters
LIKE_AN_ID = re.compile(r"^(?:b\d{1,4}|bldg\d{1,4})$")
AFTER_BUILDING = re.compile(
    r"\b(?:building|bldg|block|site)\s+(?:no\.?\s*|number\s+|#\s*)?([a-z]?\d{1,4}|[a-z]{1,4}\d{1,4})\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: ids in the order of the text, the characters they took, and what was close but unclear."""

    buildings: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class NameIndex:
    """Every name and alias as its words, to ids; and each telling word to the buildings that carry it."""

    phrases: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: int = 1
    sites: frozenset[str] = frozenset()
    spellable: tuple[str, ...] = ()  # the words of names that are long enough for a slip in them to be plain


@lru_cache(maxsize=4)
def index_of(inventory: Inventory) -> NameIndex:
    """Return the index of an inventory; kept for the newest few, since building it costs more than a look-up."""
    phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
    telling: dict[str, set[str]] = defaultdict(set)
    entries: list[Site | Building] = [*inventory.sites.values(), *inventory.buildings.values()]
    for entry in entries:
        for name in (entry.id, entry.name, *entry.aliases):
            phrase = split(name)
            if phrase and entry.id not in phrases[phrase]:
                phrases[phrase].append(entry.id)
            if entry.id in inventory.buildings:
                for word in filter(_tells, phrase):
                    telling[word].add(entry.id)
    for word, ids in _words_of_sites(inventory).items():
        if len(ids) == 1 and word not in telling and not phrases[(word,)]:
            phrases[(word,)] = ids
    return NameIndex(
        {p: tuple(ids) for p, ids in phrases.items()},
        {w: frozenset(ids) for w, ids in telling.items()},
        max((len(p) for p in phrases), default=1),
        frozenset(inventory.sites),
        _spellable(phrases, telling, inventory),
    )


def _tells(word: str) -> bool:
    return len(word) >= 4 and word not in GENERIC and not word.isdigit()


def _words_of_sites(inventory: Inventory) -> dict[str, list[str]]:
    """Return the telling words of the names of sites: of 'IIIT-Delhi campus' each is what people call it."""
    found: dict[str, list[str]] = defaultdict(list)
    for site in inventory.sites.values():
        for word in {w for name in (site.name, *site.aliases) for w in split(name) if _tells(w)}:
            found[word].append(site.id)
    return found


def _spellable(
    phrases: dict[tuple[str, ...], list[str]], telling: dict[str, set[str]], inventory: Inventory
) -> tuple[str, ...]:
    sites = (p[0] for p, ids in phrases.items() if len(p) == 1 and all(i in inventory.sites for i in ids))
    return tuple(dict.fromkeys(w for w in (*telling, *sites) if len(w) >= MIN_SPELLABLE and w.isalpha()))


def split(name: str) -> tuple[str, ...]:
    """Return a name as comparable words: 'Girls\u2019 Hostel' and 'girls hostel' are the same."""
    return tuple(w for w, _, _ in _words(name.lower().replace("\u2019", "'").replace("-", " ")))


def _words(text: str) -> list[tuple[str, int, int]]:
    found = []
    for match in WORD.finditer(text):
        word = match.group(0).replace("'", "")
        if match.group(0).endswith("'s"):
            word = match.group(0)[:-2]
        found.append((word, match.start(), match.end()))
    return found


def find(text: str, inventory: Inventory) -> Named:
    """Return what a lower-case text names. Raises `UnknownName` for an id that looks right and is not there."""
    index = index_of(inventory)
    tokens = _words(text.replace("-", " "))
    buildings: list[str] = []
    sites: list[str] = []
    spans: list[tuple[int, int, str]] = []
    ambiguous: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    while at < len(tokens):
        ids, size = _longest_at(tokens, at, index)
        if len(ids) == 1:
            _note(ids[0], sites if ids[0] in index.sites else buildings)
            spans.append((tokens[at][1], tokens[at + size - 1][2], ids[0]))
        elif ids:
            ambiguous.append((" ".join(t[0] for t in tokens[at : at + size]), ids))
        at += max(size, 1)
    named = Named(tuple(buildings), tuple(sites), tuple(spans), tuple(ambiguous))
    _reject_unknown_ids(text, tokens, named, index)
    return _with_kinds(text.replace("-", " "), tokens, named, index, inventory)


def _note(name: str, into: list[str]) -> None:
    if name not in into:
        into.append(name)


def _longest_at(tokens: list[tuple[str, int, int]], at: int, index: NameIndex) -> tuple[tuple[str, ...], int]:
    for size in range(min(index.longest, len(tokens) - at), 0, -1):
        phrase = tuple(t[0] for t in tokens[at : at + size])
        found = index.phrases.get(phrase) or index.phrases.get((*phrase[:-1], phrase[-1].rstrip("s")))
        if found:
            return found, size
    return (), 0


def _reject_unknown_ids(text: str, tokens: list[tuple[str, int, int]], named: Named, index: NameIndex) -> None:
    inside = [range(a, b) for a, b, _ in named.spans]
    for word, at, _ in tokens:
        if LIKE_AN_ID.match(word) and not any(at in span for span in inside):
            raise UnknownName(word, nearest(word, index))
    for match in AFTER_BUILDING.finditer(text):
        if not any(match.start(1) in span for span in inside) and not re.fullmatch(r"(?:19|20)\d\d", match.group(1)):
            raise UnknownName(match.group(0), nearest(match.group(1), index))


def _with_kinds(
    text: str, tokens: list[tuple[str, int, int]], named: Named, index: NameIndex, inventory: Inventory
) -> Named:
    """Add what is called by words of its name or by its use: 'the hostels'; alone, or in a list with what is named."""
    kinds = kinds_of(text, tokens, index.words, inventory)
    if named.buildings or named.ambiguous:
        kinds = linked(text, kinds, list(named.spans))
    elif not is_list(text, kinds):
        common = frozenset.intersection(*(k.ids for k in kinds))
        kinds = [replace(k, ids=common or k.ids) for k in kinds][: None if common else 1]
    clear = [k for k in kinds if len(k.ids) == 1 or k.plural]
    unclear = [(k.words, tuple(sorted(k.ids))) for k in kinds if k not in clear]
    spans = sorted([*named.spans, *((k.start, k.end, name) for k in clear for name in sorted(k.ids))])
    buildings = tuple(dict.fromkeys(name for _, _, name in spans if name in inventory.buildings))
    return Named(buildings, named.sites, tuple(spans), (*named.ambiguous, *unclear))


def nearest(word: str, index: NameIndex, limit: int = 3) -> list[str]:
    """Return the names most like a word, best first; a number alone is tried as a building's number."""
    from rapidfuzz import fuzz, process  # needed only when a name failed

    names = {" ".join(p): ids[0] for p, ids in index.phrases.items()}
    tries = [word] + ([f"b{word}"] if word.isdigit() else [])
    scored: dict[str, float] = {}
    for text in tries:
        for name, score, _ in process.extract(text, list(names), scorer=fuzz.WRatio, limit=12, score_cutoff=55):
            kind = abs(len(name) - len(text))
            scored[names[name]] = max(scored.get(names[name], 0.0), score - kind)
    return sorted(scored, key=lambda n: (-scored[n], n))[:limit]
