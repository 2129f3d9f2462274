"""Many questions are answered as they are finished, the same words once, and one that breaks stops no other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import pytest

from graphs.many import REMEMBERED, ask_many
from models.pool import Priority
from models.pool.urgency import urgency_or
from tests.models.pooling import run


@dataclass
class Counter:
    """Answers in virtual time: a question is the seconds that it takes, and what follows a space."""

    asked: list[str] = field(default_factory=list)
    under_way: int = 0
    most: int = 0
    cancelled: int = 0
    urgencies: set[Priority] = field(default_factory=set)

    async def ask(self, question: str) -> dict[str, Any]:
        self.asked.append(question)
        self.urgencies.add(urgency_or(Priority.ANALYSIS))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(float(question.partition(" ")[0]))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.under_way -= 1
        return {"status": "answered", "question": question, "usage": {"tokens_in": 42}}


async def numbers(counter: Counter, questions: Any, **options: int) -> list[tuple[int, int | None]]:
    answers = [answer async for answer in ask_many(counter, questions, **options)]
    return [(answer["number"], answer.get("same_as")) for answer in answers]


def test_answers_come_as_they_are_finished_and_say_which_question_they_are_for() -> None:
    async def main() -> None:
        counter = Counter()
        assert await numbers(counter, ["3 a", "1 b", "1 c", "5 d"]) == [(2, None), (3, None), (1, None), (4, None)]
        assert counter.most == 2

    run(main())


def test_two_hundred_of_the_same_words_are_asked_once_and_cost_once() -> None:
    async def main() -> None:
        counter = Counter()
        answers = [a async for a in ask_many(counter, ["1 b4", *["  1 b4 "] * 199], at_once=4)]
        assert counter.asked == ["1 b4"]
        assert sorted(a["number"] for a in answers) == list(range(1, 201))
        assert [a["usage"]["tokens_in"] for a in answers] == [42] + [0] * 199
        assert {a.get("same_as", 1) for a in answers} == {1}

    run(main())


def test_words_that_come_again_later_are_not_asked_again_while_they_are_remembered() -> None:
    async def main() -> None:
        counter = Counter()
        others = [f"0 b{n}" for n in range(REMEMBERED + 2)]
        assert (2, 1) in await numbers(counter, ["0 x", "0 x", *others[:-4], "0 x"])
        assert counter.asked.count("0 x") == 1
        await numbers(counter, ["0 x", *others, "0 x"])
        assert counter.asked.count("0 x") == 3

    run(main())


def test_answer_that_was_none_is_asked_for_again() -> None:
    async def main() -> None:
        counter = Counter()
        assert await numbers(counter, ["x", "x"], at_once=1) == [(1, None), (2, None)]

    run(main())


def test_one_that_breaks_is_told_and_the_rest_goes_on() -> None:
    async def main() -> None:
        counter = Counter()
        answers = {a["number"]: a async for a in ask_many(counter, ["1 a", "what", "1 b"])}
        assert [answers[n]["status"] for n in (1, 2, 3)] == ["answered", "error", "answered"]
        assert "ValueError" in answers[2]["reason"]
        assert answers[2]["question"] == "what"

    run(main())


def test_blank_questions_have_a_number_and_no_answer() -> None:
    async def main() -> None:
        assert await numbers(Counter(), ["", "1 a", "  ", "1 b"], at_once=1) == [(2, None), (4, None)]

    run(main())


def test_work_is_as_urgent_as_what_nobody_waits_for_and_its_caller_stays_as_it_was() -> None:
    async def main() -> None:
        counter = Counter()
        async for _ in ask_many(counter, ["1 a", "1 b"]):
            assert urgency_or(Priority.ANALYSIS) is Priority.ANALYSIS
        assert counter.urgencies == {Priority.BATCH}

    run(main())


def test_questions_are_read_no_further_ahead_than_they_are_asked() -> None:
    async def main() -> None:
        read = 0

        def endless() -> Iterator[str]:
            nonlocal read
            while True:
                read += 1
                yield f"1 b{read}"

        async with aclosing(ask_many(Counter(), endless())) as answers:
            for _ in range(10):
                await anext(answers)
        assert read <= 13

    run(main())


def test_what_is_answered_comes_while_the_next_question_is_still_waited_for() -> None:
    async def main() -> None:
        async def slow() -> AsyncIterator[str]:
            yield "1 a"
            await asyncio.sleep(100)
            yield "1 b"

        loop = asyncio.get_running_loop()
        seen = [(answer["number"], loop.time()) async for answer in ask_many(Counter(), slow())]
        assert seen == [(1, 1.0), (2, 101.0)]

    run(main())


def test_closing_cancels_what_is_under_way_and_leaves_no_task() -> None:
    async def main() -> None:
        counter = Counter()
        async with aclosing(ask_many(counter, ["1 a", "9 b", "9 c"], at_once=3)) as answers:
            assert (await anext(answers))["number"] == 1
        assert counter.cancelled == 2
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(main())


async def test_none_at_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="at_once is 0"):
        await anext(ask_many(Counter(), ["1 a"], at_once=0))
