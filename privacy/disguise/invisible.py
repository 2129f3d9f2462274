"""Characters that nobody sees: zero-width marks, direction marks, soft hyphens, tags, control characters."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)


def unseen_characters(text: str) -> Iterator[Edit]:
    """Yield the runs of unseen characters, to be left out."""
    for match in UNSEEN.finditer(text):
        yield Edit(*match.span(), "")
