"""A table as data: what its cells say, not how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gateway.safe_text import printable

GAP = "  "


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text below column names. `right`: names of the columns whose cells are set to the right."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    title: str = ""
    right: frozenset[str] = field(default_factory=frozenset)
    wide: frozenset[str] = field(default_factory=frozenset)
    """Names of the columns that are folded where the table is wider than the terminal."""


def plain_lines(grid: Grid) -> list[str]:
    """Return a grid as aligned lines without any drawing, for a pipe or a file."""
    table = [list(grid.columns), *([printable(cell) for cell in row] for row in grid.rows)]
    widths = [max(len(row[n]) for row in table) for n in range(len(grid.columns))]
    right = [name in grid.right for name in grid.columns]
    lines = [_line(row, widths, right) for row in table]
    return [printable(grid.title), *lines] if grid.title else lines


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = (cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True))
    return GAP.join(cells).rstrip()


def without_empty(grid: Grid, candidates: Sequence[str]) -> Grid:
    """Drop each candidate column that says nothing in any row."""
    return _keeping(
        grid, [n for n, name in enumerate(grid.columns) if name not in candidates or any(r[n] for r in grid.rows)]
    )


def without_constant(grid: Grid, candidates: Sequence[str]) -> Grid:
    """Move each candidate column that says the same in every row into the title; one row keeps all its columns."""
    if len(grid.rows) < 2:
        return grid
    same = [n for n, name in enumerate(grid.columns) if name in candidates and len({row[n] for row in grid.rows}) == 1]
    title = " · ".join(filter(None, [grid.title, *(grid.rows[0][n] for n in same)]))
    return replace(_keeping(grid, [n for n in range(len(grid.columns)) if n not in same]), title=title)


def _keeping(grid: Grid, places: Sequence[int]) -> Grid:
    columns, rows = tuple(grid.columns[n] for n in places), [[row[n] for n in places] for row in grid.rows]
    return replace(grid, columns=columns, rows=rows)
