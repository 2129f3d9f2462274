"""A terminal, drawn with rich. Texts go in as `Text`, never as markup: brackets in a name stay brackets."""

from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from gateway.grid import Grid
from gateway.safe_text import printable


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
        """Print a table with a line under its head."""
        if grid.title:
            self.say(grid.title, "dim")
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim")
        for name in grid.columns:
            right, wide = name in grid.right, name == grid.wide
            table.add_column(Text(name), justify="right" if right else "left", no_wrap=not wide, overflow="fold")
        for row in grid.rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self._console.print(table)

    def busy(self, what: str = "") -> None:
        """Turn the spinner on with these words, or off; what is printed meanwhile appears above it."""
        if self._status is not None:
            self._status.stop()
            self._status = None
        if what:
            self._status = self._console.status(Text(printable(what), style="dim"))
            self._status.start()
