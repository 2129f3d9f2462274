"""The chart of an answer as a PNG file."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gateway.errors import BadUsage
from gateway.safe_text import printable

MOST_MARKS = 24
SIZE_INCHES, DPI = (9.0, 4.5), 150
UNIT_WORDS = {"percent": "%", "kWh_per_m2": "kWh/m2", "ratio": ""}


def draw(chart: Mapping[str, Any], path: Path) -> None:
    """Draw a line or bars with title, unit and labels. Raises `BadUsage` where the file cannot be written."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(chart["values"]))
    if chart["kind"] == "line":
        axes.plot(places, chart["values"], color="tab:blue")
        axes.fill_between(places, chart["values"], alpha=0.15, color="tab:blue")
    else:
        axes.bar(places, chart["values"], color="tab:blue")
    labels = [_plain(label) for label in chart["labels"]]
    step = math.ceil(len(labels) / MOST_MARKS)
    axes.set_xticks(
        list(places)[::step], labels[::step], rotation=45 if max(map(len, labels), default=0) > 5 else 0, ha="right"
    )
    axes.set_title(_plain(chart["title"]))
    axes.set_ylabel(_plain(UNIT_WORDS.get(chart["unit"], chart["unit"])))
    axes.grid(axis="y", alpha=0.3)
    try:
        figure.savefig(path, format="png")
    except OSError as why:
        raise BadUsage(f"--chart {path}: it cannot be written ({why.strerror}); give another name") from why


def _plain(text: str) -> str:
    """Return a text that matplotlib does not read as a formula."""
    return printable(text).replace("$", r"\$")
