"""Runs and facts are kept as they were shown."""

import pytest

from memory.ledger import Ledger, storable
from memory.postgres import Pool


async def test_fact_is_found_again_by_its_id(empty: Pool) -> None:
    ledger = Ledger(empty)
    fact = {"id": "e1", "value": 1234.5678901234567, "buildings": ["b4"], "query": {"measure": "electricity"}}
    await ledger.keep_run(
        run_id="r1", thread_id="t1", question="How much?", status="answered", label="INTERNAL",
        receipt={"endpoint": "report"}, evidence=[fact],
    )  # fmt: skip
    assert await ledger.evidence("e1") == fact
    assert await ledger.evidence("e2") is None
    run = await ledger.run("r1")
    assert run is not None
    assert (run["question"], run["receipt"]) == ("How much?", {"endpoint": "report"})
    assert run["at"].tzinfo is not None
    assert await ledger.run("r2") is None


async def test_run_kept_twice_is_one_run_and_a_fact_shown_again_is_the_newest(empty: Pool) -> None:
    ledger = Ledger(empty)
    for run, value in (("r1", 1), ("r1", 2), ("r2", 3)):
        await ledger.keep_run(
            run_id=run, question="?", status="answered", label="PUBLIC", receipt={"n": value},
            evidence=[{"id": "e1", "value": value}],
        )  # fmt: skip
    assert await ledger.evidence("e1") == {"id": "e1", "value": 3}
    assert (await ledger.run("r1") or {})["receipt"] == {"n": 2}


async def test_question_of_any_characters_is_kept(empty: Pool) -> None:
    ledger = Ledger(empty)
    question = "a\x00b \ud800 '; DROP TABLE runs; -- \u202e 😀"
    await ledger.keep_run(
        run_id="r", question=question, status="refused", label="PUBLIC", receipt={"why": question, "n": float("nan")}
    )
    run = await ledger.run("r")
    assert run is not None
    assert run["question"] == "a\ufffdb ? '; DROP TABLE runs; -- \u202e 😀"
    assert run["receipt"] == {"why": run["question"], "n": None}


@pytest.mark.parametrize("value", [1, 1.5, True, None, "x", [1, {"a": [2.5]}], {"k": {"l": []}}])
def test_plain_values_are_kept_as_they_are(value: object) -> None:
    assert storable(value) == value
