"""The command as tests run it: in this process where that shows enough, as a process of its own where it must."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.settings import Settings
from gateway.command import main
from services import ensure_postgres, stop_all

ROOT = Path(__file__).resolve().parents[2]
EAIO = (sys.executable, "-m", "gateway.command")


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """Return the one object on stdout."""
        assert self.out.endswith("}\n")
        assert self.out.count("\n") == 1
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Run a command in this process. Its home is empty unless a test asks for another."""
    monkeypatch.setenv("EAIO_PROFILE", "embedded")
    if "EAIO_HOME" not in os.environ:
        monkeypatch.setenv("EAIO_HOME", str(tmp_path / "home"))
    log = logging.getLogger("eaio")
    before = list(log.handlers)
    log.handlers.clear()  # one of another test writes to a stderr that is closed

    def ran(*words: str) -> Ran:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    yield ran
    log.handlers[:] = before
    if (tmp_path / "home" / "services").exists():
        asyncio.run(stop_all(Settings(home=tmp_path / "home")))


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands work in the home of the session, with little patience for a model."""
    monkeypatch.setenv("EAIO_HOME", str(home))
    monkeypatch.setenv("EAIO_ANSWER_BUDGET_S", "1.5")


@pytest.fixture(scope="session")
def own_store(settings: Settings) -> str:
    """Make a database of its own in the session's server, for what changes data; give its DSN."""
    dsn = asyncio.run(ensure_postgres(settings))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE gateway")
    return dsn.removesuffix("/eaio") + "/gateway"


@pytest.fixture
def own_data(served: None, own_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands work on that database."""
    monkeypatch.setenv("EAIO_DATABASE_URL", own_store)


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """Give the environment of a command in a process of its own, over the home of the session."""
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    return {
        **os.environ,
        "PYTHONPATH": path,
        "EAIO_HOME": str(home),
        "EAIO_PROFILE": "embedded",
        "EAIO_ANSWER_BUDGET_S": "1.5",
    }


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a command in a process of its own, from another folder."""

    def ran(*words: str, stdin: str = "") -> Ran:
        done = subprocess.run(
            [*EAIO, *words], input=stdin.encode(), capture_output=True, env=environment, cwd=tmp_path, check=False
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return ran
