"""`eaio route replay`: a decision comes out the same from its receipt, or it is said what does not; and what if."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.router import Decision, decide, read_record, record_of
from models.routing.file import SHIPPED
from tests.gateway.conftest import Run
from tests.gateway.routed import AWAY, HERE, answer_with, busy, record, request_of

Write = Callable[[object], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a value into a file, return its name."""

    def wrote(value: object) -> str:
        path = tmp_path / "receipt.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return str(path)

    return wrote


@pytest.mark.parametrize(
    "made",
    [record(), answer_with(record()), answer_with(record())["receipt"], [record()]],
    ids=["a bare record", "an answer", "a receipt", "a list of records"],
)
def test_decision_is_made_again_the_same_from_whatever_holds_its_record(run: Run, write: Write, made: object) -> None:
    done = run("route", "replay", write(made))
    assert (done.code, done.err) == (0, "")
    assert "INTERNAL: the same, byte for byte (digest " in done.out
    assert "embedded:smollm2:135m → cloud:gpt-4o → report" in done.out


def test_receipt_is_read_from_stdin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(record()).encode())))
    assert run("route", "replay", "-").out.startswith("stdin, INTERNAL: the same")


def test_every_decision_of_a_run_whose_label_rose_is_made_again(run: Run, write: Write) -> None:
    done = run("route", "replay", write(answer_with(record(), record(label="RESTRICTED"))))
    assert "decision 1 of 2, INTERNAL: the same" in done.out
    assert "decision 2 of 2, RESTRICTED: the same" in done.out


def test_object_of_a_replay_holds_the_decision_that_was_made_again(run: Run, write: Write) -> None:
    made = record()
    said = run("route", "replay", write(made), "--json").json()
    (one,) = said["decisions"]
    assert (said["status"], said["same"], said["what_if"]) == ("answered", True, None)
    assert (one["digest"], one["same"], one["differences"], one["replayed"]) == (made["digest"], True, [], made)


def test_edited_receipt_is_told_and_fails(run: Run, write: Write) -> None:
    made = record(label="RESTRICTED")
    made["request"]["features"]["label"] = "PUBLIC"
    done = run("route", "replay", write(made), "--json")
    assert (done.code, done.json()["status"]) == (1, "error")
    assert "changed after it was made" in done.json()["reason"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("label", "PUBLIC"), ("label", 3), ("ladder", ["cloud:gpt-4o"]), ("cloud", []), ("strategy", "x")],
)
def test_receipt_that_says_otherwise_than_its_record_is_told_and_fails(
    run: Run, write: Write, name: str, value: object
) -> None:
    answer = answer_with(record())
    answer["receipt"][name] = value
    done = run("route", "replay", write(answer))
    assert done.code == 1
    assert f"Changed after it was made: the receipt says {name} {value!r}" in done.out
    said = run("route", "replay", write(answer), "--json").json()
    assert (said["status"], said["same"]) == ("error", True)
    assert f"the receipt says {name}" in said["reason"]


def test_label_that_rose_after_the_last_decision_is_no_contradiction(run: Run, write: Write) -> None:
    answer = answer_with(record())
    answer["receipt"]["label"] = "RESTRICTED"
    assert run("route", "replay", write(answer)).code == 0


def test_decision_that_this_version_makes_otherwise_is_told_and_fails(run: Run, write: Write) -> None:
    request = request_of()
    made: Decision = decide(request)
    other = replace(made, ladder=("cloud:gpt-4o", "embedded:smollm2:135m", "report"))
    file = write(record_of(request, other))
    done = run("route", "replay", file)
    assert done.code == 1
    assert "not the same; this version of EAIO decides otherwise" in done.out
    assert "embedded:smollm2:135m comes first instead of cloud:gpt-4o" in done.out
    said = run("route", "replay", file, "--json")
    assert (said.code, said.json()["status"], said.json()["same"]) == (1, "error", False)
    assert said.json()["decisions"][0]["differences"]


