"""A second endpoint is asked where the first is slow to begin; one answer is shown, and the other's slot is free."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import pytest

from models import Deadline
from models.errors import ModelError, ModelFailed, ModelTimeout
from models.pool import Pool, hedged
from tests.models.pooling import WORK, run, usage

Asks = Callable[[], AsyncGenerator[str, None]]


class Hosts:
    """Two endpoints behind a pool, each with the time of its first text, or an error in its place."""

    def __init__(self, **first_text: float | tuple[float, ModelError]) -> None:
        self.loop = asyncio.get_running_loop()
        self.pool = Pool(clock=self.loop.time)
        self.first_text, self.asked = first_text, list[str]()

    def ask(self, host: str) -> Asks:
        async def answer() -> AsyncGenerator[str, None]:
            self.asked.append(host)
            deadline = Deadline.after(60, self.loop.time)
            async with self.pool.admitted(host, work=WORK, deadline=deadline) as ticket:
                begins = self.first_text[host]
                if isinstance(begins, tuple):
                    await asyncio.sleep(begins[0])
                    raise begins[1]
                await asyncio.sleep(begins)
                ticket.first_token()
                for n in range(3):
                    yield f"{host}{n}"
                    await asyncio.sleep(0.1)
                ticket.done(usage())

        return answer

    def hedged(self, after_s: float | None) -> AsyncGenerator[str, None]:
        return hedged(self.ask("a"), self.ask("b"), after_s=after_s)

    def in_flight(self) -> dict[str, int]:
        return {host: state.in_flight for host, state in self.pool.snapshot().items()}


async def pieces(stream: AsyncGenerator[str, None]) -> list[str]:
    async with aclosing(stream):
        return [piece async for piece in stream]


def test_quick_first_endpoint_is_the_only_one_asked() -> None:
    async def main() -> None:
        hosts = Hosts(a=0.5, b=0.1)
        assert await pieces(hosts.hedged(1.0)) == ["a0", "a1", "a2"]
        assert hosts.asked == ["a"]

    run(main())


def test_it_is_off_unless_a_time_is_given() -> None:
    async def main() -> None:
        hosts = Hosts(a=30.0, b=0.1)
        assert await pieces(hosts.hedged(None)) == ["a0", "a1", "a2"]
        assert hosts.asked == ["a"]

    run(main())


def test_second_endpoint_wins_where_it_begins_first_and_the_first_one_is_freed_at_that_moment() -> None:
    async def main() -> None:
        hosts = Hosts(a=30.0, b=0.5)
        async with aclosing(hosts.hedged(1.0)) as stream:
            assert await anext(stream) == "b0"
            assert hosts.loop.time() == pytest.approx(1.5)
            assert hosts.in_flight() == {"a": 0, "b": 1}
            assert [piece async for piece in stream] == ["b1", "b2"]
        assert hosts.in_flight() == {"a": 0, "b": 0}
        assert hosts.pool.snapshot()["a"].breaker == "closed"

    run(main())


def test_first_endpoint_wins_where_it_begins_before_the_second_after_all() -> None:
    async def main() -> None:
        hosts = Hosts(a=1.2, b=5.0)
        assert await pieces(hosts.hedged(1.0)) == ["a0", "a1", "a2"]
        assert hosts.asked == ["a", "b"]
        assert hosts.in_flight() == {"a": 0, "b": 0}

    run(main())


def test_failure_of_one_leaves_it_to_the_other() -> None:
    async def main() -> None:
        hosts = Hosts(a=(2.0, ModelFailed("a", "broke")), b=3.0)
        assert await pieces(hosts.hedged(1.0)) == ["b0", "b1", "b2"]
        hosts = Hosts(a=3.0, b=(0.5, ModelFailed("b", "broke")))
        assert await pieces(hosts.hedged(1.0)) == ["a0", "a1", "a2"]

    run(main())


def test_where_both_fail_the_error_of_the_first_is_raised() -> None:
    async def main() -> None:
        hosts = Hosts(a=(3.0, ModelTimeout("a", "first token", 3)), b=(0.5, ModelFailed("b", "broke")))
        with pytest.raises(ModelTimeout):
            await pieces(hosts.hedged(1.0))
        assert hosts.in_flight() == {"a": 0, "b": 0}

    run(main())


def test_first_endpoint_that_fails_by_itself_is_not_hedged() -> None:
    async def main() -> None:
        hosts = Hosts(a=(0.2, ModelFailed("a", "broke")), b=0.1)
        with pytest.raises(ModelFailed):
            await pieces(hosts.hedged(1.0))
        assert hosts.asked == ["a"]

    run(main())


@pytest.mark.parametrize("after", [0.2, 1.2, 1.55])
def test_whoever_leaves_frees_both(after: float) -> None:
    async def main() -> None:
        hosts = Hosts(a=30.0, b=0.5)
        listening = hosts.loop.create_task(pieces(hosts.hedged(1.0)))
        await asyncio.sleep(after)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        assert set(hosts.in_flight().values()) == {0}

    run(main())
