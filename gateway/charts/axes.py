"""Axes and rows of a chart: times lie on a line of time, hours and names side by side, shares from 0 to 100.

Times are local calendar time. Vega knows UTC and the reader's own zone only, so they are given as if they were UTC.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from gateway.safe_text import printable, shortened
from tools.chart import Chart
from tools.wording import UNIT_WORDS, amount

Spec = dict[str, Any]
TIME = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
CALENDAR = re.compile(r"\d{4}(?:-\d\d)?(?:-\d\d)?|\d\d:\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
NAME_CHARS = 60
HOURLY, HEADROOM = 24, 1.05
CLOCK = {
    "year": "%Y",
    "quarter": "%b %Y",
    "month": "%b %Y",
    "week": "%-d %b",
    "date": "%-d %b",
    "day": "%-d %b",
    "hours": "%H:%M",
}


def are_times(labels: Sequence[str]) -> bool:
    """Tell whether labels are days or hours of a calendar: 2019-03-14, 2019-03-14 07:00."""
    return all(TIME.fullmatch(label) for label in labels)


def are_calendar(labels: Sequence[str]) -> bool:
    """Tell whether labels have an order of their own in time, from years down to hours of the day."""
    return all(CALENDAR.fullmatch(label) for label in labels)


def distinct(labels: Sequence[str]) -> list[str]:
    """Return labels of which no two are alike: the hour that autumn strikes twice is '01:00' and '01:00 (2)'."""
    seen: Counter[str] = Counter()
    found = []
    for label in map(named, labels):
        seen[label] += 1
        found.append(f"{label} ({seen[label]})" if seen[label] > 1 else label)
    return found


def named(text: str) -> str:
    """Return a name that fits into a legend and steers nothing."""
    return shortened(printable(text), NAME_CHARS)


def number(value: float) -> float | None:
    """Return a number as JSON has it: a gap is null."""
    return value if math.isfinite(value) else None


def places(chart: Chart) -> list[Any]:
    """Return where each label lies on the x axis."""
    if chart.kind == "duration":
        return _percents(chart.labels)
    if are_times(chart.labels):
        return [_milliseconds(label) for label in chart.labels]
    return distinct(chart.labels)


def x_axis(chart: Chart) -> Spec:
    """Return the encoding of `x` for lines."""
    if chart.kind == "duration":
        return {"field": "x", "type": "quantitative", "title": "% of the time", "scale": {"domain": [0, 100]}}
    if are_times(chart.labels):
        return {"field": "x", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": {"format": CLOCK}}
    axis = {"labelOverlap": "greedy", "labelSeparation": 10, "labelAngle": 0}
    return {"field": "x", "type": "ordinal", "title": None, "sort": None, "axis": axis}


def y_axis(chart: Chart) -> Spec:
    """Return the encoding of a value, with its unit; the axis reaches zero and a little beyond the largest."""
    rows = [chart.values, *(values for s in chart.series for values in (s.values, s.high))]
    top = max((v for values in rows for v in values if math.isfinite(v)), default=0.0)
    scale: Spec = {"zero": True} | ({"domainMax": HEADROOM * top} if top > 0 else {})
    return {"field": "y", "type": "quantitative", "title": unit_words(chart.unit), "scale": scale}


def unit_words(unit: str) -> str:
    """Write a unit as people do."""
    return named(UNIT_WORDS.get(unit, unit))


def rows_of(chart: Chart, name: str, values: Sequence[float], high: Sequence[float] = ()) -> Iterator[Spec]:
    """Yield one row of data a label: x, y, what it is called, and what is said where it is pointed at."""
    called, tops = named(name), high or values
    for x, label, value, top in zip(places(chart), chart.labels, values, tops, strict=True):
        row = {"x": x, "label": named(label), "name": called, "y": number(value), "said": ""}
        if math.isfinite(value):
            row["said"] = amount(value, chart.unit)
        if high:
            row["high"] = number(top)
            row["said"] += f" to {amount(top, chart.unit)}" if row["said"] and math.isfinite(top) else ""
        yield row


def pointed_at() -> list[Spec]:
    """Return what is said of a mark that is pointed at."""
    return [
        {"field": f, "type": "nominal", "title": t} for f, t in (("label", "at"), ("name", "of"), ("said", "value"))
    ]


def _percents(labels: Sequence[str]) -> list[float]:
    """Read shares of time; labels that are none are spread evenly."""
    try:
        return [float(label.strip(" %")) for label in labels]
    except ValueError:
        return [100.0 * n / max(1, len(labels) - 1) for n in range(len(labels))]


def _milliseconds(label: str) -> int:
    return int(datetime.fromisoformat(label).replace(tzinfo=UTC).timestamp() * 1000)