def test_receipt_of_an_older_version_is_refused_with_the_remedy(run: Run, write: Write) -> None:
    done = run("route", "replay", write({**record(), "version": 0}), "--json")
    assert (done.code, done.json()["status"]) == (2, "clarify")
    assert "Replay it with the EAIO that made it" in done.json()["reason"]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("no json", "is not one JSON object"),
        ("[" * 100_000, "is not one JSON object"),
        ("NaN", "no record of a routing decision"),
        ({"request": {}}, "it has no version"),
        (answer_with(), "its question went to no model"),
        ({"receipt": {"ladder": ["report"]}}, "before receipts kept what a decision was made from"),
        ([], "holds no record"),
        ({**record(), "request": {"features": 1}}, "changed after it was made"),
    ],
)
def test_what_is_no_receipt_is_told(run: Run, write: Write, made: object, words: str) -> None:
    done = run("route", "replay", write(made))
    assert done.code in (1, 2)
    assert words in done.err
    assert "Traceback" not in done.err


def test_file_that_is_not_there_is_bad_input(run: Run, tmp_path: Path) -> None:
    done = run("route", "replay", str(tmp_path / "none.json"))
    assert done.code == 2
    assert "is no file, and no id of a run" in done.err
    assert "cannot be read" in run("route", "replay", str(tmp_path)).err


def test_replay_without_a_receipt_is_bad_input(run: Run) -> None:
    done = run("route", "replay")
    assert done.code == 2
    assert "needs a receipt" in done.err


@pytest.mark.parametrize("words", [("--profile", "local"), ("--config", "nowhere.yaml"), ("--strategy", "localfirst")])
def test_options_that_do_not_hold_for_a_replay_are_bad_input(run: Run, write: Write, words: tuple[str, str]) -> None:
    assert run("route", "replay", write(record()), *words).code == 2


# What if


def test_other_strategy_shows_what_would_come_first(run: Run, write: Write) -> None:
    done = run("route", "replay", write(record()), "--strategy", "best_quality")
    assert done.code == 0
    assert "the same, byte for byte" in done.out
    assert "With strategy best_quality:\n  the strategy is best_quality; it was local_first\n" in done.out
    assert "cloud:gpt-4o comes first instead of embedded:smollm2:135m" in done.out


def test_unknown_strategy_is_answered_with_the_near_one(run: Run, write: Write) -> None:
    done = run("route", "replay", write(record()), "--strategy", "best-quality")
    assert done.code == 2
    assert "did you mean best_quality?" in done.err


def test_other_document_shows_what_it_would_change(run: Run, write: Write, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SHIPPED.read_text().replace("smollm2-135m, gpt-4o, deepseek-v3, gemini]", "smollm2-135m]"))
    done = run("route", "replay", write(record()), "--config", str(other))
    assert done.code == 0
    assert f"With {other}:" in done.out
    assert "cloud:gpt-4o is not there; it was" in done.out


def test_records_of_what_would_be_can_be_replayed_in_their_turn(run: Run, write: Write) -> None:
    said: dict[str, Any] = run("route", "replay", write(record()), "--strategy", "fastest", "--json").json()
    other = said["decisions"][0]["what_if"]["record"]
    assert read_record(other)[1].strategy == "fastest"
    assert run("route", "replay", write(other)).code == 0


def test_what_changes_nothing_says_so(run: Run, write: Write) -> None:
    assert "With strategy local_first: no difference." in run(
        "route", "replay", write(record()), "--strategy", "local_first"
    ).out  # fmt: skip


def test_replay_explains_every_endpoint_where_asked(run: Run, write: Write) -> None:
    crowded = record(candidates=(busy(HERE), AWAY))
    done = run("route", "replay", write(crowded), "--explain")
    assert "cloud:gpt-4o → embedded:smollm2:135m → report" in done.out
    assert "Every endpoint, as it was at that moment" in done.out
    assert "every local endpoint is too busy" in done.out
