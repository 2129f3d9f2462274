"""`eaio privacy explain` shows what would leave, to whom, and why, and sends nothing."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from gateway.command import main
from gateway.privacy_explain import explain
from privacy.policy.file import SHIPPED

MARIE = "Marie Curie in Building b4 left at 18:05, BACnet device 260001"
TOTAL = "How much electricity did Building b4 use in 2019?"


def explained(capsys: pytest.CaptureFixture[str], text: str, to: str = "gpt-4o") -> dict[str, Any]:
    options = Namespace(text=text, to=to, json=True, written=False, command="privacy")
    assert explain(options) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EAIO_HOME", str(tmp_path))


def test_text_with_restricted_parts_is_denied_and_each_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, MARIE)
    assert (found["decision"], found["label"], found["rule"]) == ("deny", "RESTRICTED", "gpt-4o/restricted")
    assert {"PERSON", "BUILDING_NAME", "OCCUPANCY", "OT_ADDRESS"} <= {s["type"] for s in found["spans"]}
    assert all(MARIE[s["start"] : s["end"]] == s["text"] for s in found["spans"])
    assert found["sent"] == []


def test_internal_text_is_shown_exactly_as_it_would_be_sent(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, TOTAL)
    assert (found["decision"], found["rule"]) == ("pseudonymise", "gpt-4o/internal")
    [sent] = found["sent"]
    assert "b4" not in sent
    assert sent.startswith("How much electricity did Building ")
    assert sent.endswith(" use in 2019?")


def test_destination_that_may_not_have_internal_text_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(capsys, TOTAL, to="deepseek-v3")["decision"] == "deny"


def test_person_reads_spans_rule_and_residency(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["privacy", "explain", MARIE, "--to", "gpt-4o"]) == 0
    shown = capsys.readouterr().out
    for words in ("260001", "OT_ADDRESS", "gpt-4o/restricted", "nothing is sent", "United States"):
        assert words in shown


def test_unknown_destination_is_an_error_that_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["privacy", "explain", TOTAL, "--to", "gpt-5"]) == 2
    assert "'gpt-5'" in (shown := capsys.readouterr().err)
    assert "gpt-4o" in shown


def test_broken_policy_is_an_error_at_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "privacy.yaml"
    broken.write_text(SHIPPED.read_text().replace("instructions: public", "instructions: pubic"))
    monkeypatch.setenv("EAIO_PRIVACY_POLICY", str(broken))
    assert main(["privacy", "explain", TOTAL, "--to", "gpt-4o"]) == 1
    assert f"{broken}:" in capsys.readouterr().err
