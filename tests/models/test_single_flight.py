"""One call serves all who ask the same at the same moment, and none of them can spoil it for another."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Chunk, Deadline, Usage
from models.asked import asked_now
from models.errors import ModelError, ModelFailed, ModelTimeout, TruncatedAnswer
from models.pool import Priority
from models.single_flight import REMEMBERED_S, SingleFlight
from tests.models.pooling import ENDPOINT, run, usage

WORDS = ["One", " two", " three", " four", " five."]
OF_RUN: ContextVar[str] = ContextVar("the run of a listener", default="none")


@dataclass
class Heard:
    """What one listener got."""

    text: str = ""
    usage: Usage | None = None
    shared: bool = False
    error: BaseException | None = None
    ended_s: float = 0.0


@dataclass
class Tower:
    """A model in virtual time that writes a word a second, and those who listen to it."""

    breaks_at: int | None = None
    """Before which word the model breaks."""
    flights: SingleFlight = field(default_factory=SingleFlight)
    calls: int = 0
    ended: list[float] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    async def ask(self, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        self.calls += 1
        self.runs.append(OF_RUN.get())
        try:
            for number, word in enumerate(WORDS):
                try:
                    async with deadline.timeout():
                        await asyncio.sleep(1)
                except TimeoutError:
                    raise ModelTimeout(ENDPOINT, "next token", 1.0) from None
                if number == self.breaks_at:
                    raise ModelFailed(ENDPOINT, "broke")
                yield Chunk(word)
            yield Chunk("", "stop", usage())
        finally:
            try:
                await asyncio.sleep(0.1)  # as long as it takes to let go
            finally:
                self.ended.append(self.loop.time())

    def stream(
        self, key: str = "b4", within: float = 60.0, priority: Priority = Priority.ANALYSIS
    ) -> AsyncGenerator[Chunk, None]:
        deadline = Deadline.after(within, self.loop.time)
        return self.flights.stream(key, self.ask, endpoint=ENDPOINT, deadline=deadline, priority=priority)

    def listen(
        self,
        *,
        key: str = "b4",
        at: float = 0.0,
        within: float = 60.0,
        words: int = 99,
        priority: Priority = Priority.ANALYSIS,
    ) -> "asyncio.Task[Heard]":
        """Begin to listen `at` a time, and leave after so many words."""

        async def listening() -> Heard:
            heard = Heard()
            await asyncio.sleep(at)
            try:
                async with aclosing(self.stream(key, within, priority)) as chunks:
                    async for chunk in chunks:
                        heard.text, heard.usage, heard.shared = heard.text + chunk.text, chunk.usage, chunk.shared
                        if len(heard.text.split()) == words:
                            break
            except ModelError as error:
                heard.error, heard.shared = error, error.shared
            heard.ended_s = self.loop.time()
            return heard

        return self.loop.create_task(listening())


ALL = "".join(WORDS)


def test_many_who_ask_at_once_are_served_by_one_call_and_one_of_them_pays() -> None:
    async def main() -> None:
        tower = Tower()
        heard = await asyncio.gather(*(tower.listen() for _ in range(200)))
        assert tower.calls == 1
        assert [h.text for h in heard] == [ALL] * 200
        first, *others = [h.usage for h in heard]
        assert first == usage()
        assert all(u and (u.tokens_in, u.tokens_out, u.cost_usd, u.shared) == (0, 0, 0.0, True) for u in others)

    run(main())


def test_other_keys_have_calls_of_their_own() -> None:
    async def main() -> None:
        tower = Tower()
        heard = await asyncio.gather(*(tower.listen(key=key) for key in ("b4", "b8", "b4", "b8")))
        assert tower.calls == 2
        assert [h.shared for h in heard] == [False, False, True, True]

    run(main())


def test_one_who_joins_late_gets_what_was_written_at_once_and_then_the_rest() -> None:
    async def main() -> None:
        tower = Tower()
        first = tower.listen()
        await asyncio.sleep(3.2)
        async with aclosing(tower.stream()) as chunks:
            assert [(await anext(chunks)).text for _ in range(3)] == WORDS[:3]
            assert tower.loop.time() == pytest.approx(3.2)
            assert [chunk.text async for chunk in chunks] == [*WORDS[3:], ""]
        assert (await first).text == ALL
        assert tower.calls == 1

    run(main())


def test_call_that_is_over_is_joined_by_nobody() -> None:
    async def main() -> None:
        tower = Tower()
        await asyncio.gather(tower.listen(), tower.listen(at=7))
        assert tower.calls == 2

    run(main())


def test_one_who_asked_before_the_call_ended_and_comes_after_it_gets_it_at_once() -> None:
    async def main() -> None:
        tower = Tower()

        async def question(comes_at: float) -> Heard:
            with asked_now():
                await asyncio.sleep(comes_at)
                return await tower.listen()

        heard = await asyncio.gather(question(0), question(20), question(100))
        assert tower.calls == 1
        assert [(h.text, h.shared, h.ended_s) for h in heard[1:]] == [(ALL, True, 20.0), (ALL, True, 100.0)]
        await question(0)  # was asked later
        assert tower.calls == 2
        await question(REMEMBERED_S + 1)
        await asyncio.gather(question(0), question(REMEMBERED_S + 10))  # and nothing is kept for long
        assert tower.calls == 5

    run(main())


def test_call_that_failed_or_was_given_up_is_joined_by_nobody_who_comes_after_it() -> None:
    async def main(breaks_at: int | None, words: int) -> int:
        tower = Tower(breaks_at)
        with asked_now():
            await tower.listen(words=words)
            await tower.listen(words=words)
        return tower.calls

    assert run(main(2, 99)) == 2
    assert run(main(None, 2)) == 2


def test_stream_that_nobody_reads_begins_no_call() -> None:
    async def main() -> None:
        tower = Tower()
        await tower.stream().aclose()
        await asyncio.sleep(1)
        assert tower.calls == 0

    run(main())


def test_cancelled_first_one_leaves_the_call_and_its_price_to_the_next() -> None:
    async def main() -> None:
        tower = Tower()
        first, second, third = (tower.listen() for _ in range(3))
        await asyncio.sleep(2.5)
        first.cancel()
        heard = await asyncio.gather(second, third)
        assert tower.calls == 1
        assert [h.text for h in heard] == [ALL, ALL]
        assert [h.shared for h in heard] == [False, True]
        assert heard[0].usage == usage()

    run(main())


def test_first_one_that_has_read_enough_keeps_the_price_and_ends_nothing() -> None:
    async def main() -> None:
        tower = Tower()
        first, second = await asyncio.gather(tower.listen(words=2), tower.listen())
        assert (first.text, first.shared, first.ended_s) == ("One two", False, 2.0)
        assert (second.text, second.shared) == (ALL, True)
        assert tower.calls == 1

    run(main())


def test_last_one_to_leave_ends_the_call_and_waits_until_it_has_let_go() -> None:
    async def main() -> None:
        tower = Tower()
        first, second = await asyncio.gather(tower.listen(words=1), tower.listen(words=2))
        assert (first.ended_s, second.ended_s) == (1.0, 2.1)
        assert tower.ended == [2.1]

    run(main())


def test_one_who_asks_while_the_call_is_being_ended_gets_a_call_of_its_own() -> None:
    async def main() -> None:
        tower = Tower()
        first, second = await asyncio.gather(tower.listen(words=1), tower.listen(at=1.05))
        assert (first.text, second.text) == ("One", ALL)
        assert tower.calls == 2

    run(main())


def test_one_with_less_time_than_the_others_runs_out_of_it_alone_and_does_not_pay() -> None:
    async def main() -> None:
        tower = Tower()
        first, second = await asyncio.gather(tower.listen(within=2.5), tower.listen())
        assert isinstance(first.error, ModelTimeout)
        assert (first.text, first.ended_s, first.shared) == ("One two", 2.5, True)
        assert (second.text, second.shared, second.usage) == (ALL, False, usage())
        assert tower.calls == 1

    run(main())


@pytest.mark.parametrize("joins_at", [0.0, 0.5, 2.2])
def test_one_who_joins_with_more_time_does_not_lose_it(joins_at: float) -> None:
    async def main() -> None:
        tower = Tower()
        first, second = await asyncio.gather(tower.listen(within=2.5), tower.listen(at=joins_at, within=30))
        assert isinstance(first.error, ModelTimeout)
        assert second.text == ALL
        assert tower.calls == 1

    run(main())


def test_where_nobody_has_more_time_the_error_is_that_of_the_call() -> None:
    async def main() -> None:
        tower = Tower()
        heard = await asyncio.gather(tower.listen(within=2.5), tower.listen(within=2.5))
        assert ["next token" in str(h.error) for h in heard] == [True, True]
        assert [h.shared for h in heard] == [False, True]

    run(main())


def test_one_whose_companion_with_more_time_leaves_is_not_kept_beyond_its_own() -> None:
    async def main() -> None:
        tower = Tower()
        first, _ = await asyncio.gather(tower.listen(within=3.5), tower.listen(words=1))
        assert isinstance(first.error, ModelTimeout)
        assert first.ended_s == pytest.approx(3.5, abs=0.4)  # its last word, and the time to let go

    run(main())


def test_error_in_the_middle_reaches_all_after_what_was_written_before_it() -> None:
    async def main() -> None:
        tower = Tower(breaks_at=3)
        heard = await asyncio.gather(tower.listen(), tower.listen(at=2.5), tower.listen(at=2.6))
        assert tower.calls == 1
        assert [h.text for h in heard] == ["One two three"] * 3
        assert [str(h.error) for h in heard] == [f"{ENDPOINT} failed: broke"] * 3
        assert len({id(h.error) for h in heard}) == 3
        assert [h.shared for h in heard] == [False, True, True]

    run(main())


def test_next_one_after_an_error_asks_anew() -> None:
    async def main() -> None:
        tower = Tower(breaks_at=1)
        await asyncio.gather(tower.listen(), tower.listen(at=4))
        assert tower.calls == 2

    run(main())


def test_closing_ends_the_call_for_all_and_leaves_no_task() -> None:
    async def main() -> None:
        tower = Tower()
        listening = [tower.listen(), tower.listen(), tower.listen(key="b8")]
        await asyncio.sleep(2.5)
        await tower.flights.close()
        assert len(tower.ended) == 2
        heard = await asyncio.gather(*listening)
        assert [h.text for h in heard] == ["One two"] * 3
        assert all(isinstance(h.error, TruncatedAnswer) for h in heard)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert isinstance((await tower.listen()).error, TruncatedAnswer)

    run(main())


def test_closing_before_the_call_has_begun_wakes_those_who_wait_for_it() -> None:
    async def main() -> None:
        tower = Tower()
        stream = tower.stream()
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        await tower.flights.close()
        with pytest.raises(TruncatedAnswer):
            await waiting
        assert tower.calls == 0

    run(main())


def test_urgent_one_does_not_wait_with_a_batch_but_joins_it_once_it_is_written() -> None:
    async def main() -> None:
        tower = Tower()
        early, late = 0.5, 1.5
        batch = tower.listen(priority=Priority.BATCH)
        heard = await asyncio.gather(batch, tower.listen(at=early), tower.listen(key="b8", priority=Priority.BATCH))
        assert tower.calls == 3
        assert [h.shared for h in heard] == [False] * 3
        await asyncio.gather(tower.listen(priority=Priority.BATCH), tower.listen(at=late))
        assert tower.calls == 4

    run(main())


def test_batch_joins_an_urgent_call() -> None:
    async def main() -> None:
        tower = Tower()
        await asyncio.gather(tower.listen(), tower.listen(at=0.5, priority=Priority.BATCH))
        assert tower.calls == 1

    run(main())


def test_call_knows_nothing_of_the_run_that_began_it() -> None:
    async def main() -> None:
        tower = Tower()
        OF_RUN.set("the first one's")
        await tower.listen()
        assert tower.runs == ["none"]

    run(main())


Visit = tuple[int, int, int, int]
"""When one joins, its time, and the words after which it leaves, in quarters of a second; and when it is cancelled."""
VISITS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 40), st.integers(1, 7), st.integers(1, 60)), min_size=1, max_size=8
)


@given(VISITS, st.one_of(st.none(), st.integers(0, 4)))
def test_whatever_listeners_do_each_gets_a_beginning_of_the_text_and_each_call_is_paid_once(
    visits: list[Visit], breaks_at: int | None
) -> None:
    async def main() -> None:
        tower = Tower(breaks_at=breaks_at)
        tasks = []
        for joins, within, words, cancelled in visits:
            tasks.append(tower.listen(at=joins / 4 + 0.01, within=within / 4, words=words))
            tower.loop.call_later(cancelled / 4 + 0.02, tasks[-1].cancel)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        heard = [h for h in outcomes if isinstance(h, Heard)]
        assert all(ALL.startswith(h.text) for h in heard)
        assert all(h.error or h.text == ALL or len(h.text.split()) == w[2] for h, w in _kept(outcomes, visits))
        assert sum(h.usage is not None and not h.shared for h in heard) <= tower.calls
        await tower.flights.close()  # one that is cancelled twice does not wait until its call has let go
        assert len(tower.ended) == tower.calls
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(main())


def _kept(outcomes: list[Heard | BaseException], visits: list[Visit]) -> list[tuple[Heard, Visit]]:
    return [(h, visit) for h, visit in zip(outcomes, visits, strict=True) if isinstance(h, Heard)]
