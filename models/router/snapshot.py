"""Endpoints and their lanes, at one moment, as the router sees them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from models.endpoint import Endpoint
from models.pool.latency import Latency
from models.pool.state import LaneState
from models.pool.work import Work
from models.price import Price
from models.router.candidate import Candidate
from models.router.figures import as_figure

BREAKERS: Mapping[str, Literal["closed", "open", "half_open"]] = {
    "closed": "closed",
    "open": "open",
    "half-open": "half_open",
}
FREE = Price(0.0, 0.0)
IDLE = LaneState(1, 0, 0, "closed", 0.0, 0.0, 0, Latency().estimate)
"""A lane that no call came through."""


def candidates_of(
    endpoints: Sequence[Endpoint],
    lanes: Mapping[str, LaneState],
    work: Work,
    *,
    max_labels: Mapping[str, str | None],
    outside: Mapping[str, str],
) -> tuple[Candidate, ...]:
    """Return the endpoints as candidates, in their order and each id once, where it comes first.

    `lanes` is what the pool says of them, by id; one that it does not know is idle, and its times are a guess.
    `max_labels` has for each cloud the highest label that the policy lets go there, `outside` the words for those that
    the environment or the settings leave out.
    """
    once: dict[str, Candidate] = {}
    for endpoint in endpoints:
        if (id_ := endpoint.id) not in once:
            lane, left_out = lanes.get(id_, IDLE), outside.get(id_, "")
            once[id_] = candidate_of(endpoint, lane, work, max_label=max_labels.get(id_), outside=left_out)
    return tuple(once.values())


def candidate_of(
    endpoint: Endpoint, lane: LaneState, work: Work, *, max_label: str | None = None, outside: str = ""
) -> Candidate:
    """Return an endpoint as a candidate for a call of this size."""
    price, predicted = endpoint.price or FREE, lane.predicted(work)
    return Candidate(
        id=endpoint.id,
        name=endpoint.name,
        place=endpoint.place,
        local=endpoint.local,
        context_tokens=endpoint.context_tokens,
        capabilities=endpoint.capabilities,
        region=endpoint.region,
        quality=endpoint.quality,
        input_usd=as_figure(price.input_usd),
        output_usd=as_figure(price.output_usd),
        price_version=endpoint.price_version,
        price_known=endpoint.price_known,
        outside=outside,
        unusable=str(endpoint.refusal()) if endpoint.refusal else "",
        max_label=max_label,
        breaker=BREAKERS[lane.breaker],
        opens_again_in_s=as_figure(lane.opens_again_in_s),
        slots=endpoint.concurrency,
        in_flight=lane.in_flight,
        waiting=lane.waiting,
        queue=endpoint.queue,
        wait_s=as_figure(lane.wait_s),
        ttft_s=as_figure(predicted.ttft_s),
        total_s=as_figure(predicted.total_s),
        measured=lane.estimate.guesses,
    )
