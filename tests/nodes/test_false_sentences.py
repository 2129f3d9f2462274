"""The judge as a whole: of many false sentences nearly none may pass, and of the true ones few may be lost."""

import json
from pathlib import Path

import pytest

from nodes.verification import fault_of
from tests.nodes.test_verification import known

SENTENCES = Path(__file__).with_name("sentences.jsonl")
MOST_FALSE_PASSED, MOST_TRUE_DROPPED = 0.01, 0.15


@pytest.mark.slow
async def test_nearly_no_false_sentence_passes_and_few_true_ones_are_lost() -> None:
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    facts = {question: await known(question) for question in {row["question"] for row in rows}}
    false = [row for row in rows if not row["true"]]
    true = [row for row in rows if row["true"]]
    passed = [row["sentence"] for row in false if not fault_of(row["sentence"], facts[row["question"]])]
    dropped = [row["sentence"] for row in true if fault_of(row["sentence"], facts[row["question"]])]
    assert len(passed) <= MOST_FALSE_PASSED * len(false), passed
    assert len(dropped) <= MOST_TRUE_DROPPED * len(true), dropped
