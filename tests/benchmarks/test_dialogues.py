"""Scripted conversations are judged by the truth of each turn, and the product holds them right."""

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.answers.check import NO_MODEL
from benchmarks.answers.dialogues_written import SETS
from benchmarks.answers.shipped import Shipped
from benchmarks.memory.dialogues import FILES, Heard, dialogues_of, fault_of, hold_all
from config.settings import Settings
from graphs.runtime import open_runtime

SHIPPED = Shipped(Path(__file__).resolve().parents[2] / "data")
FEW, SEED = 3, 5
HELD = (
    "building-manager-9",
    "building-manager-12",
    "energy-engineer-6",
    "facility-operator-14",
    "sustainability-lead-3",
)


def fact(value: float) -> dict[str, Any]:
    return {"index": 0, "value": value, "unit": "kWh", "buildings": ["b4"]}


def turn(*expect: dict[str, Any], **more: Any) -> dict[str, Any]:
    truth = {"words": "and gas?", "status": "answered", "accept": ["answered"], "expect": list(expect)}
    return truth | {"tolerance": 0.005} | more


def answer(value: float, headline: str, status: str = "answered") -> dict[str, Any]:
    evidence = [{"name": "gas", "value": value, "unit": "kWh", "buildings": ["b4"]}]
    return {"status": status, "reason": "no", "headline": headline, "evidence": evidence}


def test_turn_is_right_by_any_of_its_truths_and_by_no_other_value() -> None:
    either = turn(fact(100.0), **{"or": [[fact(200.0)]]})
    assert fault_of(either, answer(200.0, "b4 used 200 kWh.")) is None
    assert "not value 100" in str(fault_of(either, answer(300.0, "b4 used 300 kWh.")))


def test_unit_that_was_asked_for_must_stand_in_the_headline() -> None:
    asked = turn(fact(1000.0), shows=["MWh"])
    assert fault_of(asked, answer(1000.0, "b4 used 1 MWh.")) is None
    assert "has no MWh" in str(fault_of(asked, answer(1000.0, "b4 used 1,000 kWh.")))


def test_refusal_counts_as_asked_back_and_another_number_as_wrong() -> None:
    asked = turn(fact(100.0))
    assert Heard({}, asked, answer(100.0, "", "refused")).verdict == "asked back"
    assert Heard({}, asked, answer(7.0, "b4 used 7 kWh.")).verdict == "wrong"


def test_sets_have_sixty_and_fifteen_dialogues_of_three_to_six_turns() -> None:
    assert [len(list(dialogues_of(name))) for name in FILES] == [60, 15]
    assert {len(dialogue["turns"]) for name in FILES for dialogue in dialogues_of(name)} <= {3, 4, 5, 6}


@pytest.mark.parametrize("name", FILES)
def test_written_truths_are_those_that_the_shipped_readings_give(name: str) -> None:
    declared = {dialogue.id: dialogue for dialogue in SETS[FILES[name]]}
    written = {dialogue["id"]: dialogue for dialogue in dialogues_of(name)}
    assert written.keys() == declared.keys()
    for drawn in random.Random(SEED).sample(sorted(declared), FEW):
        assert declared[drawn].as_json(SHIPPED) == written[drawn]


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_conversations_that_lean_on_answers_are_held_right(settings: Settings) -> None:
    """Those that need more than the last query: its leader, the query before it, a topic left and returned to."""
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()
        heard = await hold_all(runtime, [d for d in dialogues_of("mended") if d["id"] in HELD])
    assert [(it.turn["words"], it.fault) for it in heard if it.fault] == []
