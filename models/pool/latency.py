"""How long calls of one endpoint take, learned from each that ended.

Before the first call there is a prior that refuses nobody: the rates of a small model on a processor, with an interval
from an eighth to eight times. After it the pace is that of the machine; after ten the interval means something.
"""

from dataclasses import dataclass

from models.pool.curve import Curve, Fit, spread_around
from models.pool.prediction import Prediction
from models.pool.work import Work

FIRST = (0.1, 0.25, 0.1)
"""Prior of the first text, seconds: of any call, of 100 tokens of prompt, and of those for each call beside it."""
WHOLE = (0.1, 0.25, 4.0, 0.1, 2.0)
"""Prior of the whole: of any call, of 100 tokens of prompt and of answer, and of both for each call beside it."""
SEEN, ENOUGH = 3, 12
"""Calls after which a prediction's middle may refuse a call, and its interval."""
BUCKETS = 16
QUICK, LARGEST = 0.1, 4.0
"""Of ratios of counted and estimated tokens: the least weight of the newest one, and the largest that is believed."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """All that is known of an endpoint's times, frozen."""

    first: Fit
    whole: Fit
    prompt: float
    """How many tokens a prompt has for each one that was estimated."""
    shares: tuple[float, ...]
    """How much of the longest answer is written, by the binary logarithm of its tokens."""
    calls: int
    """Calls that ended well."""
    given_up: int
    """Calls that were given up after longer than had been said."""

    @property
    def guesses(self) -> bool:
        """Tell whether the middle of a prediction says something; calls that never ended say enough for that."""
        return self.calls + self.given_up >= SEEN

    @property
    def knows(self) -> bool:
        """Tell whether the interval says something."""
        return self.calls >= ENOUGH

    def predicted(self, work: Work, beside: float = 0.0) -> Prediction:
        """Return the times of a call that begins now, with `beside` others under way."""
        tokens_in, tokens_out = self.tokens(work)
        ttft = self.first.at(first_row(tokens_in, beside))
        total = max(ttft, self.whole.at(whole_row(tokens_in, tokens_out, beside)))
        _, ttft_high = spread_around(ttft, self.first.half_width)
        low, high = spread_around(total, self.whole.half_width)
        return Prediction(ttft, total, low, high, ttft_high)

    def tokens(self, work: Work) -> tuple[float, float]:
        """Return how many tokens a call of this size is likely to have, of prompt and of answer."""
        return work.tokens_in * self.prompt, work.tokens_out * self.shares[bucket(work)]


class Latency:
    """Learns the times of one endpoint. `estimate` is what is known now."""

    __slots__ = ("_first", "_prompt", "_shares", "_whole", "estimate")

    def __init__(self) -> None:
        self._first, self._whole = Curve(FIRST), Curve(WHOLE)
        self._prompt, self._shares = Ratio(), [Ratio() for _ in range(BUCKETS)]
        self.estimate = self._frozen(0, 0)

    def learn(self, call: "Measured", predicted: Prediction) -> None:
        """Learn from a call that ended well; `predicted` is what had been said when it began."""
        self._prompt.learn(call.work.tokens_in, call.tokens_in)
        self._shares[bucket(call.work)].learn(call.work.tokens_out, call.tokens_out)
        self._first.learn(first_row(call.tokens_in, call.beside), call.ttft_s, predicted.ttft_s)
        row = whole_row(call.tokens_in, call.tokens_out, call.beside)
        self._whole.learn(row, call.total_s, predicted.total_s)
        self._freeze(ended=1, given_up=0)

    def learn_least(self, work: Work, beside: float, elapsed_s: float, begun: bool, predicted: Prediction) -> None:
        """Learn from a call that was given up after `elapsed_s`, with its first text (`begun`) or without."""
        if elapsed_s <= predicted.total_s and (begun or elapsed_s <= predicted.ttft_s):
            return
        tokens_in, tokens_out = self.estimate.tokens(work)
        if not begun:
            self._first.learn_least(first_row(tokens_in, beside), elapsed_s, predicted.ttft_s)
        self._whole.learn_least(whole_row(tokens_in, tokens_out, beside), elapsed_s, predicted.total_s)
        self._freeze(ended=0, given_up=int(elapsed_s > predicted.total_s))

    def forget_pace(self) -> None:
        """Take what is known for old: after an outage only the next calls say how fast the machine is."""
        self._first.forget_pace()
        self._whole.forget_pace()

    def _freeze(self, *, ended: int, given_up: int) -> None:
        self.estimate = self._frozen(self.estimate.calls + ended, self.estimate.given_up + given_up)

    def _frozen(self, calls: int, given_up: int) -> Estimate:
        shares = tuple(share.value for share in self._shares)
        return Estimate(self._first.fit, self._whole.fit, self._prompt.value, shares, calls, given_up)


class Ratio:
    """How a count compares with its estimate, on average over the last ten or so."""

    __slots__ = ("_learned", "value")

    def __init__(self) -> None:
        self._learned, self.value = 0, 1.0

    def learn(self, estimated: int, counted: int) -> None:
        """Learn that `counted` came where `estimated` had been said."""
        if estimated == 0:
            return
        self._learned += 1
        weight = max(1 / self._learned, QUICK)
        self.value += weight * (min(counted / estimated, LARGEST) - self.value)


@dataclass(frozen=True, slots=True)
class Measured:
    """A call that ended well."""

    work: Work
    """What had been estimated of it."""
    tokens_in: int
    tokens_out: int
    ttft_s: float
    total_s: float
    beside: float
    """How many other calls ran beside it, on average over its time."""


def bucket(work: Work) -> int:
    """Return which share of `shares` is that of an answer as long as this one at most."""
    return min(work.tokens_out.bit_length(), BUCKETS - 1)


def first_row(tokens_in: float, beside: float) -> tuple[float, ...]:
    """Return what `FIRST` is multiplied by."""
    prompt = tokens_in / 100
    return (1.0, prompt, prompt * beside)


def whole_row(tokens_in: float, tokens_out: float, beside: float) -> tuple[float, ...]:
    """Return what `WHOLE` is multiplied by."""
    prompt, answer = tokens_in / 100, tokens_out / 100
    return (1.0, prompt, answer, prompt * beside, answer * beside)
