"""Settlements that could not be written, kept in files until they can.

Each process adds lines to one file, under a lock that is held for a moment. Whoever writes them into the store takes
the file away first, and deletes it when all of it is written; a line that is written twice is counted once.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from models.budget import Account, Planned, Reservation, Spent
from telemetry.log import log

Settlement = tuple[Reservation, Spent]


class Unsettled:
    """The files of a folder. All methods block for the time of a small write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "unsettled.jsonl"

    def any(self) -> bool:
        """Tell whether something waits to be written."""
        return next(self._folder.glob("unsettled*.jsonl"), None) is not None

    def keep(self, reservation: Reservation, spent: Spent) -> None:
        """Add a settlement, and have the disk hold it."""
        line = json.dumps({"reservation": asdict(reservation), "spent": asdict(spent)}, default=str)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._held(), self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def taken(self) -> list[Path]:
        """Take what is there away from those who add, and return all that waits."""
        if self._file.exists():
            with self._held():
                if self._file.exists():
                    self._file.rename(self._folder / f"unsettled-{uuid4().hex}.jsonl")
        return sorted(self._folder.glob("unsettled-*.jsonl"))

    @contextmanager
    def _held(self) -> Iterator[None]:
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def read(file: Path) -> list[Settlement]:
    """Return the settlements of a file; a line that a crash has cut is left out, and that is logged."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:  # another process has written it
        return []
    found = [_settlement(line) for line in lines]
    if cut := found.count(None):
        log.error("%d settlements in %s cannot be read, and are not counted", cut, file)
    return [one for one in found if one is not None]


def _settlement(line: str) -> Settlement | None:
    try:
        said: dict[str, dict[str, Any]] = json.loads(line)
        reservation = said["reservation"]
        day = reservation["day"] and date.fromisoformat(reservation["day"])
        account, planned = Account(**reservation["account"]), Planned(**reservation["planned"])
        return Reservation(reservation["id"], account, planned, day), Spent(**said["spent"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
