"""When a run of characters that spells a name is that name: where it begins and ends, and what stands beside it.

A name that is also a common word (Hall, May, Reading, library) counts where its writer shows that a name is meant: by
a capital in the middle of a sentence, by a title or by a word for a building beside it. A month needs more than that.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from privacy.names.common_words import CALENDAR, COMMON
from privacy.names.name import fold

WORD = re.compile(r"[^\W\d_]+")
GAP = re.compile(r"[\s_./\u2019'`\"+&\u2013\u2014\\-]{1,4}")
PATH = re.compile(r"[/_:]")
SPACE = re.compile(r"\s")
POSSESSIVE = "'\u2019`\u00b4\u02bc"
BUILDING_WORDS = (
    r"(?:building|bldg|block|blk|site|campus|house|hall|tower|estate|college|school|hospital|hostel|centre|center|court"
    r"|wing|lodge|geb[äa]ude|b[âa]timent|edificio)"
)
TITLES = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|herr|frau|madame|sr|sra)"
SURELY_BEFORE = re.compile(rf"\b(?:building|bldg|blk|called|named|{TITLES}\.?)\s*[:=#]?\s*[\"'“]?$", re.IGNORECASE)
BEFORE = re.compile(rf"\b{BUILDING_WORDS}\s*[:=#]?\s*[\"'“]?$", re.IGNORECASE)
AFTER = re.compile(rf"[\"'”]?\s+{BUILDING_WORDS}\b|['\u2019]s\b", re.IGNORECASE)
IN_TIME = re.compile(
    r"(?:\b(?:in|on|since|until|till|by|of|last|next|from|to|through|during|for|this|every|each|early|mid|late|end|and"
    r"|between|before|after|\d{1,2}(?:st|nd|rd|th)?)|[-\u2013/])\s*$",
    re.IGNORECASE,
)
DETERMINED = re.compile(r"\b(?:the|our|this|that|at|der|die|das|le|la|el)\s+$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•|>\"“(\[])\s*[\"'“*(-]?$")
STEPS = re.compile(r"\s+(?!is\b|was\b|has\b|does\b|uses\b|needs\b|its\b|vs\b|this\b|as\b|gas\b|kwh\b)[a-z]{2,}s\b")
REACH = 24
SHORT = 5
SPELLED_OUT = 4


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) is a whole word; the `s` of a plural or genitive may follow a long name."""
    if start and text[start - 1].isalnum():
        return False
    if end == len(text) or not text[end].isalnum():
        return True
    ends_with_s = text[end] in "sS" and (end + 1 == len(text) or not text[end + 1].isalnum())
    return ends_with_s and end - start > SHORT and text[end - 1].isalpha()


def breaks_fit(text: str, places: Sequence[int], name: str) -> bool:
    """Tell whether the letters and digits of a name, found at `places`, are broken up as the name may be.

    Between its words there may be a space, a hyphen, an underscore or nothing; elsewhere only an apostrophe, or a
    hyphen between letter and digit (`b-4`), unless all of it is spelled out (`H.o.l.l.y`). `b4/gas` has no spaces.
    """
    gaps = [i for i in range(1, len(places)) if places[i] > places[i - 1] + 1]
    between = [text[places[i - 1] + 1 : places[i]] for i in gaps]
    if any(". " in gap for gap in between) and "." not in name:
        return False
    if not all(map(GAP.fullmatch, between)) or (PATH.search(name) and any(map(SPACE.search, between))):
        return False
    if len(gaps) == len(places) - 1 and len(places) > SPELLED_OUT:
        return True
    breaks = {i for i in breaks_of(name) if 0 < i < len(places)}
    run_on = [i for i in breaks.difference(gaps) if text[places[i - 1]].isdigit() == text[places[i]].isdigit()]
    return not (run_on and len(places) <= SHORT) and all(
        i in breaks or _may_part(text, places[i - 1], places[i]) for i in gaps
    )


def could_break(text: str, places: Sequence[int], name: str) -> bool:
    """Tell whether a name could be broken up so: only where its words part, or a letter meets a digit."""
    breaks = breaks_of(name)
    gaps = [i for i in range(1, len(places)) if places[i] > places[i - 1] + 1]
    borders = (text[places[i - 1]].isdigit() != text[places[i]].isdigit() for i in gaps)
    at_breaks = all(i in breaks or border for i, border in zip(gaps, borders, strict=True))
    return at_breaks and all(GAP.fullmatch(text[places[i - 1] + 1 : places[i]]) for i in gaps)


def breaks_of(name: str) -> frozenset[int]:
    """Return how many letters and digits of a name stand before each break between its words."""
    return frozenset(accumulate(len(fold(word)) for word in re.split(r"[\W_]+", name)))


def _may_part(text: str, left: int, right: int) -> bool:
    """Tell whether a gap inside a word of a name is an apostrophe, or a hyphen between a letter and a digit."""
    gap = text[left + 1 : right]
    return gap in POSSESSIVE or (gap in "-_." and text[left].isdigit() != text[right].isdigit())


def is_meant(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Tell whether a name of these words is meant at [start, end), rather than the words that it is made of."""
    if any(word not in COMMON for word in words):
        return True
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if any(char.isdigit() for char in text[start:end]):
        return not (SENTENCE_START.search(before) and STEPS.match(after))
    if len(words) > 1:
        return _has_capital(text[start:end], before) or bool(DETERMINED.search(before))
    if SURELY_BEFORE.search(before) or (text[start].isupper() and (BEFORE.search(before) or AFTER.match(after))):
        return True
    if words[0] in CALENDAR and IN_TIME.search(before):
        return False
    return _has_capital(text[start:end], before) and not (words[0] in CALENDAR and re.match(r"\s+\d", after))


def _has_capital(found: str, before: str) -> bool:
    """Tell whether words are written as a name is: each with a capital, or one where no sentence starts."""
    words = WORD.findall(found)
    titled = [word for word in words if word[0].isupper() and (word[1:].islower() or len(word) == 1)]
    if len(words) > 1 and len(titled) == len(words):
        return True
    return bool(titled) and not SENTENCE_START.search(before) and before != ""
