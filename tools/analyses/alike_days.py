"""Days or weeks of a building that are like one of them, or like none of them, as facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tools.analyses.finding import Finding, facts_of
from tools.analyses.site_terms import temperature_of
from tools.analyses.timed_use import within
from tools.chart import Chart, Series
from tools.clock import key_name
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME, uses_meant
from tools.figures import Values
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.shapes import DayShapes, Strangeness, day_shapes, distances, strangeness
from tools.shapes.days import SPAN_DAYS, Of
from tools.use import Use
from tools.wording import amount, listed, named, when

FOUND = 5
DRAWN = 3
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY, WEEK = timedelta(days=1), timedelta(days=7)
EPOCH = date(1970, 1, 1)
METHOD = (
    "Euclidean distance of the {of}s' hourly profiles (root mean square, of the mean load), of their levels and of "
    "what the weather does not explain of these"
)
STRANGE = "mean distance to the five {of}s of the same kind that are most like it, in shares of the load"
FENCED = "days beyond the upper quartile by three quartile ranges (Tukey's outer fence), by kind of day"
SAID = "0 is the same, 0.1 a {of} that differs by about a tenth of its load"


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """The days, or weeks, of one building over its whole record."""

    use: Use
    shapes: DayShapes
    timezone: str

    def span(self, row: int) -> tuple[datetime, datetime]:
        """Return [start, end) of one of them, UTC."""
        zone, first = ZoneInfo(self.timezone), EPOCH + timedelta(days=int(self.shapes.day[row]))
        ends = (first, first + timedelta(days=SPAN_DAYS[self.shapes.of]))
        start, end = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in ends)
        return start.astimezone(ZoneInfo("UTC")), end.astimezone(ZoneInfo("UTC"))

    def name(self, row: int) -> str:
        """Return the date of one, or of a week's Monday: '2019-03-03'."""
        return key_name("day", int(self.shapes.day[row]))

    def said(self, row: int) -> str:
        """Return one of them in words: 'Sunday 3 March 2019', 'the week of 4 March 2019'."""
        at = EPOCH + timedelta(days=int(self.shapes.day[row]))
        words = f"{at.day} {at:%B %Y}"
        return f"{at:%A} {words}" if self.shapes.of == "day" else f"the week of {words}"


