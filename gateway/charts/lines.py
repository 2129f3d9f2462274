"""Lines over time, over the hours of a day, or over the share of time: load shapes, days, duration curves."""

import math
from collections.abc import Iterator, Sequence

from gateway.charts.axes import Spec, named, pointed_at, rows_of, x_axis, y_axis
from tools.chart import Chart

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#8c8c8c")
"""Told apart by people with any colour vision: Okabe and Ito, Color Universal Design (2008), less the yellow."""
BAND_COLOURS = ("#9ecae1", "#f2c6a0", "#b9e0d2")
BAND, FILL = 0.5, 0.12
MOST_POINTED_AT = 6_000
NAME = {"field": "name", "type": "nominal"}
Line = tuple[str, Sequence[float]]


def lines(chart: Chart) -> Spec:
    """Return the layers of `line` and `duration`: bands below, then each line, dots where a value stands alone."""
    first = [(first_name(chart), chart.values)]
    others = first + [(s.name, s.values) for s in chart.series if not s.high]
    colour = colours(chart, [name for name, _ in others])
    drawn = [*bands(chart, colour), *(_filled(chart, colour) if len(others) == 1 and not bands(chart, colour) else [])]
    for name, values in others:
        drawn += line(chart, name, values, colour)
    return {"layer": zooming([*drawn, *tips(chart, others)])}


def first_name(chart: Chart) -> str:
    """Return what the first line is called: by default the chart's title up to its first comma."""
    return chart.name or {"fan": "forecast", "baseline": "metered"}.get(chart.kind, chart.title.partition(",")[0])


def colours(chart: Chart, names: Sequence[str], fixed: dict[str, str] | None = None) -> Spec:
    """Return the scale of colours and its legend, which a single name does not need. `fixed`: colours of some names."""
    own = {name: COLOURS[n % len(COLOURS)] for n, name in enumerate(names)}
    of_bands = enumerate(s.name for s in chart.series if s.high)
    own |= {name: BAND_COLOURS[n % len(BAND_COLOURS)] for n, name in of_bands} | (fixed or {})
    scale = {"domain": [named(n) for n in own], "range": list(own.values())}
    return {"scale": scale, "legend": None if len(own) == 1 else {}}


def line(chart: Chart, name: str, values: Sequence[float], colour: Spec, **style: object) -> Iterator[Spec]:
    """Yield the layer of a line, and one of dots for values whose neighbours are gaps."""
    rows = list(rows_of(chart, name, values))
    seen = [math.isfinite(v) for v in values]
    alone = [row for n, row in enumerate(rows) if seen[n] and not any(seen[max(0, n - 1) : n] + seen[n + 1 : n + 2])]
    encoding = {"x": x_axis(chart), "y": y_axis(chart), "color": {**NAME, **colour}}
    if len(alone) < sum(seen):
        mark = {"type": "line", "strokeWidth": 2, "strokeJoin": "round", **style}
        yield {"data": {"values": rows}, "mark": mark, "encoding": encoding}
    if alone:
        dots = {"type": "point", "filled": True, "size": 36, "opacity": 1}
        yield {"data": {"values": alone}, "mark": dots, "encoding": encoding}


def bands(chart: Chart, colour: Spec) -> list[Spec]:
    """Return a layer for each series that is a band."""
    return [
        {
            "data": {"values": list(rows_of(chart, s.name, s.values, s.high))},
            "mark": {"type": "area", "opacity": BAND},
            "encoding": {
                "x": x_axis(chart),
                "y": y_axis(chart),
                "y2": {"field": "high"},
                "color": {**NAME, **colour},
            },
        }
        for s in chart.series
        if s.high
    ]


def tips(chart: Chart, others: Sequence[Line]) -> list[Spec]:
    """Return a layer that is not seen and says each value where it is pointed at; none where it would be slow."""
    rows = [row for name, values in others for row in rows_of(chart, name, values) if row["y"] is not None]
    if len(rows) > MOST_POINTED_AT:
        return []
    mark = {"type": "point", "filled": True, "size": 90, "opacity": 0}
    encoding = {"x": x_axis(chart), "y": y_axis(chart), "tooltip": pointed_at()}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def zooming(layers: list[Spec]) -> list[Spec]:
    """Let the first layer be zoomed and moved along x, where x is a scale and not a row of names."""
    if layers[0]["encoding"]["x"]["type"] == "ordinal":
        return layers
    select = {"type": "interval", "encodings": ["x"]}
    return [{**layers[0], "params": [{"name": "zoom", "select": select, "bind": "scales"}]}, *layers[1:]]


def _filled(chart: Chart, colour: Spec) -> list[Spec]:
    """Return the area between a single line and zero."""
    mark = {"type": "area", "opacity": FILL}
    rows = list(rows_of(chart, first_name(chart), chart.values))
    own = {"color": {**NAME, **colour}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x_axis(chart), "y": y_axis(chart), **own}}]
