"""Weights are what the fit gives, and the curves are measured as they are published."""

import csv
from pathlib import Path

import numpy as np
import pytest

from benchmarks.routing import routellm
from benchmarks.routing.complexity import TEXT_PENALTY, chance_weights, query_weights, text_totals
from benchmarks.routing.curves import cost_percent, measured
from benchmarks.routing.curves_plot import plot
from benchmarks.routing.fitting import calibration_error, fitted, logistic, named, ranks_right, totals, without_each
from benchmarks.routing.graded import DERIVED, GSM8K, STRONG, WEAK, Graded, NoGraded, read, write
from benchmarks.routing.outcomes import outcome_of, recorded
from benchmarks.routing.published import MMLU
from models.router import chance_weights as curve_of_chance
from models.router.query_weights import QUERY_WEIGHTS
from models.router.text_features import TEXT_FEATURES
from models.router.text_weights import TEXT_WEIGHTS
from nodes.complexity import QUERY_FEATURES


@pytest.fixture(scope="module")
def graded() -> Graded:
    return read(None)


def test_shipped_weights_are_what_the_fit_on_the_shipped_outcomes_gives(graded: Graded) -> None:
    half = graded.where(graded.half == 0)
    text = fitted(half.features, 1 - half.weak, TEXT_PENALTY)
    scale = chance_weights(text_totals(half, text), half)
    query = query_weights(recorded(), scale)
    assert named(TEXT_FEATURES, text) == pytest.approx(TEXT_WEIGHTS, rel=1e-3)
    assert named(QUERY_FEATURES, query) == pytest.approx(QUERY_WEIGHTS, rel=1e-3)
    assert scale == pytest.approx([curve_of_chance.BASE, curve_of_chance.QUALITY, curve_of_chance.COMPLEXITY], rel=1e-3)


def test_chance_says_the_share_of_right_answers_on_the_half_that_was_kept(graded: Graded) -> None:
    kept = graded.where(graded.half == 1)
    text = np.array([TEXT_WEIGHTS[name] for name in ("base", *TEXT_FEATURES)])
    said = logistic(-text_totals(kept, text))
    assert calibration_error(said, kept.weak) < 0.05


def test_shipped_questions_hold_counts_and_no_words(graded: Graded) -> None:
    assert DERIVED.stat().st_size < 1_500_000
    assert set(np.unique(graded.weak)) | set(np.unique(graded.strong)) == {0.0, 1.0}
    assert graded.features.shape == (len(graded.subjects), len(TEXT_FEATURES))
    assert GSM8K in graded.subjects


def test_writing_the_same_questions_gives_the_same_bytes(graded: Graded, tmp_path: Path) -> None:
    write(graded, tmp_path / "again.csv.gz")
    assert (tmp_path / "again.csv.gz").read_bytes() == DERIVED.read_bytes()


def test_missing_folder_is_told_with_what_it_should_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert routellm.main(["--data", str(tmp_path / "nowhere")]) == 2
    assert f"{tmp_path}/nowhere has no CSV file with the columns prompt, {WEAK}" in capsys.readouterr().err


def test_folder_without_graded_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(NoGraded, match="has no CSV file"):
        read(tmp_path)


def test_subject_that_the_weights_never_saw_is_reported_with_all_its_questions(graded: Graded, tmp_path: Path) -> None:
    with (tmp_path / "mmlu_unheard_of.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["prompt", WEAK, STRONG])
        for number in range(40):
            table.writerow([f"What is {number} + 1,\nor more?\nA. 1\nB. 2\nC. 3\nD. 4\nAnswer:", number % 2 == 0, True])
    found = {part.name: part for part in routellm.parts(read(tmp_path), graded)}
    assert len(found["MMLU, 1 new subjects"].scores) == 40
    assert "MMLU, kept half" not in found


def test_order_by_who_gains_recovers_the_gap_at_once_and_a_useless_one_as_calls_grow() -> None:
    weak, strong = np.tile([1.0, 0.0], 500), np.ones(1000)
    best, useless = measured(strong - weak + np.linspace(0, 1e-6, 1000), weak, strong), np.arange(1000.0)
    assert best.apgr == pytest.approx(0.75, abs=0.01)
    assert best.cpt_50 == pytest.approx(25, abs=0.5)
    assert measured(useless, weak, strong).apgr == pytest.approx(0.5, abs=0.01)
    assert measured(useless, weak, strong).cpt_80 == pytest.approx(80, abs=0.5)


def test_cost_of_all_calls_to_the_strong_model_is_all() -> None:
    assert cost_percent(100) == 100
    assert cost_percent(0) == pytest.approx(0.97, abs=0.01)


def test_fit_finds_the_weights_that_made_the_outcomes() -> None:
    chance = np.random.default_rng(1)
    features = chance.normal(size=(20000, 2)) * [1.0, 10.0]
    outcomes = (chance.random(20000) < logistic(totals(features, np.array([0.5, -1.0, 0.2])))).astype(float)
    assert fitted(features, outcomes, 1.0) == pytest.approx([0.5, -1.0, 0.2], abs=0.08)


def test_group_that_is_left_out_has_no_part_in_its_own_figures() -> None:
    groups, features = np.array(["a"] * 50 + ["b"] * 50), np.tile(np.arange(50.0), 2)[:, None]
    rising = (features[:, 0] > 25).astype(float)
    outcomes = np.where(groups == "a", rising, 1 - rising)
    assert ranks_right(without_each(groups, features, outcomes, 1.0)[:50], outcomes[:50]) < 0.1


def test_outcome_is_kept_without_words() -> None:
    query = {"buildings": ["b4"], "statistic": "peak"}
    answer = {
        "receipt": {"attempts": [{}], "chosen": "report"},
        "classification": {"queries": [query]},
        "verification": {"checked": 2, "kept": 0},
        "question": "What was the peak of b4?",
    }
    assert outcome_of("peak-1", answer) == (
        '{"question": "peak-1", "stood": false, "checked": 2, "kept": 0, "features": {"not a total": 1.0}}'
    )
    assert outcome_of("peak-1", answer | {"receipt": {}}) is None


def test_curves_are_drawn(tmp_path: Path) -> None:
    weak, strong, scores = np.tile([1.0, 0.0], 50), np.ones(100), np.arange(100.0)
    plot([(f"{name}, kept half", scores, weak, strong, MMLU) for name in ("GSM8K", "MMLU")], tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
