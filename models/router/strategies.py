"""The strategies: in which order those that can be asked are asked, and why the first is first.

Where two are equal in what a strategy goes by, what it goes by next decides, and at last the order of the document.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from config.settings import Strategy
from models.router.candidate import Candidate
from models.router.decision import Scored
from models.router.overload import too_busy
from models.router.request import RouteRequest


class Able(NamedTuple):
    """An endpoint that can be asked, and its place in the document."""

    place: int
    away: bool
    """Whether a call leaves this machine and its network."""
    candidate: Candidate
    scored: Scored


class Order(NamedTuple):
    """Those that can be asked, best first."""

    rungs: Sequence[Able]
    reason: str
    overloaded: bool = False


def ordered(able: Sequence[Able], request: RouteRequest) -> Order:
    """Return the endpoints in the order of the request's strategy."""
    if not able:
        return Order((), "no endpoint can be asked, so the report is written from the evidence")
    strategy = request.rules.strategy
    if strategy in ("local_first", "local_only"):
        return _local_first(able, request)
    rungs = sorted(able, key=KEYS[strategy])
    return Order(rungs, WORDS[strategy](rungs[0]))


def _local_first(able: Sequence[Able], request: RouteRequest) -> Order:
    """Put locals before clouds, but for those that are all too busy for the time that is left."""
    near = _hosts_together([one for one in able if not one.away])
    clouds = sorted([one for one in able if one.away], key=_by_score)
    left_s = request.features.left_s
    busy = [why for one in near if (why := too_busy(one.candidate, one.scored.time_s, left_s))]
    if near and len(busy) == len(near):
        return _overloaded(near, clouds, busy[0])
    if near:
        return Order([*near, *clouds], f"{near[0].candidate.id} is the first local endpoint that can be asked")
    return Order(clouds, f"no local endpoint can be asked; of the clouds {_best(clouds[0])}")


def _overloaded(near: Sequence[Able], clouds: Sequence[Able], why: str) -> Order:
    if not clouds:
        return Order(near, f"every local endpoint is too busy ({why}), and no cloud may be asked instead")
    return Order([*clouds, *near], f"every local endpoint is too busy ({why}); of the clouds {_best(clouds[0])}", True)


def _hosts_together(near: Sequence[Able]) -> list[Able]:
    """Return them in the order of the document, of one model at several hosts the one first that ends first."""
    first: dict[str, int] = {}
    for one in near:
        first.setdefault(one.candidate.name, one.place)
    return sorted(near, key=lambda one: (first[one.candidate.name], one.scored.time_s, one.place))


def _best(one: Able) -> str:
    return f"{one.candidate.id} has the best score, {one.scored.score:.3f} of 1"


def _cheapest(one: Able) -> str:
    costs = f"costs {one.scored.cost_usd:.6f} US dollars at most" if one.scored.cost_usd else "costs nothing"
    return f"{one.candidate.id} {costs}, and has the best chance of those"


def _fastest(one: Able) -> str:
    guess = "" if one.candidate.measured else ", a guess as long as it is not measured"
    return f"{one.candidate.id} is expected to end first, in {one.scored.time_s:.3g} s{guess}"


def _likeliest(one: Able) -> str:
    return f"{one.candidate.id} has the best chance of a right answer, {one.scored.quality:.3f}"


def _by_score(one: Able) -> tuple[float, int]:
    return -one.scored.score, one.place


def _by_cost(one: Able) -> tuple[float, float, float, int]:
    return one.scored.cost_usd, -one.scored.quality, one.scored.time_s, one.place


def _by_time(one: Able) -> tuple[float, float, float, int]:
    return one.scored.time_s, one.scored.cost_usd, -one.scored.quality, one.place


def _by_quality(one: Able) -> tuple[float, float, float, int]:
    return -one.scored.quality, one.scored.cost_usd, one.scored.time_s, one.place


KEYS: Mapping[Strategy, Callable[[Able], tuple[float, ...]]] = {
    "cheapest": _by_cost,
    "fastest": _by_time,
    "best_quality": _by_quality,
    "balanced": _by_score,
}
WORDS: Mapping[Strategy, Callable[[Able], str]] = {
    "cheapest": _cheapest,
    "fastest": _fastest,
    "best_quality": _likeliest,
    "balanced": _best,
}
