"""Days at their usual weather and weekday, cut into stretches of one level each."""

from dataclasses import dataclass
from math import log

import numpy as np

from tools.baseline.days import Days
from tools.change.adjusted import Adjusted, adjusted, usable
from tools.change.noise import inflation, local_spread, tamed
from tools.change.segments import change_points, levels
from tools.errors import NoData
from tools.figures import Values

LEAST_DAYS = 28
LEAST_STRETCH_DAYS = 14
PENALTY = 3.0
ROUNDS = 4
TAIL_DAYS, TAIL_SHARE = 28, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The days that count, adjusted; the `starts` of all stretches but the first, as places among them.

    `spread_kwh`: the standard deviation of each day about its level. `inflation`: how much wider a mean of days is than
    independent days would make it. `coverage`: the share of the record's days that count, 0 to 1.
    """

    found: Adjusted
    starts: list[int]
    spread_kwh: Values
    inflation: float
    coverage: float
    has_weather: bool

    def __len__(self) -> int:
        return len(self.found.day)

    @property
    def weight(self) -> Values:
        """Return the weight of each day: the inverse of its variance."""
        return np.asarray(self.spread_kwh**-2.0)

    @property
    def calm_kwh(self) -> Values:
        """Return the adjusted days with odd ones drawn towards their neighbours."""
        return tamed(self.found.kwh, self.spread_kwh)


def cut_days(days: Days) -> Cut:
    """Fit weather and levels in turn until the levels stay where they are.

    A level lasts for 14 days or more. The penalty of a change is 3 log(n) times the variance of a day, widened for the
    memory of the days before: more than BIC's, so that a drift is not cut into many steps. Raises `NoData` under 28
    days that count.
    """
    counts, columns = usable(days)
    n = int(counts.sum())
    if n < LEAST_DAYS:
        raise NoData(
            f"a change of level takes at least {LEAST_DAYS} days and there are {n} of {len(days)}; ask for a longer "
            "period, or load the missing readings"
        )
    starts: list[int] = []
    found = adjusted(days, counts, columns, starts)
    spread, wide = local_spread(found.left_kwh, days.kwh[counts]), 1.0
    for _ in range(ROUNDS):
        calm, weight = tamed(found.kwh, spread), spread**-2.0
        wide = inflation((calm - levels(calm, weight, starts)) / spread)
        again = change_points(calm, weight, LEAST_STRETCH_DAYS, PENALTY * log(n) * wide)
        again = _without_tails(calm, weight, again)
        if again == starts:
            break
        starts = again
        found = adjusted(days, counts, columns, starts)
        spread = local_spread(found.left_kwh, days.kwh[counts])
    has_weather = bool(np.isfinite(days.temperature_degc[counts]).any())
    return Cut(found, starts, spread, wide, float(counts.mean()), has_weather)


def _without_tails(kwh: Values, weight: Values, starts: list[int]) -> list[int]:
    """Return the changes less those that are a fifth or less of another within 28 days: a step's own blur."""
    level = levels(kwh, weight, starts)
    size = {at: abs(float(level[at] - level[at - 1])) for at in starts}
    near = {at: [size[other] for other in starts if 0 < abs(other - at) < TAIL_DAYS] for at in starts}
    return [at for at in starts if size[at] > TAIL_SHARE * max(near[at], default=0.0)]
