"""Plots as inline SVG: every run as a dot, shares with their intervals. Colours come from the page's style."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.page import drawing, safe
from gateway.safe_text import shortened

WIDTH, LEFT, RIGHT, TOP, ROW, BOTTOM = 720, 190, 70, 26, 30, 34
"""Of a drawing, in its own units: one is a pixel at full width."""
NAME_CHARS = 26
TICKS = 5


@dataclass(frozen=True, slots=True)
class Dots:
    """One row of single values; `middle` is marked."""

    name: str
    values: Sequence[float]
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row with one value, what is written beside it, and its interval where it has one."""

    name: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A limit drawn across all rows."""

    at: float
    words: str


def dot_plot(title: str, unit: str, rows: Sequence[Dots], line: Line | None = None) -> str:
    """Return a plot of every value, a row for each name."""
    axis = _Axis.upto([v for row in rows for v in row.values] + ([line.at] if line else []), unit)
    drawn = []
    for number, row in enumerate(rows):
        y = _middle(number)
        drawn.append(_name(row.name, y))
        drawn += [f'<circle class="dot" cx="{axis.x(v):.1f}" cy="{y}" r="4.5"/>' for v in row.values]
        if row.middle is not None:
            x = axis.x(row.middle)
            drawn.append(f'<line class="middle" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 10}" y2="{y + 10}"/>')
    return _svg(title, len(rows), [*axis.drawn(len(rows)), *drawn, *_limit(line, axis, len(rows))])


def bar_plot(title: str, unit: str, rows: Sequence[Bar], *, most: float = 0.0, line: Line | None = None) -> str:
    """Return a plot of bars, a row for each name; the axis reaches `most` at least."""
    values = [v for row in rows for v in (row.value, row.high or 0.0)]
    axis = _Axis.upto([*values, most, line.at if line else 0.0], unit)
    drawn = []
    for number, row in enumerate(rows):
        y, end = _middle(number), axis.x(row.value)
        drawn.append(_name(row.name, y))
        drawn.append(
            f'<rect class="bar" x="{LEFT}" y="{y - 8}" width="{max(0.0, end - LEFT):.1f}" height="16" rx="2"/>'
        )
        if row.low is not None and row.high is not None:
            ends = f'x1="{axis.x(row.low):.1f}" x2="{axis.x(row.high):.1f}"'
            drawn.append(f'<line class="middle" {ends} y1="{y}" y2="{y}"/>')
            end = max(end, axis.x(row.high))
        drawn.append(f'<text class="said" x="{end + 6:.1f}" y="{y + 4}">{safe(row.words)}</text>')
    return _svg(title, len(rows), [*axis.drawn(len(rows)), *drawn, *_limit(line, axis, len(rows))])


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale from 0, with round marks."""

    end: float
    step: float
    unit: str

    @classmethod
    def upto(cls, values: Sequence[float], unit: str) -> "_Axis":
        largest = max([v for v in values if math.isfinite(v)], default=0.0) or 1.0
        step = round_up(largest / TICKS)
        return cls(step * math.ceil(largest / step - 1e-9), step, unit)

    def x(self, value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(value, self.end) / self.end

    def drawn(self, rows: int) -> list[str]:
        bottom, marks = TOP + rows * ROW, []
        for number in range(round(self.end / self.step) + 1):
            x = self.x(number * self.step)
            marks.append(f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>')
            label = f"{number * self.step:g}" + (f" {self.unit}" if number == 0 and self.unit else "")
            marks.append(f'<text class="mark" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{safe(label)}</text>')
        return marks


def round_up(value: float) -> float:
    """Return the next 1, 2 or 5 of a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= value - 1e-12)


def _limit(line: Line | None, axis: _Axis, rows: int) -> list[str]:
    if line is None:
        return []
    x = axis.x(line.at)
    return [
        f'<line class="limit" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{TOP + rows * ROW}"/>',
        f'<text class="limit" x="{x:.1f}" y="{TOP - 10}" text-anchor="middle">{safe(line.words)}</text>',
    ]


def _middle(number: int) -> int:
    return TOP + number * ROW + ROW // 2


def _name(name: str, y: int) -> str:
    return (
        f'<text class="name" x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{safe(shortened(name, NAME_CHARS))}</text>'
    )


def _svg(title: str, rows: int, parts: Sequence[str]) -> str:
    height = TOP + rows * ROW + BOTTOM
    return drawing(title, WIDTH, height, parts)
