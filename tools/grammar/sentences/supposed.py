"""A change that is only thought of, in the words of the tables: 'pretend', 'were b31 to', 'had we', 'locked up b4'.

English supposes in many frames and closes a building in many words; the tables know "suppose" and "closed".
A frame is rewritten only where a change that can be computed stands in it (`changes.change_of`), so that 'had b4 been
on that tariff' stays what it is.
"""

import re
from typing import Final

from tools.grammar.changes import change_of

_FRAMES: Final = (
    (
        re.compile(
            r"^(?:let'?s|let us|please|can you|could you|just|now|ok|and|but|so)?[ ,]*(?:pretend(?:ing)?|pictur(?:e|"
            r"ing)|"
            r"visuali[sz]e|envisage|envision|conceive|fancy|model|think of|say|suppos(?:e|ing)|imagin(?:e|ing)|"
            r"assum(?:e|ing)|"
            r"presum(?:e|ing)|grant(?:ed|ing)?|in a world where|what would (?:it|things) look like if|"
            r"on the assumption that|"
            r"in the event that|provided(?: that)?|for argument'?s sake|hypothetically)(?: (?:that|if|"
            r"for argument'?s sake))?"
            r"[, ]+"
        ),
        "suppose ",
    ),
    (re.compile(r"^(?:and |but |so )?were (?P<who>(?:\S+ ){1,4}?)to (?=[a-z])"), r"suppose \g<who>were to "),
    (
        re.compile(r"^(?:and |but |so )?(?:had|should) (?P<who>(?:we|i|they|you|one|someone|it|the \w+|[a-z]+\d+)) "),
        r"suppose \g<who> ",
    ),
)
SUPPOSED: Final = re.compile(r"\b(?:suppose|supposing|imagine|imagining|what[ -]if|if|assum\w+|would|could|were to)\b")
SAT_AND_SUN: Final = re.compile(
    r"\b(?:(?:on|at|over|during|every|each|all|both|the|for|in) )*(?:sat(?:urday)?s? (?:and|or|&|\+|plus) (?:(?:every|"
    r"each|all|on) )?"
    r"sun(?:day)?s?|(?:every|each|all|both days of (?:the|every|each)) week[ -]?ends?)\b(?!-)"
)
_DOORS: Final = r"(?:doors?|gates?|shutters?|place|building|premises|shop)"
_LOCK: Final = r"(?:lock|bolt|seal|board|shutter|padlock|mothball|chain)(?:ed|led|ing|s)?"
_KEEP: Final = (
    r"(?:keep|kept|keeping|stay|stays|stayed|staying|stand|stood|leave|left|sit|sat|be|been|were|was|remain\w*|made?)"
)
_LET: Final = (
    r"(?:let|set foot|sets foot|setting foot|entered|enters|enter|used|uses|using|allowed|admitted|permitted|came|come|"
    r"coming|went|worked|work)(?: in(?:to)?| inside)?"
)
SHUT: Final = re.compile(  # a word inside may be the building, and stays
    rf"\b(?:{_LOCK}(?: (?:it|them|the {_DOORS}))?(?: (?:up|off|down))?"
    rf"|{_KEEP} (?P<what>\S+ )?(?:shut|locked|dark|idle|cold|empty|deserted|out of bounds|off[ -]limits)"
    rf"|(?:nobody|no one|no-one|none|not a soul) (?:(?:had|has|have|was|were|is|are|been|ever|be|gets?|got) )*{_LET}"
    rf"|{_DOORS} (?:(?:firmly|all|kept|were|was|being) )*(?:locked|shut|closed|bolted)|shut(?:ting|s)? (?:up )?shop"
    rf"|(?:pull|pulled|pulling|draw|drew) (?:down )?the (?:plug|shutters)(?: on| down)?|wound down|power(?:ed|"
    rf"ing)? down)\b"
)
_N_DEGREES: Final = (
    r"(?:an?|one|two|three|four|five|half an?|\d+(?:\.\d+)?) ?(?:degrees?|deg|°c|°|kelvin|k|c)\b(?: c\b| celsius)?"
)
TURNED: Final = re.compile(  # "turned b25 down by 1 degree", "knocked b25 back two degrees"
    rf"\b(?:turn|knock|nudge|dial|notch|bring|brought|take|took|wind|wound|crank|drop|lower|put|move|set|run|"
    rf"ran)(?:p?ed|d|ing|s)? "
    rf"(?P<who>(?:\S+ ){{1,3}}?)(?:down|back|lower|cooler|colder)? ?(?:by )?(?P<n>{_N_DEGREES})(?: (?:down|lower|"
    rf"cooler|colder|back))?"
)
TAKEN_OFF: Final = re.compile(
    rf"\b(?:take|took|knock|shave|trim|lop)(?:ed|d|ing|s)? (?P<n>{_N_DEGREES}) off (?:of )?(?=\S)"
)


def supposed(text: str) -> str:
    """Return a lower-case sentence with its supposed change in the words of the tables.

    >>> supposed("pretend we locked b4 up every saturday and sunday, what would we have kept")
    'suppose we closed b4 up at weekends, what would we have kept'
    """
    framed = text
    for frame, plain in _FRAMES:
        framed = frame.sub(plain, framed)
    if SUPPOSED.search(framed):
        framed = TAKEN_OFF.sub(r"set-point \g<n> lower in ", TURNED.sub(_lowered, framed))
        closed = SHUT.sub(_closed, SAT_AND_SUN.sub("at weekends", framed))
        if (change := change_of(closed)) and change.kind == "close_weekends":
            return closed
    return framed if framed != text and change_of(framed) else text


def _closed(match: re.Match[str]) -> str:
    return f"closed {match['what'] or ''}".strip()


def _lowered(match: re.Match[str]) -> str:
    """Take 'turned b25 down by 1 degree' as its set-point; what already names one, or no direction, is left."""
    said = match.group(0)
    down = re.search(r"\b(?:down|back|lower|cooler|colder|drop\w*|knock\w*)\b", said)
    named = re.search(r"\b(?:set|thermostat|temperature|heating)\w*", match["who"])
    return said if named or not down else f"set-point of {match['who']}lower by {match['n']}"
