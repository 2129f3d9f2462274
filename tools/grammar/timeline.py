"""Join the periods of a question into what is asked and what it is compared with."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tools.energy_query import Period
from tools.grammar import dates
from tools.grammar.like_periods import BETWEEN, LIST, in_order, lie_apart, reject_apart, reject_three_sides
from tools.grammar.periods import Mention, mentions
from tools.grammar.ratio_words import sides_of_ratio

RANGE = re.compile(
    r"^\s*,?\s*(?:to|until|till|through|thru|-|up to|and ending|up to and including)"
    r"\s*(?:in\s+)?(?:the\s+)?(?:end\s+of\s+)?$"
)
VERSUS = re.compile(
    r"\b(?:vs\.?|versus|against|compared?\s+(?:to|with)|comparison\s+(?:to|with)|compared|than|relative\s+to|"
    r"as\s+opposed\s+to|as(?=\s+(?:in|during)\b)|over|minus|above|below|beside|next\s+to|exceed\w*|deviat\w*|depart\w*|(?:model(?:led)?|"
    r"baseline|regression)\s+(?:of|for|from|fitted\s+to))\b"
)
SAME = re.compile(r"^\s*[,:;(]\s*(?:on|in|the)?\s*$")  # "in 2020, 29 February"
JOINS = re.compile(
    r"\b(?:and|to|until|till|through|thru|with|against|than|or|from|between|vs?|versus|before|after|since|plus|like|as|minus|less|without|except|excluding|bar|but)\b"
    r"|[-&+/?;:]|^\s*,\s*$"
)
SAME_TIME = re.compile(
    r"\bsame (?:(?:two|three|four|five|six|nine|\d{1,2}) )?(?:time|period|quarter|season|month|dates?|days|weeks?|"
    r"months?|span|stretch)\s*(?:in|of|during)?\s*(?:the\s+)?$"
)
WITH = re.compile(r"^\s*,?\s*(?:with|and with|against)\s*(?:the\s+)?(?:same\s+in\s+)?$")
FROM = re.compile(r"\bfrom\s*(?:the\s+)?$")
SINCE = re.compile(
    r"\b(?:since|from|starting(?:\s+in)?|beginning(?:\s+in)?)\s*(?:the\s+)?(?:start\s+of\s+|beginning\s+of\s+)?$"
)
AFTER = re.compile(r"\bafter\s*(?:the\s+)?(?:end\s+of\s+)?$")
BEFORE = re.compile(r"\b(?:before|prior\s+to)\s*(?:the\s+)?(?:start\s+of\s+)?$")
UNTIL = re.compile(r"\b(?:until|till|up\s+to|by\s+the\s+end\s+of|to\s+the\s+end\s+of)\s*(?:the\s+)?$")
RELATIVE = re.compile(r"^(?:last|previous|past)\s+(week|month|quarter|year)$")
PREVIOUS = re.compile(r"^previous\s+(week|month|quarter|year)$")
COMPARE_FIRST = re.compile(r"\b(?:compar(?:e|ing|ison)|contrast|difference|change)\b")
SIDES = re.compile(
    r"\b(?:changed?|difference|delta|increased?|decreased?|rise[ns]?|rose|fall(?:en)?|fell|drop(?:ped)?|growth|"
    r"grow[ns]?|grew|"
    r"reductions?|reduced|cuts?|rises|falls|drops|savings?|improvements?)\b"
)
WHOLE = re.compile(r"\b(?:share|fraction|proportion|percentage|per ?cent|part|slice)\b")
EVER = re.compile(
    r"\b(?:for\s+ever|forever|of\s+all\s+time|all\s+time|ever|"
    r"(?:in\s+)?(?:the\s+)?(?:whole|entire|full|complete)\s+(?:record|period|history|dataset)|"
    r"since\s+(?:records\s+began|the\s+beginning)|all\s+years|overall|in\s+total\s+ever|to\s+date)\b"
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is asked (`period`, None for everything), what with (`reference`), and the text that said so (`spans`).

    `prior` is the unit of "the year before" where no date says before what.
    """

    period: Period | None = None
    reference: Period | None = None
    spans: tuple[tuple[int, int], ...] = ()
    prior: str | None = None


