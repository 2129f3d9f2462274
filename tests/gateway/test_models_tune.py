"""`eaio models tune`: every question under every setting, and no word of a gain that chance explains."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.boundary import guarded
from gateway.model_matrix.tune import tune_command
from models.errors import ModelFailed
from models.matrix import Setting
from tests.gateway.scripted_models import RIGHT, ScriptedChat, answer_set, endpoint, options, preparing

ONE = endpoint("one:1b")
GRID = 7


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ScriptedChat:
    """Let the command work on scripted models."""
    monkeypatch.setenv("EAIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EAIO_PROFILE", "local")
    chat = ScriptedChat(ladders={"coordinator": [ONE], "analyst": [ONE]})
    monkeypatch.setattr("gateway.model_matrix.sweep.prepared", preparing(chat, answer_set(tmp_path / "answers")))
    return chat


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    given = options("tune", *words)
    given.command = "models"
    code = guarded(lambda: tune_command(given), given)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_every_question_is_asked_under_every_setting(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ran(capsys, "--json")
    told = json.loads(out)
    assert (code, told["status"], told["questions"]) == (0, "measured", 3)
    assert [s["score"] for s in told["settings"]] == pytest.approx([2.5 / 3] * GRID)
    assert (told["current"]["temperature"], told["best"]) == (0.2, told["current"])
    assert not told["differs"]
    asked = [(s.temperature, s.top_p) for _, _, s in scripted.asked[1:]]
    assert len(asked) == 3 * GRID
    assert asked[:GRID] == asked[GRID : 2 * GRID]
    assert len(set(asked)) == GRID
    assert "question 3 of 3, 7 settings" in err


def test_table_shows_the_setting_in_force_and_nothing_to_write(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ran(capsys, "--task", "classification", "--questions-most", "2")
    assert "temperature 0 (now)" in out
    assert "the setting in force is the best of 7" in out
    assert "llm_routing.yaml" not in out
    assert {how for _, how, _ in scripted.asked[1:]} == {"fill"}


def test_gain_that_chance_does_not_explain_comes_with_its_lines(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    better, fill = Setting(0.5, 0.9), scripted.fill

    async def only_one_setting_reads(*words: Any, sampling: Any, **other: Any) -> Any:
        right = (sampling.temperature, sampling.top_p) == (better.temperature, better.top_p)
        scripted.fills = {"": RIGHT if right else RIGHT | {"about_energy": "no"}}
        return await fill(*words, sampling=sampling, **other)

    monkeypatch.setattr(scripted, "fill", only_one_setting_reads)
    with (tmp_path / "answers" / "paraphrases.jsonl").open("a") as file:
        for other in ("please", "in kWh", "as kWh", "now", "exactly", "roughly", "again", "in all"):
            file.write(json.dumps({"id": "total", "question": f"Electricity use of b1 in 2018, {other}"}) + "\n")
    _, out, _ = ran(capsys, "--task", "classification", "--json")
    told = json.loads(out)
    assert told["differs"]
    assert told["best"]["temperature"] == 0.5
    _, said, _ = ran(capsys, "--task", "classification")
    assert "in config/llm_routing.yaml:\ntasks:\n  classification: {temperature: 0.5" in said
    assert told["yaml"] == ["tasks:", "  classification: {temperature: 0.5, top_p: 0.9, max_tokens: 256}"]


def test_interrupt_shows_the_questions_that_are_whole(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: str) -> None:
        if len(scripted.asked) == 2 + GRID + 3:
            raise KeyboardInterrupt

    scripted.before = interrupt
    code, out, _ = ran(capsys, "--json")
    told = json.loads(out)
    assert (code, told["status"], told["questions"]) == (130, "partial", 1)


def test_time_that_is_over_leaves_nothing_to_tell(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "--minutes", "0.0000001")
    assert code == 1
    assert "give it more --minutes" in out
    code, out, _ = ran(capsys, "--minutes", "0.0000001", "--json")
    assert (code, json.loads(out)["settings"]) == (1, [])


def test_model_that_cannot_be_asked_is_a_fault_with_its_reason(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.writes = {"": ModelFailed(ONE.id, "out of memory")}
    code, out, _ = ran(capsys, "--json")
    assert code == 1
    assert "out of memory" in json.loads(out)["reason"]


def test_role_without_a_local_model_names_the_remedy(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.ladders = {}
    code, _, err = ran(capsys)
    assert code == 2
    assert "name one with --model" in err


def test_named_model_is_tuned(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EAIO_PROFILE", "embedded")
    _, out, _ = ran(capsys, "--json", "--model", "smollm2:135m", "--questions-most", "1")
    assert json.loads(out)["model"] == "embedded:smollm2:135m"


def test_interrupt_before_anything_was_asked_is_an_interrupt(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scripted, "ladder", interrupt)
    code, out, _ = ran(capsys, "--json")
    assert (code, json.loads(out)["status"]) == (130, "error")
