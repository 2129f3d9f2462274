"""Lines with what lies between them: a forecast in its interval, metered use beside its baseline."""

import math
from collections.abc import Sequence

from gateway.charts.axes import Spec, rows_of, x_axis, y_axis
from gateway.charts.lines import COLOURS, NAME, bands, colours, first_name, line, tips, zooming
from tools.chart import Chart

LESS, MORE = "less than the baseline", "more than the baseline"
SAVED, OVER, GREY, PALE = "#009e73", "#d55e00", "#6e7781", "#c3c9cf"
BETWEEN, MOST_DASHED = 0.4, 120


def fan(chart: Chart) -> Spec:
    """Return the layers of a forecast: its interval, what was measured before, other forecasts dashed, its line."""
    others = [(s.name, s.values) for s in chart.series if not s.high]
    name = first_name(chart)
    fixed = {
        other: "#1d2329" if other.startswith("measured") else COLOURS[1 + n % 7] for n, (other, _) in enumerate(others)
    }
    colour = colours(chart, [name, *(n for n, _ in others)], fixed)
    drawn = bands(chart, colour)
    for other, values in others:
        style: dict[str, object] = {} if other.startswith("measured") else {"strokeDash": [5, 4], "strokeWidth": 1.2}
        drawn += line(chart, other, values, colour, **style)
    drawn += line(chart, name, chart.values, colour)
    return {"layer": zooming([*drawn, *tips(chart, [(name, chart.values), *others])])}


def baseline(chart: Chart) -> Spec:
    """Return the layers of metered use and its baseline, the first series that is a line; between them the savings."""
    others = [(s.name, s.values) for s in chart.series if not s.high]
    name = first_name(chart)
    fixed = {n: COLOURS[3 + k % 5] for k, (n, _) in enumerate(others)} | {s.name: PALE for s in chart.series if s.high}
    between: list[Spec] = []
    if others:
        fixed |= {others[0][0]: GREY, LESS: SAVED, MORE: OVER}
    colour = colours(chart, [name, *(n for n, _ in others), *([LESS, MORE] if others else [])], fixed)
    if others:
        between = _between(chart, others[0][1], colour)
    drawn = [*bands(chart, colour), *between]
    dashed: dict[str, object] = {"strokeDash": [6, 3]} if len(chart.labels) <= MOST_DASHED else {}
    for n, (other, values) in enumerate(others):
        drawn += line(chart, other, values, colour, **({"strokeWidth": 1.2, **dashed} if n == 0 else {}))
    drawn += line(chart, name, chart.values, colour, strokeWidth=1.5)
    return {"layer": zooming([*drawn, *tips(chart, [(name, chart.values), *others])])}


def _between(chart: Chart, expected: Sequence[float], colour: Spec) -> list[Spec]:
    """Return the areas where the metered use is below its baseline, and where it is above."""
    pairs = [
        (v, e) if math.isfinite(v + e) else (math.nan, math.nan) for v, e in zip(chart.values, expected, strict=True)
    ]
    upper = [max(pair) for pair in pairs]
    return [
        _area(chart, [v for v, _ in pairs], upper, LESS, colour),
        _area(chart, [e for _, e in pairs], upper, MORE, colour),
    ]


def _area(chart: Chart, low: Sequence[float], high: Sequence[float], name: str, colour: Spec) -> Spec:
    return {
        "data": {"values": list(rows_of(chart, name, low, high))},
        "mark": {"type": "area", "opacity": BETWEEN},
        "encoding": {
            "x": x_axis(chart),
            "y": y_axis(chart),
            "y2": {"field": "high"},
            "color": {**NAME, **colour},
        },
    }
