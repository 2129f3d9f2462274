"""A chart as an event carries it, read back."""

from collections.abc import Iterable, Mapping
from typing import Any

from privacy.labels import Label
from tools.chart import Chart, Series


def chart_of_event(given: Mapping[str, Any]) -> Chart:
    """Return the chart of a `facts` event, also of one that went through JSON, where a gap is null.

    Raises `ValueError` for one that cannot be drawn.
    """
    return Chart(
        title=given["title"],
        unit=given["unit"],
        labels=tuple(map(str, given["labels"])),
        values=_numbers(given["values"]),
        kind=given["kind"],
        label=Label[given["label"]] if "label" in given else Label.RESTRICTED,
        series=tuple(Series(s["name"], _numbers(s["values"]), _numbers(s["high"])) for s in given.get("series", ())),
        name=given.get("name", ""),
    )


def _numbers(values: Iterable[float | None]) -> tuple[float, ...]:
    return tuple(float("nan") if v is None else float(v) for v in values)
