"""Find the periods that a question speaks of: absolute ("Q1 2019", "1 to 15 March") and relative ("last month").

Each pattern yields mentions; `timeline` then joins neighbours ("from March to May 2019") and tells what is compared
with what. A mention without a year takes it from its neighbour, or from the newest data, and the answer says which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tools.energy_query import Period
from tools.errors import BadPeriod
from tools.grammar import dates
from tools.grammar.clock_span import Span, clock_spans
from tools.grammar.period_patterns import PATTERNS, M, Reader, month_of
from tools.grammar.season_months import SEASONS, is_of_a_kind, of_its_months, says_its_days

PRIOR = re.compile(
    r"\b(?:the\s+)?(?:same\s+(?:period|time|month|week|quarter|day)\s+)?"
    r"(?:the\s+)?(?:(?:previous|preceding|prior|last)\s+(?P<a>year|month|week|quarter|day|period)|"
    r"(?P<b>year|month|week|quarter|day|period)\s+(?:before|earlier|previously|prior)|"
    r"(?:a|one)\s+(?P<c>year|month|week|quarter|day)\s+(?:before|earlier|ago|previously))\b"
    r"|\bthe\s+(?P<d>one)\s+(?:just\s+)?before(?:\s+(?:it|that))?\b|\byear[ -]on[ -]year\b|\byoy\b"
)
BARE_MONTH = re.compile(rf"\b{M}")
LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|of|since|from|between|to|and|until|till|during|for|last|this|by|with|than|versus|vs|before|after|"
    r"over|through|,|-|each|every|against)\.?|^)\s*(?:the\s+month\s+of\s+)?$"
)
MODAL_MAY = re.compile(
    r"may\s+(?!and\b|to\b|until|through|compared|versus|vs\b|than|against|with\b|was\b|were\b|had\b|for\b|in\b|"
    r"of\b|did\b|does\b|is\b|or\b|by\b|at\b|on\b|the\b)[a-z]"
)
PROPER_WEEK = re.compile(
    r"\bweek\s+(?P<how>of|starting|beginning|commencing|from)(?:\s+on)?(?:\s+monday)?(?:\s+the)?\s*$"
)
WEEKEND_OF = re.compile(
    r"\b(?:the\s+)?week[ -]?end\s+(?:of|starting|beginning)(?:\s+on)?(?:\s+saturday)?(?:\s+the)?\s*$"
)
THE_ONE_BEFORE = re.compile(r"\bthe\s+(?P<u>day|week|month|quarter|year)\s+(?:just\s+)?before\s*(?:the\s+)?$")
TO_THE_DAY = re.compile(
    r"\s*,?\s*(?:on|of)?\s*(?:the\s+)?(?:(?:night|evening|day) of\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
)
AFTER_THE_DAY = re.compile(r"[\s,(]*")
BRACKETED = re.compile(r"\s*(?:(?:in|at|of|for)\s*)?\(\s*(?:i\.?e\.?,?\s+|from\s+|that is,?\s+|so\s+)?")
BARE_TIME = re.compile(  # "3 march 2019 14:00 to ..."
    r"[\s,t]*(?:at\s+)?(?P<h>[01]?\d|2[0-4]):(?P<min>\d\d)(?::00)?(?![\d:])(?!\s*(?:-|to|until|till)\s*\d{1,2}(?::|\s*[ap]m))"
)
MONTH_AND_NUMBER = re.compile(rf"{M}[\s-]+(?P<n>\d\d)")
GOES_BY_A_NAME = re.compile(
    r"^(?:last|this|previous|past|next|current|easter|christmas)\b|^(?:spring|summer|autumn|winter)$"
)
HOUR = re.compile(
    r"\b(?:at|from)?\s*(?:(?P<h>\d{1,2})(?::(?P<min>\d\d))?\s*(?P<ap>am|pm)|(?P<h24>\d{1,2}):00(?:\s*(?:hours|h))?|"
    r"(?P<w>noon|midday|midnight))\b(?:,)?\s*(?:on|of)?\s*(?:the\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One period in the text, at [at, to). `yearless` mentions still need a year; `prior` means 'the same, before'."""

    at: int
    to: int
    period: Period
    yearless: bool = False
    prior: str | None = None  # year | month | week | quarter | day | period


