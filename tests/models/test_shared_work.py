"""Work that many want at once is done once, and none of them can spoil it for another."""

import asyncio

import pytest

from models.asked import asked_now, asked_s
from models.shared_work import SharedWork
from tests.models.pooling import run


class Bench:
    """Work that takes a second, in virtual time."""

    def __init__(self, *faults: Exception) -> None:
        self.shared = SharedWork[str]()
        self.begun, self.ended, self.faults = 0, 0, list(faults)

    async def work(self) -> str:
        self.begun += 1
        await asyncio.sleep(1)
        self.ended += 1
        if self.faults:
            raise self.faults.pop()
        return f"result {self.begun}"

    def want(self, key: str = "b4") -> asyncio.Task[str]:
        return asyncio.ensure_future(self.shared.of(key, self.work))


def test_many_who_want_the_same_at_once_get_one_result() -> None:
    async def main() -> None:
        bench = Bench()
        assert await asyncio.gather(*(bench.want() for _ in range(200))) == ["result 1"] * 200
        assert await bench.want() == "result 2"

    run(main())


def test_one_who_leaves_ends_nothing_for_the_others_and_the_last_one_ends_the_work() -> None:
    async def main() -> None:
        bench = Bench()
        first, second = bench.want(), bench.want()
        await asyncio.sleep(0.5)
        first.cancel()
        assert await second == "result 1"
        third = bench.want()
        await asyncio.sleep(0.5)
        third.cancel()
        with pytest.raises(asyncio.CancelledError):
            await third
        assert await bench.want() == "result 3"
        assert bench.ended == 2

    run(main())


def test_error_goes_to_those_who_wait_and_the_next_one_has_it_done_again() -> None:
    async def main() -> None:
        bench = Bench(ValueError("broke"))
        outcomes = await asyncio.gather(*(bench.want() for _ in range(3)), return_exceptions=True)
        assert [str(outcome) for outcome in outcomes] == ["broke"] * 3
        assert await bench.want() == "result 2"

    run(main())


def test_result_goes_to_who_asked_before_it_was_there_and_to_nobody_who_asked_later() -> None:
    async def main() -> None:
        bench = Bench()

        async def question(comes_at: float) -> str:
            with asked_now():
                await asyncio.sleep(comes_at)
                return await bench.want()

        first, second = await asyncio.gather(question(0), question(5))
        assert (first, second) == ("result 1", "result 1")
        assert await question(0) == "result 2"

    run(main())


async def test_the_moment_of_a_question_holds_in_its_tasks_and_ends_with_it() -> None:
    async def seen() -> float | None:
        return asked_s()

    with asked_now():
        at = asked_s()
        assert at is not None
        assert await asyncio.create_task(seen()) == at
    assert asked_s() is None
