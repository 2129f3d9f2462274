"""How a chart is drawn, as a Vega-Lite specification: plain JSON with all its data inside, and no address in it."""

import textwrap
from collections.abc import Callable, Mapping, Sequence

from gateway.charts.axes import Spec
from gateway.charts.bars import bars
from gateway.charts.heat import heat
from gateway.charts.lines import lines
from gateway.charts.spans import baseline, fan
from gateway.safe_text import printable, shortened
from tools.chart import Chart, Kind

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH, HEIGHT = 760, 320
TITLE_CHARS, TITLE_LINE, LINE_CHARS, MOST_LINES = 180, 92, 128, 6
FONT, DARK, SOFT, GRID = "Liberation Sans, Arial, Helvetica, sans-serif", "#1d2329", "#57606a", "#e3e7eb"
DRAW: Mapping[Kind, Callable[[Chart], Spec]] = {
    "bar": bars,
    "line": lines,
    "duration": lines,
    "heat": heat,
    "fan": fan,
    "baseline": baseline,
}


def spec_of(chart: Chart, words: Sequence[str] = (), *, width: int = WIDTH) -> Spec:
    """Return the specification; `words` (the headline, each caveat) stand below the title, wrapped and never cut off.

    Where they are longer than six lines, the last says that there is more.
    """
    drawn = DRAW[chart.kind](chart)
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": HEIGHT,
        "background": "white",
        "padding": 14,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "title": _title(chart, [*words, *drawn.pop("also", [])]),
        "config": _config(),
        **drawn,
    }


def _title(chart: Chart, words: Sequence[str]) -> Spec:
    said = [line for text in words if text for line in textwrap.wrap(printable(text), LINE_CHARS)]
    if len(said) > MOST_LINES:
        said = [*said[: MOST_LINES - 1], f"{said[MOST_LINES - 1]} … (more in the answer)"]
    return {"text": textwrap.wrap(shortened(printable(chart.title), TITLE_CHARS), TITLE_LINE), "subtitle": said}


def _config() -> Spec:
    plain = {"labelColor": SOFT, "titleColor": SOFT, "titleFontWeight": "normal", "labelFontSize": 11}
    return {
        "font": FONT,
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "color": DARK,
            "fontSize": 15,
            "subtitleColor": SOFT,
            "subtitleFontSize": 11.5,
            "subtitleLineHeight": 15,
            "offset": 12,
        },
        "axis": {**plain, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID, "labelLimit": 260},
        "axisQuantitative": {"format": ",~f"},
        "legend": {**plain, "title": None, "orient": "top", "labelLimit": 260, "symbolOpacity": 1, "columns": 6},
        "view": {"stroke": None},
    }
