"""Which part of the day or week is meant, and against which."""

import re
from datetime import timedelta
from typing import Final

from tools.energy_query import Analysis, Hours, NamedHours
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.clock_span import Span, clock_spans
from tools.grammar.outside_hours import OUTSIDE_DAYS, end_of_name, outside_both
from tools.grammar.ratio_words import SAYS_HOURS, is_ratio
from tools.grammar.reading import Reading
from tools.grammar.weekday_span import LEAVING, WeekdayRun, weekday_runs, weekdays_named
from tools.picked_hours import FREE_DAYS, WEEK, WORKING_DAYS, PickedHours, Weekday

OTHER_HALF: dict[Hours, Hours] = {"night": "day", "day": "night", "weekday": "weekend", "weekend": "weekday"}
CLOCK_OF: Final[dict[NamedHours, Span]] = {"night": (22, 6), "day": (6, 22)}
DAYS_OF: Final[dict[NamedHours, tuple[Weekday, ...]]] = {"weekday": WORKING_DAYS, "weekend": FREE_DAYS}
NAMED_CLOCK: Final = {span: name for name, span in CLOCK_OF.items()}
NAMED_DAYS: Final = {days: name for name, days in DAYS_OF.items()}
EACH_WEEKDAY = re.compile(r"\b(?:which|what|each|every|by|per|busiest|quietest) (?:week ?days?|days? of the week)\b")
ALL_BUT_HOURS = re.compile(
    rf"\b{LEAVING} (?:at |on |during )?(?:the |its )?(week[ -]?ends?|nights?|week[ -]?days?|working days?)\b"
)
_NIGHTS: Final = r"(?:overnight|nights?(?:[ -]?times?)?)"
BOTH: Final = re.compile(
    rf"\b{_NIGHTS}(?: use| usage| load)?\s*(?:and|or|&|/|plus|\+|,|as well as)\s*(?:at |on |during |over )?(?:the )?"
    rf"week[ -]?ends?\b(?! {_NIGHTS})"
    rf"|\bweek[ -]?ends?(?: use| usage| load)?\s*(?:and|or|&|/|plus|\+|,|as well as)\s*(?:at |on |during |over |in )?"
    rf"(?:the |by )?{_NIGHTS}\b"
)
OF_A_DAY_TOO: Final = re.compile(  # "Sundays and nights"
    rf"days?\s*(?:and|or|&|plus|\+|as well as)\s*(?:at |on |during |over |the )*{_NIGHTS}\b"
    rf"|\b{_NIGHTS}\s*(?:and|or|&|plus|\+|as well as)\s*(?:at |on |during |over |the )*(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)days?\b"
)
PAIR: Final = re.compile(
    r"\b(?:versus|vs?\.?|against|than|compar\w*|differ\w*|relative to)(?=\s|$)|\bdifference\b|\bbetween\b"
)
EITHER: Final = re.compile(r"\b(?:more|less|higher|lower|bigger|smaller|busier|quieter)\b.*\bor\b")
SET_AGAINST: Final = re.compile(
    r"\b(?:versus|vs?\.?|against|than|compared? (?:with|to)|relative to)\s+(?:on |at |the |its )*$"
)
THE_REST: Final = re.compile(r"\bthe rest\b|\bother (?:hours|days)\b|\botherwise\b")
ALL_HOURS_ONLY: Final = frozenset(("degree_days", "peer_rank", "day_kinds", "forecast", "anomalies", "level_changes"))
PART: Final = re.compile(r"\b(?:share|proportion|fraction|percentage)\b")
BY_DAY: Final = re.compile(r"\b(?:during|in|over) the day(?: ?time)?\b(?! of)|\bday[ -]?time\b")


def hours_of(s: Reading) -> tuple[Hours, Hours | None]:
    """Return the hours that count, and those they are compared with; None where they are not.

    Raises `BadQuestion` for hours that are no one part of the week, such as nights and weekends together.
    """
    clocks, runs = [c for c in clock_spans(s.rest) if not _says_hours(s.rest, c)], _runs(s)
    rest = _blanked(s.rest, [(a, b) for a, b, _ in clocks] + [(run.at, run.to) for run in runs])
    if kept := _all_but(rest):
        return _put(_one(runs, clocks, {kept: 0})), None
    found = _named(s, rest)
    union = BOTH.search(s.rest) if "weekend" in found else OF_A_DAY_TOO.search(s.rest) if runs else None
    if "night" in found and union:
        raise BadQuestion(
            f"{union.group(0)!r} overlap, so together they are no one part of the week; ask for the one or the other, "
            "or for what was used out of hours"
        )
    if len(runs) + len(found.keys() & DAYS_OF.keys()) > 1 and runs:
        return _pair_of_days(s, runs, clocks, found)
    if len({span for _, _, span in clocks}) > 1:
        return _pair_of_clocks(s, runs, clocks, found)
    if clocks or runs:
        one = _outside(s.rest, runs, clocks, found) or _put(_one(runs, clocks, found))
        at = min(a for a in [run.at for run in runs] + [a for a, _, _ in clocks])
        if SET_AGAINST.search(s.text[:at]) and not s.before:
            raise BadQuestion(f"what {_said_of(one)} are compared with is not said; name other days or hours too")
        return one, _rest_of(one) if s.comparing and THE_REST.search(s.rest) else None
    return _of_names(s, found)


