"""A heat map: a column a day, a row an hour, darker where less is used; what is not known is grey."""

import math
from collections.abc import Iterator

from gateway.charts.axes import HOURLY, Spec, distinct, named, pointed_at, unit_words
from tools.chart import Chart
from tools.wording import amount

UNKNOWN, EVERY = "#e3e7eb", 3
HEIGHT = 360


def heat(chart: Chart) -> Spec:
    """Return the layer. Rows stand in the order of the series, the first on top."""
    columns, rows = distinct(chart.labels), distinct([s.name for s in chart.series])
    marked = rows[:: EVERY if len(rows) >= HOURLY else 1]
    placed = {"type": "nominal", "title": None, "sort": None}
    encoding = {
        "x": {
            **placed,
            "field": "x",
            "scale": {"domain": columns, "paddingInner": 0},
            "axis": {"labelOverlap": "greedy", "labelSeparation": 12, "labelAngle": 0, "ticks": False},
        },
        "y": {
            **placed,
            "field": "name",
            "scale": {"domain": rows, "paddingInner": 0},
            "axis": {"values": marked, "ticks": False},
        },
        "color": {
            "field": "y",
            "type": "quantitative",
            "scale": {"scheme": "viridis"},
            "legend": {
                "title": unit_words(chart.unit),
                "orient": "right",
                "format": ",~f",
                "gradientLength": HEIGHT - 40,
            },
        },
        "tooltip": pointed_at(),
    }
    cells = list(_cells(chart, columns, rows))
    view = {"fill": UNKNOWN}
    mark = {"type": "rect", "invalid": None}
    return {"layer": [{"data": {"values": cells}, "mark": mark, "encoding": encoding}], "height": HEIGHT, "view": view}


def _cells(chart: Chart, columns: list[str], rows: list[str]) -> Iterator[Spec]:
    for name, series in zip(rows, chart.series, strict=True):
        for column, label, value in zip(columns, chart.labels, series.values, strict=True):
            if math.isfinite(value):
                at = {"x": column, "name": name, "label": named(label), "y": value}
                yield {**at, "said": amount(value, chart.unit)}
