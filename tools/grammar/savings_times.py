"""The two times of a saving that are told from the day of the measure: 'the twelve months before', 'the year since'."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tools.energy_query import Period
from tools.grammar import dates
from tools.grammar.period_patterns import COUNTS, ORDINALS

_N: Final = r"(?P<{0}>\d{{1,3}}|" + "|".join(COUNTS) + ")"
_UNIT: Final = r"(?P<{0}>day|week|month|quarter|year)s?"
_LEADS: Final = r"(?:(?:in|over|for|during|of|on|with|against|using|the|its|full|whole|first) )*"
_AFTER: Final = (
    r"(?:since(?: then)?|after(?:wards?)?(?: (?:that|it|this|then))?|following(?: (?:that|it))?|that followed|"
    r"thereafter|later|from (?:then|that day|that date)(?: on)?|subsequent|to follow)"
)
_BEFORE: Final = (
    r"(?:before(?:hand)?(?: (?:that|it|this|then))?|prior(?: to (?:that|it|this))?|previously|earlier|"
    r"preceding(?: it)?|"
    r"leading up to (?:it|that))"
)
AFTER: Final = re.compile(
    rf"\b{_LEADS}(?:{_N.format('n')} )?{_UNIT.format('u')} {_AFTER}\b"
    rf"|\b{_LEADS}(?:following|next|subsequent|first) (?:{_N.format('n2')} )?{_UNIT.format('u2')}\b(?! of\b)"
)
NTH: Final = re.compile(
    r"\b(?:in|over|for|during|of) (?:the |its )?(?P<o>second|third|fourth|2nd|3rd|4th) (?P<u>year|quarter|month|week)\b"
    r"(?! of\b)"
)
BEFORE: Final = re.compile(
    rf"\b{_LEADS}(?:{_N.format('n')} )?{_UNIT.format('u')} {_BEFORE}\b"
    rf"|\b{_LEADS}(?:previous|preceding|prior|foregoing|last) (?:{_N.format('n2')} )?{_UNIT.format('u2')}\b(?! of\b)"
)


@dataclass(frozen=True, slots=True)
class SavingsTimes:
    """The time after a measure and the time before it, None where not said, and the characters that said so."""

    after: Period | None
    before: Period | None
    spans: tuple[tuple[int, int], ...]


def times_about(text: str, since: datetime) -> SavingsTimes:
    """Return the times that a lower-case text tells from the local day of a measure on."""
    if nth := NTH.search(text):
        return SavingsTimes(_nth(since, nth), None, (nth.span(),))
    after, before = AFTER.search(text), BEFORE.search(text)
    return SavingsTimes(
        dates.span(since, _moved(since, after, 1)) if after else None,
        dates.span(_moved(since, before, -1), since) if before else None,
        tuple(m.span() for m in (after, before) if m),
    )


def _moved(since: datetime, match: re.Match[str], way: int) -> datetime:
    word = match["n"] or match["n2"] or "1"
    count = COUNTS.get(word) or int(word)
    return _step(since, way * count, match["u"] or match["u2"])


def _nth(since: datetime, match: re.Match[str]) -> Period:
    place = ORDINALS[match["o"]]
    return dates.span(_step(since, place - 1, match["u"]), _step(since, place, match["u"]))


def _step(since: datetime, count: int, unit: str) -> datetime:
    if unit in ("day", "week"):
        return since + timedelta(days=count * (7 if unit == "week" else 1))
    return dates.add_months(since, count * {"month": 1, "quarter": 3, "year": 12}[unit])
