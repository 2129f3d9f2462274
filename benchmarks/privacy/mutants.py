"""Take each guard of the privacy gate away, one at a time, and show that a test turns red.

`make privacy-mutants [ARGS="G4 egress"]`: with words, only the mutants whose line holds one of them. Each mutant of
`mutants.yaml` names a guarantee, a file, an exact snippet, what stands there instead, and the tests that must fail.

The sources are copied to a temporary folder, and changed only there; what runs is the copy, which each run proves. A
mutant is killed where a named test fails; one that cannot even be imported proves nothing and is an error, as is a
snippet that the file no longer has.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("mutants.yaml")
AT_ONCE = 2
"""So many mutants run at once, each in a copy of its own."""
PATIENCE_S = 60
TESTS_FAILED = 1
"""What pytest returns where tests ran and one of them failed; 2 is for what could not be imported."""
RED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
PLUGIN = "at_home"
AT_HOME = '''"""Ends a run whose packages are not of this folder: no installed EAIO may stand in for a mutant."""

from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent


def pytest_sessionstart():
    for name in "config gateway graphs memory models nodes privacy services telemetry tools".split():
        assert Path(find_spec(name).origin).resolve().is_relative_to(HERE), f"{name} is not the one of {HERE}"
'''


class BadMutant(Exception):
    """A row of the table that cannot be carried out, with what to mend."""


@dataclass(frozen=True)
class Mutant:
    """One guard that is taken away."""

    guarantee: str
    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Ids as pytest takes them; every one must pass without the mutant, and one of them must fail with it."""

    def __str__(self) -> str:
        return f"{self.guarantee} {self.file}: {self.what}"

    def applied(self, text: str) -> str:
        """Return a file's text without the guard. Raises `BadMutant` where the snippet is not there exactly once."""
        if (count := text.count(self.old)) != 1:
            raise BadMutant(f"{self}: its snippet is there {count} times, not once; correct {TABLE.name}:\n{self.old}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    red: tuple[str, ...] = ()
    """The tests that failed."""
    fault: str = ""
    """Why nothing is proven, where the run went wrong."""
    seconds: float = 0.0

    @property
    def killed(self) -> bool:
        """Tell whether a named test noticed."""
        return bool(self.red) and not self.fault

    def __str__(self) -> str:
        if self.killed:
            return f"{self.mutant} ... red ({self.red[0].rpartition('::')[2]})"
        return f"{self.mutant} ... {f'ERROR: {self.fault}' if self.fault else 'ALIVE: no named test failed'}"


def load(path: Path = TABLE) -> list[Mutant]:
    """Return the mutants of a table. Its `files` give short names to the tests' files."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    shorts: dict[str, str] = table["files"]
    return [
        Mutant(
            row["guarantee"],
            row["what"],
            row["file"],
            row["old"].rstrip("\n"),
            row["new"].rstrip("\n"),
            tuple(f"{shorts[short]}::{name}" for short, name in (test.split("/", 1) for test in row["tests"])),
        )
        for row in table["mutants"]
    ]


@dataclass(frozen=True)
class Copy:
    """A copy of the sources, in which one mutant at a time lives."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, folder: Path) -> "Copy":
        """Copy what belongs to the repository: what Git tracks or would track, and nothing that it ignores."""
        git = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
        listed = subprocess.run(git, cwd=root, capture_output=True, check=False).stdout.decode()
        if not listed:
            raise BadMutant(f"{root} is no Git clone, which tells what its sources are; clone it")
        for name in filter(None, listed.split("\0")):
            if (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, folder / name)
        (folder / f"{PLUGIN}.py").write_text(AT_HOME)
        # No test reads a secret or a setting of whoever runs this, and none finds the original.
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("EAIO_", "PYTEST_", "PYTHON"))
        }
        return cls(folder, {**kept, "PYTHONPATH": str(folder), "EAIO_HOME": str(folder / ".eaio")})

    def pytest(self, tests: Sequence[str], *, write: bool = False) -> tuple[int, str]:
        """Run tests; return pytest's code and what it said. Only with `write` are compiled files kept."""
        words = ["-x", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", "-p", PLUGIN]
        command = [sys.executable, *(() if write else ("-B",)), "-m", "pytest", *words, *tests]
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return -1, f"not done within {PATIENCE_S} s"
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def holding(self, mutant: Mutant) -> Iterator[None]:
        """Hold a mutant in place of the file, and no compiled form of either."""
        path = self.folder / mutant.file
        sound = path.read_text(encoding="utf-8")
        compiled = path.parent / "__pycache__"
        try:
            path.write_text(mutant.applied(sound), encoding="utf-8")
            for old in compiled.glob(f"{path.stem}.*.pyc"):
                old.unlink()
            yield
        finally:
            path.write_text(sound, encoding="utf-8")

    def judge(self, mutant: Mutant) -> Outcome:
        """Return what the named tests make of a mutant."""
        started = time.perf_counter()
        with self.holding(mutant):
            code, said = self.pytest(mutant.tests)
        seconds = time.perf_counter() - started
        red = tuple(name for name in RED.findall(said) if name.partition("[")[0] in mutant.tests)
        if code == TESTS_FAILED and red:
            return Outcome(mutant, red, seconds=seconds)
        return Outcome(mutant, fault="" if code == 0 else f"pytest ended with {code}: {_end(said)}", seconds=seconds)


def _end(said: str) -> str:
    return " | ".join(said.strip().splitlines()[-3:])


def baseline(copy: Copy, mutants: Sequence[Mutant]) -> str:
    """Return why the tests prove nothing, empty where each is there and passes without a mutant."""
    tests = list(dict.fromkeys(test for mutant in mutants for test in mutant.tests))
    code, said = copy.pytest(tests, write=True)
    return "" if code == 0 else f"without any mutant pytest ends with {code}; mend the tests first: {_end(said)}"


@contextmanager
def copies(root: Path, count: int) -> Iterator[list[Copy]]:
    """Give so many copies of the sources, and remove them afterwards."""
    with tempfile.TemporaryDirectory(prefix="eaio-mutants-") as place:
        folders = [Path(place).resolve() / str(number) for number in range(count)]
        yield [Copy.of(root, folder) for folder in folders]


def run(mutants: Sequence[Mutant], root: Path = ROOT, tell: Callable[[object], None] = print) -> int:
    """Judge mutants and print each; return 1 unless all were killed."""
    started = time.perf_counter()
    for mutant in mutants:
        mutant.applied((root / mutant.file).read_text(encoding="utf-8"))
    with copies(root, AT_ONCE) as made, ThreadPoolExecutor(AT_ONCE) as pool:
        if fault := next(filter(None, pool.map(lambda copy: baseline(copy, mutants), made)), ""):
            tell(fault)
            return 1
        free = SimpleQueue[Copy]()
        for copy in made:
            free.put(copy)

        def judged(mutant: Mutant) -> Outcome:
            copy = free.get()
            try:
                return copy.judge(mutant)
            finally:
                free.put(copy)

        killed = 0
        for outcome in pool.map(judged, mutants):
            tell(outcome)
            killed += outcome.killed
    tell(f"{killed} of {len(mutants)} mutants killed, {time.perf_counter() - started:.0f} s")
    return int(killed < len(mutants))


def main(words: Sequence[str]) -> int:
    """Run the mutants whose line holds one of the words, all without any."""
    chosen = [m for m in load() if not words or any(word in str(m) for word in words)]
    if not chosen:
        print(f"no mutant has {' or '.join(words)} in its line")
        return 1
    try:
        return run(chosen)
    except BadMutant as fault:
        print(fault)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
