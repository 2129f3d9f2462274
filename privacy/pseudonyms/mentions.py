"""Where a text mentions what must not leave: spans checked, widened by their own word, and kept apart."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from privacy.pseudonyms.placeholder import CODE, references
from privacy.spans import Span

_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\.?[ \t\xa0]{1,3}\Z")
_BUILDING = frozenset("building buildings bldg bldgs gebäude bâtiment edificio edifício gebouw".split())
_PLURALS = frozenset("buildings bldgs".split())
_REACH = 24


class Mention(NamedTuple):
    """A stretch of a text, and what it says without a plural before it."""

    start: int
    end: int
    text: str


def checked(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order, without the empty ones; ValueError names those that overlap or leave the text."""
    for span in spans:
        if not 0 <= span.start <= span.end <= len(text):
            raise ValueError(f"span {span.start}-{span.end} is not in a text of {len(text)} characters")
    ordered = sorted((s for s in spans if text[s.start : s.end].strip()), key=lambda s: s.start)
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError(f"spans {left.start}-{left.end} and {right.start}-{right.end} overlap; join them first")
    return ordered


def mention(text: str, start: int, end: int, kind: str, floor: int = 0) -> Mention:
    """Return the mention at a stretch, with a word of its kind directly before it.

    "Building [b4]" as a whole becomes "Building QKT", not "Building Building QKT". The word is part of the name where
    the rest is an id ("Building b4"), and not before a name ("building Marlowe Tower") or where it opens a list.
    """
    said = text[start:end]
    start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
    name = text[start:end]
    before = _WORD_BEFORE.search(text[max(floor, start - _REACH) : start])
    if before is None or not _is_word_of(before["word"], kind):
        return Mention(start, end, name)
    is_id = any(c.isdigit() for c in name.partition(" ")[0]) or len(name) == 1
    begin = start - len(before[0])
    return Mention(begin, end, text[begin:end] if is_id and before["word"].casefold() not in _PLURALS else name)


def _is_word_of(word: str, kind: str) -> bool:
    folded = word.casefold()
    return folded in (kind.lower(), f"{kind.lower()}s") or (kind == "Building" and folded in _BUILDING)


def forged(text: str, kinds: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the stretches that read like placeholders which were given out, though nobody put them there."""
    found = [(r.start, r.end - len(r.tail)) for r in references(text, kinds)]
    ends = {end for _, end in found}
    codes = (match.span("code") for match in CODE.finditer(text) if match["code"].upper() in kinds)
    return sorted(found + [span for span in codes if span[1] not in ends])


class Free:
    """The stretches of a text that nothing has taken yet."""

    def __init__(self, taken: Iterable[tuple[int, int]]) -> None:
        self._taken = sorted(taken)

    def take(self, start: int, end: int) -> bool:
        """Take a stretch unless something of it is taken; tell whether it was free."""
        place = bisect_left(self._taken, (start, start))
        after = place < len(self._taken) and self._taken[place][0] < end
        before = place > 0 and self._taken[place - 1][1] > start
        if not after and not before:
            insort(self._taken, (start, end))
        return not (after or before)

    def floor(self, start: int) -> int:
        """Return where the last taken stretch before a place ends."""
        place = bisect_left(self._taken, (start, start))
        return self._taken[place - 1][1] if place else 0
