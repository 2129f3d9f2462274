"""A folder whose files are loaded as they arrive: to `done/` once loaded, to `failed/` with the reason beside them.

A file is taken when it has not changed for a while, under a lock on the file itself, which a killed process frees; so
two watchers of one folder never load one file twice. A store that does not answer leaves the file where it is.
"""

import fcntl
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from memory.errors import DataError
from memory.own_data import OwnLoad

SETTLE_S = 5.0
DONE, FAILED = "done", "failed"
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp", ".lock")

Load = Callable[[Path], Awaitable[OwnLoad]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of a file: what it brought, or why it failed. `path`: where it is now."""

    path: Path
    load: OwnLoad | None = None
    reason: str | None = None


async def load_arrivals(folder: Path, load: Load, *, settle_s: float = SETTLE_S) -> list[Arrival]:
    """Load the files of a folder that nobody is writing any more, oldest first; return what came of each.

    Raises `DataUnavailable` where the store does not answer; files not yet loaded are left.
    """
    arrived = []
    for path in settled(folder, settle_s):
        with claimed(path) as is_mine:
            if not is_mine:
                continue
            try:
                done = await load(path)
            except DataError as why:
                target = _moved(path, folder / FAILED)
                target.with_name(target.name + ".reason.txt").write_text(f"{why}\n", encoding="utf-8")
                arrived.append(Arrival(target, reason=str(why)))
            else:
                arrived.append(Arrival(_moved(path, folder / DONE), load=done))
    return arrived


def settled(folder: Path, settle_s: float = SETTLE_S) -> list[Path]:
    """Return the files of a folder that have not changed for `settle_s` seconds, oldest first, hidden ones apart."""
    now = time.time()
    found = []
    for path in folder.iterdir():
        if path.name.startswith((".", "~")) or path.suffix.lower() in _UNFINISHED or not path.is_file():
            continue
        changed = path.stat().st_mtime
        if now - changed >= settle_s:
            found.append((changed, path))
    return [path for _, path in sorted(found)]


def unsettled(folder: Path, settle_s: float = SETTLE_S) -> int:
    """Return how many files of a folder are still being written."""
    wanted = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))]
    return len(wanted) - len(settled(folder, settle_s))


@contextmanager
def claimed(path: Path) -> Iterator[bool]:
    """Tell whether a file is ours to load: no other watcher has it, and none has moved it meanwhile."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno()))


def _moved(path: Path, folder: Path) -> Path:
    """Move a file into a folder; where that has one of its name, give it a number."""
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 2
    while target.exists():
        target, number = folder / f"{path.stem}-{number}{path.suffix}", number + 1
    return path.rename(target)
