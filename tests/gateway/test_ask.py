"""`eaio ask` over the shipped data, as a person and as a program see it."""

import os
import select
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.ask import names_known
from tests.gateway.conftest import EAIO, Ran, Run
from tools.errors import DataUnavailable
from tools.readings import Inventory

RANK = "Which building used the most electricity in 2019, and how much?"
USE = "How much electricity did b4 use in 2019?"
PROMISED = {
    "status", "reason", "question", "headline", "analysis", "answer", "evidence", "classification", "receipt", "usage",
    "verification", "timings_ms", "thread_id",
}  # fmt: skip


@pytest.mark.usefixtures("served")
def test_answer_is_one_object_with_every_promised_field(process: Run) -> None:
    done = process("ask", "--json", RANK)
    assert done.code == 0
    answer = done.json()
    assert set(answer) >= PROMISED
    assert (answer["status"], answer["question"]) == ("answered", RANK)
    assert answer["evidence"][0]["buildings"] == ["b105"]
    assert answer["evidence"][0]["value"] == pytest.approx(7_432_846)
    assert answer["evidence"][0]["period"] == {"start": "2019-01-01T00:00:00Z", "end": "2020-01-01T00:00:00Z"}


@pytest.mark.usefixtures("served")
def test_pipe_gets_plain_text_from_a_question_on_stdin(process: Run) -> None:
    done = process("ask", stdin=f"{USE}\n")
    assert done.code == 0
    assert done.out.startswith("b4 used 132,010 kWh of electricity in 2019.\n\nfact ")
    assert all(char.isprintable() or char == "\n" for char in done.out)
    assert "`eaio evidence e" in done.out.splitlines()[-1]


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    ("question", "code", "status", "said"),
    [
        ("", 2, "clarify", "the question is empty"),
        ("   \t ", 2, "clarify", "the question is empty"),
        ("a" * 100_000, 2, "clarify", "100,000 characters"),
        ("Switch off the heating in b4", 2, "refused", "changes nothing"),
        ("Who wrote Hamlet?", 2, "refused", "not about the energy"),
        ("How much electricity did b5 use in 2019?", 2, "clarify", "'b5'"),
        ("How much electricity did b4 use in 2031?", 3, "no_data", "31 December 2020"),
        ("b4'; DROP TABLE readings; -- \x00\x1b[31m\u202e", 2, "clarify", ""),
    ],
    ids=["empty", "blank", "long", "command", "off topic", "unknown", "no data", "hostile"],
)
def test_question_without_an_answer_is_one_object_with_its_exit_code(
    run: Run, question: str, code: int, status: str, said: str
) -> None:
    done = run("ask", "--json", "--", question)
    if said:
        assert (done.code, done.json()["status"]) == (code, status)
        assert said in done.json()["reason"]
    assert set(done.json()) >= PROMISED
    assert not set("\x1b\u202e\x00") & set(done.out + done.err)


@pytest.mark.usefixtures("served")
def test_refusal_is_said_on_stdout_without_the_object(run: Run) -> None:
    done = run("ask", "Switch off the heating in b4")
    assert done.code == 2
    assert done.out.startswith("EAIO reads meters and changes nothing")


def test_store_that_does_not_answer_is_a_fault_with_its_remedy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_DATABASE_URL", "postgresql://eaio@127.0.0.1:9/eaio")
    done = run("ask", "--json", USE)
    assert (done.code, done.json()["status"]) == (1, "error")
    assert "`eaio doctor`" in done.json()["reason"]
    plain = run("ask", USE)
    assert (plain.code, plain.out) == (1, "")
    assert "`eaio doctor`" in plain.err


