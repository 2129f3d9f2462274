"""Text that may be shown: whatever a file, a name or a question holds, it cannot steer a terminal.

Escape sequences start with control characters, and direction marks make a line read as another one. Both are gone
before anything is printed.
"""

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text as one line that only shows characters: controls become spaces, direction marks go."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))


def shortened(text: str, chars: int) -> str:
    """Return a text cut to so many characters, with an ellipsis where something is gone."""
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}…"
