"""Remarks beside a question, in which no word can narrow the figure: who asks, asides, and what leads up to a colon.

Whatever stands between the opening of a clause and a verb of asking says only who asks ("the estates chap next door
needs ..."). A clause that opens with the person ("I am ...", "we're ...") and names neither a
building nor a word of the field, and picks nothing, is an aside.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Final

from tools.grammar.words.noun_phrase import NAME, tokens_of
from tools.grammar.words.papers import PAPER_WORDS
from tools.grammar.words.people import PEOPLE
from tools.grammar.words.phrase_ends import ASKS, FIELD

ENDS_A_CLAUSE: Final = frozenset((":", ",", "-", "?", ".", "!", ";", "(", ")"))
_QUESTIONS: Final = frozenset("what which who how when where why did does do whose".split())
_NARROWING: Final = FIELD | _QUESTIONS
_STOPS: Final = _NARROWING | {NAME, ":", ";", ".", "!", "?"}
_OPENS_AN_ASIDE: Final = frozenset(
    "i im ive id ill we were weve wed he she they you youd dont didnt let lets sorry please not never".split()
)
_PICKS: Final = frozenset(  # an aside with one of these may say what is meant: "I only want the lifts"
    """
    want wants need needs mean meant like care only just after about of in for on at inside within without from by with
    except but
    """.split()
)


_PERSONS: Final = frozenset("me you us i im ive id we were weve".split())


def in_remark(word: str, said: str) -> bool:
    """Tell whether a word stands, each time, in a remark; `said` is lower-case, with its names blanked."""
    tokens = tokens_of(said)
    stood = [i for i, token in enumerate(tokens) if token == word]
    spans = (*_askers(said), *_asides(said), *_before_colon(said))
    return bool(stood) and all(any(i in span for span in spans) for i in stood)


@lru_cache(maxsize=32)
def _askers(said: str) -> tuple[range, ...]:
    """Return where those stand who ask, with all that is said of them."""
    tokens = tokens_of(said)
    found: list[range] = []
    for verb in (i for i, token in enumerate(tokens) if token in ASKS):
        start = verb
        while start and tokens[start - 1] not in _STOPS and not tokens[start - 1][0].isdigit():
            start -= 1
        people = any(token in PEOPLE for token in tokens[start:verb])
        found += [range(start, verb)] if people and tokens[start] not in ("of", "in", "with", "by", "per") else []
    return tuple(found)


@lru_cache(maxsize=32)
def _asides(said: str) -> tuple[range, ...]:
    """Return where clauses of the person stand that name nothing of the field: ', we're getting desperate'."""
    tokens = tokens_of(said)
    edges = [-1, *(i for i, token in enumerate(tokens) if token in ENDS_A_CLAUSE), len(tokens)]
    clauses = [range(a + 1, b) for a, b in pairwise(edges) if b > a + 1]
    return tuple(c for c in clauses if _is_aside(tokens[c.start : c.stop]))


def _is_aside(clause: tuple[str, ...]) -> bool:
    return clause[0] in _OPENS_AN_ASIDE and not _narrows(clause) and not _PICKS & set(clause)


@lru_cache(maxsize=32)
def _before_colon(said: str) -> tuple[range, ...]:
    """Return where a remark of people or papers stands before a colon: 'a bet with the porters: ...'."""
    tokens = tokens_of(said)
    colon = tokens.index(":") if ":" in tokens else 0
    told = tokens[:colon]
    people = any(token in PEOPLE or token in PAPER_WORDS or token in _PERSONS for token in told)
    return (range(colon),) if people and not _narrows(told) else ()


def _narrows(tokens: tuple[str, ...]) -> bool:
    return any(token in _NARROWING or token == NAME or token[0].isdigit() for token in tokens)
