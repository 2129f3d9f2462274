"""The judge of answers lets nothing wrong pass, and calls nothing wrong that is right."""

from typing import Any

import pytest

from benchmarks.answers.bench import interval
from benchmarks.answers.judge import is_wrong_without_caveat, missing_caveat, missing_in_headline, wrong

PERIOD = {"start": "2019-01-01T00:00:00Z", "end": "2020-01-01T00:00:00Z"}
TRUE: dict[str, Any] = {"index": 0, "value": 1000.0, "unit": "kWh", "buildings": ["b4"], "period": PERIOD}


def truth(*expect: dict[str, Any], accept: tuple[str, ...] = ("answered",)) -> dict[str, Any]:
    return {"status": accept[0], "accept": list(accept), "expect": list(expect), "tolerance": 0.005}


def answer(value: float = 1000.0, headline: str = "b4 used 1,000 kWh.", **more: Any) -> dict[str, Any]:
    evidence = {
        "name": "electricity",
        "value": value,
        "unit": "kWh",
        "buildings": ["b4"],
        "period": PERIOD,
        "coverage": 1.0,
        "query": {"measure": "electricity"},
    }
    return {"status": "answered", "reason": "", "headline": headline, "evidence": [evidence | more]}


def test_value_within_half_a_percent_is_right() -> None:
    assert wrong(truth(TRUE), answer(1004.9)) is None


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (answer(1006.0), "value 1000"),
        (answer(unit="MWh"), "not in kWh"),
        (answer(buildings=["b8"]), "is of ['b8']"),
        (answer(period=PERIOD | {"end": "2019-12-31T00:00:00Z"}), "has the period"),
        ({"status": "no_data", "reason": "none", "headline": "", "evidence": []}, "status no_data"),
    ],
)
def test_wrong_value_unit_building_period_or_status_is_named(found: dict[str, Any], fault: str) -> None:
    assert fault in str(wrong(truth(TRUE), found))


def test_number_of_an_unanswerable_question_is_wrong_and_lacks_its_caveat() -> None:
    nothing = truth(accept=("no_data", "refused"))
    assert "status answered" in str(wrong(nothing, answer()))
    assert is_wrong_without_caveat(nothing, answer())


def test_wrong_number_with_a_caveat_is_wrong_and_warned_of() -> None:
    found = answer(2000.0, headline="b4 used 2,000 kWh. Note: 50 % of the hours have a valid reading.")
    assert wrong(truth(TRUE), found)
    assert not is_wrong_without_caveat(truth(TRUE), found)
    assert is_wrong_without_caveat(truth(TRUE), answer(2000.0))


@pytest.mark.parametrize(
    "headline", ["b4 used 1,000 kWh.", "b4 used 1.0 MWh.", "b4 used 998.6 kWh.", "3.60 GJ in 2019"]
)
def test_headline_may_round_or_use_another_unit(headline: str) -> None:
    assert missing_in_headline(truth(TRUE), answer(headline=headline)) is None


def test_headline_without_the_number_is_told() -> None:
    assert missing_in_headline(truth(TRUE), answer(headline="b4 used 1,600 kWh in 2019."))


def test_low_coverage_and_the_doubt_of_gas_must_be_said() -> None:
    low = truth(TRUE | {"coverage": 0.6})
    assert "60.0 %" in str(missing_caveat(low, answer()))
    assert missing_caveat(low, answer(headline="1,000 kWh. Note: 60.0 % of the hours have a valid reading.")) is None
    gas: dict[str, Any] = {"query": {"measure": "gas"}}
    assert missing_caveat(truth(TRUE), answer(headline="b4 used 1,000 kWh of gas.", **gas))
    assert missing_caveat(truth(TRUE), answer(headline="1,000 kWh. Note: the gas unit is in doubt", **gas)) is None


@pytest.mark.parametrize(
    ("held", "broken"),
    [
        ({"between": [900, 1100]}, {"between": [1100, 1200]}),
        ({"at_least": 1000}, {"at_least": 1001}),
        ({"sign": 1}, {"sign": -1}),
        ({"size": 1000.0}, {"size": 900.0}),
        ({"value": 950.0, "within": 60.0}, {"value": 950.0, "within": 40.0}),
        ({"starts": "2019-01-04T00:00:00Z", "days": 5}, {"starts": "2019-01-07T00:00:00Z", "days": 5}),
    ],
)
def test_weaker_truths_hold_and_break(held: dict[str, Any], broken: dict[str, Any]) -> None:
    rest = {"index": 0, "unit": "kWh"}
    assert wrong(truth(rest | held), answer()) is None
    assert wrong(truth(rest | broken), answer())


def test_fact_of_any_place_is_found_and_parts_must_sum_to_the_whole() -> None:
    two = answer(400.0, name="electricity use by weather")
    two["evidence"] += answer(600.0, name="electricity use by level")["evidence"]
    anywhere = {"index": None, "value": 600.0, "unit": "kWh", "buildings": ["b4"]}
    assert wrong(truth(anywhere), two) is None
    parts = {"index": None, "sum_of": " use by ", "value": 1000.0, "unit": "kWh"}
    assert wrong(truth(parts), two) is None
    assert "sum to 1000" in str(wrong(truth(parts | {"value": 1200.0}), two))


def test_interval_of_a_share_narrows_with_its_count_and_stays_inside() -> None:
    assert interval(0, 0) == (0.0, 100.0)
    low, high = interval(99, 100)
    assert 94 < low < 99 < high < 100
    assert interval(990, 1000)[0] > low
    assert interval(10, 10)[1] == pytest.approx(100.0)
