"""The lists of packages agree: a new package is installed, typed, measured and kept in its layer, or this says so."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
TOOL = PYPROJECT["tool"]
PACKAGES = set(TOOL["hatch"]["build"]["targets"]["wheel"]["packages"])
PIN = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][A-Za-z0-9.]*")


def test_every_package_is_installed() -> None:
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == PACKAGES


@pytest.mark.parametrize(
    "listed",
    [
        TOOL["importlinter"]["root_packages"],
        [name for layer in TOOL["importlinter"]["contracts"][0]["layers"] for name in layer.split(" | ")],
        TOOL["coverage"]["run"]["source"],
    ],
    ids=["root packages", "layers", "coverage"],
)
def test_every_package_is_listed_once(listed: list[str]) -> None:
    assert sorted(listed) == sorted(PACKAGES)


def test_every_package_is_typed() -> None:
    assert set(TOOL["mypy"]["files"]) >= PACKAGES


def test_constraints_are_plain_pins_of_everything_that_is_asked_for() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    wanted = [*PYPROJECT["project"]["dependencies"], *(name for extra in extras for name in extra)]
    names = {re.split(r"[^\w.-]", name)[0] for name in wanted} - {"eaio"}
    assert names <= {line.partition("==")[0] for line in lines}
