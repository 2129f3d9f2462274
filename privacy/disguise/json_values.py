"""A value cut over the keys of one JSON object: `{"dev_hi": "2600", "dev_lo": "01"}`."""

import re
from collections.abc import Iterator
from itertools import pairwise

from privacy.disguise.view import Edit

PAIR = re.compile(r'"([^"\\\n]{1,60})"\s*:\s*(?:"((?:[^"\\\n]|\\.){0,400})"|(-?\d[\d.]{0,20})(?=\s*[,}\]]))')
PIECE, WORDS = 32, 60
OCTET = re.compile(r"\d{1,3}")
MEANT = {
    "dev": "device", "pw": "password", "pass": "password", "pwd": "password", "tel": "phone", "addr": "address",
    "usr": "user", "inst": "instance", "reg": "register", "acct": "account", "lat": "latitude", "lon": "longitude",
    "lng": "longitude", "sn": "serial", "no": "number",
}  # fmt: skip
COUNTING = frozenset("hi lo high low msb lsb part first last begin end start head tail left right a b c d x y".split())
DOMAIN = re.compile(r"domain|host|server", re.IGNORECASE)
KEY_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


def _pairs(text: str) -> list[re.Match[str]]:
    return list(PAIR.finditer(text)) if text.count('":') + text.count('" :') > 1 else []


def values_run_together(text: str) -> Iterator[Edit]:
    """Yield what stands between neighbouring values as joints: nothing, a dot between octets, an @ before a domain."""
    pairs = _pairs(text)
    if not any(_is_piece(left) and _is_piece(right) for left, right in pairwise(pairs)):
        return
    dotted = _octets(pairs)
    yield Edit(pairs[0].start(), _value(pairs[0])[0], _spoken(pairs[0][1]) + " ", joint=True)
    for left, right in pairwise(pairs):
        yield Edit(_value(left)[1], _value(right)[0], _glue(left, right, dotted), joint=True)


def values_in_a_row(text: str) -> Iterator[Edit]:
    """Yield what stands between neighbouring values as joints that are one space."""
    pairs = [pair for pair in _pairs(text) if pair[2] or pair[3]]
    if sum(_is_words(pair) for pair in pairs) < 2:
        return
    yield Edit(pairs[0].start(), _value(pairs[0])[0], _spoken(pairs[0][1]) + " ", joint=True)
    for left, right in pairwise(pairs):
        yield Edit(_value(left)[1], _value(right)[0], " ", joint=True)


def _is_piece(pair: re.Match[str]) -> bool:
    """Tell whether a value can be a piece of one: short, without spaces; a number only if it can be an octet."""
    return bool(OCTET.fullmatch(pair[3])) if pair[3] else 0 < len(pair[2]) <= PIECE and " " not in pair[2]


def _is_words(pair: re.Match[str]) -> bool:
    """Tell whether a value is a short string, such as a name or a street."""
    return bool(pair[2]) and len(pair[2]) <= WORDS


def _value(pair: re.Match[str]) -> tuple[int, int]:
    return pair.span(2) if pair[2] is not None else pair.span(3)


def _glue(left: re.Match[str], right: re.Match[str], dotted: frozenset[int]) -> str:
    a, b = left[2] or left[3] or "", right[2] or right[3] or ""
    if DOMAIN.search(right[1]) and "." in b and "@" not in a:
        return "@"
    if left.start() in dotted and right.start() in dotted:
        return "."
    return "" if a[-1:].isdigit() == b[:1].isdigit() and " " not in a + b else " "


def _octets(pairs: list[re.Match[str]]) -> frozenset[int]:
    """Return where four neighbouring values begin that can be the octets of an address."""
    for index in range(len(pairs) - 3):
        four = pairs[index : index + 4]
        values = [pair[2] or pair[3] or "" for pair in four]
        if all(OCTET.fullmatch(value) and int(value) < 256 for value in values):  # an octet
            return frozenset(pair.start() for pair in four)
    return frozenset()


def _spoken(key: str) -> str:
    """Return a key as words, without those that count the parts: `dev_hi` is `device`."""
    words = [word for word in KEY_WORD.findall(key) if word.lower() not in COUNTING and not word.isdigit()]
    return " ".join(MEANT.get(word.lower(), word) for word in words)
