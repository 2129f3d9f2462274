"""Where the originals of a conversation stand in a text, in one pass however many there are."""

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from privacy.pseudonyms.spelling import tokens

# Each word is framed, so that a match begins and ends with a word: "b1" is not found in "b11".
_OPEN, _CLOSE = "\x01", "\x02"


class Originals:
    """An automaton over normal spellings; finds them whatever their case, accents and spaces."""

    def __init__(self, spellings: Iterable[str]) -> None:
        self._spellings = list(spellings)
        patterns = ["".join(map(_framed, spelling.split())) for spelling in self._spellings]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest) if patterns else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and normal spelling of each occurrence, the longest where several begin together."""
        if self._automaton is None:
            return
        starts, ends, parts, length = {}, {}, [], 0
        for token in tokens(text):
            parts.append(_framed(token.folded))
            starts[length] = token.start
            length += len(parts[-1])
            ends[length] = token.end
        for pattern, start, end in self._automaton.find_matches_as_indexes("".join(parts)):
            yield starts[start], ends[end], self._spellings[pattern]


def _framed(word: str) -> str:
    return f"{_OPEN}{word}{_CLOSE}"
