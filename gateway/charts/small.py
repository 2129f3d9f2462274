"""Charts in characters, small enough to stand below an answer in a terminal."""

import math
from collections.abc import Iterator, Sequence

from gateway.charts.canvas import BAND, Between, Stroke, plot, shaded
from gateway.load_shape import axis, bar, curve, pooled
from tools.chart import Chart
from tools.wording import amount

WIDTH, SIDE = 72, 6
MOST_ROWS, HOURS_A_ROW = 12, 3
MOST_BARS, BAR_WIDTH, NAME_WIDTH = 15, 24, 28
MARKS = "●○+x□◇"
Said = tuple[str, str]
"""A line, and its style."""


def small(chart: Chart, *, width: int) -> list[Said]:
    """Return the lines of a chart, at most `width` wide and 72: its title with the range of its values, then itself.

    None where no value of it is known.
    """
    wide = min(WIDTH, width)
    known = [v for values in _all(chart) for v in values if math.isfinite(v)]
    if not known or wide <= SIDE:
        return []
    low, high = amount(min(known), chart.unit), amount(max(known), chart.unit)
    return [(f"{chart.title}, {low} to {high}", "dim"), *_drawn(chart, wide)]


def _all(chart: Chart) -> Iterator[Sequence[float]]:
    """Yield all rows of values that are drawn."""
    if chart.kind != "heat":
        yield chart.values
    for series in chart.series:
        yield from (series.values, series.high)


def _drawn(chart: Chart, width: int) -> Iterator[Said]:
    if chart.kind == "heat":
        yield from _heat(chart, width)
    elif chart.kind == "bar":
        yield from _bars(chart, width)
    elif chart.series:
        yield from _lines(chart, width)
    else:
        yield from ((line, "cyan") for line in curve(chart.values, width=width))
        yield _below(chart, width), "dim"


def _below(chart: Chart, width: int) -> str:
    """Write what lies along the x axis."""
    if chart.kind != "duration":
        return axis(chart.labels, width=width)
    shown = len(pooled(chart.values, width)) * max(1, min(2, width // max(1, min(len(chart.labels), width))))
    return f"{'0 %':<{max(3, shown - 17)}}100 % of the time"


def _heat(chart: Chart, width: int) -> Iterator[Said]:
    """Draw rows of three hours each where a day has 24, else every row."""
    fold = HOURS_A_ROW if len(chart.series) > MOST_ROWS else 1
    groups = [chart.series[n : n + fold] for n in range(0, len(chart.series), fold)]
    rows = [[_mean(column) for column in zip(*(s.values for s in group), strict=True)] for group in groups]
    for group, line in zip(groups, shaded(rows, width=width - SIDE), strict=False):
        yield f"{group[0].name[: SIDE - 1]:<{SIDE}}{line}", "cyan"
    yield " " * SIDE + axis(chart.labels, width=width - SIDE, marks=3), "dim"
    yield f"{' ' * SIDE}blank for the lowest, █ for the highest, · not known", "dim"


def _mean(values: Sequence[float]) -> float:
    known = [v for v in values if math.isfinite(v)]
    return sum(known) / len(known) if known else math.nan


def _lines(chart: Chart, width: int) -> Iterator[Said]:
    """Draw lines and bands in one field, with what each mark stands for."""
    from gateway.charts.lines import first_name

    named = [(first_name(chart), chart.values), *((s.name, s.values) for s in chart.series if not s.high)]
    shown = named[: len(MARKS)]
    strokes = [Stroke(mark, values) for mark, (_, values) in zip(MARKS, shown, strict=False)]
    bands = [Between(s.values, s.high) for s in chart.series if s.high]
    yield from ((line, "cyan") for line in plot(strokes, bands, width=width))
    yield _below(chart, width), "dim"
    words = [f"{mark} {name}" for mark, (name, _) in zip(MARKS, shown, strict=False)]
    words += [f"{BAND} {s.name}" for s in chart.series if s.high]
    left = len(named) - len(shown)
    yield "  ".join([*words, *([f"and {left} more"] if left else [])]), "dim"


def _bars(chart: Chart, width: int) -> Iterator[Said]:
    """Draw the first bars, one a line, with their values."""
    largest = max((abs(v) for v in chart.values if math.isfinite(v)), default=0.0)
    shown = list(zip(chart.labels, chart.values, strict=True))[:MOST_BARS]
    name_width = min(NAME_WIDTH, max(len(label) for label, _ in shown))
    for label, value in shown:
        drawn = bar(value, largest, width=min(BAR_WIDTH, width // 3)) if math.isfinite(value) else ""
        said = amount(value, chart.unit) if math.isfinite(value) else "not known"
        sign = "-" if value < 0 else " "
        yield f"{label[:name_width]:<{name_width}} {sign}{drawn} {said}", "cyan"
    if len(chart.labels) > MOST_BARS:
        yield f"… {len(chart.labels) - MOST_BARS} more; `--chart FILE.html` has all", "dim"
