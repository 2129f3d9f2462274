"""A call is made again only before anything was shown, only where that can help, and never too early or too late."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from models import Deadline
from models.errors import (
    ContentFiltered,
    CredentialRejected,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelOverloaded,
    ModelResting,
    ModelTimeout,
    ModelUnreachable,
    TruncatedAnswer,
)
from models.pool import persistent
from models.pool.retry import Backoff
from tests.models.pooling import FakeClock

E = "cloud:gpt-4o"


@dataclass
class Script:
    """An endpoint that does one thing after the other: an error before the first piece, or pieces."""

    acts: list[ModelError | list[str | ModelError]]
    clock: FakeClock = field(default_factory=FakeClock)
    asked_at: list[float] = field(default_factory=list)
    closed: int = 0

    async def ask(self) -> AsyncGenerator[str, None]:
        act = self.acts[len(self.asked_at)]
        self.asked_at.append(self.clock.now)
        try:
            for piece in act if isinstance(act, list) else [act]:
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            self.closed += 1

    async def sleep(self, seconds: float) -> None:
        self.clock.now += seconds

    async def run(
        self,
        *,
        within: float = 60.0,
        backoff: Backoff | None = None,
        chance: float = 1.0,
        on_again: Callable[[ModelError, float], None] | None = None,
        longest_rest_s: float = 0.0,
    ) -> list[str]:
        self.shown = list[str]()
        stream = persistent(
            self.ask,
            deadline=Deadline.after(within, self.clock),
            backoff=backoff or Backoff(),
            sleep=self.sleep,
            chance=lambda: chance,
            on_again=on_again,
            longest_rest_s=longest_rest_s,
        )
        try:
            async for piece in stream:
                self.shown += [piece]
        finally:
            assert self.closed == len(self.asked_at)
        return self.shown


def failed() -> ModelFailed:
    return ModelFailed(E, "status 500")


async def test_failure_before_the_first_piece_is_asked_again() -> None:
    script = Script([failed(), ["a", "b"]])
    assert await script.run() == ["a", "b"]


@pytest.mark.parametrize("error", [failed(), ModelUnreachable(E, "there", "reset"), ModelBusy(E, 0.5)], ids=str)
async def test_what_another_try_may_mend_is_tried_three_times_in_all(error: ModelError) -> None:
    script = Script([error] * 5)
    with pytest.raises(type(error)):
        await script.run()
    assert len(script.asked_at) == 3


@pytest.mark.parametrize(
    "error",
    [
        ModelTimeout(E, "first token", 15),
        ModelOverloaded(E, "full"),
        ModelResting(E, 1),
        ContentFiltered(E, "no"),
        CredentialRejected(E, 401),
        TruncatedAnswer(E, "cut"),
    ],
    ids=str,
)
async def test_what_another_try_cannot_mend_is_asked_once(error: ModelError) -> None:
    script = Script([error, ["never"]])
    with pytest.raises(type(error)):
        await script.run()
    assert len(script.asked_at) == 1


@pytest.mark.parametrize("before", [[], [ModelFailed(E, "broke")]], ids=["at first", "after a failure"])
async def test_rest_that_is_short_enough_is_waited_for(before: list[ModelError | list[str | ModelError]]) -> None:
    script = Script([*before, ModelResting(E, 0.75), ["well"]])
    assert await script.run(longest_rest_s=1.0) == ["well"]
    assert script.asked_at[-1] - script.asked_at[-2] >= 0.75


async def test_rest_that_is_not_waited_for_leaves_the_failure_before_it_to_tell() -> None:
    script = Script([ModelFailed(E, "broke"), ModelFailed(E, "broke"), ModelResting(E, 0.75)])
    with pytest.raises(ModelFailed):
        await script.run(longest_rest_s=1.0)


async def test_rest_is_waited_for_once() -> None:
    script = Script([ModelResting(E, 0.75), ModelResting(E, 0.75), ["well"]])
    with pytest.raises(ModelResting):
        await script.run(longest_rest_s=1.0)
    assert len(script.asked_at) == 2


async def test_rest_that_is_longer_than_is_waited_for_goes_elsewhere_at_once() -> None:
    script = Script([ModelResting(E, 2.0), ["well"]])
    with pytest.raises(ModelResting):
        await script.run(longest_rest_s=1.0)
    assert len(script.asked_at) == 1


async def test_rest_that_does_not_end_in_time_is_not_waited_for() -> None:
    script = Script([ModelResting(E, 0.75), ["well"]])
    with pytest.raises(ModelResting):
        await script.run(longest_rest_s=1.0, within=0.5)
    assert len(script.asked_at) == 1


async def test_what_has_been_shown_is_never_asked_again() -> None:
    script = Script([["a", failed()], ["never"]])
    with pytest.raises(ModelFailed):
        await script.run()
    assert script.shown == ["a"]
    assert len(script.asked_at) == 1


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
async def test_retry_after_is_the_least_wait_whatever_the_jitter(chance: float) -> None:
    script = Script([ModelBusy(E, 2.0), ["a"]])
    assert await script.run(chance=chance) == ["a"]
    first, second = script.asked_at
    assert 2.0 <= second - first <= 2.25


async def test_retry_after_that_does_not_fit_the_deadline_is_given_up_at_once() -> None:
    script = Script([ModelBusy(E, 30.0), ["never"]])
    with pytest.raises(ModelBusy):
        await script.run(within=20.0)
    assert script.clock.now == script.asked_at[0]


async def test_waits_are_anything_up_to_a_bound_that_doubles_and_ends() -> None:
    backoff = Backoff(tries=6, first_s=1.0, longest_s=4.0)
    for chance, waits in ((1.0, [1, 2, 4, 4, 4]), (0.5, [0.5, 1, 2, 2, 2]), (0.0, [0, 0, 0, 0, 0])):
        script = Script([failed()] * 6)
        with pytest.raises(ModelFailed):
            await script.run(backoff=backoff, chance=chance)
        at = script.asked_at
        assert [after - before for before, after in pairwise(at)] == waits


async def test_errors_that_are_passed_over_are_told_with_the_wait() -> None:
    told: list[tuple[str, float]] = []
    script = Script([failed(), ModelBusy(E, 1.0), ["a"]])
    await script.run(chance=0.0, on_again=lambda error, wait: told.append((type(error).__name__, wait)))
    assert told == [("ModelFailed", 0.0), ("ModelBusy", 1.0)]


async def test_whoever_stops_listening_closes_the_stream_that_is_asked() -> None:
    script = Script([["a", "b"]])
    stream = persistent(script.ask, deadline=Deadline.after(5, script.clock))
    assert await anext(stream) == "a"
    await stream.aclose()
    assert script.closed == 1


@pytest.mark.parametrize("values", [{"tries": 0}, {"first_s": -1}, {"first_s": 9, "longest_s": 4}], ids=str)
def test_backoff_that_cannot_be_is_rejected(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="tries is 1 or more"):
        Backoff(**values)  # type: ignore[arg-type]
