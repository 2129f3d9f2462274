"""Letters of other alphabets that look like Latin ones: `\u041d\u043ell\u0443br\u043e\u043ek`.

A word is read as Latin where it mixes alphabets, or where every letter of it looks Latin and the text has no word that
is written in that alphabet properly. Real Greek and Cyrillic words keep their letters: nobody hides in them.
"""
# ruff: noqa: RUF001 - characters that are easily taken for others are what this file is about

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

CYRILLIC = dict(
    zip("АВЕЅІЈКМНОРСТУХҮЗбаеѕіјкмнорстухүзԁԛԝһӏґԍѵԌԚԜՏ", "ABESIJKMHOPCTYXY36aesijkmhopctyxy3dqwhlrgvGQWS", strict=True)
)
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγεικνορτυχωϲϳ", "ABEZHIKMNOPTYXaByeikvoptuxwcj", strict=True))
LATIN = dict(zip("ıɑɡɩʟʀɴɪʜʙᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱƖǀ", "iagilRNIHBACDEJKMOPTUVWZSll", strict=True))
OTHERS = dict(zip("օսոհզցᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃ∣ⅼⅿⅾⅽⅹⅰⅴ", "ounhqgABCDEHJKLMPRSTVWZllmdcxiv", strict=True))
LOOKS = {**OTHERS, **LATIN, **GREEK, **CYRILLIC}
"""What each character looks like, after the confusables of Unicode TR 39; only what reads well in a word."""

FOREIGN = re.compile(
    "[ıɑɡɩʀɴɪʜʙʟƖǀ\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff\u1d00-\u1d2b\ua731\u2170-\u217f∣]"
)
WORD = re.compile(r"[^\W_]+(?:[-'’.@_:][^\W_]+)*")
LATIN_LETTER = re.compile(r"[A-Za-z]")


def lookalikes(text: str) -> Iterator[Edit]:
    """Yield the letters that stand in for Latin ones, with those."""
    if text.isascii() or not FOREIGN.search(text):
        return
    words = [match.span() for match in WORD.finditer(text)]
    proper = any(_is_proper(text[start:end]) for start, end in words)
    for start, end in words:
        word = text[start:end]
        if not word.isascii() and (_mixes(word) or (not proper and _looks_latin(word))):
            yield from (Edit(i, i + 1, LOOKS[text[i]]) for i in range(start, end) if text[i] in LOOKS)


def _mixes(word: str) -> bool:
    """Tell whether a word has Latin letters and lookalikes; in `\u03bcm` or `k\u03a9` there is no lookalike."""
    return bool(LATIN_LETTER.search(word)) and any(char in LOOKS for char in word)


def _is_proper(word: str) -> bool:
    """Tell whether a word of several letters has foreign ones that nobody would take for Latin, and no Latin ones."""
    foreign = [char for char in word if FOREIGN.match(char)]
    return len(foreign) > 1 and not LATIN_LETTER.search(word) and any(char not in LOOKS for char in foreign)


def _looks_latin(word: str) -> bool:
    """Tell whether every letter that is not Latin looks Latin, and there is one."""
    foreign = [char for char in word if char.isalpha() and not char.isascii()]
    return bool(foreign) and all(char in LOOKS for char in foreign)
