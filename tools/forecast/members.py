"""The forecasts that are combined, and what each of them would have said on every day of the past.

Five members: the same hour last week (the seasonal naive), the typical hour, the typical hour at the level of the last
two days, and two ridge regressions, of which one forgets within weeks and the other within a year. They are weighed by
their errors of the last weeks, so a building whose habits hold is forecast by the slow regression, and one that has
just changed by the members that follow.
"""

from dataclasses import dataclass

import numpy as np

from tools.figures import Values
from tools.forecast.blocks import Blocks
from tools.forecast.features import features, week_lag
from tools.forecast.ridge import rolling_ridge, tamed
from tools.forecast.typical import divided, moved, row_means, trailing_mean

HALF_LIVES_ROWS = (45.0, 250.0)
ERROR_HALF_LIFE_ROWS, ERROR_POWER = 10.0, 6.0
LEVEL_ROWS, MOST_LEVEL = 2, 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """What was forecast for every row `ahead` rows before it: rows by 24, kWh an hour, NaN where nothing could be.

    `naive`: the same hour last week.
    """

    ahead: int
    kwh: Values
    naive: Values


def rolled(grid: Blocks, apart: Values, ahead: int, *, has_forecast: bool) -> Rolled:
    """Forecast every row from what was known `ahead` rows before it, those of the future among them.

    `apart`: from `features.apart_from_usual`, the same for every `ahead`.
    """
    naive = moved(grid.kwh, week_lag(ahead))
    columns, usual = features(grid, apart, ahead, has_forecast=has_forecast)
    calm = tamed(grid.kwh - usual)
    ridges = [usual + rolling_ridge(calm, columns, grid.past, ahead, half) for half in HALF_LIVES_ROWS]
    naive_or_usual = np.where(np.isfinite(naive), naive, usual)
    levelled = usual * _level(grid, apart, ahead)[:, None]
    return Rolled(ahead, combined([naive_or_usual, usual, levelled, *ridges], grid.kwh, ahead), naive)


def _level(grid: Blocks, apart: Values, ahead: int) -> Values:
    """Return the use of the last two rows known over what was typical of them, between a tenth and ten; 1 of none."""
    both = np.isfinite(apart)
    used, usual = (row_means(np.where(both, one, np.nan)) for one in (grid.kwh, grid.kwh - apart))
    used, usual = (trailing_mean(one, LEVEL_ROWS) for one in (used, usual))
    ratio = np.where(usual > 0, used / np.where(usual > 0, usual, 1.0), 1.0)
    return moved(np.clip(np.nan_to_num(ratio, nan=1.0), 1.0 / MOST_LEVEL, MOST_LEVEL), ahead)


def combined(members: list[Values], kwh: Values, ahead: int) -> Values:
    """Return the members weighed by the inverse sixth power of their late errors; one that is NaN has no weight.

    Errors are means of absolute differences over a row, halved in weight every ten rows, and known `ahead` rows
    before the row that they weigh for.
    """
    stacked = np.stack(members)
    errors = np.stack([_late_errors(member, kwh, ahead) for member in members])
    known = np.maximum(np.where(np.isfinite(errors), errors, np.nanmax(errors, initial=1.0)), 1e-9)
    share = (known.min(axis=0) / known) ** ERROR_POWER
    weight = share[:, :, None] * np.isfinite(stacked)
    total = weight.sum(axis=0)
    summed = (weight * np.nan_to_num(stacked)).sum(axis=0)
    return divided(summed, total)


def _late_errors(member: Values, kwh: Values, ahead: int) -> Values:
    by_row = row_means(np.abs(member - kwh))
    return moved(forgetting_mean(by_row, ERROR_HALF_LIFE_ROWS), ahead)


def forgetting_mean(series: Values, half_life_rows: float) -> Values:
    """Return at each row the mean of the values up to it, one weighing half for every half life of age."""
    kept = 0.5 ** (1.0 / half_life_rows)
    found = np.full(len(series), np.nan)
    total = count = 0.0
    for row, value in enumerate(series):
        is_known = bool(np.isfinite(value))
        total = kept * total + (float(value) if is_known else 0.0)
        count = kept * count + is_known
        found[row] = total / count if count > 0 else np.nan
    return found
