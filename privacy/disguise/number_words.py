"""Digits that are spelled out: `two six zero zero zero one`, `vier sieben null`, `one ninety-two dot one`."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

DIGITS = {
    **dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)),
    **dict(zip("null eins zwei drei vier fünf sechs sieben acht neun".split(), "0123456789", strict=True)),
    **dict(zip("zéro un deux trois quatre cinq six sept huit neuf".split(), "0123456789", strict=True)),
    **dict(zip("cero uno dos tres cuatro cinco seis siete ocho nueve".split(), "0123456789", strict=True)),
    **dict(zip("zero uno due tre quattro cinque sei sette otto nove".split(), "0123456789", strict=True)),
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "nil": "0",
    "fuenf": "5",
    "zwo": "2",
    "niner": "9",
}
TEENS = {
    word: str(number)
    for number, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SIGNS = {"dot": ".", "point": ".", "punkt": ".", "punto": ".", "dash": "-", "hyphen": "-", "slash": "/", "colon": ":"}
SIGNS |= {"hash": "#", "star": "*"}
TIMES = {"double": 2, "triple": 3, "treble": 3}
HUNDRED, AND = "hundred", "and"

_NUMBER = "|".join(sorted((*DIGITS, *TEENS, *TENS, *TIMES), key=len, reverse=True))
_ANY = "|".join(
    sorted(
        (*DIGITS, *TEENS, *TENS, *TIMES, *SIGNS, HUNDRED, rf"{HUNDRED} {AND}(?=[\s-](?:{_NUMBER}))"),
        key=len,
        reverse=True,
    )
)
RUN = re.compile(rf"(?<![^\W_])(?:{_NUMBER}|\d)(?:[\s,\u2013-]{{1,3}}(?:{_ANY}|\d)(?![^\W_])){{2,}}")
LONG = tuple(word for word in {*DIGITS, *TEENS, *TENS} if len(word) > 2)
LEAST_WORDS = 2
HINT = re.compile(r"[a-zéü]{2}")
WORD = re.compile(r"[^\W\d_]+|\d|,")


def number_words(text: str) -> Iterator[Edit]:
    """Yield runs of at least three words that spell a number of at least three digits, with its digits."""
    low = text.lower()
    if sum(low.count(word) for word in LONG) < LEAST_WORDS:  # a search takes ten times as long
        return
    for match in RUN.finditer(low if len(low) == len(text) else text):
        if HINT.search(match[0].lower()):
            plain = _digits([word.lower() for word in WORD.findall(match[0])])
            if sum(map(str.isdigit, plain)) > 2:  # two digits identify nothing
                yield Edit(*match.span(), plain)


def _digits(words: list[str]) -> str:
    """Return the digits that words spell, one after the other as they are dictated; "one hundred and nine" is 109."""
    said, at = [], 0
    while at < len(words):
        piece, at = _piece(words, at)
        said.append(piece)
    return "".join(said)


def _piece(words: list[str], at: int) -> tuple[str, int]:
    """Return the digits of the number that begins at a place, and the place behind it."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in TIMES:
        return _unit(after) * TIMES[word], at + 2
    if _unit(word) and after == HUNDRED:
        at += 3 if words[at + 2 : at + 3] == [AND] else 2
        low, at = _below_hundred(words, at)
        return str(100 * int(_unit(word)) + low), at
    if word in TENS:
        low, at = _below_hundred(words, at)
        return str(low), at
    return _unit(word) or TEENS.get(word) or ("00" if word == HUNDRED else SIGNS.get(word, "")), at + 1


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    """Return the number below a hundred that begins at a place, 0 where none does, and the place behind it."""
    word = words[at] if at < len(words) else ""
    if word not in TENS:
        plain = TEENS.get(word) or _unit(word)
        return (int(plain), at + 1) if plain else (0, at)
    low = _unit(words[at + 1]) if at + 1 < len(words) else ""
    return (TENS[word] + int(low), at + 2) if low.strip("0") else (TENS[word], at + 1)


def _unit(word: str) -> str:
    """Return the digit that a word is; nothing where it is none."""
    return DIGITS.get(word, word if word.isdigit() else "")
