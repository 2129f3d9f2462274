"""Figures of a scanner mean what they are said to mean, and a scanner that skips texts has none."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.privacy import presidio_default
from benchmarks.privacy.score import Labelled, f2, load, main, run, score

TEXTS = Path(__file__).resolve().parents[2] / "benchmarks" / "privacy" / "texts"
NAME = Labelled("0", "Ask Ann Lee today", ((4, 11, "PERSON"), (12, 17, "DATE_TIME")))
HARMLESS = Labelled("1", "What is a chiller?")
ECHO = (
    "import sys, json\n"
    "for line in sys.stdin:\n"
    "    print(json.dumps({'id': json.loads(line)['id'], 'label': 'PUBLIC', 'spans': [], 'ms': 1.0}))\n"
)


def answer(*spans: tuple[int, int], label: str = "CONFIDENTIAL") -> dict[str, Any]:
    return {"label": label, "spans": [{"start": a, "end": b, "label": label} for a, b in spans], "ms": 2.0}


def test_found_exactly_scores_one() -> None:
    report = score([NAME], {"0": answer((4, 11))})
    assert report["characters"] == {"precision": 1.0, "recall": 1.0, "f2": 1.0}
    assert report["spans"] == {"precision": 1.0, "covered": 1.0, "f2": 1.0}
    assert report["texts_fully_covered"] == 1.0
    assert report["ms"] == {"p50": 2.0, "p95": 2.0}


def test_a_date_is_neither_right_nor_wrong() -> None:
    assert score([NAME], {"0": answer((4, 11), (12, 17))})["spans"]["precision"] == 1.0


def test_less_than_nine_tenths_is_not_covered() -> None:
    report = score([NAME], {"0": answer((4, 10))})
    assert report["spans"]["covered"] == 0.0
    assert report["characters"]["recall"] == round(6 / 7, 4)
    assert report["covered_by_type"] == {"PERSON": "0/1"}


def test_what_is_found_beside_costs_precision() -> None:
    report = score([NAME], {"0": answer((0, 3), (4, 11))})
    assert report["spans"]["precision"] == 0.5
    assert report["characters"]["precision"] == 0.7


def test_public_spans_count_as_not_found() -> None:
    assert score([NAME], {"0": answer((4, 11), label="PUBLIC")})["characters"]["f2"] == 0.0


@pytest.mark.parametrize(
    ("given", "flagged", "marked"),
    [(answer(), "1/1", "0/1"), (answer((0, 4), label="INTERNAL"), "0/1", "1/1"), (answer((0, 4)), "1/1", "1/1")],
)
def test_harmless_text_is_flagged_by_its_label_and_marked_by_a_span(
    given: dict[str, Any], flagged: str, marked: str
) -> None:
    report = score([HARMLESS], {"1": given})
    assert (report["harmless_flagged"], report["harmless_marked"]) == (flagged, marked)
    assert "characters" not in report


def test_recall_weighs_more() -> None:
    assert f2(0.5, 1.0) > f2(1.0, 0.5)


def test_a_text_without_an_answer_is_an_error() -> None:
    with pytest.raises(ValueError, match="no answer for 1 of 2 texts, the first '1'"):
        score([NAME, HARMLESS], {"0": answer()})


def test_times_are_left_out_where_none_are_told() -> None:
    assert "ms" not in score([HARMLESS], {"1": {"label": "PUBLIC", "spans": []}})


def test_the_copied_texts_are_there() -> None:
    assert len(load(TEXTS / "pii_synth_dev.json")) == 754
    assert len(load(TEXTS / "harmless_assetops.json")) == 141


def test_a_command_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts.json").write_text(json.dumps(["one", {"full_text": "two", "spans": []}]))
    assert main([str(tmp_path / "texts.json"), sys.executable, "-c", ECHO]) == 0
    assert json.loads(capsys.readouterr().out)["harmless_flagged"] == "0/2"


def test_a_command_that_fails_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts.json").write_text('["one"]')
    assert main([str(tmp_path / "texts.json"), sys.executable, "-c", "raise SystemExit('broken')"]) == 1
    assert "broken" in capsys.readouterr().err
    assert main([]) == 2
    with pytest.raises(ValueError, match="ended with 3 after 0 texts"):
        run([sys.executable, "-c", "raise SystemExit(3)"], [HARMLESS])


def test_the_baseline_calls_whatever_presidio_finds_confidential() -> None:
    found = SimpleNamespace(start=4, end=11, entity_type="PERSON")
    engine = SimpleNamespace(analyze=lambda text, language: [found] if "Ann" in text else [])
    lines = [json.dumps({"id": item.id, "text": item.text}) for item in (NAME, HARMLESS)]
    name, harmless = presidio_default.answers(engine, lines)
    assert (name["label"], name["spans"][0]["type"]) == ("CONFIDENTIAL", "PERSON")
    assert (harmless["label"], harmless["spans"]) == ("PUBLIC", [])


def test_the_baseline_reads_and_writes_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = SimpleNamespace(analyze=lambda text, language: [])
    monkeypatch.setattr(presidio_default, "default_engine", lambda: engine)
    sink = io.StringIO()
    presidio_default.main(io.StringIO('{"id": 7, "text": "hello"}\n\n'), sink)
    assert json.loads(sink.getvalue())["id"] == 7
