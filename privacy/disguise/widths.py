"""Letters and digits in another dress: full-width, circled, mathematical, superscript, digits of other scripts.

Signs that engineers use as they are (m², ℃, ½, ™) stay: else every such text would have a second view.
"""

import re
import unicodedata
from collections.abc import Iterator

from privacy.disguise.view import Edit

DRESSED = re.compile(
    "[\uff01-\uff9d\uffe0-\uffee\ufb00-\ufb06\u2460-\u24ff\u2776-\u2793\u3000"
    "\u2102\u210a-\u2115\u2119-\u211d\u2124\u2128\u212a-\u2138\u2145-\u2149"
    "\U0001d400-\U0001d7ff\U0001f100-\U0001f189\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]"
    "|[\u00b2\u00b3\u00b9\u2070-\u209c](?=[\u00b2\u00b3\u00b9\u2070-\u209c])"
    "|(?<=[\u00b2\u00b3\u00b9\u2070-\u209c])[\u00b2\u00b3\u00b9\u2070-\u209c]"
)
ENCLOSED = re.compile(r"[()\[\].,]")


def dressed_characters(text: str) -> Iterator[Edit]:
    """Yield characters that stand for a plain one, with that one."""
    if text.isascii():
        return
    for match in DRESSED.finditer(text):
        plain = _plain(match[0])
        if plain != match[0]:
            yield Edit(*match.span(), plain)


def _plain(char: str) -> str:
    """Return what a character stands for: ① and ⒈ are 1, Ⓐ and ⒜ are A."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if "\U0001f130" <= char <= "\U0001f189":  # white letters on black, which Unicode does not fold
        return chr(ord("A") + (ord(char) - 0x1F130) % 32)
    folded = unicodedata.normalize("NFKC", char)
    return (ENCLOSED.sub("", folded) or folded) if len(folded) > 1 else folded
