"""`eaio route`: the decision on a question is shown, kept nowhere, and is the one that an answer would get."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.router import read_record
from tests.gateway.conftest import Run

QUESTION = "How much gas did b4 use in 2019 compared with 2018?"


@pytest.fixture
def routed(served: None, run: Run) -> dict[str, Any]:
    """Route a question."""
    return run("route", QUESTION, "--json").json()


def test_decision_is_made_without_any_model_and_read_from_its_record(routed: dict[str, Any]) -> None:
    assert (routed["status"], routed["question"]) == ("answered", QUESTION)
    request, decision = read_record(routed["receipt"]["routes"][-1])
    assert decision.ladder == ("embedded:smollm2:135m", "report")
    assert (request.features.label, request.features.capability) == ("INTERNAL", "chat")
    assert 0 < request.features.complexity < 1
    assert not routed["receipt"].get("attempts")


def test_nothing_of_it_is_counted_as_asked(run: Run, routed: dict[str, Any]) -> None:
    before = run("usage", "--json").json()["totals"]
    assert run("route", QUESTION).code == 0
    assert run("usage", "--json").json()["totals"] == before


@pytest.mark.usefixtures("served")
def test_short_form_is_three_lines(run: Run) -> None:
    ladder, why, foot = run("route", QUESTION).out.splitlines()
    assert ladder == "embedded:smollm2:135m → report"
    assert why.startswith("Why: embedded:smollm2:135m ")
    assert "strategy local_first" in foot


@pytest.mark.usefixtures("served")
def test_explanation_names_every_endpoint_with_its_scores_or_why_it_is_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EAIO_ENVIRONMENT", "production")
    said = run("route", QUESTION, "--explain").out
    assert "On the ladder, by local_first" in said
    assert "complexity" in said
    assert "cloud:gpt-4o" in said
    assert "EAIO_CLOUD" in said.split("Left out")[1]
    assert "Budget: not looked at" in said


def test_what_it_writes_can_be_replayed(run: Run, routed: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "routed.json"
    file.write_text(json.dumps(routed))
    assert "the same, byte for byte" in run("route", "replay", str(file)).out


def test_run_of_an_answer_is_replayed_by_its_id_and_counted(run: Run, served: None) -> None:
    answer = run("ask", "--json", QUESTION).json()
    run_id = answer["receipt"]["question_id"]
    assert f"run {run_id}, " in run("route", "replay", run_id).out
    assert run("usage", "--json").json()["totals"]["questions"] >= 1


@pytest.mark.usefixtures("served")
def test_strategy_is_decided_by_where_it_is_given(run: Run) -> None:
    assert "strategy fastest" in run("route", QUESTION, "--strategy", "fastest").out


@pytest.mark.usefixtures("served")
def test_question_that_is_not_understood_is_told_with_its_exit_code(run: Run) -> None:
    done = run("route", "What is the meaning of life?")
    assert done.code == 2
    assert done.out.strip()
    assert run("route", "What is the meaning of life?", "--json").json()["status"] in ("refused", "clarify")


@pytest.mark.usefixtures("served")
def test_question_that_begins_with_replay_is_a_question(run: Run) -> None:
    assert run("route", "replay", "the", "gas", "use", "of", "b4", "in", "2019").code in (0, 2)
    assert "receipt" not in run("route", "replay how much gas b4 used in 2019").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--strategy", "localfirst", QUESTION), "did you mean local_first?"),
        (("--config", "other.yaml", QUESTION), "is for `eaio route replay`"),
        (("--profile", "cloud", QUESTION), "--profile"),
    ],
)
def test_options_that_do_not_hold_are_bad_input(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("route", *words)
    assert done.code == 2
    assert said in done.err
