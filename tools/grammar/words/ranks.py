"""Superlatives that stand alone, and those of a load's shape: 'the three hungriest', 'the spikiest demand'.

A counted superlative with no noun behind it ranks buildings, unless the question speaks of months, days or hours. The
shape of a load is measured by its load factor (mean over peak): the spikiest load has the lowest, the flattest the
highest, which is told.
"""

import re
from typing import Final

from tools.grammar.words.directions import DOWN, UP, forms

_COUNT: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|[2-9]|1[0-2])"
_STEMS: Final = "|".join(sorted(forms(stem)[1] for stem in f"{UP} {DOWN}".split()))
_EST: Final = (
    rf"(?:highest|lowest|biggest|smallest|largest|greatest|dirtiest|cleanest|greenest|dearest|cheapest|costliest|"
    rf"priciest|lightest|{_STEMS}|(?:most|least) (?!of\b)\w+(?:ive|ful|ent|ant|ing|ous|gal|est|ical|gate))"
)
_NO_NOUN: Final = (
    r"(?=\s*(?:$|[,.;:?!)-]|(?:for|in|on|by|of|during|over|at|across|among|from|with|since|please|and|first|"
    r"to run|to heat|to keep|to operate|to power)\b))"
)
CALENDAR: Final = re.compile(
    r"\b(?:months?|days?|hours?|weeks?|weekdays?|weekends?|nights?|quarters?|years|half-hours?|dates?|which year|"
    r"anomal\w*|causes?|reasons?|measures?|tips?|events?|readings?|values?)\b"
)
NUMBER: Final = re.compile(rf"\b{_COUNT}\b")
ALONE: Final = re.compile(rf"\b(?:(?P<n>{_COUNT}) (?P<s>{_EST})|(?P<t>{_EST}) (?P<m>{_COUNT})){_NO_NOUN}")
WHICH_N: Final = re.compile(
    rf"\b(?P<w>which|what) (?P<n>{_COUNT})(?P<of> of (?:the |our |these |those |all |them\b|its )*| (?:months|days|"
    rf"hours|"
    rf"quarters|years|weekdays)\b)?(?P<mid>[^?.]*?\b)(?:the )?(?P<s>{_EST}\b|(?:most|least){_NO_NOUN})"
)
RANKED: Final = re.compile(rf"\b{_EST}\b")
_VERB: Final = re.compile(
    r"^ (?:had|have|has|were|are|was|is|used?|drew|cost|got|showed?|emit\w*|burn\w*|r[au]n|came|come)\b"
)
BLOCKS: Final = re.compile(
    r"\b(?P<d>(?:of|our|the|all|these|those|your|across|among|amongst|between|which|what)"
    rf"(?: (?:our|the|all|these|those|your))?(?: {_COUNT})?(?: (?:cambridge|delhi|iiit-?d?|campus|university|uni))?) "
    r"(?:blocks|facilities|structures|edifices)(?=\s*(?:$|[,.;:?!)]|(?:in|for|on|by|over|at|from|with|and|is|are|was|were|"
    r"had|have|used?|uses|drew|draw|cost|did|do|does|has|together|combined|got|took|take|came|come|burn\w*|emit\w*)\b))"
)
OUT_OF: Final = re.compile(
    rf"\b(?P<a>(?:of|among|amongst|across|from|between|in) (?:our|the|all|these|those|your)(?: the)?) {_COUNT} "
    r"(?P<b>(?:\w+ )?buildings)\b"
)
_SHAPED: Final = (
    r"(?: (?:(?:electricity|electric|electrical|power|gas|energy|daily|hourly) )?"
    r"(?:demand|load|profile|curve|shape|draw|use|usage|consumption|pattern|line)"
    r"(?: (?:profile|curve|shape|pattern))?s?)?"
)
_NO_PRICE: Final = r"(?!.*\b(?:tariffs?|rates?|prices?|floors?|roofs?)\b)"
HOW_EVEN: Final = re.compile(
    r"\bhow (?:even|level|steady|smooth|uniform|lumpy|choppy|jagged|bumpy|uneven)(?:ly spread)? "
    r"(?:is|was|are|were)\b(?! it to\b)"
)
SPIKIEST: Final = re.compile(
    rf"\b(?:(?:spiki|peaki|lumpi|jaggedi?|choppi|bumpi)est|most (?:spiky|spikey|peaky|lumpy|jagged|choppy|bumpy)|"
    rf"least (?:flat|steady|smooth|even|level|constant|uniform)){_SHAPED}\b{_NO_PRICE}"
)
FLATTEST: Final = re.compile(
    rf"\b(?:(?:flatt|steadi|smooth|even)est|least (?:spiky|spikey|peaky|lumpy|jagged|choppy|bumpy)|"
    rf"most (?:flat|steady|smooth|even|level|constant|uniform)){_SHAPED}\b{_NO_PRICE}"
)


def with_whole_ranks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a lower-case text whose ranks say of what they are, and what must be told of it.

    >>> with_whole_ranks("give me the three hungriest in 2019")[0]
    'give me the three hungriest buildings in 2019'
    """
    told: list[str] = []
    if match := HOW_EVEN.search(text):
        told.append(f"{match.group(0)!r} is taken as the load factor (mean over peak)")
        text = HOW_EVEN.sub("what is the load factor of", text)
    for pattern, plain in ((SPIKIEST, "lowest load factor"), (FLATTEST, "highest load factor")):
        if match := pattern.search(text):
            told += [] if "load factor" in text else [f"{match.group(0)!r} is taken as the {plain} (mean over peak)"]
            text = pattern.sub(plain, text)
    text = WHICH_N.sub(_counted, BLOCKS.sub(r"\g<d> buildings", text))
    if NUMBER.search(text) and not CALENDAR.search(text):
        text = ALONE.sub(lambda m: f"{m['n'] or m['m']} {m['s'] or m['t']} buildings", text)
    if not OUT_OF.search(text) or not RANKED.search(text):
        return text, tuple(told)
    return OUT_OF.sub(r"\g<a> \g<b>", text), tuple(told)


def _counted(match: re.Match[str]) -> str:
    """Put the number before what it counts: 'which three had the highest' as 'which had the three highest'."""
    if not match["of"] and (not _VERB.match(match["mid"]) or CALENDAR.search(match.string)):
        return match.group(0)
    of, mid = (match["of"] or " buildings").rstrip(), match["mid"].strip()
    return re.sub(" +", " ", f"{match['w']}{of} {mid} the {match['n']} {match['s']}")
