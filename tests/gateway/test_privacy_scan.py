"""`eaio privacy scan` keeps the form that other programs read."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from gateway.privacy_scan import scan_jsonl
from privacy.names import Name
from privacy.names.snapshot import save, snapshot_path
from tests.gateway.conftest import Run


class Flushed(io.StringIO):
    """Counts what is shown at once."""

    flushes = 0

    def flush(self) -> None:
        self.flushes += 1
        super().flush()


def scanned(home: Path, lines: Iterable[str | bytes], stage: int = 1) -> tuple[int, list[dict[str, Any]], str, int]:
    out, err = Flushed(), io.StringIO()
    code = scan_jsonl(lines, out, err, Settings(home=home), stage)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), out.flushes


def test_each_line_is_answered_in_order_and_at_once(tmp_path: Path) -> None:
    texts = ["b4 and BACnet device 260001", "What is a setpoint?", "gas of B4"]
    lines = [json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)]
    code, told, err, flushes = scanned(tmp_path, [*lines, "\n"])
    assert (code, err, flushes) == (0, "", 3)
    assert [line["id"] for line in told] == [0, 1, 2]
    assert [line["label"] for line in told] == ["RESTRICTED", "PUBLIC", "INTERNAL"]
    assert list(told[0]) == ["id", "label", "spans", "ms"]
    assert told[2]["spans"] == [{"start": 7, "end": 9, "type": "BUILDING_NAME", "label": "INTERNAL", "score": 1.0}]
    assert told[1]["ms"] >= 0


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("{nope", None, "line 1 is not JSON at character 1"),
        ('{"id": 7}', 7, "line 1 has no text"),
        ('{"id": 7, "text": 5}', 7, "line 1 has no text"),
        ("[1]", None, "line 1 has no text"),
        ("[" * 100_000, None, "line 1 is not JSON"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_scanned(tmp_path: Path, line: str, name: object, said: str) -> None:
    code, told, _, _ = scanned(tmp_path, [line, '{"id": "x", "text": "b4"}'])
    assert code == 2
    assert told[0]["id"] == name
    assert said in told[0]["error"]
    assert told[1]["label"] == "INTERNAL"


def test_bytes_that_are_no_utf_8_and_halves_of_characters_are_scanned(tmp_path: Path) -> None:
    code, told, _, _ = scanned(tmp_path, [b'{"id": 1, "text": "\xff b4"}', '{"id": 2, "text": "\\ud800 b4"}'])
    assert code == 0
    assert [line["spans"][0]["start"] for line in told] == [2, 2]


def test_names_come_from_the_snapshot_of_the_home(tmp_path: Path) -> None:
    save([Name("Hollybrook House", "BUILDING_NAME", "hh")], snapshot_path(tmp_path))
    _, told, _, _ = scanned(tmp_path, ['{"id": 1, "text": "hollybrook-house"}'])
    assert told[0]["spans"][0]["end"] == 16


def test_a_detector_that_is_missing_is_told_on_stderr_and_in_each_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "privacy.outbound", None)
    code, told, err, _ = scanned(tmp_path, ['{"id": 1, "text": "hello"}'], stage=2)
    assert code == 0
    assert "every text counts as RESTRICTED" in err
    assert told[0]["label"] == "RESTRICTED"
    assert "outbound" in told[0]["faults"][0]


def test_the_command_reads_stdin_and_writes_lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "a", "text": "b4"}\n')))
    done = run("privacy", "scan", "--jsonl", "--stage", "1")
    assert done.code == 0
    assert json.loads(done.out)["id"] == "a"


@pytest.mark.parametrize(
    ("words", "said"),
    [(["privacy"], "COMMAND"), (["privacy", "scan"], "--jsonl"), (["privacy", "scan", "--jsonl", "--stage", "3"], "3")],
)
def test_bad_usage_names_what_is_missing(run: Run, words: list[str], said: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert said in done.err


def test_a_snapshot_that_is_broken_is_bad_data_not_a_traceback(run: Run, tmp_path: Path) -> None:
    path = snapshot_path(tmp_path / "home")
    path.parent.mkdir(parents=True)
    path.write_text("nope")
    done = run("privacy", "scan", "--jsonl", "--stage", "1")
    assert done.code != 0
    assert "delete the file" in done.err
    assert "Traceback" not in done.err


@pytest.mark.slow
def test_stage_2_writes_nothing_but_answers_to_stdout(process: Run) -> None:
    text = "Ask Marie Curie in Building b4, BACnet device 260001."
    done = process("privacy", "scan", "--jsonl", stdin=json.dumps({"id": 1, "text": text}) + "\n")
    assert (done.code, done.out.count("\n")) == (0, 1)
    told = json.loads(done.out)
    assert "faults" not in told
    assert "PERSON" in {span["type"] for span in told["spans"]}