async def days_alike(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the distance of the days (or weeks) of a building that are most like the period, then their loads.

    They are sought in the whole record. Raises `BadQuestion` where the building or the day is left open, `NoData` where
    that day has no shape or no other has one.
    """
    period = query.period
    if period is None or period.end - period.start > WEEK:
        raise BadQuestion(
            "the question does not say like which day or week; name one, such as 'days like 3 March 2019'"
        )
    of: Of = "day" if period.end - period.start <= DAY else "week"
    days = await _days(query, readings, inventory, of)
    asked = _asked(days, period, inventory)
    apart = distances(days.shapes.vector[asked], days.shapes.vector)
    order = [int(row) for row in np.argsort(apart, kind="stable") if row != asked][: query.limit or FOUND]
    if not order:
        raise NoData(f"{named(days.use.building, inventory)} has no other {of} that is complete enough to compare")
    findings = [_finding(query, days, row, f"{of}-shape distance", apart[row], "ratio", METHOD) for row in order]
    findings += [_load(query, days, row) for row in (asked, *order)]
    words = _like_words(query, days, asked, order, apart, inventory)
    return facts_of(query, inventory, findings, words, _chart(days, [asked, *order]), _notes(days))


async def strange_days(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return how far the strangest days of the period are from the building's own history, the farthest first.

    The history is the whole record; without a period every day of it is judged. Raises as `days_alike` does.
    """
    days = await _days(query, readings, inventory, "day")
    found = strangeness(days.shapes)
    rows = [row for row in range(len(days.shapes)) if _is_in(days, row, query.period)]
    if not rows:
        raise NoData(f"{named(days.use.building, inventory)} has no nearly complete day {when(query)}")
    order = sorted(rows, key=lambda row: -found.distance[row])[: query.limit or FOUND]
    method = STRANGE.format(of=days.shapes.of)
    findings = [
        _finding(query, days, row, "distance to its own history", found.distance[row], "ratio", method) for row in order
    ]
    strange = int(found.is_strange[rows].sum())
    usual = float(np.median(found.distance))
    findings += [
        _over(query, days, rows, "strange days", strange, "count", FENCED),
        _over(query, days, rows, "usual distance to its own history", usual, "ratio", f"median of: {method}"),
    ]
    words = _strange_words(query, days, order, found, (strange, usual), inventory)
    near = [int(found.nearest[order[0]])] if found.nearest[order[0]] != order[0] else []
    return facts_of(query, inventory, findings, words, _chart(days, [order[0], *near]), _notes(days))


async def _days(query: EnergyQuery, readings: Readings, inventory: Inventory, of: Of) -> _Days:
    if len(query.buildings) != 1:
        raise BadQuestion(
            f"{of}s are compared within one building; name one, such as in 'days like 3 March 2019 at b4'"
        )
    if query.hours != "all":
        raise BadQuestion(f"{of}s are compared whole, not by their {query.hours}; ask without that")
    use = (await uses_meant(query, readings, inventory, None))[query.buildings[0]]
    meters = [inventory.meters[m] for m in use.meters]
    timezone = inventory.sites[use.site].timezone
    use = within(use, min(m.first for m in meters), max(m.last_end for m in meters), timezone)
    outside = await temperature_of(readings, inventory, use)
    return _Days(use, day_shapes(use.hours, use.clock, outside, of), timezone)


def _asked(days: _Days, period: Period, inventory: Inventory) -> int:
    """Return the row of the day, or of the week in which the period begins."""
    day = (period.start.date() - EPOCH).days
    if days.shapes.of == "week":
        day -= period.start.weekday()
    row = days.shapes.place(day)
    if row is None:
        raise NoData(
            f"{named(days.use.building, inventory)} has too few valid hours in {period.words} to compare it; its days "
            f"run from {days.said(0)} to {days.said(len(days.shapes) - 1)}"
        )
    return row


def _is_in(days: _Days, row: int, period: Period | None) -> bool:
    first = EPOCH + timedelta(days=int(days.shapes.day[row]))
    return period is None or period.start.date() <= first < period.end.date()


def _named(query: EnergyQuery, name: str) -> str:
    return f"{MEASURE_NAME[query.measure]} {name}"


def _share(days: _Days) -> float:
    return len(days.shapes) / (len(days.shapes) + days.shapes.left_out)


def _finding(query: EnergyQuery, days: _Days, row: int, name: str, value: float, unit: str, method: str) -> Finding:
    start, end = days.span(row)
    return Finding(
        _named(query, name),
        float(value),
        unit,
        (days.use.building,),
        start,
        end,
        method.format(of=days.shapes.of),
        meters=days.use.meters,
        group=days.name(row),
        shows_hours=True,
    )


def _over(
    query: EnergyQuery, days: _Days, rows: Sequence[int], name: str, value: float, unit: str, method: str
) -> Finding:
    """Return a finding over all the days that were judged."""
    start, end = days.span(rows[0])[0], days.span(rows[-1])[1]
    who = (days.use.building,)
    return Finding(
        _named(query, name), value, unit, who, start, end, method, _share(days), days.use.meters, shows_hours=True
    )


def _load(query: EnergyQuery, days: _Days, row: int) -> Finding:
    return _finding(query, days, row, "mean load", days.shapes.mean_kw[row], "kW", "mean of the valid hours")


def _like_words(
    query: EnergyQuery, days: _Days, asked: int, order: Sequence[int], apart: Values, inventory: Inventory
) -> str:
    of, who = days.shapes.of, named(days.use.building, inventory)
    first, *others = order
    loads = [amount(float(days.shapes.mean_kw[row]), "kW") for row in (first, asked)]
    text = (
        f"The {of} most like {days.said(asked)} at {who}, by {MEASURE_NAME[query.measure]}, is {days.said(first)}: "
        f"{apart[first]:.2f} apart ({SAID.format(of=of)}), with a mean load of {loads[0]} against {loads[1]}."
    )
    then = [f"{days.said(row)} ({apart[row]:.2f})" for row in others]
    return f"{text} Then {listed(then)}." if then else text


def _strange_words(
    query: EnergyQuery,
    days: _Days,
    order: Sequence[int],
    found: Strangeness,
    counted: tuple[int, float],
    inventory: Inventory,
) -> str:
    who, (strange, usual), first = named(days.use.building, inventory), counted, order[0]
    listed_days = listed([f"{days.said(row)} ({found.distance[row]:.2f})" for row in order])
    many = f"{strange} day{'' if strange == 1 else 's'}"
    return (
        f"By its {MEASURE_NAME[query.measure]} load, {who} was least like its own history {when(query)} on "
        f"{listed_days}: distances to the five days most like each, {usual:.2f} being usual. {many} "
        f"{'is' if strange == 1 else 'are'} strange by its own measure; the nearest to {days.said(first)} is "
        f"{days.said(int(found.nearest[first]))}."
    )


def _notes(days: _Days) -> tuple[str, ...]:
    left_out, of = days.shapes.left_out, days.shapes.of
    return (f"{left_out} {of}s lack too many hours and are left out",) if left_out else ()


def _chart(days: _Days, rows: Sequence[int]) -> Chart:
    n = days.shapes.vector.shape[1] - 2
    curves = [days.shapes.vector[r, :n] * np.sqrt(n) * days.shapes.mean_kw[r] for r in rows[: DRAWN + 1]]
    first, *others = (tuple(map(float, curve)) for curve in curves)
    return Chart(
        title=f"load of {days.use.building} on {days.said(rows[0])} and on those found",
        unit="kW",
        labels=tuple(f"{h % 24:02d}:00" if n == 24 else f"{DAYS[h // 24]} {h % 24:02d}:00" for h in range(n)),
        values=first,
        kind="line",
        label=LABEL,
        series=tuple(Series(days.name(r), values) for r, values in zip(rows[1:], others, strict=False)),
    )
