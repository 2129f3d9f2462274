"""The data folder of PostgreSQL: made whole or not at all, and mended before a start.

    data/postgres/password    the password of login `eaio`, readable by the user only
    data/postgres/cluster     what initdb made

It is built in a folder beside it and renamed when it is complete, so a start that is killed half-way leaves a folder
that the next one removes. The superuser has no way in: `eaio` owns its database and is no superuser, so SQL that
somebody smuggled in cannot read or write files.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.account import Account
from services.errors import ServiceFailed
from services.launch import last_line, open_log
from services.pid import kill, process_table, words

LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
ACCESS = "host all eaio 127.0.0.1/32 scram-sha-256\n"


DISCARDS, PAUSE_S = 40, 0.05  # two seconds for a server to notice that initdb is gone


@dataclass(frozen=True)
class Cluster:
    """One data folder, whom it belongs to, and how a program of PostgreSQL is found by its name."""

    folder: Path
    account: Account
    program: Callable[[str], Path]

    @property
    def data(self) -> Path:
        """What PostgreSQL calls PGDATA."""
        return self.folder / "cluster"

    @property
    def name(self) -> str:
        """What its processes show in the process table; no other home has the same."""
        return f"eaio-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]}"

    def prepare(self, log: Path) -> None:
        """Make the folder where there is none and clear what a killed server left. Raises `ServiceFailed`."""
        for abandoned in self.folder.parent.glob(f"{self.folder.name}.new-*"):
            self._discard(abandoned)
        if not (self.data / "PG_VERSION").exists():
            self._build(log)
        self._clear_stale_pid(log)
        self._end_orphans()

    def _discard(self, abandoned: Path) -> None:
        """Remove what a killed starter was building, and end the initdb that it left at work there.

        Its server writes on until it notices that initdb is gone, so what was removed may come back once or twice.
        """
        for process in process_table():
            if process.uid == self.account.uid and any(str(abandoned) in word for word in process.words):
                kill(process.pid)
        for _ in range(DISCARDS):
            shutil.rmtree(abandoned, ignore_errors=True)
            if not abandoned.exists():
                return
            time.sleep(PAUSE_S)

    def _build(self, log: Path) -> None:
        stage = Path(tempfile.mkdtemp(prefix=f"{self.folder.name}.new-", dir=self.folder.parent))
        data = stage / "cluster"
        data.mkdir(mode=0o700)
        self.account.own(data)
        self._check_account(data, log)
        self._run(log, "initdb", "-D", str(data), "-U", "postgres", "--auth=reject", "--no-sync", *LOCALE)
        (data / "pg_hba.conf").write_text(ACCESS)
        password = secrets.token_urlsafe(24)
        _write_private(stage / "password", password)
        # The single-user server takes each line for one statement.
        statements = (
            f"CREATE ROLE eaio LOGIN CREATEDB PASSWORD '{password}'",
            "CREATE ROLE eaio_reader NOLOGIN ROLE eaio",  # what tools run reads as this one; migration 005 grants it
            "CREATE DATABASE eaio OWNER eaio",
        )
        self._run(log, "postgres", "--single", "-D", str(data), "postgres", typed="\n".join((*statements, "")))
        self._run(log, "initdb", "-D", str(data), "--sync-only")
        stage.rename(self.folder)

    def _check_account(self, data: Path, log: Path) -> None:
        if not self.account.can_run(self.program("postgres"), data):
            why = (
                f"PostgreSQL refuses to run as root, and as `nobody` it cannot write to {data}; "
                "run eaio as an ordinary user, or install util-linux for `setpriv`"
            )
            raise ServiceFailed("postgres", why, log)

    def _run(self, log: Path, program: str, *arguments: str, typed: str = "") -> None:
        with open_log(log) as output:
            done = subprocess.run(
                [*self.account.prefix, str(self.program(program)), *arguments],
                input=typed.encode(),
                stdout=output,
                stderr=output,
                cwd=self.folder.parent,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                check=False,
            )
        if done.returncode != 0:
            raise ServiceFailed("postgres", last_line(log), log)

    def _clear_stale_pid(self, log: Path) -> None:
        """Remove the postmaster.pid of a server that is gone.

        PostgreSQL does so by itself, unless the id in it now belongs to another process of the same user.
        """
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            pid = 0
        if pid and str(self.data) in words(pid):
            raise ServiceFailed("postgres", f"process {pid} already serves {self.data}; end it first", log)
        file.unlink(missing_ok=True)

    def _end_orphans(self) -> None:
        """End what a killed server left working: a new server refuses to start until the last of them is gone."""
        for process in process_table():
            title = process.words[0] if process.words else ""
            if process.uid == self.account.uid and title.startswith(f"postgres: {self.name}: "):
                kill(process.pid)


def _write_private(path: Path, text: str) -> None:
    with open(path, "w", opener=lambda name, flags: os.open(name, flags | os.O_EXCL, 0o600)) as file:
        file.write(text)
