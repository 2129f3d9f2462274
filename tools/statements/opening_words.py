"""Opening hours in words, as rules for `tools.told_hours`: 'open 6 to 22 on weekdays', 'closed on Saturdays'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|h\b|o'clock)?|noon|midday|midnight)"
OPEN = re.compile(
    r"(?:open|occupied|in use|in operation|staffed|manned|operating|operational|used|operates?|opens?|runs|works)\b"
)
CLOSED = re.compile(r"(?:closed|closes|shut|empty|unoccupied|unused|vacant|locked(?: up)?)\b")
VERB = re.compile(
    r"(?:(?:is|are|was|were|stays?|remains?|has been|have been|had been|will be|'s|'re|it is|it's)\s+)?"
    r"(?:(?:now|also|usually|normally|actually|still|already|only|just|generally|typically)\s+)*"
)
NOT = re.compile(r"(?:(?:is|are|was|were|does|do|did)n't|(?:(?:does|do|did)\s+)?not|never|no longer)\s+(?:be\s+)?")
ALWAYS = re.compile(
    r"(?:(?:is|are|was|were)\s+)?always (?:open|occupied|in use|staffed)\b|never (?:closes|shuts|closed)\b"
)
OPENS_AND_CLOSES = re.compile(
    rf"\bopens (?:at|from) (?P<a>{_TIME})(?:,| and|, and)? (?:it )?(?:closes|shuts) at (?P<b>{_TIME})"
)
ALL_DAY_BUILDING = re.compile(
    r"(?:is|was) an? 24[ /-]?(?:7|h|hrs?|hours?)(?: a day)? (?:building|site|facility|operation)"
)
OPENS_AT = re.compile(rf"opens (?:at|from) (?P<at>{_TIME})")
CLOSES_AT = re.compile(
    rf"(?:(?:closes|shuts)(?: at)?|(?:is |stays )?open (?:until|till)|is closed (?:after|from)) (?P<at>{_TIME})"
)
GLUE = re.compile(
    r"\s*,\s*|\s+|\b(?:and|on|at|from|between|during|for|the|too|also|as well|or|in|all|every|each|but)\b"
)
PARTS = re.compile(r",|and|but|as well")
FULL_WEEK = re.compile(
    r"(?:24\s?[/x]\s?7|24 hours a day,? (?:and )?(?:7|seven) days a week|day and night,? (?:7|seven) days a week)"
)
ROUND_THE_CLOCK = re.compile(
    r"(?:(?:a)?round the clock|24 hours(?: a day)?|24 h\b|day and night|at all (?:times|hours)|all hours|all day long)"
)
EVERY_DAY = re.compile(r"(?:(?:7|seven) days a week|every day(?: of the week)?|daily|all week|the whole week)")
NIGHT = re.compile(
    r"(?:over ?night|(?:at |during the |through the |in the |by )?nights?(?:[ -]?time)?|all night(?: long)?)\b"
)
HOLIDAYS = re.compile(r"(?:public |bank |national )?holidays?\b")
NAMED_DAYS = re.compile(rf"(?P<first>{_DAY})(?:\s*(?:to|-|through|until)\s*(?P<last>{_DAY}))?(?!\w)")
WEEK_PARTS = re.compile(r"(?P<week>week[ -]?days?|working days?)|(?P<end>week[ -]?ends?)\b")
HOURS = re.compile(rf"(?P<a>{_TIME})\s*(?:to|-|until|till|and)\s*(?P<b>{_TIME})(?!\w)")
ONLY = re.compile(r"only\b")
STEMS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(slots=True)
class _Group:
    """Days, hours and nights that were said together; `hours_first`: whether hours came before days."""

    days: list[int] = field(default_factory=list)
    hours: list[float] | None = None
    night: bool = False
    hours_first: bool = False

    @property
    def has_days_only(self) -> bool:
        """Tell whether nothing but days was said."""
        return bool(self.days) and not (self.hours or self.night)


@dataclass(slots=True)
class _Said:
    """What was said beside open or closed."""

    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    holidays: bool = False
    full_week: bool = False
    only: bool = False

    @property
    def is_nothing(self) -> bool:
        """Tell whether no time was said."""
        return not (self.holidays or self.full_week or any(g.days or g.hours or g.night for g in self.groups))


def opening_rule(text: str, *, dated: bool) -> Mapping[str, Any] | None:
    """Return the rule that a lower-case clause tells, None where it tells no opening hours or more than these.

    `dated`: whether days were named for it, so that "closed" alone means closed on those days.
    """
    text = OPENS_AND_CLOSES.sub(lambda m: f"open {m.group('a')} to {m.group('b')}", text)
    if match := ALWAYS.match(text) or ALL_DAY_BUILDING.fullmatch(text):
        text = f"open 24/7{text[match.end() :]}"
    if match := OPENS_AT.fullmatch(text):
        return {"from": _hour(match.group("at"))[0]}
    if match := CLOSES_AT.fullmatch(text):
        return {"until": _in_the_evening(match.group("at"))}
    state = _state(text)
    if state is None:
        return None
    is_open, rest = state
    said = _times(rest)
    if said is None or (said.is_nothing and (is_open or not dated)):
        return None
    return _opened(said) if is_open else _closed(said)


def _state(text: str) -> tuple[bool, str] | None:
    """Return whether a clause says open, and what follows."""
    at = _after_verb(text, 0)
    negation = NOT.match(text, at)
    only = "only" if re.search(r"\b(?:only|just)\b", text[:at]) else ""
    at = _after_verb(text, negation.end()) if negation else at
    for pattern, is_open in ((CLOSED, False), (OPEN, True)):
        if match := pattern.match(text, at):
            return is_open is not bool(negation), f"{only} {text[match.end() :]}"
    return None


def _after_verb(text: str, at: int) -> int:
    match = VERB.match(text, at)
    return match.end() if match else at


def _times(text: str) -> _Said | None:
    """Return all that is said of times, None where a word is left over."""
    said, at = _Said(), 0
    while at < len(text):
        if (step := _next(text, at, said)) is not None:
            at = step
        elif glue := GLUE.match(text, at):
            if PARTS.search(glue.group(0)):
                said.groups.append(_Group())
            at = glue.end()
        else:
            return None
    said.groups = _joined([g for g in said.groups if g.days or g.hours or g.night])
    return said


def _joined(groups: list[_Group]) -> list[_Group]:
    """Put together what belongs together: 'Saturdays and Sundays', 'Saturdays and Sundays 9 to 12'."""
    made: list[_Group] = []
    for group in groups:
        last = made[-1] if made else _Group(night=True)
        if group.has_days_only and (last.has_days_only or (last.hours_first and last.days)):
            last.days += group.days
        elif last.has_days_only and group.hours and not (group.hours_first and group.days):
            last.days, last.hours = last.days + group.days, group.hours
        else:
            made.append(group)
    return made


def _next(text: str, at: int, said: _Said) -> int | None:
    """Take the next word about time into what is said; return where it ends, None where there is none."""
    for pattern, name in ((FULL_WEEK, "full_week"), (HOLIDAYS, "holidays"), (ONLY, "only")):
        if match := pattern.match(text, at):
            setattr(said, name, True)
            return match.end()
    group = said.groups[-1]
    if match := NIGHT.match(text, at):
        group.night = True
    elif match := EVERY_DAY.match(text, at):
        group.days += range(7)
    elif match := WEEK_PARTS.match(text, at):
        group.days += [5, 6] if match.group("end") else range(5)
    elif match := ROUND_THE_CLOCK.match(text, at) or HOURS.match(text, at):
        span = _span(match.group("a"), match.group("b")) if match.re is HOURS else [0.0, 24.0]
        if span is None or group.hours:
            return None
        group.hours, group.hours_first = span, not group.days
    elif match := NAMED_DAYS.match(text, at):
        group.days += _range(match.group("first"), match.group("last"))
    return match.end() if match else None


def _range(first: str, last: str | None) -> list[int]:
    a, b = (STEMS.index(name[:3]) for name in (first, last or first))
    return [(a + n) % 7 for n in range((b - a) % 7 + 1)]


def _span(first: str, last: str) -> list[float] | None:
    """Return two hours of the day; 'nine to five' ends in the afternoon, an end at midnight is 24."""
    (a, a_half), (b, b_half) = _hour(first), _hour(last)
    if b_half and not a_half and a < 6 and a + 12 < b:  # "1 to 5 pm"
        a += 12
    if b <= a and not a_half and not b_half and a <= 12 and b <= 12 and ":" not in last:
        b += 12
    if b == 0:
        b = 24.0
    return [a, b] if a < 24 and b <= 24 and a != b else None


def _hour(words: str) -> tuple[float, bool]:
    """Return an hour of the day, 0 to 24, and whether its half of the day was said."""
    if words in ("noon", "midday", "midnight"):
        return (0.0 if words == "midnight" else 12.0), True
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s*(a|p)?", words)
    if match is None:
        return 99.0, False
    hour = int(match.group(1)) + int(match.group(2) or 0) / 60
    if match.group(3):
        hour = hour % 12 + (12 if match.group(3) == "p" else 0)
    return hour, bool(match.group(3))


def _in_the_evening(words: str) -> float:
    """Return an hour at which a building closes: 6 is six in the evening, midnight the end of the day."""
    hour, half = _hour(words)
    return 24.0 if hour == 0 else hour + 12 if hour < 12 and not half and ":" not in words else hour


def _opened(said: _Said) -> Mapping[str, Any] | None:
    if said.full_week:
        return {"days": {str(d): [0.0, 24.0] for d in range(7)}, "holidays": True}
    if any(g.night and g.hours for g in said.groups):
        return None  # "from 8 to 18 at night"
    rule: dict[str, Any] = {}
    days: dict[str, Any] = {}
    for group in said.groups:
        if group.hours and not group.days:
            rule["hours"] = group.hours
        if group.night and not group.days:
            rule["nights"] = True
        days |= {str(d): [0.0, 24.0] if group.night else group.hours or "usual" for d in group.days}
    if days and said.only:
        days = {str(d): days.get(str(d)) for d in range(7)}
    if days:
        rule["days"] = days
    return rule | ({"holidays": True} if said.holidays else {})


def _closed(said: _Said) -> Mapping[str, Any] | None:
    if said.full_week or any(g.hours or (g.night and g.days) for g in said.groups):
        return None  # nights of some days cannot be told apart yet
    days = [d for g in said.groups for d in g.days]
    if said.is_nothing:
        return {"days": {str(d): None for d in range(7)}}
    rule: dict[str, Any] = {"days": {str(d): None for d in days}} if days else {}
    nights = {"nights": False} if any(g.night for g in said.groups) else {}
    return rule | nights | ({"holidays": False} if said.holidays else {})
