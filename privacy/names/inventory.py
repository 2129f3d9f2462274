"""Every name and id that the data knows, found in a text in whatever way it is spelled.

All names are searched at once (Aho-Corasick, 1975) in the text without case, accents, spaces and signs; whether a hit
is that name is then decided where it stands, by `name_rules`.
"""

from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from privacy.names.name import Name, fold, fold_with_places
from privacy.names.rules import WORD, breaks_fit, could_break, is_meant, is_whole
from privacy.spans import Span
from privacy.taxonomy import label_of_type

LEAST_CHARS = 2
LONGEST_NAME = 400  # of letters and digits; a longer one is a note, not a name
NOTES_SHOWN = 5


class NameInventory:
    """Names ready to be found. Immutable, so it may be shared by threads; build a new one when data changes."""

    def __init__(self, names: Sequence[Name], keys: Sequence[str], notes: Sequence[str] = ()) -> None:
        self.names = tuple(names)
        """The names that are searched: one for each way of spelling."""
        self.notes = tuple(notes)
        """What was left out, and why."""
        self._lengths = [len(key) for key in keys]
        self._search = AhoCorasick(keys, store_patterns=False) if keys else None

    @classmethod
    def build(cls, names: Iterable[Name]) -> "NameInventory":
        """Return the inventory of names. What cannot be found is left out with a note: the empty, the one-letter name.

        Of names that differ only in spelling the most sensitive is kept, or else the first.
        """
        found: dict[str, Name] = {}
        refused: list[Name] = []
        for name in names:
            key = fold(name.text)
            if not LEAST_CHARS <= len(key) <= LONGEST_NAME:
                refused.append(name)
            elif (other := found.get(key)) is None or label_of_type(name.type) > label_of_type(other.type):
                found[key] = name
        return cls(list(found.values()), list(found), _notes(refused))

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where a name is meant; spans may overlap (`Building b4` and `b4`)."""
        if self._search is None:
            return
        folded, places = fold_with_places(text)
        if not folded:
            return
        for index, first, end in self._search.find_matches_as_indexes(folded, overlapping=True):
            start, stop = places[first], places[end - 1] + 1
            if is_whole(text, start, stop) and self._is_meant(text, places[first:end], index):
                name = self.names[index]
                yield Span(start, stop, name.type, label_of_type(name.type), 1.0, "inventory", name.entity)

    def possible(self, text: str) -> Iterator[Span]:
        """Yield every place where a name could be meant: its letters and digits, whole, whatever parts its words."""
        if self._search is None:
            return
        folded, places = fold_with_places(text)
        for index, first, end in self._search.find_matches_as_indexes(folded, overlapping=True) if folded else ():
            start, stop = places[first], places[end - 1] + 1
            if is_whole(text, start, stop) and could_break(text, places[first:end], self.names[index].text):
                name = self.names[index]
                yield Span(start, stop, name.type, label_of_type(name.type), 0.5, "inventory", name.entity)

    def _is_meant(self, text: str, places: Sequence[int], index: int) -> bool:
        name = self.names[index].text
        is_one_run = places[-1] - places[0] == len(places) - 1
        if not (is_one_run and name.isalnum()) and not breaks_fit(text, places, name):
            return False
        words = [word.lower() for word in WORD.findall(name)]
        return not words or is_meant(text, places[0], places[-1] + 1, words)


def _notes(refused: Sequence[Name]) -> list[str]:
    """Return what was left out, in words for the person who keeps the names."""
    notes = [_note(name) for name in refused[:NOTES_SHOWN]]
    more = len(refused) - len(notes)
    return [*notes, f"{more} more names were left out for the same reasons"] if more else notes


def _note(name: Name) -> str:
    """Return why one name cannot be found, and the remedy."""
    size = len(fold(name.text))
    said = "has no letter or digit" if not size else "is one letter" if size == 1 else f"has {size} letters"
    return f"{name.type} {name.entity!r}: the name {name.text[:40]!r} {said} and is not searched; give it a longer name"
