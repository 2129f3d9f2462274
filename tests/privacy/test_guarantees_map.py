"""The page for the security officer and the table of mutants speak of tests and guards that are there."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from benchmarks.privacy.mutants import ROOT, BadMutant, Copy, Mutant, load, main

GUARANTEES = [f"G{n}" for n in range(1, 10)]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
MUTANTS = load()


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, functions) and n.name.startswith("test_"))


def all_tests() -> frozenset[str]:
    return frozenset().union(*map(names_in, (ROOT / "tests").rglob("test_*.py")))


@pytest.mark.parametrize("guarantee", GUARANTEES)
def test_each_guarantee_has_its_row_its_tests_and_its_mutants(guarantee: str) -> None:
    [row] = [line for line in PAGE.splitlines() if line.startswith(f"| {guarantee} |")]
    named = re.findall(r"`(test_\w+)`", row)
    assert len(named) >= 3
    assert set(named) <= all_tests()
    for file in re.findall(r"`([a-z]+/\w+\.py)`", row):
        assert (ROOT / file).is_file()
    assert len([mutant for mutant in MUTANTS if mutant.guarantee == guarantee]) >= 3


def test_every_test_and_file_that_the_page_names_is_there() -> None:
    assert set(re.findall(r"`(test_\w{4,})`", PAGE)) <= all_tests()
    for file in re.findall(r"`((?:config|docs|tests)/[\w/]+\.\w+)`", PAGE):
        assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_guard_that_a_mutant_takes_away_is_there_and_python_without_it_too(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    changed = mutant.applied(text)
    assert changed != text
    if mutant.file.endswith(".py"):
        compile(changed, mutant.file, "exec")
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert name in names_in(ROOT / file)


MUTANT = Mutant("G4", "nothing is compared", "privacy/labels.py", "max(left, right)", "left", ("t.py::test_a",))


@dataclass(frozen=True)
class Scripted(Copy):
    """A copy whose tests end as scripted."""

    code: int = 0
    said: str = ""

    def pytest(self, tests: Sequence[str], *, write: bool = False) -> tuple[int, str]:
        """Return the script, with the mutant in place."""
        assert "return left\n" in (self.folder / MUTANT.file).read_text()
        return self.code, self.said


def judged(folder: Path, code: int, said: str) -> str:
    sound = (ROOT / MUTANT.file).read_text()
    (folder / "privacy").mkdir()
    (folder / MUTANT.file).write_text(sound)
    outcome = Scripted(folder, {}, code, said).judge(MUTANT)
    assert (folder / MUTANT.file).read_text() == sound
    assert outcome.killed is ("... red" in str(outcome))
    return str(outcome)


@pytest.mark.parametrize(
    ("code", "said", "becomes"),
    [
        (1, "FAILED t.py::test_a[a b] - assert 1 == 2\n", "red (test_a[a b])"),
        (1, "ERROR t.py::test_a - KeyError\n", "red (test_a)"),
        (1, "FAILED t.py::test_other - assert 1 == 2\n", "ERROR: pytest ended with 1"),
        (2, "ERROR t.py - SyntaxError\n", "ERROR: pytest ended with 2"),
        (4, "no such test", "ERROR: pytest ended with 4"),
        (0, "1 passed", "ALIVE"),
    ],
)
def test_only_a_named_test_that_fails_kills_a_mutant(tmp_path: Path, code: int, said: str, becomes: str) -> None:
    assert f"G4 privacy/labels.py: nothing is compared ... {becomes}" in judged(tmp_path, code, said)


def test_snippet_that_a_file_no_longer_has_is_named() -> None:
    with pytest.raises(BadMutant, match=r"privacy/labels\.py: nothing is compared: its snippet is there 0 times"):
        MUTANT.applied("return something_else")


def test_word_that_no_mutant_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no such guard"]) == 1
    assert "no mutant has no such guard" in capsys.readouterr().out
