"""Every question of the answer sets, asked with no model, and what came of it."""

import asyncio
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from benchmarks.answers.check import TRUTHS, lines
from benchmarks.answers.judge import is_wrong_without_caveat, missing_caveat, missing_in_headline, wrong
from graphs.runtime import Runtime
from tools.compute import Facts, compute
from tools.energy_query import EnergyQuery
from tools.readings import Inventory, Readings

ANALYSES = "analyses.jsonl"
PARAPHRASES = ("paraphrases.jsonl", "more_paraphrases.jsonl", "analysis_paraphrases.jsonl")
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A question in one wording, with its truth. `before`: the turns of the conversation before it."""

    words: str
    truth: dict[str, Any]
    is_paraphrase: bool = False

    @property
    def before(self) -> list[str]:
        """Return the turns before it."""
        return [] if self.is_paraphrase else list(self.truth.get("before", ()))

    @property
    def is_answerable(self) -> bool:
        """Tell whether there is an answer."""
        return "answered" in self.truth["accept"]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, judged. Each fault is None where there is none."""

    case: Case
    answer: dict[str, Any]
    took_s: float

    @property
    def fault(self) -> str | None:
        """Return what is wrong with status or evidence."""
        return wrong(self.case.truth, self.answer)

    @property
    def headline_fault(self) -> str | None:
        """Return what the headline of an answer that is right fails to show."""
        return None if self.fault else missing_in_headline(self.case.truth, self.answer)

    @property
    def caveat_fault(self) -> str | None:
        """Return the caveat that is owed and missing."""
        return missing_caveat(self.case.truth, self.answer)

    @property
    def is_wrong_without_caveat(self) -> bool:
        """Tell whether a wrong number is shown and nothing warns of it."""
        return is_wrong_without_caveat(self.case.truth, self.answer)


def all_cases() -> list[Case]:
    """Return the questions of all sets, then their paraphrases."""
    truths = {t["id"]: t for name in (*TRUTHS, ANALYSES) for t in lines(name)}
    others = [Case(p["question"], truths[p["id"]], is_paraphrase=True) for name in PARAPHRASES for p in lines(name)]
    return [Case(t["question"], t) for t in truths.values()] + others


def drawn(cases: Sequence[Case], share: float, seed: int) -> list[Case]:
    """Return a seeded share of the cases, in their order; all for a share of 1."""
    if share >= 1:
        return list(cases)
    chosen = set(random.Random(seed).sample(range(len(cases)), round(share * len(cases))))
    return [case for index, case in enumerate(cases) if index in chosen]


async def ask_all(runtime: Runtime, cases: Iterable[Case]) -> list[Told]:
    """Ask every case, a few at once; conversations keep their order."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def told(number: int, case: Case) -> Told:
        async with turns:
            thread = f"answers-{number}" if case.before else None
            for words in case.before:
                await _answer(runtime, words, thread)
            began = time.perf_counter()
            answer = await _answer(runtime, case.words, thread)
            return Told(case, answer, time.perf_counter() - began)

    with each_query_once():
        return list(await asyncio.gather(*(told(number, case) for number, case in enumerate(cases))))


@contextmanager
def each_query_once() -> Iterator[None]:
    """Compute a typed query once: wordings that read as the same query have the same facts, and most are such."""
    asked: dict[EnergyQuery, asyncio.Future[Facts]] = {}

    async def once(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
        if query not in asked:
            asked[query] = asyncio.ensure_future(compute(query, readings, inventory))
        return await asyncio.shield(asked[query])

    with patch("nodes.retrieve_context.compute", once):
        yield


async def _answer(runtime: Runtime, words: str, thread: str | None) -> dict[str, Any]:
    try:
        return await runtime.ask(words, thread_id=thread)
    except Exception as fault:  # noqa: BLE001  whatever is raised is one wrong answer, and the others are still asked
        return {"status": "error", "reason": f"{type(fault).__name__}: {fault}", "headline": "", "evidence": []}