def _says_hours(rest: str, clock: tuple[int, int, Span]) -> bool:
    """Tell whether hours only say what the night or the day is: 'night being 22:00-06:00'."""
    at, _, span = clock
    return span in NAMED_CLOCK and bool(SAYS_HOURS.search(rest[:at]))


def one_weekday(s: Reading) -> PickedHours | None:
    """Return the weekdays that are picked, where they are neither all working days nor the weekend."""
    runs = _runs(s)
    others = weekdays_named(s.rest) - {day for run in runs for day in run.days} if runs else frozenset()
    alone = len(runs) == 1 and not others and not _named(s, _blanked(s.rest, [(runs[0].at, runs[0].to)]))
    found = _put(_picked(runs[0].days, None)) if alone else None
    return found if isinstance(found, PickedHours) else None


def require_whole_days(analysis: Analysis, s: Reading) -> None:
    """Raise `BadQuestion` where hours are picked for an analysis that is of all hours of all days."""
    if analysis == "what_if":  # closed at weekends
        days = {day for run in _runs(s) for day in run.days}
        if days and days != set(FREE_DAYS):
            raise BadQuestion("a what-if of closing is worked out for both days of the weekend; ask for weekends")
        return
    if analysis == "payback":
        return
    hours, _ = hours_of(s)
    if hours != "all" and (isinstance(hours, PickedHours) or analysis in ALL_HOURS_ONLY):
        what = analysis.replace("_", " ")
        raise BadQuestion(f"{what} is told of all hours, and not of {_said_of(hours)} alone; ask without that")


def _said_of(hours: Hours) -> str:
    return str(hours) if isinstance(hours, PickedHours) else f"the {hours}"


def hours_said(rest: str) -> list[tuple[int, int]]:
    """Return where a lower-case text names weekdays and hours of the clock; what cannot be read is left out."""
    try:
        clocks = clock_spans(rest)
    except BadQuestion:
        clocks = []
    leads = [m.span() for m in OUTSIDE_DAYS.finditer(rest)] if clocks else []
    return [(a, b) for a, b, _ in clocks] + [(run.at, run.to) for run in weekday_runs(rest)] + leads


def without_hours(rest: str) -> str:
    """Return a text without the weekdays and hours that are read of it. Raises `BadQuestion` for half hours."""
    clock_spans(rest)
    return hours_blanked(rest)


def hours_blanked(rest: str) -> str:
    """Return a text without the weekdays and hours that are read of it; half hours, which are not read, stay."""
    return _blanked(rest, hours_said(rest))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for a, b in spans:
        text = text[:a] + " " * (b - a) + text[b:]
    return text


def _runs(s: Reading) -> list[WeekdayRun]:
    """Return the weekdays that are picked; none of a single day, which has but one."""
    if s.line.period and s.line.period.end - s.line.period.start <= timedelta(days=1):
        return []
    dates = [(a, b) for a, b in s.line.spans if not re.fullmatch(r"\s*(?:19|20)\d\d\s*", s.text[a:b])]
    return weekday_runs(s.rest, dates)


def _one(
    runs: list[WeekdayRun], clocks: list[tuple[int, int, Span]], found: dict[NamedHours, int]
) -> PickedHours | None:
    """Put the days and the hours of the clock together that a text names; None where it names all."""
    days = runs[0].days if runs else next((DAYS_OF[name] for name in DAYS_OF if name in found), ())
    clock = clocks[0][2] if clocks else next((CLOCK_OF[name] for name in CLOCK_OF if name in found), None)
    return _picked(days, clock)


def _outside(
    text: str, runs: list[WeekdayRun], clocks: list[tuple[int, int, Span]], found: dict[NamedHours, int]
) -> PickedHours | None:
    """Return all hours but those of the clock of some days, where 'outside' leads both; None elsewhere."""
    if not clocks:
        return None
    said = [(run.at, run.to, run.days) for run in runs]
    said += [(found[name], end_of_name(text, found[name]), DAYS_OF[name]) for name in DAYS_OF if name in found]
    return next((p for at, to, days in said if (p := outside_both(text, at, to, days, clocks[0]))), None)


def _picked(days: tuple[Weekday, ...], clock: Span | None) -> PickedHours | None:
    if not days and clock is None:
        return None
    return PickedHours(weekdays=days, from_hour=clock[0] if clock else None, to_hour=clock[1] if clock else None)


