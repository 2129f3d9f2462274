"""What speaks for an hour's use some days ahead: how far the last days were from the typical, and the weather.

Everything is a difference from what is typical of the hour, so that a model learns how such differences last; where
nothing is known a feature is 0, and the typical stands.
"""

import numpy as np

from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS, Blocks
from tools.forecast.typical import moved, row_means, trailing_mean, typical

WEEK_ROWS, YEAR_ROWS, SEASON_ROWS = 7, 364, 28
SAME_WEEKDAYS, SAME_KIND_DAYS = 4, 5
LAST_HOURS = 5
HEATING_DEGC, COOLING_DEGC = 15.5, 18.0


def week_lag(ahead: int) -> int:
    """Return the fewest whole weeks, in rows, that lie as far back as the forecast looks ahead."""
    return WEEK_ROWS * -(-ahead // WEEK_ROWS)


def apart_from_usual(grid: Blocks) -> Values:
    """Return how far each hour was from the typical use that was known the row before, rows by 24."""
    return grid.kwh - typical(grid.kwh, grid.weekday, 1, SAME_WEEKDAYS)


def features(grid: Blocks, apart: Values, ahead: int, *, has_forecast: bool) -> tuple[Values, Values]:
    """Return the features of every cell, rows by 24 by p, and the typical use, rows by 24, known `ahead` rows before.

    `apart`: from `apart_from_usual`. The typical use is the median of the same hour on the last four days of the same
    weekday. The last feature is 1. `has_forecast`: the temperature of the hour itself may be used; else that of the
    last days known. (The seasonal mean of a year before was tried in its place, and made forecasts of the Cambridge
    buildings worse.)
    """
    usual = typical(grid.kwh, grid.weekday, ahead, SAME_WEEKDAYS)
    lately = typical(grid.kwh, grid.off, ahead, SAME_KIND_DAYS, "mean")
    usual = np.where(np.isfinite(usual), usual, lately)
    found = [lately - usual, *_recent(apart, ahead), grid.free.astype(np.float64)]
    found += _given_weather(grid, ahead) if has_forecast else _past_weather(grid, ahead)
    stacked = np.stack([*found, np.ones(usual.shape)], axis=-1)
    return np.nan_to_num(stacked), usual


def _recent(apart: Values, ahead: int) -> list[Values]:
    """Return how far the last known row, week and year were from the typical."""
    last, by_row = moved(apart, ahead), row_means(apart)
    a_week_ago = moved(apart, week_lag(ahead))
    around = trailing_mean(by_row, 3)
    a_year_ago = moved(np.append(around[1:], np.nan), YEAR_ROWS)
    found = [
        last,
        _wide(row_means(last)),
        _wide(row_means(last[:, -LAST_HOURS:])),
        _wide(trailing_mean(moved(by_row, ahead), WEEK_ROWS)),
        _wide(row_means(a_week_ago)),
        _wide(a_year_ago),
    ]
    return found if ahead == week_lag(ahead) else [*found, a_week_ago]


def _given_weather(grid: Blocks, ahead: int) -> list[Values]:
    """Return how much colder or hotter the hour, its row and the row before are than the last four weeks."""
    found = []
    for degrees in _degrees(grid.degc):
        by_row = row_means(degrees)
        apart = by_row - trailing_mean(moved(by_row, ahead), SEASON_ROWS)
        found += [_wide(apart), _wide(moved(apart, 1)), degrees - typical(degrees, grid.weekday, ahead, SAME_WEEKDAYS)]
    return found


def _past_weather(grid: Blocks, ahead: int) -> list[Values]:
    """Return how much colder or hotter the last row and the last week known were than the last four weeks."""
    found = []
    for degrees in _degrees(grid.degc):
        known = moved(row_means(degrees), ahead)
        season = trailing_mean(known, SEASON_ROWS)
        found += [_wide(known - season), _wide(trailing_mean(known, WEEK_ROWS) - season)]
    return found


def _degrees(degc: Values) -> tuple[Values, Values]:
    """Return the degrees below and above the temperatures under which heating and over which cooling is common."""
    return np.maximum(HEATING_DEGC - degc, 0.0), np.maximum(degc - COOLING_DEGC, 0.0)


def _wide(by_row: Values) -> Values:
    return np.repeat(by_row[:, None], DAY_HOURS, axis=1)
