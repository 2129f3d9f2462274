"""For which days something is told: 'until March', 'in 2019', 'since June', 'from 20 December to 2 January'."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from tools.grammar import dates
from tools.grammar.periods import Mention, mentions

UNTIL = re.compile(r"[,\s]*\b(?:until|till|up to|before)\s+(?:the\s+)?(?:start of\s+|beginning of\s+)?$")
UNTIL_END = re.compile(
    r"[,\s]*\b(?:(?:until|till|up to)\s+(?:the\s+)?end of|through(?:\s+to)?|to (?:the\s+)?end of)\s+(?:the\s+)?$"
)
SINCE = re.compile(r"[,\s]*\b(?:since|from|as of|starting(?: in| on)?|beginning(?: in| on)?)\s+(?:the\s+)?$")
WITHIN = re.compile(r"[,\s]*\b(?:in|during|on|for|throughout|over|all)\s+(?:the\s+)?(?:month of\s+)?$")
BETWEEN = re.compile(r"[,\s]*\b(?:from|between)\s+(?:the\s+)?$")
TO = re.compile(r"^\s*(?:to|until|till|-|and|through)\s+(?:the\s+)?$")
PAST = re.compile(r"\b(?:was|were|had|got|used|has been|went|underwent|received|consumed)\b")
ONWARDS = re.compile(r"^\s*(?:on|onwards?|on wards)\b")


@dataclass(frozen=True, slots=True)
class Days:
    """Local days [start, end), None where open, and the text without the words that said so."""

    rest: str
    start: date | None = None
    end: date | None = None


def days_of(text: str, now: datetime) -> Days | None:
    """Return the days that a lower-case text speaks of; None where it does in a way that is not understood.

    A month or day without a year is the next one for an end, and the newest one else.
    """
    today = now.replace(tzinfo=None)
    found = [_to_come(m, text, today) for m in mentions(text, today, today) if not m.prior]
    if not found:
        return Days(text)
    if len(found) > 2:
        return None
    return _one(text, found[0], today) if len(found) == 1 else _two(text, *found)


def _one(text: str, mention: Mention, today: datetime) -> Days | None:
    before, after = text[: mention.at], text[mention.to :]
    start, end = mention.period.start, mention.period.end
    if match := UNTIL_END.search(before):
        return Days(_without(text, match.start(), mention.to), None, _ahead(text, mention, end, today).date())
    if match := UNTIL.search(before):
        a_day = (end - start).days == 1 and "before" not in match.group(0)  # "until 31 March" has that day in it
        last = _ahead(text, mention, end if a_day else start, today)
        return Days(_without(text, match.start(), mention.to), None, last.date())
    if match := SINCE.search(before):
        onwards = ONWARDS.match(after)
        return Days(_without(text, match.start(), mention.to + (onwards.end() if onwards else 0)), start.date())
    match = WITHIN.search(before)
    return Days(_without(text, match.start() if match else mention.at, mention.to), start.date(), end.date())


def _two(text: str, first: Mention, last: Mention) -> Days | None:
    lead = BETWEEN.search(text[: first.at]) or WITHIN.search(text[: first.at])
    if not TO.match(text[first.to : last.at]):
        return None
    start, end = first.period.start, last.period.end
    if end <= start and _has_year(text, last):  # "from 20 December to 2 January 2020"
        start = dates.add_months(start, -12)
    elif end <= start:
        end = dates.add_months(end, 12)
    return Days(_without(text, lead.start() if lead else first.at, last.to), start.date(), end.date())


def _to_come(mention: Mention, text: str, today: datetime) -> Mention:
    """Return a time without a year as the next to come, unless the text tells of the past."""
    if PAST.search(text) or _has_year(text, mention) or mention.period.end > today:
        return mention
    start, end = (dates.add_months(at, 12) for at in (mention.period.start, mention.period.end))
    return replace(mention, period=mention.period.model_copy(update={"start": start, "end": end}))


def _ahead(text: str, mention: Mention, at: datetime, today: datetime) -> datetime:
    """Move an end without a year to the next one to come."""
    while not _has_year(text, mention) and at <= today:
        at = dates.add_months(at, 12)
    return at


def _has_year(text: str, mention: Mention) -> bool:
    words = text[mention.at : mention.to]
    return bool(re.search(r"\d{4}|\byear\b", words))


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split()).strip(" ,")
