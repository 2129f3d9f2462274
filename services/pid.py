"""What the operating system says of a process, by its id."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]


@dataclass(frozen=True)
class Process:
    """One line of the process table. `words` is its command line, empty where we may not see it."""

    pid: int
    uid: int
    words: tuple[str, ...]


def born_s(pid: int) -> float | None:
    """Return when a living process began, in seconds; None where there is none, or only its zombie.

    Linux counts from boot and psutil adds the boot time, which moves when the clock is corrected: take it out again.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        born = process.create_time() - (psutil.boot_time() if psutil.LINUX else 0.0)
    except psutil.NoSuchProcess:
        return None
    return float(round(born, 2))


def process_table() -> Iterator[Process]:
    """Yield every process whose owner we may see."""
    for process in psutil.process_iter(["cmdline", "uids"]):
        if process.info["uids"] is not None:
            yield Process(process.pid, process.info["uids"].real, tuple(process.info["cmdline"] or ()))


def words(pid: int) -> tuple[str, ...]:
    """Return the command line of a process, empty where there is none."""
    try:
        return tuple(psutil.Process(pid).cmdline())
    except psutil.Error:
        return ()


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether the working directory of a process is `folder`."""
    try:
        return Path(psutil.Process(pid).cwd()) == folder
    except psutil.Error:
        return False


def kill(pid: int, patience_s: float = 5.0) -> None:
    """Send SIGKILL and wait until the process is gone."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        process.kill()
        process.wait(patience_s)


def rss_bytes(pid: int) -> int | None:
    """Return the memory of a process and its children; what the children share is counted with the parent."""
    try:
        process = psutil.Process(pid)
        own = process.memory_info().rss
        children = [child.memory_info() for child in process.children(recursive=True)]
    except psutil.Error:
        return None
    return int(own + sum(memory.rss - getattr(memory, "shared", 0) for memory in children))
