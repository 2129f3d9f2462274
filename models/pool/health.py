"""What the ends of calls say of an endpoint: whether to ask it, and how long it takes."""

import asyncio

from models.errors import ModelBusy, ModelTimeout
from models.pool.breaker import Breaker, BreakerRules, weight
from models.pool.latency import Estimate, Latency, Measured
from models.pool.prediction import Prediction
from models.pool.ticket import Ticket

LONGEST_PAUSE_S = 60.0
"""Longest time that an endpoint's own Retry-After keeps all calls away; after it one may look again."""
HOPE_S = 60.0
"""In so many idle seconds what is known of the time of a call is taken for half as long: after a slow hour an endpoint
that nobody dares to ask would else never show that it is quick again."""
GIVEN_UP = (ModelTimeout, asyncio.CancelledError, GeneratorExit)


class Health:
    """Breaker, pause and times of one endpoint. Every moment it is given comes from one clock."""

    __slots__ = ("_latency", "_learned_at", "_paused_until", "breaker")

    def __init__(self, rules: BreakerRules, now: float) -> None:
        self.breaker, self._latency = Breaker(rules), Latency()
        self._paused_until, self._learned_at = now, now

    @property
    def estimate(self) -> Estimate:
        """Return what is known of the times of calls."""
        return self._latency.estimate

    def pause_left(self, now: float) -> float:
        """Return for how long nothing is sent, seconds."""
        return max(0.0, self._paused_until - now)

    def pause_until(self, moment: float) -> None:
        """Send nothing before `moment`."""
        self._paused_until = moment

    def opens_again_in(self, now: float) -> float:
        """Return the seconds until something is sent again, 0 where something is."""
        pause = self._paused_until - now
        return max(self.breaker.rest_left(now), pause if pause > 0 else 0.0)

    def hoped_s(self, predicted: Prediction, now: float) -> float:
        """Return what a call may take at best hope, after a time in which none ended."""
        return float(predicted.total_s * 0.5 ** ((now - self._learned_at) / HOPE_S))

    def judge(self, ticket: Ticket, error: BaseException | None, now: float) -> None:
        """Tell the breaker how a call ended."""
        how_much = weight(error)
        if isinstance(error, ModelBusy):
            pause_s = min(error.retry_after_s, LONGEST_PAUSE_S)
            self._paused_until = max(self._paused_until, now + pause_s)
        if how_much:
            self.breaker.failed(now, how_much, probe=ticket.probe)
        elif error is None and ticket.usage is not None:
            self.breaker.succeeded(now, probe=ticket.probe)
        else:
            self.breaker.left(probe=ticket.probe)

    def learn(self, ticket: Ticket, error: BaseException | None, beside: float, now: float) -> None:
        """Learn how long calls take, also from one that was given up after long."""
        elapsed = now - ticket.began_s
        if ticket.probe:
            self._latency.forget_pace()
        if error is None and (usage := ticket.usage) is not None and ticket.first_s is not None:
            # Some servers send counts below zero.
            tokens_in, tokens_out = max(0, usage.tokens_in), max(0, usage.tokens_out)
            measured = Measured(ticket.work, tokens_in, tokens_out, ticket.first_s, elapsed, beside)
            self._latency.learn(measured, ticket.predicted)
        elif error is None or isinstance(error, GIVEN_UP):
            begun = ticket.first_s is not None
            self._latency.learn_least(ticket.work, beside, elapsed, begun, ticket.predicted)
        else:
            return
        self._learned_at = now
