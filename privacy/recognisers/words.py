r"""Patterns that are tried only on a text that holds what they cannot match without.

Words are matched without regard to case: Python's `re` skips alternatives by their first letter, but not under
IGNORECASE, which makes a list of a hundred cues six times slower. So they are written and matched in lower case.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from privacy.recognisers.alternatives import grouped
from privacy.recognisers.literals import LITERALS, lowered
from privacy.recognisers.required import required

# What follows a backslash or "(?" keeps its case: \W is not \w.
_LITERAL = re.compile(r"\\.|\(\?P|[^\\(]+|\(", re.DOTALL)


_MADE: "list[Cased]" = []


class Cased:
    """A pattern whose letters are matched in their own case."""

    def __init__(self, source: str, flags: int = 0) -> None:
        _MADE.append(self)
        self._source, self._flags = source, flags
        self._needs = LITERALS.requirement(required(_low(source)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: most texts are tried against few."""
        return re.compile(self._source, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches. In the text that is being scanned they are looked for once, and only if there may be."""
        reading = LITERALS.current(text)
        if reading is None:
            return self.pattern.finditer(self._prepared(text))
        if self._needs not in reading.met:
            return iter(())
        found = reading.found.get(self)
        if found is None:
            found = reading.found[self] = tuple(self.pattern.finditer(self._prepared(text)))
        return iter(found)

    def _prepared(self, text: str) -> str:
        return text


class Words(Cased):
    """A pattern that ignores case; offsets are those of the text as it was given, groups of matches are lower case."""

    def within(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether the pattern occurs between two offsets."""
        return self.pattern.search(lowered(text[start:end])) is not None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern in lower case."""
        return re.compile(grouped(_low(self._source)), self._flags)

    def _prepared(self, text: str) -> str:
        return lowered(text)


def _low(source: str) -> str:
    return "".join(part if part[0] == "\\" or part == "(?P" else part.lower() for part in _LITERAL.findall(source))


def compile_all() -> None:
    """Compile every pattern, so that no text waits for one."""
    for made in _MADE:
        _ = made.pattern
