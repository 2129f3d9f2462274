"""Letters shifted by thirteen: `Ubyyloebbx Ubhfr`."""

import codecs
import re
from collections.abc import Iterator

from privacy.disguise.view import Edit
from privacy.names.common_words import COMMON, likeness

SAID = re.compile(
    r"\brot-?\s?13\b|\brot\s+thirteen\b|\bc(?:a|ae)esar\b|\b(?:thirteen|13) letters\b|\bshifted by\b"
    r"|\bebg-?13\b|\bcipher|\bdecode\b|\bdecrypt"
)
WORD = re.compile(r"[A-Za-z]+")
MARGIN = 0.12


def rotated(text: str) -> str:
    """Return the text with each letter shifted by thirteen."""
    return codecs.encode(text, "rot13")


def rotated_words(text: str) -> Iterator[Edit]:
    """Yield the words that look more like English when shifted back, in a text that speaks of shifting."""
    if not SAID.search(text.lower()):
        return
    for match in WORD.finditer(text):
        plain = rotated(match[0])
        if _is_likelier(plain, match[0]):
            yield Edit(*match.span(), plain)


def _is_likelier(plain: str, word: str) -> bool:
    known = plain.lower() in COMMON and word.lower() not in COMMON
    return known or likeness(plain) > likeness(word) + MARGIN