def timeline(
    text: str,
    now: datetime,
    first: datetime,
    newest: datetime,
    *,
    comparing: bool,
    leaning: bool = False,
    year: int | None = None,
    pairs: bool = False,
) -> Timeline:
    """Read the periods of a lower-case text. `now`, and the data's `first` and `newest` moments, are local.

    With `leaning`, the text follows another turn, and a month without a year is in `year`, that turn's. With `pairs`,
    two like periods that lie apart are two sides to compare, unless words of a span join them.
    Raises `BadPeriod` for an impossible date or an end before its start.
    """
    found = mentions(text, now, newest, year)
    said = [m.span() for m in EVER.finditer(text)]
    said += [same.span() for m in found if (same := SAME_TIME.search(text[: m.at]))]
    spans = (*((m.at, m.to) for m in found), *said)
    prior = next((m for m in found if m.prior), None)
    dated = [m for m in found if not m.prior]
    if not dated:
        return Timeline(spans=spans, prior=prior.prior if prior else None)
    if prior:
        period = _alone(text, dated[0], first, newest) if len(dated) == 1 else _joined(text, dated)
        return Timeline(period, shifted(period, prior.prior or "year"), spans=spans)
    if leaning and len(dated) == 1 and (match := PREVIOUS.match(text[dated[0].at : dated[0].to])):
        return Timeline(spans=spans, prior=match.group(1))  # of the turn before, not of today
    if len(dated) == 1:
        return Timeline(_alone(text, dated[0], first, newest), spans=spans)
    return _several(text, dated, spans, comparing, pairs=pairs)


def _alone(text: str, mention: Mention, first: datetime, newest: datetime) -> Period:
    """Open a single mention to the data's end or start where the text says since, after, before or until."""
    before, period = text[: mention.at], mention.period
    if " to " in period.words:  # "from 8 to 14 July" is a span already
        return period
    if SINCE.search(before) and period.start < newest:
        return dates.span(period.start, newest, f"since {period.words}")
    if AFTER.search(before) and period.end < newest:
        return dates.span(period.end, newest, f"after {period.words}")
    if UNTIL.search(before) and period.end > first:
        return dates.span(first, period.end, f"until the end of {period.words}")
    if BEFORE.search(before) and period.start > first:
        return dates.span(first, period.start, f"before {period.words}")
    return period


def _several(
    text: str, found: list[Mention], spans: tuple[tuple[int, int], ...], comparing: bool, *, pairs: bool
) -> Timeline:
    if sides := sides_of_ratio(text, [(m.at, m.to) for m in found], [m.period for m in found]):
        return Timeline(*sides, spans=spans)
    left, right = found[0], found[-1]
    leaning = [m for m in found if RELATIVE.match(text[m.at : m.to])]
    if comparing and len(found) == 2 and len(leaning) == 1:  # "in May 2016 from the previous month"
        own = left if leaning[0] is right else right
        return Timeline(own.period, _inherit(text, leaning[0], own.period, leaning[0].period), spans=spans)
    if len(found) == 2 and WHOLE.search(text) and (nested := _nested(left, right)):
        return Timeline(*nested, spans=spans)
    if len(found) == 2 and (dated := _of_the_year(text, left, right)):
        return Timeline(dated, spans=spans)
    if len(found) == 2 and SAME.match(text[left.to : right.at]) and (nested := _nested(left, right)):
        return Timeline(nested[0], spans=spans)
    reject_three_sides([text[a.to : b.at] for a, b in pairwise(found)], VERSUS)
    cut = next((i for i, (a, b) in enumerate(pairwise(found), 1) if VERSUS.search(text[a.to : b.at])), None)
    if cut is None:  # "April to June 2020 with the same three months of 2019": the other side, whatever joins them
        cut = next((i for i, m in enumerate(found) if i and SAME_TIME.search(text[: m.at])), None)
    if cut is None and len(found) > 2 and COMPARE_FIRST.search(text[: left.at]):
        cut = next((i for i, (a, b) in enumerate(pairwise(found), 1) if WITH.match(text[a.to : b.at])), None)
    if cut is not None:
        return Timeline(*_sides(text, found, cut), spans=spans)
    if pairs:
        reject_apart(text, found)
    if len(found) == 2 and ((comparing and _is_pair(text, left, right)) or (pairs and lie_apart(text, left, right))):
        one, other = in_order(left.period, right.period)
        return Timeline(other, one, spans=spans)
    return Timeline(_joined(text, found), spans=spans)


