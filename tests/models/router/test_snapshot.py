"""Endpoints and lanes become candidates that hold all that the router may go by."""

from dataclasses import replace
from functools import partial
from math import inf, nan

import pytest

from models.endpoint import Endpoint
from models.errors import ModelNotFound, ModelUnreachable
from models.pool import Limits, Work
from models.pool.state import LaneState
from models.price import Price
from models.router import Candidate, decide
from models.router.figures import MOST
from models.router.snapshot import IDLE, candidates_of
from tests.models.pooling import ENDPOINT, Scene, run
from tests.models.router.routes import asked

WORK = Work(600, 400)
NEAR = Endpoint(ENDPOINT, "analyst", "ollama", "q", "http://127.0.0.1:1", 4096, name="q", concurrency=2, queue=8)
CLOUD = Endpoint(
    "cloud:c", "analyst", "cloud", "c", None, 64_000, name="c", quality=80.0, price=Price(1.0, 2.0, 0.5),
    price_version="a page", price_known=False, capabilities=("chat",), region="eu", local=False,
)  # fmt: skip


def only(endpoint: Endpoint, lane: LaneState | None = None, max_label: str | None = None) -> Candidate:
    lanes = {} if lane is None else {endpoint.id: lane}
    (one,) = candidates_of([endpoint], lanes, WORK, max_labels={endpoint.id: max_label}, outside={})
    return one


def test_what_is_known_of_an_endpoint_is_known_of_its_candidate() -> None:
    one = only(CLOUD, max_label="INTERNAL")
    assert (one.id, one.name, one.place, one.local, one.region) == ("cloud:c", "c", "cloud", False, "eu")
    assert (one.input_usd, one.output_usd, one.price_version, one.price_known) == (1.0, 2.0, "a page", False)
    assert (one.quality, one.capabilities, one.context_tokens) == (80.0, ("chat",), 64_000)
    assert (one.max_label, one.outside, one.unusable) == ("INTERNAL", "", "")


def test_a_lane_that_no_call_came_through_is_idle_and_its_times_are_a_guess() -> None:
    one = only(NEAR)
    assert (one.breaker, one.in_flight, one.waiting, one.wait_s) == ("closed", 0, 0, 0.0)
    assert not one.measured
    assert 0 < one.ttft_s < one.total_s
    assert (one.slots, one.queue) == (2, 8)


async def _worked() -> LaneState:
    scene = Scene(Limits(concurrency=2))
    for _ in range(3):
        await scene.call(takes=2.0)
    return scene.state


def test_a_lane_whose_calls_ended_is_measured() -> None:
    one = only(NEAR, run(_worked()))
    assert one.measured
    assert one.total_s == pytest.approx(run(_worked()).predicted(WORK).total_s)


@pytest.mark.parametrize(("breaker", "named"), [("closed", "closed"), ("open", "open"), ("half-open", "half_open")])
def test_each_state_of_a_breaker_has_its_name(breaker: str, named: str) -> None:
    assert only(NEAR, replace(IDLE, breaker=breaker, opens_again_in_s=3.0)).breaker == named  # type: ignore[arg-type]


def test_a_call_that_cannot_succeed_is_told_with_its_remedy() -> None:
    missing = replace(NEAR, refusal=partial(ModelNotFound, NEAR.id, "q", []))
    gone = replace(NEAR, refusal=partial(ModelUnreachable, NEAR.id, "http://127.0.0.1:1", "refused"))
    assert "run `ollama pull q`" in only(missing).unusable
    assert "start it with `ollama serve`" in only(gone).unusable


def test_the_settings_leave_out_by_id() -> None:
    found = candidates_of([NEAR, CLOUD], {}, WORK, max_labels={}, outside={"cloud:c": "EAIO_CLOUD does not name it"})
    assert [c.outside for c in found] == ["", "EAIO_CLOUD does not name it"]


def test_a_cloud_of_which_the_policy_says_nothing_gets_nothing() -> None:
    (one,) = candidates_of([CLOUD], {}, WORK, max_labels={}, outside={})
    assert one.max_label is None
    assert decide(asked(one, label="PUBLIC")).cloud == ()


def test_two_names_for_one_model_are_one_candidate_in_the_place_of_the_first() -> None:
    found = candidates_of([NEAR, CLOUD, replace(NEAR, name="twin")], {}, WORK, max_labels={}, outside={})
    assert [(c.id, c.name) for c in found] == [(NEAR.id, "q"), ("cloud:c", "c")]


@pytest.mark.parametrize(("seen", "taken"), [(nan, MOST), (inf, MOST), (1e300, MOST), (-1.0, 0.0), (-0.0, 0.0)])
def test_a_measurement_that_is_no_figure_never_keeps_a_question_from_its_route(seen: float, taken: float) -> None:
    one = only(NEAR, replace(IDLE, wait_s=seen, opens_again_in_s=seen))
    assert (one.wait_s, one.opens_again_in_s) == (taken, taken)
