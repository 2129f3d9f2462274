"""Many people may ask at the same moment: each gets the right answer, the last of them later."""

import asyncio

from benchmarks.answers.check import NO_MODEL
from config.settings import Settings
from graphs.runtime import open_runtime

CROWD = 200
PATIENCE_S = 90.0
BUILDINGS = ("b4", "b8", "b19", "b22", "b25", "b31", "b35", "b36", "b40", "b58", "b105", "b111")


async def test_two_hundred_questions_at_once_are_all_answered_with_their_own_numbers(settings: Settings) -> None:
    asked = [f"How much electricity did {BUILDINGS[n % 12]} use in {2018 + n % 3}?" for n in range(CROWD)]
    async with open_runtime(settings.model_copy(update=NO_MODEL | {"answer_budget_s": PATIENCE_S})) as runtime:
        await runtime.data.inventory()
        alone = {question: (await runtime.ask(question))["evidence"][0]["value"] for question in asked[:36]}
        answers = await asyncio.gather(*(runtime.ask(question) for question in asked))
    assert [a["status"] for a in answers] == ["answered"] * CROWD
    assert [a["evidence"][0]["value"] for a in answers] == [alone[question] for question in asked]