def _sides(text: str, found: list[Mention], cut: int) -> tuple[Period, Period]:
    """Return (asked, reference) of mentions with a 'versus' before the one at `cut`."""
    left, right = found[0], found[-1]
    one, other = _joined(text, found[:cut]), _joined(text, found[cut:])
    other = _inherit(text, found[cut], one, other)
    if SAME_TIME.search(text[: left.at]):  # "the same three months of 2019 with April to June 2020"
        one = _inherit(text, left, other, one)
    leads = COMPARE_FIRST.search(text[: left.at]) and not re.search(r"\bthan\b", text[left.to : right.at])
    return (other, one) if leads and other.start > one.start else (one, other)


def _nested(left: Mention, right: Mention) -> tuple[Period, Period] | None:
    """Return (part, whole) where one period lies in the other: 'of the 2019 use, what share was in December 2019'."""
    small, large = sorted((left.period, right.period), key=lambda p: p.end - p.start)
    inside = large.start <= small.start and small.end <= large.end and small != large
    return (small, large) if inside else None


def _of_the_year(text: str, left: Mention, right: Mention) -> Period | None:
    """Return the March that is meant where its year stands apart: 'March electricity of b8 in 2019'."""
    years = [m for m in (left, right) if re.fullmatch(r"\d{4}", text[m.at : m.to])]
    if len(years) != 1 or JOINS.search(text[left.to : right.at]):
        return None
    year, part = years[0], right if years[0] is left else left
    inside = year.period.start <= part.period.start < year.period.end
    return part.period if inside and not re.search(r"\d{4}", text[part.at : part.to]) else None


def _is_pair(text: str, left: Mention, right: Mention) -> bool:
    """Tell whether two mentions are the two sides of a change rather than the ends of one span."""
    gap, before = text[left.to : right.at], text[: left.at]
    if LIST.match(gap) or BETWEEN.search(before):
        return True
    if not RANGE.match(gap):
        return True
    longer = (left.period.end - left.period.start) - (right.period.end - right.period.start)
    return bool(FROM.search(before) or SIDES.search(text)) and abs(longer) <= timedelta(days=4)


def _joined(text: str, found: list[Mention]) -> Period:
    """Return one span over neighbours: 'March to May 2019', '2018 and 2019'."""
    if len(found) == 1:
        return found[0].period
    gap = text[found[0].to : found[-1].at]
    first, last = found[0].period, found[-1].period
    if LIST.match(gap) and last.start < first.start and not BETWEEN.search(text[: found[0].at]):
        first, last = last, first
    if first.words == last.words:
        return first
    hour = timedelta(hours=1)
    if RANGE.match(gap) and first.end - first.start == last.end - last.start == hour and first.start < last.start:
        one, other = (f"{p.start:%H:%M} on {dates.day_words(p.start)}" for p in (first, last))
        return dates.span(first.start, last.start, f"{one} to {other}")  # from one hour of the clock to another
    start, end = first.start, max(last.end, first.end) if first.start <= last.start else last.end
    words = f"{first.words} to {last.words}" if first.end <= last.start else None
    return dates.span(start, end, words)


def _inherit(text: str, mention: Mention, one: Period, other: Period) -> Period:
    """Read 'March 2018 against 2019' as March 2019, and 'March 2019 against last year' as March 2018."""
    words = text[mention.at : mention.to]
    same = SAME_TIME.search(text[: mention.at])
    if match := RELATIVE.match(words):
        return shifted(one, match.group(1))
    is_short = one.end - one.start <= timedelta(days=100) or (same and one.end - one.start < timedelta(days=365))
    if re.fullmatch(r"\d{4}", words) and is_short and one.start.year != other.start.year:
        return dates.shift_year(one, other.start.year - one.start.year)
    return other


def shifted(period: Period, unit: str) -> Period:
    """Return the same span a year, quarter, month, week or day before; for another unit the span just before."""
    if unit == "year":
        return dates.shift_year(period, -1)
    if unit == "month":
        return dates.named(dates.add_months(period.start, -1), dates.add_months(period.end, -1))
    if unit == "quarter":
        return dates.named(dates.add_months(period.start, -3), dates.add_months(period.end, -3))
    if unit in ("week", "day"):
        shift = timedelta(days=7 if unit == "week" else 1)
        return dates.named(period.start - shift, period.end - shift)
    return dates.previous(period)
