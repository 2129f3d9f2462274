"""Opening hours as people tell them: rules laid one upon the other over a week.

A rule is JSON, so that it can be kept. Of its keys any may be absent: `days` gives hours by weekday (Monday "0"), None
where closed and "usual" where like its other days; `hours` are those of every day that opens, `from` and `until` only
their begin or end; `nights` says whether the days that open stay open at night; `holidays` whether holidays are like
other days. A later rule wins where it says
something and leaves the rest as it was, so "closed on Saturdays" keeps the nights that were told before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tools.clock import NIGHT_FROM, NIGHT_TO, WEEKDAYS
from tools.readings import SiteSettings
from tools.wording import clock_time

Span = tuple[float, float] | None
Rule = Mapping[str, Any]
ALL_DAY = (0.0, 24.0)
USUAL = (float(NIGHT_TO), float(NIGHT_FROM))


@dataclass(frozen=True, slots=True)
class Week:
    """Seven spans, Monday first, in hours of the day, None where closed; and whether holidays are closed."""

    spans: tuple[Span, ...]
    free_on_holidays: bool = True


def week_of(settings: SiteSettings) -> Week:
    """Return a site's week; where nobody has set one EAIO's own definition, 06:00 to 22:00 from Monday to Friday."""
    if settings.opening is None:
        return Week((*[USUAL] * 5, None, None))
    return Week(tuple(settings.opening.get(day) for day in range(len(WEEKDAYS))))


def laid_over(week: Week, rules: Iterable[Rule]) -> Week:
    """Return a week after the rules, in their order."""
    for rule in rules:
        week = _ruled(week, rule)
    return week


def _ruled(week: Week, rule: Rule) -> Week:
    spans = list(week.spans)
    if hours := rule.get("hours"):
        spans = [span and (float(hours[0]), float(hours[1])) for span in spans]
    spans = [span and (float(rule.get("from", span[0])), float(rule.get("until", span[1]))) for span in spans]
    spans = [_of_day(spans, rule, day, span) for day, span in enumerate(spans)]
    if "nights" in rule:
        spans = [span and (ALL_DAY if rule["nights"] else _by_day(span)) for span in spans]
    return Week(tuple(spans), not rule["holidays"] if "holidays" in rule else week.free_on_holidays)


def _of_day(week: Sequence[Span], rule: Rule, day: int, span: Span) -> Span:
    days = rule.get("days", {})
    if str(day) not in days:
        return span
    told = days[str(day)]
    if told == "usual":
        return span or next((other for other in week if other), USUAL)
    return None if told is None else (float(told[0]), float(told[1]))


def _by_day(span: tuple[float, float]) -> Span:
    """Return the part of a span that is no night."""
    end = span[1] if span[1] > span[0] else 24.0
    first, last = max(span[0], USUAL[0]), min(end, USUAL[1])
    return (first, last) if first < last else None


def is_outdone(older: Rule, others: Sequence[Rule], newer: Rule, week: Week) -> bool:
    """Tell whether a rule says nothing any more once a newer one is laid over it and the others that hold.

    One that said nothing before, as the site's own hours said it already, is outdone only by one of the same keys.
    """
    if _keys(older) == _keys(newer):
        return True
    before = laid_over(week, [*others, older]) != laid_over(week, others)
    return before and laid_over(week, [older, *others, newer]) == laid_over(week, [*others, newer])


def _keys(rule: Rule) -> set[str]:
    return {*rule.get("days", {}), *(key for key in rule if key != "days")}


def spelt(week: Week) -> str:
    """Write a week, days of the same hours together: 'Monday to Friday 07:00 to 19:00, Saturday all day'."""
    runs: list[list[int]] = []
    for day, span in enumerate(week.spans):
        if span is None:
            continue
        if runs and day == runs[-1][-1] + 1 and span == week.spans[runs[-1][0]]:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = ", ".join(f"{_days(run)} {_hours(week.spans[run[0]])}" for run in runs) or "never"
    return words if week.free_on_holidays else f"{words}, holidays too"


def _hours(span: Span) -> str:
    return "all day" if span == ALL_DAY else " to ".join(map(clock_time, span or ()))


def _days(run: list[int]) -> str:
    return WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]} to {WEEKDAYS[run[-1]]}"


def days_told(start: date | None, end: date | None) -> str:
    """Write local days [start, end), of which one may be open: 'from 2019-08-01 to 2019-08-31'."""
    first = f"from {start}" if start else ""
    last = f"to {end - timedelta(days=1)}" if end else ""
    return " ".join(filter(None, (first, last if start else last.replace("to", "until"))))
