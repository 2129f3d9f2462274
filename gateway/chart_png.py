"""The chart of an answer as a PNG file."""

import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage
from gateway.safe_text import printable, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKS, LONG_LABEL, TITLE_CHARS = 24, 5, 120
SIZE_INCHES, DPI = (9.0, 4.5), 150
UNIT_WORDS = {"percent": "%", "kWh_per_m2": "kWh/m2", "ratio": ""}


def draw(chart: Mapping[str, Any], headline: str, path: Path) -> None:
    """Draw a line or bars below the headline, with unit and labels.

    Raises `BadUsage` where the file cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _values(axes, chart)
    _labels(axes, chart, headline)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a script that the font lacks is drawn as boxes
        try:
            figure.savefig(path, format="png")
        except OSError as why:
            raise BadUsage(f"--chart {path}: it cannot be written ({why.strerror}); give another name") from why


def _values(axes: "Axes", chart: Mapping[str, Any]) -> None:
    places, values = range(len(chart["values"])), chart["values"]
    if chart["kind"] == "line":
        axes.plot(places, values, color="tab:blue")
        axes.fill_between(places, values, alpha=0.15, color="tab:blue")
        axes.set_ylim(bottom=min(0.0, *values))
    else:
        axes.bar(places, values, color="tab:blue", zorder=2)
    axes.grid(axis="y", alpha=0.3)


def _labels(axes: "Axes", chart: Mapping[str, Any], headline: str) -> None:
    from matplotlib.ticker import FuncFormatter

    labels = [_plain(label) for label in chart["labels"]]
    step, is_long = math.ceil(len(labels) / MOST_MARKS), max(map(len, labels), default=0) > LONG_LABEL
    turn, side = (45, "right") if is_long else (0, "center")
    axes.set_xticks(range(0, len(labels), step), labels[::step], rotation=turn, ha=side)
    axes.set_title(f"{_plain(chart['title'])}\n{_plain(shortened(headline, TITLE_CHARS))}", fontsize=9)
    axes.set_ylabel(_plain(UNIT_WORDS.get(chart["unit"], chart["unit"])))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def _plain(text: str) -> str:
    """Return a text that matplotlib does not read as a formula."""
    return printable(text).replace("$", r"\$")
