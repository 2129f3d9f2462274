"""Which words are ordinary English, by the WordNet index that comes with the spaCy model.

Models of names were taught on news: they take "Wisdom", "Tonnage" and "killers" for names. What a dictionary explains
is no name unless something else says so. The index knows no inflections, so those are undone by the common rules.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from privacy.errors import DetectorUnavailable

GRAMMAR = frozenset(
    """
    a about above after again all also am an and any are as at back be because been before being below between both
    but by can could did do does doing done down during each either else ever every few for from further get had has
    have having he her here hers him his how i if in into is it its itself just let like many may me might mine more
    most much must my near neither never no nor not now of off on once only or other our ours out over own please
    rather said same say says see shall she should since so some such than that the their theirs them then there
    these they this those through to too toward under until up upon us very was we were what when where whether
    which while who whom whose why will with within without would yes yet you your yours ok okay hello hi thanks
    thank dear regards hey sir madam mr mrs ms dr prof
    """.split()
)
"""Words that WordNet leaves out: it lists nouns, verbs, adjectives and adverbs."""

ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("es", ""), ("ed", ""), ("ed", "e"), ("er", ""), ("er", "e"),
    ("est", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
SMALL_WORD = re.compile(r"(?<![\w@./:-])[^\W\d_]{2,}(?![\w@/:]|[.-]\w)")


class Lexicon:
    """The words of a language, in lower case."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words | GRAMMAR
        self.knows = lru_cache(maxsize=4096)(self._knows)

    def _knows(self, word: str) -> bool:
        """Tell whether a word, in any case and common inflection, is in the lexicon."""
        low = word.lower()
        if low in self._words:
            return True
        if "-" in low:
            return all(self.knows(part) for part in low.split("-") if part)
        return any(low.endswith(end) and low[: -len(end)] + instead in self._words for end, instead in ENDINGS)


def with_capitals(text: str, lexicon: Lexicon) -> str:
    """Return a text without any capital with one at every word that the lexicon lacks; another text as it is.

    Models of names were taught on text with capitals: they miss "naomi ryan". Offsets stay, for no letter is added.
    """
    if any(letter.isupper() for letter in text):
        return text
    return SMALL_WORD.sub(lambda match: match[0] if lexicon.knows(match[0]) else capital(match[0]), text)


def capital(word: str) -> str:
    """Return a word with a capital, if that is one letter too: that of "ŉ" is two."""
    first = word[0].upper()
    return (first if len(first) == 1 else word[0]) + word[1:]


def load_lexicon(model: Any) -> Lexicon:
    """Return the lexicon that comes with a spaCy model."""
    from spacy.lookups import Lookups

    folder = Path(model.path) / "lemmatizer" / "lookups"
    try:
        tables = Lookups().from_disk(folder)
        index, odd = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
    except (OSError, KeyError, ValueError) as error:
        raise DetectorUnavailable("english lexicon", f"{folder} has no word index: {error}") from error
    words = {word for table in index.values() for word in table} | {word for table in odd.values() for word in table}
    return Lexicon(frozenset(words))
