"""Tell whether a number stands with the name of what an analysis found: savings are no use, a baseline no forecast."""

import re
from calendar import month_name

from nodes.verification.carried import WEEKDAYS, Carried, Fact
from nodes.verification.claims import Claim

WORD = re.compile(r"[a-z]{2,}")
SAYS_NOTHING = frozenset(
    """
    a an and as at by carbon cost day electricity for from gas in is kwh labelled mean month of on over per percent
    share that the to total use week weekday with year
    """.split()
)
"""Words of a name that other facts have as well, or that are judged on their own."""

TIMES = frozenset([*WEEKDAYS, *(month.lower() for month in month_name[1:])])


def name_words(fact: Fact) -> frozenset[str]:
    """Return the words by which a finding is known, in the singular: 'baseline', 'saving'."""
    words = WORD.findall(fact.name.lower())
    return frozenset(_singular(w) for w in words if w not in SAYS_NOTHING and w not in TIMES)


def all_name_words(known: Carried) -> frozenset[str]:
    """Return the words of all findings of a turn."""
    return frozenset(w for f in known.facts if f.is_finding for w in name_words(f))


def names_a_gain(word: str, known: Carried) -> bool:
    """Tell whether a word such as 'savings' is the name of findings that are all above zero, so that there are some."""
    found = [f for f in known.facts if f.is_finding and _singular(word) in name_words(f)]
    return bool(found) and all(f.value > 0 for f in found)


def is_named(claim: Claim, fact: Fact) -> bool:
    """Tell whether a number is told with all words of its finding and with none of another's.

    The words between the number before and this one count; where there are none, those behind it do.
    """
    ours = name_words(fact)
    others = frozenset(w for f in claim.known.facts if f.is_finding and f.unit == fact.unit for w in name_words(f))
    start, end = _room(claim)
    text = claim.sentence.text
    told = _told(text[start : claim.quantity.at], others) or _told(text[claim.quantity.to : end], others)
    return told == ours


def _room(claim: Claim) -> tuple[int, int]:
    """Return the clause of a number between the numbers beside it; those of a date are none."""
    start, end = claim.clause
    dates = claim.sentence.whens
    for other in (n for n in claim.numbers if not any(d.at <= n.at < d.to for d in dates)):
        if start <= other.to <= claim.quantity.at:
            start = other.to
        if claim.quantity.to <= other.at < end:
            end = other.at
    return start, end


def _told(text: str, words: frozenset[str]) -> frozenset[str]:
    return frozenset(_singular(w) for w in WORD.findall(text)) & words


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
