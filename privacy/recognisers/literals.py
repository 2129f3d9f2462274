"""Which literals a text holds: those of all forms are looked for at once (Aho-Corasick, 1975).

A literal in lower case stands for itself. One with capitals is of the text's shape, in which D is any digit and L any
letter of ASCII: `DDD-DD-DDDD` is the shape of an American social security number. Forms without a literal in the text
are not tried, so a text pays for the forms that it may hold and not for the hundreds that there are.
"""

# ruff: noqa: RUF001 - quotes are what is looked for

import re
from collections.abc import Iterable, Sequence
from itertools import product
from threading import local
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from privacy.recognisers.required import outline

SHAPE = {ord(c): "D" for c in "0123456789"} | {ord(c): "L" for c in "abcdefghijklmnopqrstuvwxyz"}
STARTS = " \n(\"':/-_,|"
ENDS = " \n.,;:)]?!\"'’/|>&-"
SHORT = 4


ALWAYS = 0
"""The requirement that every text meets."""


class Reading(NamedTuple):
    """A text as forms and words look at it."""

    text: str
    low: str
    """In lower case, each character in its place."""
    met: frozenset[int]
    """The requirements that it meets."""
    found: dict[object, Sequence[re.Match[str]]]
    """What patterns have matched in it so far: many families ask for the same hours and days."""


class Literals:
    """Requirements: of some literals a text must hold one. Filled when modules of forms and words are loaded.

    The search is made anew when there are more literals.
    """

    def __init__(self) -> None:
        self._users: dict[str, list[int]] = {}
        self._count = ALWAYS
        self._search: tuple[int, AhoCorasick, list[tuple[int, ...]]] | None = None
        self._last = local()

    def requirement(self, literals: Iterable[str]) -> int:
        """Return the number of a requirement, `ALWAYS` if there are no literals."""
        needed = frozenset(literals)
        if not needed:
            return ALWAYS
        self._count += 1
        for literal in needed:
            self._users.setdefault(literal, []).append(self._count)
        return self._count

    def read(self, text: str) -> Reading:
        """Return a text with the requirements that it meets. Kept until the next one of this thread, for all families.

        Literals are looked for in the text in lower case, in its shape and in its outline.
        """
        last = self.current(text)
        if last is not None:
            return last
        low = lowered(text)
        haystack = f" {low}\n {low.translate(SHAPE)}\n{outline(low)}"
        search, users = self._made()
        held = {index for index, _, _ in search.find_matches_as_indexes(haystack, overlapping=True)}
        met = frozenset((ALWAYS,)).union(*(users[index] for index in held))
        self._last.reading = reading = Reading(text, low, met, {})
        return reading

    def current(self, text: str) -> Reading | None:
        """Return the text as this thread read it last, or nothing if that was another one."""
        last: Reading | None = getattr(self._last, "reading", None)
        return last if last is not None and last.text is text and self._is_made() else None

    def forget(self) -> None:
        """Forget the text that this thread read last."""
        self._last.reading = None

    def _is_made(self) -> bool:
        return self._search is not None and self._search[0] == self._count

    def _made(self) -> tuple[AhoCorasick, list[tuple[int, ...]]]:
        search = self._search
        if search is None or search[0] != self._count:
            users = [tuple(numbers) for numbers in self._users.values()]
            search = self._search = (self._count, AhoCorasick(list(self._users)), users)
        return search[1], search[2]


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
