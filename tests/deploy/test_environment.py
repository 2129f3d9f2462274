"""A set-up is done once, and again when what it was made from has changed or it was cut short."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import environment


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that writes a finished environment with these extras."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        'project.name = "eaio"\nbuild-system.requires = []\ntool.ruff.fix = false\n'
    )
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\n")
    (venv / "bin" / "python").touch()
    for name, path in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "READY": venv / "eaio-ready.json",
        "BEGUN": venv / "eaio-begun",
        "PYPROJECT": tmp_path / "pyproject.toml",
        "CONSTRAINTS": tmp_path / "constraints.txt",
    }.items():
        monkeypatch.setattr(environment, name, path)

    def write(*extras: str) -> None:
        made = {"made_from": environment.made_from(), "python": str(environment.PYTHON), "extras": list(extras)}
        environment.READY.write_text(json.dumps(made))

    return write


def test_finished_environment_is_left_alone(ready: Callable[..., None]) -> None:
    assert environment.missing(["test"]) == ["test"]
    ready("test")
    assert environment.missing(["test"]) is None
    assert environment.missing([]) is None


def test_another_extra_is_added_to_those_there(ready: Callable[..., None]) -> None:
    ready("studio")
    assert environment.missing(["test"]) == ["studio", "test"]


@pytest.mark.parametrize(
    "happens",
    [
        lambda: environment.CONSTRAINTS.write_text("numpy==2.5.0\n"),
        lambda: environment.PYPROJECT.write_text('project.name = "other"\nbuild-system.requires = []\n'),
        lambda: environment.PYTHON.unlink(),
        lambda: (
            environment.PYTHON.rename(environment.PYTHON.with_name("moved")).with_name("python").symlink_to("moved")
        ),
        lambda: environment.BEGUN.touch(),
    ],
    ids=["pins", "project", "python-gone", "python-replaced", "cut-short"],
)
def test_change_of_what_it_was_made_from_asks_for_it_again(
    ready: Callable[..., None], happens: Callable[[], object]
) -> None:
    ready("test")
    happens()
    assert environment.missing(["test"]) == ["test"]


def test_setting_of_a_tool_does_not_ask_for_it_again(ready: Callable[..., None]) -> None:
    ready()
    text = environment.PYPROJECT.read_text()
    environment.PYPROJECT.write_text(text.replace("fix = false", "fix = true"))
    assert environment.missing([]) is None


def test_second_set_up_waits_for_the_first(ready: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def second() -> None:
        with environment.only_one():
            order.append("second")

    with environment.only_one():
        thread = threading.Thread(target=second)
        thread.start()
        while "waiting" not in capsys.readouterr().err:
            thread.join(0.01)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_failed_command_shows_its_last_lines_and_where_the_log_is(
    ready: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "LOG", environment.VENV / "eaio-setup.log")
    with (
        environment.only_one() as lock,
        pytest.raises(SystemExit, match=r"no packages; the whole log is .*eaio-setup\.log"),
    ):
        environment.run(["/bin/sh", "-c", "echo Collecting numpy; echo no such package; exit 1"], lock, "no packages")
    assert "no such package" in capsys.readouterr().err
    assert "Collecting numpy" in environment.LOG.read_text()
