"""A model is well when it writes; a silence is held against it only where nothing else shows that it works."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from models.hosts.api import KEEP_ALIVE_S, OllamaApi, open_api
from models.hosts.health import Health, Probe
from models.hosts.traffic import QUIET_S, Traffic
from models.hosts.watch import Cadence, OllamaWatch, Pinned
from tests.wire.ollama_host import FakeOllamaHost

pytestmark = pytest.mark.slow

MODEL = "qwen2.5:7b"
FAST_S = 0.1


class Clock:
    """Time that a test moves; it also moves a little by itself, as time does."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


def probe(api: OllamaApi, clock: Clock, traffic: Traffic | None = None, **more: Any) -> Probe:
    return Probe(api, MODEL, 4096, traffic or Traffic(clock), clock, timeout_s=FAST_S, **more)


async def looked(fake: FakeOllamaHost, prepare: Callable[[Traffic], object] = lambda _: None, **more: Any) -> Health:
    clock = Clock()
    traffic = Traffic(clock)
    prepare(traffic)
    async with open_api(fake.host) as api:
        return await probe(api, clock, traffic, **more).look()


async def test_model_that_writes_a_token_is_healthy_and_asked_as_the_real_calls_ask() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake:
        assert (await looked(fake)).state == "healthy"
    (asked,) = fake.tokens()
    assert asked["options"] == {"num_ctx": 4096, "num_predict": 1, "temperature": 0.0}
    assert (asked["keep_alive"], asked["stream"]) == (KEEP_ALIVE_S, False)


async def test_model_that_is_not_loaded_is_not_loaded_to_find_out() -> None:
    async with FakeOllamaHost() as fake:
        assert (await looked(fake)).state == "unloaded"
        assert fake.tokens() == []


async def test_hung_model_is_told_from_a_host_that_answers_all_else() -> None:
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake:
        health = await looked(fake)
    assert (health.state, health.well) == ("hung", False)


async def test_model_under_another_name_is_known_by_its_content() -> None:
    digests = {MODEL: "same", "llama3.2:3b": "same"}
    async with FakeOllamaHost(loaded=["llama3.2:3b"], digests=digests) as fake:
        assert (await looked(fake)).state == "unloaded"
        assert (await looked(fake, digest="same")).state == "healthy"


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"failing": [(500, b'{"error":"llama runner process has terminated"}')]}, "failing"),
        ({"failing": [(404, b'{"error":"model not found"}')]}, "missing"),
        ({"failing": [(403, b'{"error":"cloud"}')]}, "missing"),
        ({"failing": [(503, b'{"error":"server busy"}')]}, "hung"),
        ({"failing": [(200, b"no")]}, "unreachable"),
    ],
)
async def test_what_the_host_says_decides(more: dict[str, Any], state: str) -> None:
    async with FakeOllamaHost(loaded=[MODEL], **more) as fake:
        assert (await looked(fake)).state == state


async def test_host_where_nothing_listens_is_unreachable() -> None:
    async with FakeOllamaHost() as fake:
        pass
    assert (await looked(fake)).state == "unreachable"


async def test_host_that_is_silent_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.hosts.health.LISTING_S", FAST_S)
    async with FakeOllamaHost(stopped=True) as fake:
        assert (await looked(fake)).state == "unreachable"


async def test_model_whose_tokens_flow_is_not_asked() -> None:
    def flowing(traffic: Traffic) -> None:
        with traffic.call(MODEL) as call:
            call.spoke()

    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake:
        assert (await looked(fake, flowing)).state == "healthy"
        assert fake.asked == []


async def test_token_of_a_call_that_comes_while_the_probe_waits_shows_that_the_model_is_well() -> None:
    clock = Clock()
    traffic = Traffic(clock)
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake, open_api(fake.host) as api:
        with traffic.call(MODEL) as call:
            clock.pass_(60)

            async def speaks() -> float:
                call.spoke()
                return 0.0

            assert (await probe(api, clock, traffic, computed_s=speaks).look()).state == "healthy"


def counting(*readings: float) -> Callable[[], Awaitable[float]]:
    left = list(readings)

    async def computed() -> float:
        return left.pop(0)

    return computed


async def test_process_that_computes_is_busy_and_one_that_does_not_is_hung() -> None:
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake, open_api(fake.host) as api:
        clock = Moving()
        assert (await probe(api, clock, computed_s=counting(3.0, 3.4)).look()).state == "busy"
        assert (await probe(api, clock, computed_s=counting(3.0, 3.0)).look()).state == "hung"


class Moving(Clock):
    """A clock on which each look takes a tenth of a second."""

    def __call__(self) -> float:
        self.pass_(0.1)
        return self.now


async def test_long_prompt_may_be_read_in_silence_for_as_long_as_was_said() -> None:
    clock = Clock()
    traffic = Traffic(clock)
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake, open_api(fake.host) as api:
        with traffic.call(MODEL, first_token_s=40):
            clock.pass_(39)
            assert (await probe(api, clock, traffic).look()).state == "busy"
            clock.pass_(2)
            assert (await probe(api, clock, traffic).look()).state == "hung"


async def test_model_that_is_being_loaded_is_not_hung() -> None:
    leases = iter([timedelta(0), timedelta(seconds=2)])
    async with FakeOllamaHost(loaded=[MODEL], hung=True, lease=lambda: next(leases)) as fake:
        assert (await looked(fake)).state == "loading"


