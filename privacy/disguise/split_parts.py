"""Text cut in parts that the reader is asked to join: `part one: 2600`, then `part two: 01`."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

_COUNT = r"(?:one|two|three|four|five|six|[1-9]|[ivx]{1,3}|[a-f])"
_THING = r"(?:part|half|piece|bit|chunk|msg|message|fragment|segment|section|block|line|teil|partie|parte)"
_ORDER = r"(?:first|second|third|fourth|last|final|next|other|remaining|1st|2nd|3rd|4th)"
_LABEL = (
    rf"\(?(?:the\s+)?(?:{_THING}\s*#?{_COUNT}(?:\s*(?:/|of)\s*{_COUNT})?|{_ORDER}\s+(?:{_THING}|bits?|digits?)"
    r"|(?:it\s+)?(?:begins?|starts?|ends|end(?=\s*[:=]|\s+(?:with|in|by)\b)|continues?|goes\s+on|finishes)(?:\s+(?:with|in|by))?(?!\w)"
    r"|(?:and|then)\s+the\s+rest|\(?(?:cont(?:inued|\.|'d)?)\)?(?=[\s:])|[1-9]\s*/\s*[1-9])"
    r"\)?(?:\s*(?:of|is|reads))?\s*(?:->|=>|[:=>)\]-])?[ \t]*"
)
_SPEAKER = (
    r"(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]*)?(?:[A-Za-z]{1,12}[ \t]*[:>][ \t]*)?(?:[-*>•][ \t]*)?(?:and|then)?[ \t]*"
)
FIRST = re.compile(rf"(?<!\w){_LABEL}", re.IGNORECASE)
ASKED = re.compile(
    r"\b(?:part|half|piece|bit|chunk|msg|message|fragment|segment|teil)s?(?:\b|(?=\d))"
    r"|\bwrapped\b|\b(?:begins?|starts?) \S[^\n]{0,200}\n[^\n]{0,200}\bends?\b"
    r"|\bper line\b|\bjoin\b|\bconcat|\brest\b|\bsplit\b|\b1\s*/\s*[2-6]\b|\bcontinued?\b|\btogether\b"
)
BREAK = re.compile(r"[ \t]{0,8}\r?\n[ \t]*(?=\S{1,40}(?:[ \t]\S{1,20}){0,2}[ \t]*(?:\r?\n|$))")


def labelled_parts(text: str) -> Iterator[Edit]:
    """Yield the labels of parts, to be left out with the line breaks before them."""
    if not ASKED.search(text.lower()):
        return
    at = 0
    for match in FIRST.finditer(text):
        is_first = at == 0 and not CONTINUES.search(match[0])
        start = match.start() if is_first else _with_glue(text, at, match.start())
        if start >= at:
            says = is_first and SAYS.search(match[0]) and not SAID.search(text[:start])
            is_word = start and text[start - 1].isdigit() and WORD_BEHIND.match(text, match.end())
            yield Edit(start, match.end(), "is " if says else " " if is_word else "", joint=True)
            at = match.end()


def short_lines(text: str) -> Iterator[Edit]:
    """Yield the line breaks before short lines, in a text that speaks of parts."""
    if "\n" not in text:
        return
    narrow = _is_narrow(text)
    if narrow or ASKED.search(text.lower()):
        for match in (ANY_BREAK if narrow else BREAK).finditer(text):
            is_digits = text[match.end()].isdigit() and not narrow
            yield Edit(*match.span(), "" if is_digits else " ", joint=True)


def _is_narrow(text: str) -> bool:
    """Tell whether a text is wrapped so narrowly that a sentence takes several lines; its last line may be long."""
    lines = text.split("\n", MANY_LINES)[:-1]
    return len(lines) >= NARROW_LINES and all(0 < len(line) <= NARROW for line in lines)


CONTINUES = re.compile(r"(?i)cont|second|third|last|final|next|other|rest|remaining|ends|goes|finish")
SAYS = re.compile(r"(?i)\b(?:is|reads)\s*$")
SAID = re.compile(r"(?i)(?:\b(?:is|reads|ist|est|es|of)|[:=])[\s\"']*$")
WORD_BEHIND = re.compile(r"[A-Za-z]{2,20}\s")
ANY_BREAK = re.compile(r"[ \t]{0,8}\r?\n[ \t]*(?=\S)")
NARROW, NARROW_LINES, MANY_LINES = 34, 4, 60
ANSWER = r"(?:\n[ \t]*[A-Za-z]{1,12}[ \t]*[:>][^\n]{0,20})?"
"""A short word of the listener between two parts: `assistant: ok?`."""
GLUE = re.compile(rf"{ANSWER}[\s,;…]*(?:\n[ \t]*{_SPEAKER})?[ \t]*$")
REACH = 60


def _with_glue(text: str, low: int, start: int) -> int:
    """Return where the glue before a label begins: spaces, a comma, a line break, who says it and when."""
    low = max(low, start - REACH)
    match = GLUE.search(text[low:start])
    return low + match.start() if match else start
