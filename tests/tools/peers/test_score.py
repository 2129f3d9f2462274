"""The score is EPA's method on EPA's survey: checked against what others found with the same rows."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from tools.errors import BadQuestion, NoData
from tools.peers.activity import Activity
from tools.peers.intensity import kwh_per_m2
from tools.peers.score import fit, fitted, score
from tools.peers.score_terms import TERMS
from tools.peers.shipped import FOLDER, cbecs_columns
from tools.peers.uses import match_use

OFFICE = match_use("office")
USUAL = Activity(area_m2=5000.0, hours_per_week=50, workers=110, computers=150, cooled_percent=100, cooling_k_days=600)


def test_regression_without_floor_area_explains_what_arjunan_et_al_found() -> None:
    # EnergyStar++ (Arjunan, Poolla and Miller 2020) report R2 = 0.204 for offices with the five other terms.
    model = fit("office", TERMS["office"][1:], cbecs_columns()["office"])
    assert model.r2 == pytest.approx(0.204, abs=0.001)


@pytest.mark.parametrize(
    ("use", "r2"),
    [
        ("office", 0.217),
        ("k12school", 0.210),
        ("hotel", 0.551),
        ("retail", 0.795),
        ("warehouse", 0.397),
        ("worship", 0.167),
    ],
)
def test_each_model_explains_as_much_as_when_it_was_checked(use: str, r2: float) -> None:
    assert fitted(use).r2 == pytest.approx(r2, abs=0.001)


def test_constant_is_the_weighted_mean_since_terms_are_centred() -> None:
    columns = cbecs_columns()["office"]
    mean = np.average(columns["source_kbtu_per_ft2"], weights=columns["weight"])
    assert fitted("office").constant == pytest.approx(float(mean))


def test_coefficients_have_the_signs_of_physics() -> None:
    for use in TERMS:
        model = fitted(use)
        assert (model.coefficients > 0).all(), use


@pytest.mark.parametrize("use", list(TERMS))
def test_half_of_the_survey_scores_over_fifty(use: str) -> None:
    model, columns = fitted(use), cbecs_columns()[use]
    terms = np.column_stack([term.of(columns) for term in TERMS[use]])
    predicted = model.constant + (terms - model.centres) @ model.coefficients
    scores = np.array([model.score(r) for r in columns["source_kbtu_per_ft2"] / predicted])
    assert np.average(scores > 50, weights=columns["weight"]) == pytest.approx(0.5, abs=0.07)
    assert np.average(scores >= 75, weights=columns["weight"]) == pytest.approx(0.25, abs=0.07)


@given(st.floats(0.01, 10), st.floats(0.01, 10))
def test_a_worse_ratio_never_scores_better(one: float, other: float) -> None:
    model = fitted("office")
    assert model.score(max(one, other)) <= model.score(min(one, other))
    assert 1 <= model.score(one) <= 100


def test_score_says_what_it_is_and_how_uncertain() -> None:
    found = score(350.0, OFFICE, USUAL)
    assert found.low <= found.score <= found.high
    assert found.ratio == pytest.approx(found.actual_kwh_per_m2 / found.predicted_kwh_per_m2)
    assert any("not EPA's own" in note for note in found.notes)


def test_open_activity_is_taken_as_the_mean_and_said() -> None:
    found = score(350.0, OFFICE, Activity(area_m2=5000.0))
    assert any("hours per week" in note and "mean of such buildings" in note for note in found.notes)


def test_what_a_supermarket_leaves_open_is_as_in_other_supermarkets() -> None:
    shop, market = (score(900.0, match_use(use), Activity(area_m2=3000.0)) for use in ("shop", "supermarket"))
    assert market.predicted_kwh_per_m2 > 3 * shop.predicted_kwh_per_m2


def test_nothing_known_predicts_the_surveys_mean() -> None:
    found = score(350.0, match_use("church"), Activity())
    columns = cbecs_columns()["worship"]
    mean = np.average(columns["source_kbtu_per_ft2"], weights=columns["weight"])
    assert found.predicted_kwh_per_m2 / 3.15459 == pytest.approx(float(mean), rel=1e-4)


def test_longer_hours_excuse_more_energy() -> None:
    short, long = score(350.0, OFFICE, USUAL), score(350.0, OFFICE, replace(USUAL, hours_per_week=100))
    assert long.predicted_kwh_per_m2 > short.predicted_kwh_per_m2
    assert long.score > short.score


def test_activity_outside_the_survey_says_so() -> None:
    found = score(350.0, OFFICE, replace(USUAL, workers=1000))
    assert any("outside the survey's" in note for note in found.notes)


def test_bank_is_predicted_higher_than_an_office() -> None:
    assert score(350.0, match_use("bank"), USUAL).score > score(350.0, OFFICE, USUAL).score


def test_use_without_a_model_has_no_score() -> None:
    with pytest.raises(NoData, match="no score for the use 'library'"):
        score(350.0, match_use("library"), USUAL)


@pytest.mark.parametrize("intensity", [0.0, -1.0, float("nan")])
def test_intensity_that_is_not_above_zero_has_no_score(intensity: float) -> None:
    with pytest.raises(BadQuestion, match="above zero"):
        score(intensity, OFFICE, USUAL)


def test_seattles_offices_rank_much_as_by_epas_own_score() -> None:
    # EPA's scores of 2016 are of its former model, on the survey of 2003, and know each building's workers and hours.
    with (FOLDER / "seattle_2016.csv").open(encoding="utf-8", newline="") as lines:
        offices = [row for row in csv.DictReader(lines) if row["property_type"] == "Office"]
    scored = [row for row in offices if row["energy_star_score"] and row["source_kbtu_per_ft2"]]
    epa = [float(row["energy_star_score"]) for row in scored]
    ours = [seattle_score(float(row["source_kbtu_per_ft2"]), float(row["area_ft2"])) for row in scored]
    assert len(scored) > 350
    assert spearmanr(ours, epa).statistic > 0.8


def seattle_score(source_kbtu_per_ft2: float, area_ft2: float) -> int:
    mild = Activity(area_m2=area_ft2 / 10.7639, cooling_k_days=145, cooled_percent=100)
    return score(kwh_per_m2(source_kbtu_per_ft2), OFFICE, mild).score


def test_floor_is_held_where_a_prediction_would_leave_the_survey() -> None:
    odd = Activity(area_m2=500.0, hours_per_week=0, workers=0, computers=0, cooled_percent=0, cooling_k_days=1)
    found = score(50.0, OFFICE, odd)
    assert found.predicted_kwh_per_m2 > 0
