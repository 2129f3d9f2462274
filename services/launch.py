"""Start one process so that it outlives us."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from services.pid import born_s
from services.record import Record, write
from services.service import Service

LOG_LIMIT_BYTES = 4_000_000


def launch(service: Service, port: int) -> Record | None:
    """Start `service` at `port` and keep its record; None where it ended at once.

    It gets a session of its own, so that the Ctrl-C that ends its starter does not reach it.
    """
    service.folder.mkdir(mode=0o700, exist_ok=True)
    with open_log(service.log) as log:
        process = subprocess.Popen(
            [*service.account.prefix, *service.command(str(port))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=service.folder,
            env=_environment(service),
            start_new_session=True,
            umask=0o077,
        )
    # Without somebody waiting, a service that ends before its starter would stay in the process table as a zombie.
    threading.Thread(target=process.wait, name=f"reap-{service.name}", daemon=True).start()
    born = born_s(process.pid)
    if born is None:
        return None
    record = Record(process.pid, born, port)
    write(service.record_file, record)
    return record


def last_line(log: Path) -> str:
    """Return the last line of a log that says something."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return "it left no log"
    return next((line.strip() for line in reversed(lines) if line.strip()), "it wrote nothing to its log")


def open_log(path: Path) -> IO[bytes]:
    """Open a log to be added to, put aside first where it has grown large."""
    if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def _environment(service: Service) -> dict[str, str]:
    """Give what a service needs and no more: the keys in our environment are no business of its."""
    folder = str(service.folder)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C",
        "TZ": "UTC",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)]),
        **service.environment,
    }
