"""Capitals strewn over words: `hOw MuCh GaS dId hOlLyBrOoK HoUsE UsE`.

Where names are told from words by their capitals, such a text hides them. One word in such a case is a product or an
identifier; two are a trick.
"""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit
from privacy.names.common_words import FREQUENT

WORD = re.compile(r"[A-Za-z]{3,40}")
SIGN = re.compile(r"[a-z][A-Z][a-z]?[A-Z]|[A-Z][a-z][A-Z]")
TURN = re.compile(r"[a-z](?=[A-Z])|[A-Z](?=[a-z])")
SURE = 2
AROUND = 60
"""So far around words in strewn case others may be short ones of the same trick: `hOw`."""
SHARE = 0.5
"""Of the steps from letter to letter so many change the case; in `supplyAirTemp` a fifth do."""


def strewn_capitals(text: str) -> Iterator[Edit]:
    """Yield the words of a text in strewn case, small where they are common and with one capital where they are not."""
    if not SIGN.search(text):
        return
    words = list(WORD.finditer(text))
    strewn = [match for match in words if _is_strewn(match[0])]
    if len(strewn) < SURE:
        return
    first, last = strewn[0].start() - AROUND, strewn[-1].end() + AROUND
    for match in (word for word in words if first <= word.start() <= last):
        low = match[0].lower()
        plain = low if low in FREQUENT else low.capitalize()
        if plain != match[0]:
            yield Edit(*match.span(), plain)


def _is_strewn(word: str) -> bool:
    return bool(SIGN.search(word)) and len(TURN.findall(word)) >= SHARE * (len(word) - 1)
