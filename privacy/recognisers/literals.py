"""Which literals a text holds: those of all forms are looked for at once (Aho-Corasick, 1975).

A literal in lower case stands for itself. One with capitals is of the text's shape, in which D is any digit and L any
letter of ASCII: `DDD-DD-DDDD` is the shape of an American social security number. Forms without a literal in the text
are not tried, so a text pays for the forms that it may hold and not for the hundreds that there are.
"""

# ruff: noqa: RUF001 - quotes are what is looked for

from collections.abc import Iterable
from itertools import product
from threading import local
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

SHAPE = {ord(c): "D" for c in "0123456789"} | {ord(c): "L" for c in "abcdefghijklmnopqrstuvwxyz"}
STARTS = " \n(\"':/-_,|"
ENDS = " \n.,;:)]?!\"'’/|>&-"
SHORT = 4


class Reading(NamedTuple):
    """A text as forms look at it."""

    text: str
    low: str
    """In lower case, each character in its place."""
    held: frozenset[int]
    """The numbers of the literals that it holds."""


class Literals:
    """Literals by number. Filled when modules of forms are loaded; the search is made anew when it has grown."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._search: tuple[int, AhoCorasick] | None = None
        self._last = local()

    def numbers(self, literals: Iterable[str]) -> frozenset[int]:
        """Return the numbers of some literals."""
        return frozenset(self._numbers.setdefault(literal, len(self._numbers)) for literal in literals)

    def read(self, text: str) -> Reading:
        """Return a text with the literals that it holds. Kept until the next one of this thread, for all families."""
        last: Reading | None = getattr(self._last, "reading", None)
        if last is not None and last.text is text and self._is_made():
            return last
        low = lowered(text)
        haystack = f" {low}\n {low.translate(SHAPE)}\n"
        held = frozenset(index for index, _, _ in self._made().find_matches_as_indexes(haystack, overlapping=True))
        self._last.reading = reading = Reading(text, low, held)
        return reading

    def forget(self) -> None:
        """Forget the text that this thread read last."""
        self._last.reading = None

    def _is_made(self) -> bool:
        return self._search is not None and self._search[0] == len(self._numbers)

    def _made(self) -> AhoCorasick:
        search = self._search
        if search is None or search[0] != len(self._numbers):
            search = self._search = (len(self._numbers), AhoCorasick(list(self._numbers)))
        return search[1]


LITERALS = Literals()


def lowered(text: str) -> str:
    """Return a text in lower case, character by character, so that places in it are places in the text."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def at_start(words: str) -> tuple[str, ...]:
    """Return the literals of words too short to be looked for inside others: "SIN" is no cue in "using"."""
    return tuple(mark + word for word in words.split() for mark in STARTS)


def at_end(words: Iterable[str]) -> tuple[str, ...]:
    """Return the literals of words behind a space; short ones end where they end: "St" is no street in "still"."""
    return tuple(
        f"{start}{word}{mark}" for word in words for start in " \n" for mark in (ENDS if len(word) <= SHORT else ("",))
    )


def shapes(form: str, marks: str = " ") -> tuple[str, ...]:
    """Return the shapes of a form in which `?` stands for one of the marks or nothing."""
    parts = form.split("?")
    gaps = product(("", *marks), repeat=len(parts) - 1)
    return tuple(parts[0] + "".join(gap + part for gap, part in zip(gs, parts[1:], strict=True)) for gs in gaps)
