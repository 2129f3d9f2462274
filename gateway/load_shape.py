"""Curves and bars in block characters. Pure: values in, lines out."""

import math
from collections.abc import Sequence
from itertools import pairwise

BLOCKS = " ▁▂▃▄▅▆▇█"
PARTS = " ▏▎▍▌▋▊▉█"
EIGHTHS = 8


def curve(values: Sequence[float], *, width: int, height: int = 3) -> list[str]:
    """Draw values from left to right over a base of zero, or of the lowest where one is below zero.

    Returns `height` lines of at most `width` characters; more values than fit are averaged, few are drawn wider. NaN is
    a gap; where all are, there are no lines.
    """
    shown = pooled(values, width)
    known = [v for v in shown if math.isfinite(v)]
    if not known:
        return []
    base, top = min(0.0, *known), max(known)
    span = (top - base) or 1.0
    fills = [round(EIGHTHS * height * (v - base) / span) if math.isfinite(v) else 0 for v in shown]
    wide = max(1, min(2, width // len(shown)))
    return ["".join(_cell(fill, row) * wide for fill in fills).rstrip() for row in reversed(range(height))]


def axis(labels: Sequence[str], *, width: int, marks: int = 4) -> str:
    """Write some of the labels below the places of their values in `curve` of the same width."""
    if not labels or width < 1:
        return ""
    per_label = min(len(labels), width) * max(1, min(2, width // min(len(labels), width))) / len(labels)
    line = ""
    for n in range(0, len(labels), max(1, math.ceil(len(labels) / marks))):
        place = int(n * per_label)
        if place >= len(line) + (1 if line else 0):
            line = f"{line:<{place}}{labels[n]}"
    return line


def bar(value: float, largest: float, *, width: int) -> str:
    """Draw the size of a value as a bar; `largest` in size fills the width."""
    eighths = round(EIGHTHS * width * abs(value) / largest) if largest else 0
    full, rest = divmod(eighths, EIGHTHS)
    return (BLOCKS[-1] * full + (PARTS[rest] if rest else "")) or PARTS[1]


def _cell(fill: int, row: int) -> str:
    return BLOCKS[min(max(fill - EIGHTHS * row, 0), EIGHTHS)]


def pooled(values: Sequence[float], width: int) -> list[float]:
    """Average neighbours so that no more than `width` values are left, over those that are known."""
    n, count = len(values), min(len(values), max(0, width))
    edges = [i * n // count for i in range(count + 1)] if count else []
    return [_mean([v for v in values[a:b] if math.isfinite(v)]) for a, b in pairwise(edges)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan
