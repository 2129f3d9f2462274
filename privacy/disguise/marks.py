"""Marks that are put on characters to break words up: `K\u0301e\u0336s\u0323t`.

Only the marks of Latin, Greek and Cyrillic are taken off: in Hindi, Arabic or Thai a mark is a vowel.
"""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


def combining_marks(text: str) -> Iterator[Edit]:
    """Yield the runs of combining marks, to be left out; a thousand marks on one letter are one run."""
    if text.isascii():
        return
    for match in MARKS.finditer(text):
        yield Edit(*match.span(), "")
