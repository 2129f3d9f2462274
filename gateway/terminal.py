"""A terminal, drawn with rich. Texts go in as `Text`, never as markup: brackets in a name stay brackets."""

from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from gateway.grid import Grid
from gateway.safe_text import printable

GAP, LONGEST_WORD = 2, 12


class TerminalScreen:
    """Colour, tables, and one spinner at a time."""

    draws = True

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, emoji=False, markup=False)
        self._status: Status | None = None
        self.width = self._console.width

    def say(self, text: str = "", style: str = "", /) -> None:
        """Print a paragraph, wrapped at the width of the terminal; leading spaces of a drawing stay."""
        self._console.print(Text(printable(text), style=style))

    def grid(self, grid: Grid) -> None:
        """Print a table with a line under its head; where it cannot fit, each row as a card. No cell is ever cut."""
        if grid.title:
            self.say(grid.title, "dim")
        if _least_width(grid) > self._console.width:
            self._cards(grid)
            return
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), header_style="dim")
        for name in grid.columns:
            right, wide = name in grid.right, name in grid.wide
            table.add_column(Text(name), justify="right" if right else "left", no_wrap=not wide, overflow="fold")
        for row in grid.rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self._console.print(table)

    def _cards(self, grid: Grid) -> None:
        for row in grid.rows:
            for name, cell in zip(grid.columns, row, strict=True):
                if cell:
                    self._console.print(Text(f"{name}: ", style="dim"), Text(printable(cell)), sep="")
            self.say()

    def busy(self, what: str = "") -> None:
        """Turn the spinner on with these words, or off; what is printed meanwhile appears above it."""
        if self._status is not None:
            self._status.stop()
            self._status = None
        if what:
            self._status = self._console.status(Text(printable(what), style="dim"))
            self._status.start()


def _least_width(grid: Grid) -> int:
    """Return the narrowest a table can be: columns as wide as their longest cell, wide ones as their longest word."""
    widths = []
    for place, name in enumerate(grid.columns):
        cells = [name, *(printable(row[place]) for row in grid.rows)]
        parts = [word for cell in cells for word in cell.split()] if name in grid.wide else cells
        longest = max(map(cell_len, parts), default=0)
        widths.append(min(longest, LONGEST_WORD) if name in grid.wide else longest)
    return sum(widths) + GAP * (len(widths) - 1)
