"""Who is meant by which code, in one conversation: the map that never leaves the process unencrypted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from privacy.pseudonyms.originals import Originals
from privacy.pseudonyms.placeholder import codes
from privacy.pseudonyms.spelling import bare_name, is_telling, normal, without_titles
from privacy.pseudonyms.type_words import KINDS

_NAMESAKES = 32
"""With more persons of one last name than this, only a full name says who is meant."""


@dataclass(slots=True, repr=False)
class Entity:
    """One thing that a conversation speaks of, and how it is shown again."""

    code: str
    kind: str
    name: str
    """As it was first written, without article and possessive."""
    article: str = ""
    id: str = ""
    given: str = ""
    literal: bool = False
    """A stretch that only looked like a placeholder: shown as written, and no secret."""
    spellings: list[str] = field(default_factory=list)


class PseudonymMap:
    """Entities by code, by id and by spelling. Codes once given or seen are never given again."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.position = 0
        self.kinds: dict[str, str] = {}
        self.seen: set[str] = set()
        self._entities: dict[str, Entity] = {}
        self._by_id: dict[str, Entity] = {}
        self._by_spelling: dict[str, Entity] = {}
        self._by_surname: dict[str, list[Entity]] = {}
        self._originals: Originals | None = None
        self._codes: Iterator[str] = codes(key)

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def get(self, code: str) -> Entity | None:
        """Return who has a code; None where it was never given out or its bearer is erased."""
        return self._entities.get(code)

    def entity(self, mention: str, kind: str, identity: str = "") -> Entity:
        """Return who is mentioned, given a code now if this is the first time."""
        article, name, _ = bare_name(mention)
        spelling = _short(normal(name), kind)
        found = self._known(spelling, kind, identity)
        if found is None:
            found = Entity(self._next_code(), kind, name, article, identity)
            self._take_in(found)
        self._learn(found, spelling, identity)
        return found

    def literal(self, text: str, kind: str) -> Entity:
        """Return the entity that stands for a stretch of text which looks like a placeholder."""
        return self._by_spelling.get(f"\0{text}") or self._new_literal(text, kind)

    def originals(self) -> Originals:
        """Return the finder of all spellings that mean an entity wherever they stand."""
        if self._originals is None:
            names = (s for s, e in self._by_spelling.items() if not e.literal)
            telling = dict.fromkeys(s for s in (*names, *self._by_surname) if is_telling(s))
            self._originals = Originals(telling)
        return self._originals

    def kind_of(self, spelling: str) -> str:
        """Return the kind of what a spelling of `originals` means."""
        known = self._by_spelling.get(spelling)
        return known.kind if known else "Person"

    def erase(self, original: str) -> bool:
        """Forget who a spelling means; tell whether anyone was forgotten. Its code stays given and means nobody."""
        found = self._by_spelling.get(normal(bare_name(original)[1]))
        found = found or self._by_id.get(original) or next((e for e in self if e.name == original), None)
        if found is None:
            return False
        kept = [entity for entity in self if entity is not found]
        self.seen.add(found.code)
        self._entities, self._by_id, self._by_spelling, self._by_surname = {}, {}, {}, {}
        self._originals = None
        del self.kinds[found.code]
        for entity in kept:
            self._restore(entity)
        return True

    def dump(self) -> dict[str, object]:
        """Return the map as JSON values; only for sealing."""
        rows = [[e.code, e.kind, e.name, e.article, e.id, e.given, e.literal, e.spellings] for e in self]
        return {"key": self.key.hex(), "position": self.position, "seen": sorted(self.seen), "entities": rows}

    def load(self, entities: list[list[object]], position: int, seen: list[str]) -> None:
        """Take in what `dump` wrote."""
        self.position, self.seen = position, set(seen)
        self._codes = codes(self.key, position)
        for row in entities:
            self._restore(Entity(*row))  # type: ignore[arg-type]

    def _known(self, spelling: str, kind: str, identity: str) -> Entity | None:
        if identity and identity in self._by_id:
            return self._by_id[identity]
        found = self._by_spelling.get(spelling) or (self._namesake(spelling) if kind == "Person" else None)
        return None if found and identity and found.id else found

    def _namesake(self, spelling: str) -> Entity | None:
        """Return the one person whom a last name, or an initial and a last name, can mean."""
        words = without_titles(spelling)
        if not words:
            return None
        given, bearers = " ".join(words[:-1]), self._by_surname.get(words[-1], [])
        if len(bearers) > _NAMESAKES:
            return None
        alike = [e for e in bearers if _agree(given, e.given) and (e.given or len(bearers) == 1)]
        return alike[0] if len(alike) == 1 else None

    def _learn(self, entity: Entity, spelling: str, identity: str) -> None:
        if identity and not entity.id:
            entity.id = identity
            self._by_id[identity] = entity
        if self._by_spelling.setdefault(spelling, entity) is entity and spelling not in entity.spellings:
            entity.spellings.append(spelling)
            self._originals = None
        if entity.kind == "Person" and len(words := without_titles(spelling)) > 1:
            entity.given = max(entity.given, " ".join(words[:-1]), key=len)

    def _take_in(self, entity: Entity) -> None:
        self._entities[entity.code] = entity
        self.kinds[entity.code] = entity.kind
        if entity.id:
            self._by_id[entity.id] = entity
        if entity.kind == "Person" and (words := without_titles(normal(entity.name))):
            entity.given = entity.given or " ".join(words[:-1])
            self._by_surname.setdefault(words[-1], []).append(entity)

    def _restore(self, entity: Entity) -> None:
        self._take_in(entity)
        for spelling in entity.spellings:
            self._by_spelling[spelling] = entity

    def _new_literal(self, text: str, kind: str) -> Entity:
        made = Entity(self._next_code(), kind, text, literal=True, spellings=[f"\0{text}"])
        self._restore(made)
        return made

    def _next_code(self) -> str:
        for code in self._codes:
            self.position += 1
            if code not in self.seen and code not in self._entities:
                return code
        raise AssertionError  # `codes` raises when it has none left


def _short(spelling: str, kind: str) -> str:
    """Return the id alone where a kind's word stands before it: "b4" of "building b4"."""
    first, _, rest = spelling.partition(" ")
    is_id = " " not in rest and any(c.isdigit() for c in rest)
    return rest if is_id and kind in KINDS.get(first, ()) else spelling


def _agree(given: str, known: str) -> bool:
    """Tell whether two given names may be of one person: one is missing, both are equal, or one is an initial."""
    if not given or not known or given == known:
        return True
    return min(len(given), len(known)) == 1 and given[0] == known[0]