@pytest.mark.parametrize(("moved_s", "state"), [(20.0, "busy"), (0.1, "hung")])
async def test_lease_that_others_renewed_shows_life_and_one_that_runs_with_the_clock_none(
    moved_s: float, state: str
) -> None:
    leases = iter([timedelta(0), timedelta(seconds=moved_s)])
    clock = Clock()
    traffic = Traffic(clock)
    with traffic.call(MODEL) as call:
        call.spoke()
    clock.pass_(60)
    fake = FakeOllamaHost(loaded=[MODEL], hung=True, lease=lambda: next(leases))
    async with fake, open_api(fake.host) as api:
        assert (await probe(api, clock, traffic).look()).state == state


async def test_model_that_ollama_let_go_of_meanwhile_is_unloaded() -> None:
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake:

        async def lets_go() -> float:
            fake.loaded.clear()
            return 0.0

        assert (await looked(fake, computed_s=lets_go)).state == "unloaded"


def test_traffic_knows_who_is_under_way_and_when_it_last_spoke() -> None:
    clock = Clock()
    traffic = Traffic(clock)
    assert (traffic.silent_s(MODEL), traffic.last_token_s(MODEL), traffic.in_flight(MODEL)) == (0.0, None, 0)
    with traffic.call(MODEL) as call:
        clock.pass_(1)
        assert (traffic.in_flight(MODEL), traffic.in_flight("other"), traffic.silent_s(MODEL)) == (1, 0, 1.0)
        assert not traffic.flows(MODEL)
        call.spoke()
        clock.pass_(0.5)
        assert traffic.silent_s(MODEL) == 0.5
        assert traffic.flows(MODEL)
    assert traffic.last_token_s(MODEL) == 1001.0
    traffic.forget(MODEL)
    assert traffic.last_token_s(MODEL) is None


# The watch: when a model is looked at.


def watch_of(api: OllamaApi, clock: Clock, **more: Any) -> OllamaWatch:
    cadence = Cadence(tick_s=0.0, probe_s=FAST_S)
    return OllamaWatch(api, [Pinned(MODEL, 4096)], clock=clock, chance=lambda: 0.5, cadence=cadence, **more)


async def test_idle_model_is_looked_at_so_often_that_a_hang_is_known_within_five_seconds() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        clock = Clock()
        watch = watch_of(api, clock)
        assert await watch.due() == [MODEL]
        await watch.look(MODEL)
        clock.pass_(1.7)
        assert await watch.due() == []
        clock.pass_(0.2)
        assert await watch.due() == [MODEL]
    default = Cadence()
    assert default.every_s * 1.1 + default.probe_s + default.tick_s < 5


async def test_model_whose_probe_is_slow_is_probed_less_often() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        clock = Moving()
        watch = watch_of(api, clock)
        assert (await watch.look(MODEL)).took_s == pytest.approx(0.1)
        clock.pass_(4)
        assert await watch.due() == []
        clock.pass_(1)
        assert await watch.due() == [MODEL]


async def test_model_that_nobody_asked_for_half_an_hour_is_left_alone() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        clock = Clock()
        watch = watch_of(api, clock)
        clock.pass_(KEEP_ALIVE_S)
        assert await watch.due() == []


async def test_model_in_use_is_looked_at_only_when_it_is_silent() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        clock = Clock()
        watch = watch_of(api, clock)
        with watch.traffic.call(MODEL) as call:
            clock.pass_(5)
            call.spoke()
            assert await watch.due() == []
            clock.pass_(QUIET_S)
            assert await watch.due() == [MODEL]


async def test_trouble_has_every_model_looked_at_once() -> None:
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        watch = watch_of(api, Clock())
        await watch.look(MODEL)
        watch.trouble()
        watch.trouble()
        assert await watch.due() == [MODEL]
        assert await watch.due() == []


async def test_change_of_health_is_told_once() -> None:
    told: list[tuple[str, str]] = []
    async with FakeOllamaHost(loaded=[MODEL]) as fake, open_api(fake.host) as api:
        watch = watch_of(api, Clock(), told=lambda model, health: told.append((model, health.state)))
        await watch.look(MODEL)
        await watch.look(MODEL)
        fake.hung = True
        await watch.look(MODEL)
    assert told == [(MODEL, "healthy"), (MODEL, "hung")]
    assert watch.health[MODEL].state == "hung"
    assert watch.models == (MODEL,)


async def test_first_failure_is_left_to_ollama_and_the_second_is_one() -> None:
    broken = (500, b'{"error":"llama runner process has terminated"}')
    async with FakeOllamaHost(loaded=[MODEL], failing=[broken, broken]) as fake, open_api(fake.host) as api:
        watch = watch_of(api, Clock())
        assert [(await watch.look(MODEL)).state for _ in range(3)] == ["loading", "failing", "healthy"]


async def test_model_that_looks_busy_for_too_long_hangs() -> None:
    async with FakeOllamaHost(loaded=[MODEL], hung=True) as fake, open_api(fake.host) as api:
        clock = Clock()
        watch = watch_of(api, clock)
        with watch.traffic.call(MODEL, first_token_s=1e6):
            assert (await watch.look(MODEL)).state == "busy"
            clock.pass_(119)
            assert (await watch.look(MODEL)).state == "busy"
            clock.pass_(1)
            assert (await watch.look(MODEL)).state == "hung"
