"""One quantity, ours beside a reference: rows of a table with their difference."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from math import floor, log10
from typing import Literal

EXACT = 1e-6
DIGITS = 6
Difference = Literal["relative", "absolute"]
HEADER = ("method", "quantity", "ours", "reference", "theirs", "difference")


@dataclass(frozen=True, slots=True)
class Row:
    """A quantity of a method. `by`: the library or formula of the reference; `theirs`: None where it is not installed.

    `most`: how far apart the two may be, as a ratio of theirs or, `of` "absolute", in `unit`; None where they are
    defined apart and their difference is only told.
    """

    method: str
    what: str
    unit: str
    ours: float
    by: str
    theirs: float | None
    most: float | None = EXACT
    of: Difference = "relative"

    @property
    def difference(self) -> float | None:
        """Return ours less theirs, relative to theirs unless it is told in its unit; None without a reference."""
        if self.theirs is None:
            return None
        apart = self.ours - self.theirs
        if self.of == "absolute" or not apart:
            return apart
        return apart / abs(self.theirs) if self.theirs else float("inf")

    @property
    def is_near(self) -> bool:
        """Tell whether the two are as near as they should be."""
        return self.difference is None or self.most is None or abs(self.difference) <= self.most

    @property
    def is_same(self) -> bool:
        """Tell whether the two agree to six digits."""
        return self.theirs is not None and abs(self.ours - self.theirs) <= EXACT * abs(self.theirs)

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        what = f"{self.what}, {self.unit}" if self.unit else self.what
        theirs = "not installed" if self.theirs is None else number(self.theirs)
        return self.method, what, number(self.ours), self.by, theirs, self._told() + ("" if self.is_near else " MISSED")

    def _told(self) -> str:
        if self.difference is None:
            return ""
        if self.is_same:
            return "0"
        apart, unit = (self.difference, self.unit) if self.of == "absolute" else (100.0 * self.difference, "%")
        return f"{apart:+.0f} {unit}" if abs(apart) >= 10.0 else f"{apart:+.2g} {unit}"


def number(value: float) -> str:
    """Write a number to six digits, with commas, and no more than it takes."""
    rounded = float(f"{value:.{DIGITS}g}")
    if rounded == int(rounded):
        return f"{rounded:,.0f}"
    before_point = floor(log10(abs(rounded))) + 1
    return f"{rounded:,.{max(DIGITS - before_point, 0)}f}".rstrip("0").rstrip(".")


def by(package: str, compute: Callable[[], float]) -> float | None:
    """Return what a library that is no dependency of EAIO computes; None where it is not installed."""
    return compute() if find_spec(package) else None


def table(rows: Iterable[Row]) -> list[str]:
    """Return rows as the lines of a Markdown table."""
    lines = [HEADER, ("---", "---", "--:", "---", "--:", "--:"), *(row.cells() for row in rows)]
    return [f"| {' | '.join(cells)} |" for cells in lines]
