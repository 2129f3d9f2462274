"""What gradient boosting makes of the same task, to stand beside: scikit-learn's, with the features that are usual.

The same hour on the last day that is known and in the weeks before, the level of the last day and week, the calendar,
and the temperature of the last day known. One model serves all days ahead, which is a feature. Used here only.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.data.cambridge import HOLIDAYS, clock_of
from tools.figures import Values

DAY, WEEK = 24, 168
EVERY_DAYS, ROWS = 3, 12_000
ROUNDS, RATE = 120, 0.08
EPOCH = date(1970, 1, 1)
Whole = NDArray[np.int64]


class Boosting:
    """A model of one building, trained on what precedes an origin, an index of an hour at midnight, UTC."""

    def __init__(self, kwh: Values, degc: Values, origin: int) -> None:
        from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped]

        rng = np.random.default_rng(origin)
        origins = np.arange(3 * WEEK, origin - DAY, EVERY_DAYS * DAY)
        made = [_rows(kwh[:origin], degc[:origin], int(at)) for at in origins]
        x, y = np.concatenate([m[0] for m in made]), np.concatenate([m[1] for m in made])
        kept = np.flatnonzero(np.isfinite(y))
        kept = rng.choice(kept, min(ROWS, len(kept)), replace=False)
        model: Any = HistGradientBoostingRegressor(max_iter=ROUNDS, learning_rate=RATE, random_state=0)
        self._model = model.fit(x[kept], y[kept])

    def forecast(self, kwh: Values, degc: Values, origin: int) -> Values:
        """Return the 168 hours after an origin, from what precedes it."""
        past, weather = np.full(origin + WEEK, np.nan), np.full(origin + WEEK, np.nan)
        past[:origin], weather[:origin] = kwh[:origin], degc[:origin]
        return np.asarray(self._model.predict(_rows(past, weather, origin)[0]), dtype=np.float64)


def _rows(kwh: Values, degc: Values, origin: int) -> tuple[Values, Values]:
    """Return the features and the use of the hours after an origin, up to a week of them."""
    n = min(WEEK, len(kwh) - origin)
    at = origin + np.arange(n, dtype=np.int64)
    ahead = (at - origin) // DAY + 1
    clock = clock_of(origin, origin + n)
    weather = np.full(n, np.nanmean(degc[origin - DAY : origin]))
    calendar = [ahead, clock.hour, clock.weekday, _is_holiday(clock.keys("day")), (at / DAY) % 365.25, weather]
    columns = [*_lags(kwh, at, ahead, origin), *calendar]
    return np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1), kwh[at]


def _lags(kwh: Values, at: Whole, ahead: Whole, origin: int) -> Iterator[Values]:
    yield kwh[at - ahead * DAY]
    yield kwh[at - WEEK]
    yield kwh[at - 2 * WEEK]
    for hours in (3, DAY, WEEK):
        last = kwh[origin - hours : origin]
        yield np.full(len(at), np.nanmean(last) if np.isfinite(last).any() else np.nan)


def _is_holiday(days: Whole) -> Values:
    return np.isin(days, [(at - EPOCH).days for at in HOLIDAYS]).astype(np.float64)
