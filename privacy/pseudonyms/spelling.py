"""When two spellings are of one name: case, accents, articles, possessives, invisible characters."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from privacy.names.common_words import COMMON

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f"
_TOKEN = re.compile(
    rf"[^\W_][^\W_{_INVISIBLE}]*(?:[{_INVISIBLE}]+[^\W_]*)*|\.(?=\s)|[^\w\s.\-\u2010-\u2015'\u2019\u00b4`{_INVISIBLE}]"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_POSSESSIVE = re.compile(r"(?:['\u2019\u00b4`]s?|(?<=s)['\u2019])\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the)\s+", re.IGNORECASE)
_TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame herr frau monsieur madame m mme sr sra don".split())

_LETTERS, _DIGITS = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_LONG_NUMBER = 6  # shorter ones are amounts and times
_LONG_WORD = 3  # shorter ones are initials and endings


class Token(NamedTuple):
    """A word or a sign of a text, folded, with its place."""

    folded: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and signs of a text; spaces, hyphens, apostrophes and invisible characters part or vanish."""
    for match in _TOKEN.finditer(text):
        yield Token(_fold(match[0]), match.start(), match.end())


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return _DROPPED.sub("", unicodedata.normalize("NFKD", word)).casefold()


def bare_name(text: str) -> tuple[str, str, str]:
    """Part a mention into article, name and possessive ending: "the Marlowe Tower's" has all three."""
    article = _ARTICLE.match(text)
    start = article.end() if article else 0
    ending = _POSSESSIVE.search(text, start)
    end = ending.start() if ending and ending.start() > start else len(text)
    return text[:start], text[start:end], text[end:]


def normal(name: str) -> str:
    """Return what all spellings of a name share; the text itself where it has no word."""
    return " ".join(token.folded for token in tokens(name)) or name


def without_titles(name: str) -> list[str]:
    """Return the words of a person's normal name, given name first and without titles."""
    last, comma, first = name.partition(" , ")
    words = f"{first} {last}".split() if comma else name.split()
    return [word for word in words if word not in _TITLES and word != "."]


def is_telling(spelling: str) -> bool:
    """Tell whether a normal spelling means its entity wherever it stands.

    "b4" and "curie" do; "01", "at" and "reading" are too common, and count only where a detector marked them.
    """
    letters, digits = len(_LETTERS.findall(spelling)), len(_DIGITS.findall(spelling))
    if not letters:
        return digits >= _LONG_NUMBER
    return spelling not in COMMON and (letters >= _LONG_WORD or digits > 0)
