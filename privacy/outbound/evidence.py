"""What is known of a text when its names are sought: what the models say of it, and what its words are."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from privacy.outbound.lexicon import Lexicon
from privacy.outbound.transformer import Word

KNOWN = 0.7
"""The share of words in small letters that a dictionary knows, from which on a text counts as English."""


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch that spaCy named, as `SPACY_PERSON`, `_ORGANISATION`, `_PLACE`, `_FACILITY` or `_NATION`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Evidence:
    """A text with what was found in it."""

    text: str
    words: Sequence[Word]
    named: Sequence[Named]
    lexicon: Lexicon
    has_capitals: bool = True
    """Whether the capitals of the text are its writer's."""

    @cached_property
    def is_english(self) -> bool:
        """Whether the text reads as English."""
        words = [word for word in TOKEN.findall(self.text) if len(word) > 1 and word[0].islower() and word.isalpha()]
        return len(words) > 1 and sum(map(self.lexicon.knows, words)) >= KNOWN * len(words)

    def score(self, start: int, end: int, kinds: frozenset[str]) -> float:
        """Return how sure the transformer is that some word of a stretch is of one of these kinds."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return max((word.score for word in self.words[first:last] if word.kind in kinds), default=0.0)

    def line(self, start: int) -> tuple[int, int]:
        """Return where the line around a position begins and ends."""
        end = self.text.find("\n", start)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if end < 0 else end


TOKEN = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
"""A word as people count them, with its hyphens and apostrophes."""
