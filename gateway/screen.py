"""Where a command shows things: a terminal gets colour and drawing, a pipe or a file gets plain lines."""

import sys
from contextlib import suppress
from typing import Protocol, TextIO

from gateway.grid import Grid, plain_lines
from gateway.safe_text import printable


class Screen(Protocol):
    """What can be shown. Every text is made printable first, so data cannot steer the terminal."""

    draws: bool
    width: int

    def say(self, text: str = "", style: str = "", /) -> None:
        """Show one paragraph."""
        ...

    def grid(self, grid: Grid) -> None:
        """Show a table."""
        ...

    def busy(self, what: str = "") -> None:
        """Show that something is going on, until it is called without words."""
        ...


class PlainScreen:
    """Plain lines, each flushed, so that a reader at the other end of a pipe sees them as they come."""

    draws, width = False, 100

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, text: str = "", _style: str = "", /) -> None:
        """Write one line."""
        self._stream.write(printable(text) + "\n")
        self._stream.flush()

    def grid(self, grid: Grid) -> None:
        """Write the rows, aligned."""
        self._stream.write("\n".join(plain_lines(grid)) + "\n")
        self._stream.flush()

    def busy(self, what: str = "") -> None:
        """Show nothing: a pipe is for what is done."""


def open_screen(stream: TextIO | None = None) -> Screen:
    """Return the screen that fits a stream, stdout unless another is given."""
    stream = stream or sys.stdout
    if not stream.isatty():
        return PlainScreen(stream)
    from gateway.terminal import TerminalScreen

    return TerminalScreen(stream)


def notice(text: str) -> None:
    """Say something beside the answer, on stderr; where nobody reads that any more, the work goes on."""
    with suppress(BrokenPipeError):
        print(f"eaio: {printable(text)}", file=sys.stderr, flush=True)
