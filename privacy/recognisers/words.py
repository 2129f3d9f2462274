"""Patterns of plain words, matched without regard to case and fast.

Python's `re` skips alternatives by their first letter, but not under IGNORECASE, which makes a list of a hundred cues
six times slower. So these patterns are written and matched in lower case.
"""

import re
from collections.abc import Iterator

from privacy.recognisers.alternatives import grouped

# What follows a backslash or "(?" keeps its case: \W is not \w.
_LITERAL = re.compile(r"\\.|\(\?P|[^\\(]+|\(", re.DOTALL)


class Words:
    """A pattern that ignores case; offsets are those of the text as it was given."""

    def __init__(self, source: str) -> None:
        lowered = (part if part[0] == "\\" or part == "(?P" else part.lower() for part in _LITERAL.findall(source))
        self._pattern = re.compile(grouped("".join(lowered)))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches; their groups are in lower case."""
        return self._pattern.finditer(lower(text))

    def within(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether the pattern occurs between two offsets."""
        return self._pattern.search(lower(text[start:end])) is not None


def lower(text: str) -> str:
    """Return the text in lower case and of the same length: a letter whose lower case is longer stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
