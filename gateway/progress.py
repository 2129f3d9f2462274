"""What goes on before the answer, on stderr: a spinner and a bar in a terminal, else a few plain lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from gateway.screen import notice

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from rich.status import Status

PLAIN_STEPS = 4


class Waiting(Protocol):
    """Progress shown until the first thing that was waited for is there."""

    def load(self, done: int, total: int, what: str) -> None:
        """Show how far a load is; fits `memory.reading_rows.Progress`."""
        ...

    def stop(self) -> None:
        """Show nothing more. Safe to call again."""
        ...


class PlainWaiting:
    """A line when a load begins, at each quarter, and no other."""

    def __init__(self) -> None:
        self._quarter = -1

    def load(self, done: int, total: int, what: str) -> None:
        """Write a line where another quarter is done."""
        quarter = PLAIN_STEPS * done // max(total, 1)
        if quarter != self._quarter:
            self._quarter = quarter
            notice(f"loading: {what}, {done:,} of {total:,} ({100 * quarter // PLAIN_STEPS} %)")

    def stop(self) -> None:
        """Nothing is left on the screen to take away."""


class TerminalWaiting:
    """A spinner with words; a bar once a load says how far it is."""

    def __init__(self, what: str) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._status: Status | None = self._console.status(what) if what else None
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        if self._status:
            self._status.start()

    def load(self, done: int, total: int, what: str) -> None:
        """Move the bar."""
        if self._bar is None:
            self.stop()
            self._begin()
        assert self._bar is not None
        assert self._task is not None
        self._bar.update(self._task, completed=done, total=total, what=what)

    def stop(self) -> None:
        """Take spinner and bar away."""
        if self._status:
            self._status.stop()
            self._status = None
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _begin(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        text = TextColumn("{task.fields[what]}", markup=False)
        self._bar = Progress(
            text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=self._console, transient=True
        )
        self._task = self._bar.add_task("", total=None, what="")
        self._bar.start()


@contextmanager
def waiting(what: str = "") -> Iterator[Waiting]:
    """Show `what` on stderr until something is there; nothing of it stays on a terminal."""
    shown: Waiting = TerminalWaiting(what) if sys.stderr.isatty() else PlainWaiting()
    try:
        yield shown
    finally:
        shown.stop()