def mentions(text: str, now: datetime, newest: datetime, year: int | None = None) -> list[Mention]:
    """Return the periods in a lower-case text, in its order.

    `now` and `newest` (the end of the newest data) are local. A mention without any year takes `year`, that of the
    turn before, else the newest one that has begun by `newest`.
    """
    taken = [False] * (len(text) + 1)
    found = _matched(text, taken, now)
    found = [of_its_months(text, m, taken) for m in found if not is_of_a_kind(text, m)]
    explains_itself = any(m.period.words.startswith(SEASONS) for m in found)  # "winter 2019/20 (December to February)"
    found += _bare_months(text, taken, now) if not explains_itself else []
    found += [m for m in _priors(text, now) if not any(taken[m.at : m.to])]
    found = [_whole_week(text, m) for m in sorted(found, key=lambda m: m.at)]
    _require_day_or_year(text, found, newest)
    clocks = clock_spans(text) if any(_is_day(m) for m in found) else []
    found = _with_years([_one_hour(text, _window(m, text, clocks)) for m in found], newest, year)
    found = _without_colour(text, found)
    moved = [_before(text, m) for m in found]
    return [m for m in moved if not (m.prior and any(o.at <= m.at < o.to for o in moved if o is not m))]


def _matched(text: str, taken: list[bool], now: datetime) -> list[Mention]:
    """Return what the patterns find, the first pattern of a place only, and mark its characters as taken."""
    found = []
    for match, read in _scan(text):
        if any(taken[match.start() : match.end()]) or (result := read(match, now)) is None:
            continue
        found.append(Mention(match.start(), match.end(), *result))
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return found


def _scan(text: str) -> Iterator[tuple[re.Match[str], Reader]]:
    for pattern, read in PATTERNS:
        for match in pattern.finditer(text):
            if match.group(0).strip():
                yield match, read


def _bare_months(text: str, taken: list[bool], now: datetime) -> list[Mention]:
    found = []
    for match in BARE_MONTH.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        if match.group("m") != "may" or _is_month_of_may(text, match.start()):
            found.append(Mention(match.start(), match.end(), dates.month(now.year, month_of(match)), yearless=True))
    return found


def _is_month_of_may(text: str, at: int) -> bool:
    return bool(LEADS_TO_MONTH.search(text[:at])) and not MODAL_MAY.match(text[at:])


def _priors(text: str, now: datetime) -> list[Mention]:
    found = []
    for match in PRIOR.finditer(text):
        unit = next((u for u in (match.group("a"), match.group("b"), match.group("c")) if u), "year")
        unit = "period" if match.group("d") else unit
        found.append(Mention(match.start(), match.end(), dates.year(now.year), prior=unit))
    return found


def _whole_week(text: str, mention: Mention) -> Mention:
    """Widen a day to its week where the text says 'the week of', to its Saturday and Sunday after 'the weekend of'."""
    start = mention.period.start
    if (end := WEEKEND_OF.search(text[: mention.at])) and _is_day(mention) and start.weekday() >= 5:
        start -= timedelta(days=start.weekday() - 5)
        return replace(mention, at=end.start(), period=dates.span(start, start + timedelta(days=2)))
    match = PROPER_WEEK.search(text[: mention.at])
    if not match or mention.period.end - mention.period.start != timedelta(days=1):
        return mention
    start = mention.period.start
    if match.group("how") == "of":
        start -= timedelta(days=start.weekday())
    return replace(mention, at=match.start(), period=dates.week_from(start))


def _window(mention: Mention, text: str, clocks: list[tuple[int, int, Span]]) -> Mention:
    """Narrow a day to the hours of the clock beside it: 'between 14:00 and 15:00 on', '10pm till 6am on'."""
    if not _is_day(mention):
        return mention
    for at, to, (first, last) in clocks:
        leads = to <= mention.at and TO_THE_DAY.fullmatch(text[to : mention.at])
        if leads or (at >= mention.to and AFTER_THE_DAY.fullmatch(text[mention.to : at])):
            start = mention.period.start + timedelta(hours=first)
            end = mention.period.start + timedelta(days=int(last <= first), hours=last)
            words = f"{first:02d}:00 to {last % 24:02d}:00 on {mention.period.words}"
            if last <= first:
                words = f"{first:02d}:00 on {mention.period.words} to {last:02d}:00 of the next day"
            period = Period(start=start, end=end, words=words)
            return replace(mention, at=min(at, mention.at), to=max(to, mention.to), period=period)
    if (bare := BARE_TIME.match(text[mention.to :])) and int(bare["min"]) == 0:
        start = mention.period.start + timedelta(hours=int(bare["h"]))
        words = f"{bare['h']}:00 to {(int(bare['h']) + 1) % 24}:00 on {mention.period.words}"
        period = Period(start=start, end=start + timedelta(hours=1), words=words)
        return replace(mention, to=mention.to + bare.end(), period=period)
    return mention


