"""Stretches of a text: where a name begins and ends, and what it is joined with."""

import re
from collections.abc import Iterable, Iterator

from privacy.outbound.building_words import is_jargon
from privacy.outbound.evidence import TOKEN, Named

Stretch = tuple[int, int]

NAME = r"[^\W\d_a-z][^\W\d_]{0,40}(?:['\u2019.-][^\W\d_]{1,40}){0,4}\.?"
"""A word of a proper name."""
POSSESSIVE = re.compile(r"['\u2019]s?\Z")
JOINT = re.compile(
    r"(?:-|['\u2019]|\.? ?)(?:(?:[^\W\d_ai]\.?"
    r"|de|da|do|dos|del|della|di|du|van|von|der|den|la|le|el|al|bin|ibn|y|e|zu) ){0,4}\Z"
)
"""What may stand between two parts of one name."""
SHORT = 8
"""Letters of the longest word in capitals that is taken for an acronym."""


def plain(word: str) -> str:
    """Return a word without possessive ending."""
    return POSSESSIVE.sub("", word)


def connected(text: str, found: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that overlap or are parts of one name made one."""
    whole: list[Stretch] = []
    for start, end in sorted(s for s in found if s[0] < s[1]):
        if whole and (start <= whole[-1][1] or JOINT.match(text, whole[-1][1], start)):
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def lines(text: str, named: Named) -> Iterator[Stretch]:
    """Yield the parts of a named stretch that stand on one line, without possessive ending."""
    start = named.start
    for part in text[named.start : named.end].split("\n"):
        bare = plain(part.rstrip(" .,;:"))
        if bare.strip():
            begin = start + len(bare) - len(bare.lstrip())
            yield begin, start + len(bare)
        start += len(part) + 1


def is_acronym(text: str, start: int, end: int) -> bool:
    """Tell whether a word is a short one in capitals while its neighbours are not."""
    word = text[start:end]
    around = TOKEN.findall(text[max(0, start - 20) : start])[-1:] + TOKEN.findall(text[end : end + 20])[:1]
    shouted = any(len(w) > 1 and w.isupper() and not is_jargon(w) for w in around)
    return len(word) <= SHORT and word.isupper() and not shouted
