"""`eaio ask --each`: every line gets its answer as soon as that is there, and a bad line stops no other."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.conftest import EAIO, Ran, Run

USE = "How much electricity did b4 use in 2019?"
OTHER = "How much electricity did b8 use in 2019?"


def objects(done: Ran) -> dict[int, dict[str, Any]]:
    """Return the objects on stdout by the number of their line."""
    return {answer["number"]: answer for answer in map(json.loads, done.out.splitlines())}


def written(folder: Path, text: str | bytes) -> str:
    path = folder / "questions.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.usefixtures("served")
def test_every_line_is_answered_by_one_object_with_its_number(run: Run, tmp_path: Path) -> None:
    done = run("ask", "--json", "--each", written(tmp_path, f"{USE}\n\n{OTHER}\r\n{USE}"))
    assert done.code == 0
    answers = objects(done)
    assert [answers[n]["headline"] for n in (1, 3, 4)] == [
        "b4 used 132,010 kWh of electricity in 2019.",
        "b8 used 110,195 kWh of electricity in 2019.",
        "b4 used 132,010 kWh of electricity in 2019.",
    ]
    assert answers[4]["same_as"] == 1
    assert "3 questions: 3 answered" in done.err


@pytest.mark.usefixtures("served")
def test_bad_lines_are_told_each_and_the_rest_is_answered(run: Run, tmp_path: Path) -> None:
    bad = [b"Switch off the heating in b4", b"\xff\xfe\x00\x1b[31m", b"a" * 300_000, b"Who wrote Hamlet?"]
    done = run("ask", "--json", "--each", written(tmp_path, b"\n".join([*bad, USE.encode()])))
    answers = objects(done)
    assert [answers[n]["status"] for n in range(1, 6)] == ["refused", "refused", "clarify", "refused", "answered"]
    assert done.code == 2
    assert not set("\x1b\x00") & set(done.out + done.err)


@pytest.mark.usefixtures("served")
def test_people_get_each_question_with_its_words_from_stdin(process: Run) -> None:
    done = process("ask", "--each", "-", "--at-once", "1", stdin=f"{USE}\n{USE}\n")
    assert done.code == 0
    said = done.out.splitlines()
    assert said[0] == f"1. {USE}"
    assert said[1].startswith("b4 used 132,010 kWh")
    assert said[-3:] == [f"2. {USE}", "the same as 1", ""]


@pytest.mark.usefixtures("served")
def test_ctrl_c_keeps_what_is_answered_and_waits_for_no_line(environment: dict[str, str]) -> None:
    words = [*EAIO, "ask", "--json", "--each", "-"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{USE}\n".encode())
        process.stdin.flush()  # and no more comes, and no end
        answer = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stdout.read() == b""
        assert process.stderr is not None
        said = process.stderr.read().decode().splitlines()
    assert (answer["number"], answer["status"]) == (1, "answered")
    assert said[-2:] == ["eaio: 1 question: 1 answered", "eaio: interrupted; nothing is broken, ask again"]


@pytest.mark.usefixtures("served")
def test_file_without_a_question_is_said_and_no_fault(run: Run, tmp_path: Path) -> None:
    done = run("ask", "--json", "--each", written(tmp_path, "\n  \n"))
    assert (done.code, done.out) == (0, "")
    assert "has no question" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--each", "gone.txt"], "gone.txt: No such file"),
        (["--each", "."], "Is a directory"),
        (["--each", "-", USE], "leave out the question"),
        (["--each", "-", "--chart", "a.png"], "--chart"),
        (["--each", "-", "--at-once", "0"], "--at-once 0: at least 1"),
        (["--each", "-", "--at-once", "many"], "invalid int value: 'many'"),
    ],
)
def test_bad_usage_is_one_object_that_names_what_is_wrong(run: Run, words: list[str], said: str) -> None:
    done = run("ask", "--json", *words)
    assert (done.code, done.json()["status"]) == (2, "clarify")
    assert said in done.json()["reason"]
