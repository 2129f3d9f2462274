"""The noun phrase in which a word stands, and what stands before and behind it.

English needs only its closed classes for this: determiners, auxiliaries, prepositions and the verbs of asking bound a
phrase, whatever its nouns are. 'Of' joins two nouns, and so do 'in' and 'from' before a body of people.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tools.grammar.words.filler import bases
from tools.grammar.words.papers import ALONE, PAPER_WORDS
from tools.grammar.words.people import PEOPLE
from tools.grammar.words.phrase_ends import ASKS, DETERMINERS, ENDS_A_PHRASE, FIELD, FOR, HAPPENS, MAKES

TOKEN: Final = re.compile(r"[^\W_]+(?:[.'&/][^\W_]+)*'?|[,;:.!?()]|\s-\s|\s{2,}")
NAME: Final = "_"  # stands for each name that was blanked
JOINING: Final = frozenset("in from at over of".split())  # "the chap from facilities"
_ORDERS: Final = frozenset("give tell send provide compute calculate compare rank find".split())
_BOUNDS: Final = ENDS_A_PHRASE | DETERMINERS | ASKS | HAPPENS | _ORDERS | {"of"}
_BEFORE_A_NOUN: Final = frozenset("the my our his her their your an a its this".split())
_OPENERS: Final = FOR | MAKES | {"im", "am", "as"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, the two tokens before its determiner, and the two behind it; '' is an edge of the text."""

    words: tuple[str, ...]
    before: tuple[str, str]
    behind: tuple[str, str]
    determined: bool

    def head(self) -> str:
        """Return the last word that names people or papers, or ''."""
        return next((w for w in reversed(self.words) if w in PEOPLE or w in PAPER_WORDS), "")


@lru_cache(maxsize=32)
def tokens_of(said: str) -> tuple[str, ...]:
    """Return the words of a lower-case text, its marks, and `NAME` for each name that was blanked.

    >>> tokens_of("the bursar's list:    in may")
    ('the', 'bursars', 'list', ':', '_', 'in', 'may')
    """
    found = (m.group(0) for m in TOKEN.finditer(said))
    return tuple(t.strip().replace("'", "") or NAME for t in found)


def around(word: str, said: str) -> list[tuple[str, str]]:
    """Return the tokens before and behind each time that a word stands."""
    found = ("", *tokens_of(said), "")
    return [(found[i - 1], found[i + 1]) for i, token in enumerate(found) if token == word]


@lru_cache(maxsize=128)
def phrases(word: str, said: str) -> tuple[Phrase, ...]:
    """Return the noun phrases in which a word stands; `said` is a lower-case text with its names blanked."""
    tokens = tokens_of(said)
    return tuple(_phrase_at(i, tokens) for i, token in enumerate(tokens) if token == word)


def _phrase_at(at: int, tokens: tuple[str, ...]) -> Phrase:
    start = end = at
    while start and (step := _is_noun(start - 1, tokens) or _step(tokens[start - 1 :: -1])):
        start -= step
    while step := _step(tokens[end + 1 :]):
        end += step
    start = _over_field(start, tokens)
    determined = bool(start) and tokens[start - 1] in DETERMINERS
    padded = ("", "", *tokens, "", "")
    edge, after = start - determined + 2, end + 3
    return Phrase(
        tokens[start : end + 1], (padded[edge - 2], padded[edge - 1]), (padded[after], padded[after + 1]), determined
    )


def _over_field(start: int, tokens: tuple[str, ...]) -> int:
    """Return where a phrase begins that has words of the field in it: 'for our annual energy report'."""
    first = start
    while first and tokens[first - 1] in FIELD:
        first -= 1
    opened = first > 1 and tokens[first - 1] in DETERMINERS and tokens[first - 2] in _OPENERS
    return first if opened else start


def _step(ahead: tuple[str, ...]) -> int:
    """Return by how many tokens a noun phrase goes on: over a noun, or over 'of' and 'from our' and the noun behind."""
    if not ahead or not _ends(ahead[0]):
        return 1 if ahead else 0
    if ahead[0] == "of" and len(ahead) > 1 and not _ends(ahead[1]):
        return 2
    rest = [t for t in ahead[:3] if t not in DETERMINERS]
    joins = len(rest) > 1 and rest[0] in JOINING and (rest[1] in PEOPLE or any(b in PEOPLE for b in bases(rest[1])))
    return ahead.index(rest[1]) + 1 if joins else 0


def _is_noun(at: int, tokens: tuple[str, ...]) -> int:
    """Tell, as 1 or 0, whether a verb of asking is a noun, as behind a determiner: 'the audit report'."""
    return int(at > 0 and tokens[at] in ASKS and tokens[at - 1] in _BEFORE_A_NOUN | ALONE)


def _ends(token: str) -> bool:
    return token in _BOUNDS or not token[0].isalnum()
