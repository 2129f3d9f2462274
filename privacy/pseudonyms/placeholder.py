"""Placeholders that a model keeps and that nothing else looks like: "Building QKT".

A letter alone will not do: "building a new plant" and "Building A1" are English, and a plan may have a "Building A" of
its own. Nor will a number: "see point 3", "Building 5 principles" and "Person 21" read like placeholders, and a number
is what a reader checks. So a code is three consonants (four, when those run out) with J, Q, X or Z among them: no word
is spelt so, a lower-case "building qkt" is still no prose, and the few abbreviations that are ("XML", "kHz") are never
used. S is left out, since it inflects: "Building QKTs" is of QKT, not a fourth letter.

A code is given to one entity of a conversation whatever its type, so the code alone says who is meant, and the word
before it only has to fit.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from privacy.pseudonyms.type_words import ABBREVIATED, CARRIERS, DETERMINERS, KINDS

LETTERS = "BCDFGHJKLMNPQRTVWXZ"
RARE = frozenset("JQXZ")
ABBREVIATIONS = frozenset(
    "BJT BMX BTX CJK CNXT CZK DJF DMX DXB DXF FXR GDX GFX GHZ HTX HXN JBL JCT JFK JLT JMX JNR JPG JPL JPN JRPG JVM JWT "
    "KHZ KNX LTX LXD LZW MHZ MJPG MQTT MXF MXN NFT NXT NZD NZX PTZ PXR QBR QLD QPR QRT QTD QTR QTZ TCXV THZ TJX TXF "
    "TXT TXV TZD VFX VXLN WMX WXR XBRL XFMR XLR XML XMPP XRD XRF ZLD ZNG ZVT ZWT".split()
)
_WORD = "A-Za-z0-9À-ɏ"
CODE = re.compile(
    rf"(?<![{_WORD}])(?P<code>(?=[a-z]{{0,3}}[jqxz])[{LETTERS}]{{3,4}})(?P<tail>['\u2019\u00b4`]?s)?(?![{_WORD}])"
    rf"(?!-\d|_[{_WORD}]|\.(?-i:[a-z0-9]))",
    re.IGNORECASE,
)
"""A code with its inflection. "QKT1", "QKT-2", "qkt_max" and "qkt.local" are names of something else."""

REACH = 64
"""Characters before a placeholder that may bear on how it is shown. A placeholder with all around it is shorter."""
_NEAR = 32  # the longest word of a kind, what joins it to a code, and room to see that the word begins there

# Read backwards from the code, so that it is tried at one place only.
_BEFORE = re.compile(
    r"(?P<mark>[*`]{0,3}|_{0,3}(?=\s))(?P<gap>[ \t\xa0\u2009\u202f]{1,3}\.?|[ ]?[-\u2010\u2011_][ ]?|)"
    r"(?P<word>[^\W\d_]+)"
)
_LIST = re.compile(
    rf"([{LETTERS}]{{3,4}})['\u2019]?s?[*`_]*(?:,? ?(?:and|or|und|oder|et|ou|y|o|e|&) |, ?|/|-| ?& ?)\Z", re.IGNORECASE
)
_GLUE = frozenset("-/&+.@#$\\=~")
_DETERMINED = re.compile(r"([^\W\d_]+)['\u2019]?[\s*_`\"“«„]*\Z")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that refers to a code which was given out."""

    start: int
    end: int
    code: str
    word: str
    """The word for its kind, lower case; empty where the code stands alone."""
    mark: str
    """Markup between the word and the code: the asterisks of "Building **QKT**"."""
    tail: str
    """Its inflection: "'s", "s" or nothing."""


def references(text: str, kinds: Mapping[str, str], start: int = 0) -> Iterator[Reference]:
    """Yield what refers to a code of `kinds` (code to kind) from `start` on, in order.

    Left out is what only looks so: a code after a word of another kind or one that takes codes of its own ("chiller
    XJR"), glued to something, or in lower case without a word of its kind before it.
    """
    for match in CODE.finditer(text, start):
        kind = kinds.get(match["code"].upper())
        if kind and (found := _reference(text, match, kind, kinds)):
            yield found


def _reference(text: str, match: re.Match[str], kind: str, given: Mapping[str, str]) -> Reference | None:
    left = text[max(0, match.start() - _NEAR) : match.start()]
    before = _BEFORE.match(left[::-1])
    word = _known(before["word"][::-1]) if before else ""
    if before and before["gap"][-1:] == "." and word not in ABBREVIATED:
        word = ""  # that was the end of a sentence
    code, tail = match["code"].upper(), match["tail"] or ""
    if before and word and kind in KINDS.get(word, ()):
        start = match.start() - before.start("word") - len(word)
        return Reference(start, match.end(), code, word, before["mark"], tail)
    if word in CARRIERS or word in KINDS:
        return None
    if (match["code"].isupper() and left[-1:] not in _GLUE) or _is_listed(left, given):
        return Reference(match.start(), match.end(), code, "", "", tail)
    return None


def _is_listed(left: str, given: Mapping[str, str]) -> bool:
    """Tell whether a list goes on here that has a code before: "buildings qkt and", "Building QKT/"."""
    last = _LIST.search(left[-16:])
    return last is not None and last[1].upper() in given


def _known(word: str) -> str:
    """Return the word in lower case; of a run of Chinese, Japanese or Korean, its end that is a word of a kind."""
    if word[-1] < "\u2e80":
        return word.casefold()
    return next((word[-n:] for n in (3, 2, 1) if word[-n:] in KINDS), "")


def determined(left: str) -> bool:
    """Tell whether an article or the like stands before: "the", "our", "das"."""
    found = _DETERMINED.search(left[-_NEAR:])
    return found is not None and found[1].casefold() in DETERMINERS


def codes(key: bytes, start: int = 0) -> Iterator[str]:
    """Yield codes in an order that only the key tells, from the given position of that order on.

    The order is i -> (a i + b) mod n, with a and b from an HMAC, over all words of three letters and then of four; no
    list has to be made or shuffled.
    """
    yield from islice((word for n in (3, 4) for word in _ordered(key, n)), start, None)
    raise ValueError("all codes of a conversation are given out; begin another")


def _ordered(key: bytes, length: int) -> Iterator[str]:
    size = len(LETTERS) ** length
    step, offset = (_number(key, f"{name} {length}") % size for name in ("step", "offset"))
    step += step % len(LETTERS) == 0  # else it would not reach every word
    words = (_spelt((step * i + offset) % size, length) for i in range(size))
    return (word for word in words if RARE & set(word) and word not in ABBREVIATIONS)


def _spelt(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def _number(key: bytes, purpose: str) -> int:
    return int.from_bytes(hmac.digest(key, purpose.encode(), hashlib.sha256)[:8])