def _breaks_with(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    async def stream(_self: object, _question: str, **_: Any) -> AsyncIterator[dict[str, Any]]:
        yield {"event": "facts", "headline": "x", "evidence": [], "charts": [], "notes": []}
        raise fault

    monkeypatch.setattr("graphs.runtime.Runtime.stream", stream)


@pytest.mark.usefixtures("served")
def test_fault_in_the_middle_is_one_object_and_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _breaks_with(monkeypatch, RuntimeError("boom"))
    done = run("ask", "--json", USE)
    assert (done.code, done.json()["status"]) == (1, "error")
    assert "RuntimeError: boom" in done.json()["reason"]
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("served")
def test_interrupted_question_is_one_object_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _breaks_with(monkeypatch, KeyboardInterrupt())
    done = run("ask", "--json", USE)
    assert (done.code, done.json()["status"]) == (130, "error")


@pytest.mark.usefixtures("served")
def test_answer_held_back_is_the_same_answer(run: Run) -> None:
    assert run("ask", "--no-stream", USE).out.splitlines()[:4] == run("ask", USE).out.splitlines()[:4]


@pytest.mark.usefixtures("served")
def test_chart_is_a_picture_and_json_stays_one_object(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "months.png"
    done = run("ask", "--json", "--chart", str(path), "Show the electricity of b4 by month in 2019")
    assert (done.code, done.json()["status"]) == (0, "answered")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert f"the chart is in {path}" in done.err


@pytest.mark.usefixtures("served")
def test_chart_as_a_page_holds_the_answer_its_values_and_its_label(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "months.html"
    done = run("ask", "--chart", str(path), "Show the electricity of b4 by month in 2019")
    assert (done.code, path.stat().st_mode & 0o777) == (0, 0o600)
    text = path.read_text()
    assert "2019-01" in text
    assert done.out.splitlines()[0] in text
    assert "script-src 'sha256-" in text


@pytest.mark.usefixtures("served")
def test_chart_of_an_answer_without_one_is_not_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.png"
    done = run("ask", "--chart", str(path), "How much electricity did b4 use in 2031?")
    assert done.code == 3
    assert not path.exists()
    assert f"{path} is not written" in done.err


def test_no_question_at_a_terminal_says_how_to_ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    done = run("ask")
    assert (done.code, done.out) == (2, "")
    assert 'eaio ask "How much' in done.err


async def test_names_are_ids_once_the_store_is_gone() -> None:
    class Gone:
        async def inventory(self) -> Inventory:
            raise DataUnavailable("gone")

    names = await names_known(SimpleNamespace(parts=SimpleNamespace(readings=Gone())))  # type: ignore[arg-type]
    assert not names.buildings


def _started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words = [*EAIO, "ask", RANK]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


@pytest.mark.usefixtures("served")
def test_reader_that_leaves_after_the_headline_is_no_error(environment: dict[str, str]) -> None:
    with _started(environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"b105 ")
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.mark.usefixtures("served")
def test_ctrl_c_ends_with_130_and_the_next_question_is_answered(environment: dict[str, str], run: Run) -> None:
    with _started(environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.decode().splitlines()[-1] == "eaio: interrupted; nothing is broken, ask again"
    assert run("ask", USE).code == 0


@pytest.mark.usefixtures("served")
def test_terminal_gets_colour_and_a_drawn_day(environment: dict[str, str]) -> None:
    done = in_terminal(["ask", USE], environment)
    assert done.code == 0
    assert "\x1b[1mb4 used 132,010 kWh of electricity in 2019." in done.out
    assert "mean day of b4" in done.out
    assert "█" in done.out


def in_terminal(words: list[str], environment: dict[str, str], typed: bytes = b"") -> Ran:
    """Run a command in a terminal of its own until it ends."""
    ours, theirs = os.openpty()
    settings = environment | {"TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen([*EAIO, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=settings) as process:
        os.close(theirs)
        os.write(ours, typed)
        shown = b"".join(iter(lambda: read_terminal(ours), b""))
    os.close(ours)
    return Ran(process.returncode, shown.decode(), "")


def read_terminal(descriptor: int) -> bytes:
    """Return what a terminal shows next; nothing once its other end is closed."""
    assert select.select([descriptor], [], [], 60)[0], "the command hangs"
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""
