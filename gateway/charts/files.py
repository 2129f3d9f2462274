"""Charts on their way into a file that was asked for."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gateway.charts.spec import spec_of
from gateway.errors import BadUsage
from tools.chart import Chart

SUFFIXES = (".png", ".html")
OWN_FILE = 0o600


def chart_path(name: str) -> Path:
    """Return where charts go. Raises `BadUsage` where they cannot be written there."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        raise BadUsage(f"--chart {name}: charts are PNG pictures or HTML pages; give a name that ends in .png or .html")
    if not path.absolute().parent.is_dir():
        raise BadUsage(f"--chart {name}: there is no folder {path.absolute().parent}; make it, or give another name")
    return path


def write_charts(charts: Sequence[Chart], answer: Mapping[str, Any], path: Path) -> int:
    """Write an answer's charts, one at least: all of them as a page, the first as a picture. Return how many were.

    The file is its owner's alone where it is new. Raises `BadUsage` where it cannot be written.
    """
    from gateway.answer_table import caveats
    from gateway.charts.page import Told, page_of
    from gateway.charts.picture import picture_of

    headline, facts = str(answer["headline"]), answer["evidence"]
    said = caveats(facts, headline, most=len(facts))
    if path.suffix.lower() == ".html":
        told = Told(str(answer["question"]), headline, said, [f["id"] for f in facts])
        _write(path, page_of(charts, [spec_of(c) for c in charts], told).encode("utf-8", "replace"))
        return len(charts)
    _write(path, picture_of(spec_of(charts[0], [headline, *(f"* {c}" for c in said)])))
    return 1


def _write(path: Path, content: bytes) -> None:
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_FILE), "wb") as file:  # noqa: PTH123
            file.write(content)
    except OSError as why:
        raise BadUsage(f"--chart {path}: it cannot be written ({why.strerror}); give another name") from why
