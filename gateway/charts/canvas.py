"""Several lines and bands in one field of characters. Pure: values in, lines of text out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.load_shape import pooled

BAND, GAP = "░", " "
SHADES, UNKNOWN = " ░▒▓█", "·"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: the character it is drawn with, and its values."""

    mark: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between two lines of equal length."""

    low: Sequence[float]
    high: Sequence[float]


def plot(strokes: Sequence[Stroke], bands: Sequence[Between] = (), *, width: int, height: int = 7) -> list[str]:
    """Draw lines over a base of zero, or of the lowest where one is below zero; the first is on top, bands behind.

    Returns `height` lines of at most `width` characters, none where no value is known. NaN is a gap; more values than
    fit are averaged, few are drawn wider.
    """
    drawn = [Stroke(s.mark, pooled(s.values, width)) for s in strokes]
    spans = [Between(pooled(b.low, width), pooled(b.high, width)) for b in bands]
    known = [v for row in [*(s.values for s in drawn), *(b.high for b in spans)] for v in row if math.isfinite(v)]
    if not known:
        return []
    base, top = min(0.0, *known, *(v for b in spans for v in b.low if math.isfinite(v))), max(known)
    field = [[GAP] * max(len(s.values) for s in drawn) for _ in range(height)]

    def row(value: float) -> int:
        return height - 1 - round((height - 1) * (value - base) / ((top - base) or 1.0))

    for band in spans:
        for x, (low, high) in enumerate(zip(band.low, band.high, strict=True)):
            for y in range(row(high), row(low) + 1) if math.isfinite(low + high) else ():
                field[y][x] = BAND
    for stroke in reversed(drawn):
        for x, value in enumerate(stroke.values):
            if math.isfinite(value):
                field[row(value)][x] = stroke.mark
    wide = max(1, min(2, width // len(field[0])))
    return ["".join(cell * wide for cell in line).rstrip() for line in field]


def shaded(rows: Sequence[Sequence[float]], *, width: int) -> list[str]:
    """Draw each row of values as shades, from a blank for the lowest of all to a full block for the highest.

    More columns than fit are averaged, few are drawn twice as wide; what is not known is a dot.
    """
    shown = [pooled(row, width) for row in rows]
    known = [v for row in shown for v in row if math.isfinite(v)]
    if not known:
        return []
    low, span = min(known), (max(known) - min(known)) or 1.0
    wide = 2 if 2 * len(shown[0]) <= width else 1

    def shade(value: float) -> str:
        if not math.isfinite(value):
            return UNKNOWN
        return SHADES[min(int(len(SHADES) * (value - low) / span), len(SHADES) - 1)]

    return ["".join(shade(v) * wide for v in row) for row in shown]
