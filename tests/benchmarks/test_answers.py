"""A seeded share of the answer sets is answered right with no model at all, against truths from the source files."""

import json
import random
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.answers import analyses, more_questions, truth
from benchmarks.answers.asked import Told, all_cases, ask_all, drawn
from benchmarks.answers.check import NO_MODEL, lines
from benchmarks.answers.document import ANALYSES, PAGE, chosen, page_cases, said, sections
from benchmarks.answers.kinds import TYPE_OF
from benchmarks.answers.question import Question
from benchmarks.answers.shipped import Shipped
from config.settings import Settings
from graphs.runtime import open_runtime
from tools.energy_query import Analysis

SHIPPED = Shipped(Path(__file__).resolve().parents[2] / "data")
DECLARED: dict[str, list[Question]] = {
    "questions.jsonl": truth.CAMBRIDGE_QUESTIONS + truth.DELHI_QUESTIONS + truth.ENDINGS,
    "more_questions.jsonl": more_questions.CAMBRIDGE_QUESTIONS
    + more_questions.DELHI_QUESTIONS
    + more_questions.ENDINGS,
    "analyses.jsonl": analyses.QUESTIONS,
}
SHARE, SEED = 0.03, 5
RIGHT, PARAPHRASES_RIGHT = 0.99, 0.97


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_seeded_share_of_the_questions_is_right_and_no_wrong_number_stands_without_a_caveat(
    settings: Settings,
) -> None:
    cases = drawn(all_cases(), SHARE, SEED)
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()
        told = await ask_all(runtime, cases)
    questions = [t for t in told if not t.case.is_paraphrase]
    paraphrases = [t for t in told if t.case.is_paraphrase]
    assert faults(questions) <= (1 - RIGHT) * len(questions), listed(questions)
    assert faults(paraphrases) <= (1 - PARAPHRASES_RIGHT) * len(paraphrases), listed(paraphrases)
    assert [t.case.words for t in told if t.is_wrong_without_caveat] == []


def faults(told: list[Told]) -> int:
    return sum(t.fault is not None for t in told)


def listed(told: list[Told]) -> list[str]:
    return [f"{t.case.words}: {t.fault}" for t in told if t.fault]


@pytest.mark.parametrize("name", DECLARED)
def test_written_truths_are_those_that_the_shipped_readings_give(name: str) -> None:
    """A seeded few of each set, computed anew; the files were made from the sources themselves."""
    written = {line["id"]: line for line in lines(name)}
    assert list(written) == [question.id for question in DECLARED[name]]
    for question in random.Random(3).sample(DECLARED[name], 8):
        anew = json.loads(json.dumps(question.as_json(SHIPPED)))
        assert without_values(anew) == without_values(written[question.id])
        pairs = zip(anew["expect"], written[question.id]["expect"], strict=True)
        assert all(a.get("value", 0) == pytest.approx(b.get("value", 0), rel=1e-9) for a, b in pairs)


def without_values(line: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in line.items() if key != "expect"}


def test_every_answerable_question_has_five_other_wordings_or_says_whose_it_is() -> None:
    cases = all_cases()
    count = {c.truth["id"]: 0 for c in cases if c.is_answerable and "who" in c.truth and not c.truth.get("before")}
    for case in cases:
        if case.is_paraphrase and case.truth["id"] in count:
            count[case.truth["id"]] += 1
    assert {i for i, n in count.items() if n != 5} == set()
    assert len({(*c.before, c.words) for c in cases}) == len(cases), "the same words twice"


def test_every_kind_of_question_has_a_type() -> None:
    assert {case.truth["kind"] for case in all_cases()} <= set(TYPE_OF)


def test_page_of_questions_shows_every_analysis() -> None:
    assert set(ANALYSES) == set(get_args(Analysis))
    page = PAGE.read_text(encoding="utf-8")
    assert [title for title in sections().values() if f"## {title}\n" not in page] == []
    shown = chosen(page_cases(), sections())
    assert [case.words for case in shown if f"{case.words}**" not in page] == []


@pytest.mark.slow
async def test_page_of_questions_shows_what_is_answered_today(settings: Settings) -> None:
    cases = random.Random(2).sample(chosen(all_cases(), sections()), 8)
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()
        told = await ask_all(runtime, cases)
    page = PAGE.read_text(encoding="utf-8")
    assert [said(t.answer) for t in told if said(t.answer) not in page] == []
