"""Columns over time as inline SVG: one for each day, stacked of parts. Colours come from the page's style."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.model_matrix.plots import Line, round_up
from gateway.page import drawing, safe

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 220, 64, 12, 34, 26
TICKS, MOST_NAMES, WIDEST, SHARE_OF_SLOT = 4, 8, 44.0, 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """What a column is stacked of: the class of its colour, and what it stands for where that is not plain."""

    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a value for each part, what is said where it is pointed at, and the height of an outline around."""

    name: str
    values: Sequence[float]
    words: str = ""
    outline: float | None = None


def column_plot(
    title: str,
    parts: Sequence[Part],
    columns: Sequence[Column],
    *,
    unit: str = "",
    most: float = 0.0,
    line: Line | None = None,
) -> str:
    """Return the plot; its axis begins at 0 and reaches `most` at least.

    Where columns have an outline, the last of `parts` is what that stands for.
    """
    heights = [max(sum(c.values), c.outline or 0.0) for c in columns]
    scale = _Scale.upto([*heights, most, line.at if line else 0.0])
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(columns))
    drawn = [*scale.drawn(unit), *_legend(parts)]
    for number, column in enumerate(columns):
        drawn += _column(column, parts, scale, LEFT + slot * number, slot)
    drawn += _names([c.name for c in columns], slot)
    if line is not None:
        y = scale.y(line.at)
        drawn.append(f'<line class="limit" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="limit" x="{WIDTH - RIGHT}" y="16" text-anchor="end">{safe(line.words)}</text>')
    return drawing(title, WIDTH, HEIGHT, drawn)


@dataclass(frozen=True, slots=True)
class _Scale:
    end: float
    step: float

    @classmethod
    def upto(cls, values: Sequence[float]) -> "_Scale":
        largest = max([v for v in values if math.isfinite(v)], default=0.0) or 1.0
        step = round_up(largest / TICKS)
        return cls(step * math.ceil(largest / step - 1e-9), step)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * max(0.0, min(value, self.end)) / self.end

    def drawn(self, unit: str) -> Iterator[str]:
        for number in range(round(self.end / self.step) + 1):
            value = number * self.step
            y = self.y(value)
            yield f'<line class="mark" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            label = f"{unit}{value:g}" if unit == "$" else f"{value:g}{unit}"
            yield f'<text class="mark" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{safe(label)}</text>'


def _column(column: Column, parts: Sequence[Part], scale: _Scale, left: float, slot: float) -> Iterator[str]:
    width = min(WIDEST, SHARE_OF_SLOT * slot)
    x, below = left + (slot - width) / 2, 0.0
    yield f"<g><title>{safe(f'{column.name}: {column.words}')}</title>"
    if column.outline is not None:
        yield _box("outline", x, width, scale.y(column.outline), scale.y(0))
    for part, value in zip(parts, column.values, strict=False):
        if value > 0:
            yield _box(part.kind, x, width, scale.y(below + value), scale.y(below))
            below += value
    yield "</g>"


def _box(kind: str, x: float, width: float, top: float, bottom: float) -> str:
    height = bottom - top
    return f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _names(names: Sequence[str], slot: float) -> Iterator[str]:
    """Name as many columns as there is room for, from the newest one back."""
    every = max(1, math.ceil(len(names) / MOST_NAMES))
    for number, name in enumerate(names):
        if (len(names) - 1 - number) % every == 0:
            x = LEFT + slot * (number + 0.5)
            yield f'<text class="mark" x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{safe(name)}</text>'


def _legend(parts: Sequence[Part]) -> Iterator[str]:
    x = float(LEFT)
    for part in filter(lambda part: part.words, parts):
        yield _box(part.kind, x, 12, 6, 18)
        yield f'<text x="{x + 18:.1f}" y="16">{safe(part.words)}</text>'
        x += 18 + 6.6 * len(part.words) + 24
