"""Bars: months and other times standing side by side, names lying one below another with their values beside."""

import math
from collections.abc import Iterator

from gateway.charts.axes import Spec, are_calendar, distinct, named, number, pointed_at, unit_words
from gateway.charts.lines import colours, first_name
from tools.chart import Chart
from tools.wording import amount
from tools.wording import number as figure

MOST_BARS, ROW_HEIGHT, ROOM = 60, 24, 1.15
DARK = "#1d2329"
MOST_VALUES = 12  # standing bars that have room for their value above


def bars(chart: Chart) -> Spec:
    """Return the layers: the bars, further ones beside them, whiskers for a band, values where there is room.

    Of lying bars the first 60 are drawn, and the rest counted in words.
    """
    lying = not are_calendar(chart.labels)
    shown = min(len(chart.labels), MOST_BARS) if lying else len(chart.labels)
    rows = list(_rows(chart, shown))
    names = list(dict.fromkeys(row["name"] for row in rows))
    drawn: list[Spec] = [_bars(chart, rows, names, lying=lying), *_whiskers(chart, shown, names, lying=lying)]
    if len(names) == 1 and len(drawn) == 1 and (lying or shown <= MOST_VALUES):
        drawn.append(_values(rows, lying=lying))
    left = len(chart.labels) - shown
    size: Spec = {"height": {"step": ROW_HEIGHT if len(names) == 1 else 12}} if lying else {}
    return {"layer": drawn, "also": [f"The first {shown} of {len(chart.labels)} are drawn."] if left else [], **size}


def _rows(chart: Chart, shown: int) -> Iterator[Spec]:
    """Yield a row for each bar that has a value."""
    labels = distinct(chart.labels)[:shown]
    beside = [(s.name, s.values) for s in chart.series if not s.high]
    for name, values in [(first_name(chart), chart.values), *beside]:
        for label, value in zip(labels, values, strict=False):
            if math.isfinite(value):
                at = {"x": label, "label": label, "name": named(name), "y": value}
                yield {**at, "said": amount(value, chart.unit), "figure": figure(value)}


def _bars(chart: Chart, rows: list[Spec], names: list[str], *, lying: bool) -> Spec:
    colour = colours(chart, names, {s.name: DARK for s in chart.series if s.high})
    place, length, offset = ("y", "x", "yOffset") if lying else ("x", "y", "xOffset")
    encoding = {
        place: _place(chart, lying=lying),
        length: _length(chart, lying=lying),
        "color": {"field": "name", "type": "nominal", **colour},
        "tooltip": pointed_at(),
        **_beside(offset, names),
    }
    return {"data": {"values": rows}, "mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": encoding}


def _beside(offset: str, names: list[str]) -> Spec:
    """Return what sets bars of several names side by side."""
    scale = {"domain": names}
    return {offset: {"field": "name", "type": "nominal", "sort": None, "scale": scale}} if len(names) > 1 else {}


def _place(chart: Chart, *, lying: bool) -> Spec:
    """Return the axis of names; it keeps the place of a bar without a value."""
    labels = distinct(chart.labels)
    axis: Spec = {"labelOverlap": False} if lying else {"labelOverlap": "greedy", "labelAngle": 0}
    axis |= {"ticks": False, "domain": False, "grid": False}
    scale = {"domain": labels[:MOST_BARS] if lying else labels}
    return {"field": "x", "type": "nominal", "title": None, "sort": None, "scale": scale, "axis": axis}


def _length(chart: Chart, *, lying: bool) -> Spec:
    """Return the axis of values; beyond lying bars there is room for their values in words."""
    top = max((v for v in chart.values if math.isfinite(v)), default=0.0)
    scale: Spec = {"domainMax": ROOM * top} if lying and top > 0 and not chart.series else {}
    return {"field": "y", "type": "quantitative", "title": unit_words(chart.unit), "scale": scale}


def _whiskers(chart: Chart, shown: int, names: list[str], *, lying: bool) -> list[Spec]:
    """Return the intervals of the first bars, from each band among the series."""
    place, low, high, offset = ("y", "x", "x2", "yOffset") if lying else ("x", "y", "y2", "xOffset")
    labels = distinct(chart.labels)[:shown]
    found = []
    for series in (s for s in chart.series if s.high):
        ends = zip(labels, map(number, series.values), map(number, series.high), strict=False)
        rows = [{"x": x, "y": a, "high": b, "name": names[0]} for x, a, b in ends if a is not None and b is not None]
        encoding = {place: _place(chart, lying=lying), low: _length(chart, lying=lying), high: {"field": "high"}}
        mark = {"type": "rule", "strokeWidth": 2, "color": DARK}
        found.append({"data": {"values": rows}, "mark": mark, "encoding": {**encoding, **_beside(offset, names)}})
    return found


def _values(rows: list[Spec], *, lying: bool) -> Spec:
    """Return the values in words, beyond the end of each bar; of one below zero beyond its beginning."""
    style: Spec = {"align": "left", "dx": 5} if lying else {"align": "center", "dy": -7}
    mark = {"type": "text", "fontSize": 10.5, "color": "#57606a", **style}
    place, length = ("y", "x") if lying else ("x", "y")
    ends = [{**row, "y": max(row["y"], 0.0)} for row in rows]
    encoding = {
        place: {"field": "x", "type": "nominal", "sort": None},
        length: {"field": "y", "type": "quantitative"},
        "text": {"field": "said" if lying else "figure", "type": "nominal"},
    }
    return {"data": {"values": ends}, "mark": mark, "encoding": encoding}
