"""Every question of the answer set is answered right with no model at all, against truths from the source files."""

import asyncio

import pytest

from benchmarks.answers.check import NO_MODEL, cases, wrong
from config.settings import Settings
from graphs.runtime import open_runtime

PARAPHRASES_RIGHT = 0.97
AT_ONCE = 16


@pytest.mark.timeout(600)
async def test_all_questions_are_right_and_nearly_all_their_paraphrases(settings: Settings) -> None:
    questions, paraphrases = cases()
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()

        async def faults(group: list[tuple[str, dict[str, object]]]) -> list[str]:
            turns = asyncio.Semaphore(AT_ONCE)

            async def ask(question: str) -> dict[str, object]:
                async with turns:
                    return await runtime.ask(question)

            answers = await asyncio.gather(*(ask(question) for question, _ in group))
            found = ((q, wrong(truth, answer)) for (q, truth), answer in zip(group, answers, strict=True))
            return [f"{question}: {fault}" for question, fault in found if fault]

        assert await faults(questions) == []
        missed = await faults(paraphrases)
    assert len(missed) <= (1 - PARAPHRASES_RIGHT) * len(paraphrases), missed
