"""What the operating system says of a process, by its id."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

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


def listens(pid: int, port: int) -> bool:
    """Tell whether a process listens at `port`; where we may not see that, take it that it does."""
    try:
        sockets = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.AccessDenied:
        return True
    except psutil.NoSuchProcess:
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in sockets)


def kill(pid: int, patience_s: float = 5.0) -> None:
    """Send SIGKILL and wait until the process has ended. Its zombie may stay: init takes seconds over some."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + patience_s
    while born_s(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.005)


def computed_s(pid: int) -> float | None:
    """Return for how long a process has computed so far, seconds; None where there is none."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return None
    return float(times.user + times.system)


def rss_bytes(pid: int) -> int | None:
    """Return the memory of a process and its children; what the children share is counted with the parent."""
    try:
        process = psutil.Process(pid)
        own = process.memory_info().rss
        children = [child.memory_info() for child in process.children(recursive=True)]
    except psutil.Error:
        return None
    return int(own + sum(memory.rss - getattr(memory, "shared", 0) for memory in children))
