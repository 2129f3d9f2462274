"""What an endpoint is weighed by: four shares from 0 to 1, each of something that a question has.

Quality is the chance of a right answer; cost, the share of what this question may cost that would be left; latency, the
share of the time that would be left; load, the share of a slot that a new call would find. None of them depends on the
other endpoints, so an endpoint more or less on the list never turns two others around. All is rounded before it is
compared: what decides is what the receipt shows.
"""

from collections.abc import Mapping

from models.router.candidate import Candidate
from models.router.chance import chance
from models.router.decision import Scored
from models.router.figures import in_millionths
from models.router.most_cost import most_usd
from models.router.request import RouteRequest


class Scales:
    """What the endpoints of one request are weighed with, read out of it once."""

    def __init__(self, request: RouteRequest) -> None:
        weights, self._question = request.rules.weights, request.features
        whole = weights.quality + weights.cost + weights.latency + weights.load
        self._chances = chances(request)
        self._may_usd, self._left_s = request.budget.question_usd, request.features.left_s
        self._quality, self._cost = weights.quality / whole, weights.cost / whole
        self._latency, self._load = weights.latency / whole, weights.load / whole

    def weigh(self, candidate: Candidate) -> Scored:
        """Return what an endpoint is weighed by."""
        cost_usd = most_usd(candidate, self._question)
        time_s = in_millionths(candidate.wait_s + candidate.total_s)
        quality = self._chances[candidate.quality]
        cost, latency, load = left(cost_usd, self._may_usd), left(time_s, self._left_s), room(candidate)
        score = quality * self._quality + cost * self._cost + latency * self._latency + load * self._load
        note = note_of(candidate)
        return Scored(candidate.id, in_millionths(score), quality, cost, latency, load, cost_usd, time_s, note)


def chances(request: RouteRequest) -> Mapping[float | None, float]:
    """Return the chance of a right answer by quality; where nobody knows it, that of the lowest known on the list."""
    known = {c.quality for c in request.candidates if c.quality is not None}
    complexity, curve = request.features.complexity, request.rules.curve
    found: dict[float | None, float] = {quality: in_millionths(chance(quality, complexity, curve)) for quality in known}
    found[None] = found[min(known)] if known else in_millionths(chance(None, complexity, curve))
    return found


def left(taken: float, whole: float) -> float:
    """Return the share of `whole` that is left, 0 where more is taken."""
    if not taken:
        return 1.0
    return in_millionths(1.0 - taken / whole) if taken < whole else 0.0


def room(candidate: Candidate) -> float:
    """Return the share of a slot that a new call would find: 1 where nobody is, 1/2 where all slots are taken."""
    if not (there := candidate.in_flight + candidate.waiting):
        return 1.0
    slots = candidate.slots or 1
    return in_millionths(slots / (slots + there))


def note_of(candidate: Candidate) -> str:
    """Return what a reader should know of an endpoint's figures."""
    if candidate.measured and candidate.price_known and candidate.quality is not None:
        return candidate.note
    notes = [candidate.note] if candidate.note else []
    if candidate.quality is None:
        notes.append("quality unknown, counted as the lowest")
    if not candidate.price_known:
        notes.append("price unknown, counted as the dearest")
    if not candidate.measured:
        notes.append("time not measured yet, a guess")
    return "; ".join(notes)
