"""The routing decision: who is asked, in which order, and why.

It is arithmetic over the request alone - no clock, no chance, nothing of the surroundings - so that the same request
gives the same decision, byte for byte, wherever and whenever it is made again.
"""

from models.router.decision import REPORT, Decision, Exclusion
from models.router.exclusion import Screen
from models.router.request import RouteRequest
from models.router.scoring import Scales
from models.router.strategies import Able, ordered


def decide(request: RouteRequest) -> Decision:
    """Return the ladder of a question, the report last; every endpoint is on it or has its reason."""
    able: list[Able] = []
    excluded: list[Exclusion] = []
    screen, scales = Screen(request), Scales(request)
    for place, candidate in enumerate(request.candidates):
        away = candidate.away
        if (left_out := screen.exclusion(candidate, away=away)) is not None:
            excluded.append(left_out)
        else:
            able.append(Able(place, away, candidate, scales.weigh(candidate)))
    order = ordered(able, request)
    return Decision(
        strategy=request.rules.strategy,
        reason=order.reason,
        ladder=(*[one.scored.id for one in order.rungs], REPORT),
        cloud=tuple([one.scored.id for one in order.rungs if one.away]),
        scored=tuple([one.scored for one in order.rungs]),
        excluded=tuple(excluded),
        overloaded=order.overloaded,
    )