def _require_day_or_year(text: str, found: list[Mention], newest: datetime) -> None:
    """Raise `BadPeriod` for 'jan 19', which may be a day or a month of 2019, where nothing else says which."""
    if any(not m.yearless and not m.prior for m in found):
        return
    for mention in found:
        match = MONTH_AND_NUMBER.fullmatch(text[mention.at : mention.to].strip())
        led = re.search(r"\bon\s+(?:the\s+)?$", text[: mention.at])
        if match and not led and newest.year - 15 <= 2000 + int(match["n"]) <= newest.year:
            month = dates.MONTH_NAMES[month_of(match)]
            raise BadPeriod(f"{match.group(0)!r} may be {int(match['n'])} {month} or {month} 20{match['n']}; say which")


def _without_colour(text: str, found: list[Mention]) -> list[Mention]:
    """Leave out a time by its name where its dates follow: 'last year (2020)', 'autumn 2018: 1 to 7 October'."""
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before and not mention.prior and _explains(text, before, mention):
            kept[-1] = replace(mention, at=before.at)
        else:
            kept.append(mention)
    return kept


def _explains(text: str, before: Mention, mention: Mention) -> bool:
    """Tell whether a mention only says when the one before it is."""
    named = GOES_BY_A_NAME.match(text[before.at : before.to].strip())
    return bool(named and BRACKETED.fullmatch(text[before.to : mention.at])) or says_its_days(text, before, mention)


def _is_day(mention: Mention) -> bool:
    return mention.period.end - mention.period.start == timedelta(days=1)


def _before(text: str, mention: Mention) -> Mention:
    """Read 'the month before June 2020' as May 2020."""
    match = THE_ONE_BEFORE.search(text[: mention.at])
    if not match or mention.prior:
        return mention
    unit, start = match.group("u"), mention.period.start
    step = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    first = dates.add_months(start, -step) if step else start - timedelta(days=7 if unit == "week" else 1)
    return replace(mention, at=match.start(), period=dates.named(first, start))


def _one_hour(text: str, mention: Mention) -> Mention:
    """Narrow a day to one hour where the text says 'at 14:00 on'."""
    match = HOUR.search(text[: mention.at])
    if not match or mention.period.end - mention.period.start != timedelta(days=1):
        return mention
    hour = _hour_of(match)
    start = mention.period.start + timedelta(hours=hour)
    words = f"{hour:02d}:00 to {(hour + 1) % 24:02d}:00 on {mention.period.words}"
    return replace(mention, at=match.start(), period=Period(start=start, end=start + timedelta(hours=1), words=words))


def _hour_of(match: re.Match[str]) -> int:
    if match.group("w"):
        return 0 if match.group("w") == "midnight" else 12
    if match.group("h24"):
        hour = int(match.group("h24"))
    else:
        hour = int(match.group("h")) % 12 + (12 if match.group("ap") == "pm" else 0)
    if hour > 23:
        raise BadPeriod(f"{hour}:00 is not an hour of the day; hours go from 0:00 to 23:00")
    return hour


def _with_years(found: list[Mention], newest: datetime, year: int | None) -> list[Mention]:
    """Give each yearless mention the year of the next one that has a year, else of the one before, else `year`."""
    dated = [i for i, m in enumerate(found) if not m.yearless and not m.prior]
    done = []
    for i, mention in enumerate(found):
        if not mention.yearless:
            done.append(mention)
            continue
        near = next((j for j in dated if j > i), None)
        near = near if near is not None else next((j for j in reversed(dated) if j < i), None)
        alone = year if year is not None else _newest_year(mention.period, newest)
        wanted = found[near].period.start.year if near is not None else alone
        done.append(replace(mention, period=_in_year(mention.period, wanted), yearless=False))
    return done


def _newest_year(period: Period, newest: datetime) -> int:
    year = newest.year
    return year if period.start.replace(year=year, day=1) < newest else year - 1


def _in_year(period: Period, year: int) -> Period:
    old = str(period.start.year)
    years = year - period.start.year
    if period.words.startswith("winter"):
        return dates.season(year, "winter")
    start, end = dates.add_months(period.start, 12 * years), dates.add_months(period.end, 12 * years)
    return Period(start=start, end=end, words=period.words.replace(old, str(year)))