def _put(picked: PickedHours | None) -> Hours:
    """Return hours under the name they have, where they have one: 22:00 to 06:00 is the night."""
    if picked is None:
        return "all"
    clock = (picked.from_hour, picked.to_hour)
    if picked.from_hour is None and picked.weekdays in NAMED_DAYS:
        return NAMED_DAYS[picked.weekdays]
    if not picked.weekdays and clock in NAMED_CLOCK:
        return NAMED_CLOCK[clock]
    return picked


def _rest_of(hours: Hours) -> Hours:
    """Return the hours besides some: the other days of the week, or the other hours of those days."""
    if not isinstance(hours, PickedHours):
        return OTHER_HALF[hours]
    if hours.outside:
        return hours.model_copy(update={"outside": False})
    if hours.from_hour is None or hours.to_hour is None:
        return _put(_picked(tuple(day for day in WEEK if day not in hours.weekdays), None))
    return _put(_picked(hours.weekdays, (hours.to_hour % 24, hours.from_hour or 24)))


def _pair_of_days(
    s: Reading, runs: list[WeekdayRun], clocks: list[tuple[int, int, Span]], found: dict[NamedHours, int]
) -> tuple[Hours, Hours | None]:
    """Return two kinds of days that are compared. Raises `BadQuestion` where they are not, or are more than two."""
    sides = sorted(
        [(run.at, run.days) for run in runs] + [(found[name], DAYS_OF[name]) for name in DAYS_OF if name in found]
    )
    if len(sides) > 2 or not _are_set_against(s, sides[0][0], sides[-1][0]):
        raise BadQuestion(
            "several kinds of days are named; ask for one, for two of them compared, or by day of the week"
        )
    clock = next((CLOCK_OF[name] for name in CLOCK_OF if name in found), clocks[0][2] if clocks else None)
    one, other = (_put(_picked(days, clock)) for _, days in sides)
    return one, other


def _are_set_against(s: Reading, start: int, end: int) -> bool:
    """Tell whether what is named at two places is compared."""
    return bool(s.comparing or PAIR.search(s.rest[start:end]) or EITHER.search(s.rest))


def _pair_of_clocks(
    s: Reading, runs: list[WeekdayRun], clocks: list[tuple[int, int, Span]], found: dict[NamedHours, int]
) -> tuple[Hours, Hours | None]:
    """Return two spans of the clock that are compared. Raises `BadQuestion` as `_pair_of_days` does."""
    if len(clocks) > 2 or not _are_set_against(s, clocks[0][1], clocks[-1][0]):
        raise BadQuestion("several spans of the clock are named; ask for one, or for two of them compared")
    one, other = (_put(_one(runs, [clock], found)) for clock in clocks)
    return one, other


def _of_names(s: Reading, found: dict[NamedHours, int]) -> tuple[Hours, Hours | None]:
    """Return what the names of parts of the day and week say: 'at night', 'on weekdays', 'weekend nights'."""
    pairs: tuple[tuple[NamedHours, NamedHours], ...] = (("day", "night"), ("weekday", "weekend"))
    for one, other in pairs:
        if one in found and other in found:
            first, second = sorted((one, other), key=lambda h: found[h])
            within = {name: at for name, at in found.items() if name not in (one, other)}
            sides = [_put(_one([], [], {name: 0, **within})) for name in (first, second)]
            return sides[0], None if PART.search(s.rest) else sides[1]
    if len(found) > 1:
        return _put(_one([], [], found)), None
    for meaning in found:
        rest = s.comparing and THE_REST.search(s.rest)
        return meaning, OTHER_HALF[meaning] if rest else None
    return ("day" if BY_DAY.search(s.rest) else "all"), None


def _all_but(rest: str) -> NamedHours | None:
    """Read 'without the weekends' as the weekdays: what is left out leaves its other half."""
    match = ALL_BUT_HOURS.search(rest)
    kept = OTHER_HALF[v.first(v.HOURS, match.group(1)) or "all"] if match else None
    return kept if isinstance(kept, str) else None


def _named(s: Reading, rest: str) -> dict[NamedHours, int]:
    """Return the parts of the day and week that have a name, with where in the text each stands."""
    found: dict[NamedHours, int] = {}
    rest = EACH_WEEKDAY.sub(lambda m: " " * len(m.group(0)), rest)
    for pattern, meaning in v.HOURS:
        if (match := pattern.search(rest)) and isinstance(meaning, str):
            found.setdefault(meaning, match.start())
    if (
        "night" in found
        and (s.comparing or is_ratio(rest))
        and (day := re.search(r"\bdays?\b(?! of\b)|\bday[ -]?time\b", rest))
    ):
        found.setdefault("day", day.start())
    if "night" in found and is_ratio(rest) and (day := re.search(r"\bday(?:s|time)?\b(?! of\b)", rest)):
        found["day"] = day.start()
    if "day" in found and "night" not in found and not BY_DAY.search(rest):
        del found["day"]  # "a day in March"
    return found
