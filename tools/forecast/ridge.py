"""Ridge regression that forgets: one for each hour of the day, fitted anew every week to all that was known then."""

import numpy as np

from tools.figures import Values
from tools.forecast.typical import moved, trailing_mean

REFIT_ROWS = 7
LEAST_ROWS = 35
SHRINK_ROWS = 10.0
MOST_SPREADS, SPREAD_ROWS = 3.0, 91


def rolling_ridge(values: Values, features: Values, past: int, ahead: int, half_life_rows: float) -> Values:
    """Return what would have been forecast for each row `ahead` rows before it, and for the row after `past` so far.

    `values`: rows by columns, NaN where there is none; `features`: rows by columns by p, the last of which is 1 and is
    not shrunk. Each weekly origin uses the rows before it alone, a row weighing half for every `half_life_rows` of age.
    The rest is shrunk as by ten rows in which nothing moves. NaN before there are 35 rows.
    """
    rows, columns, p = features.shape
    found = np.full(values.shape, np.nan)
    product, target = np.zeros((columns, p, p)), np.zeros((columns, p))
    done = 0
    for origin in _origins(past):
        kept = 0.5 ** ((origin - done) / half_life_rows)
        added = _sums(values[done:origin], features[done:origin], half_life_rows)
        product, target = kept * product + added[0], kept * target + added[1]
        done = origin
        asked = slice(origin - 1 + ahead, min(origin - 1 + ahead + REFIT_ROWS, rows))
        if asked.start < asked.stop:
            found[asked] = np.einsum("dcp,cp->dc", features[asked], _slopes(product, target))
    return found


def _origins(past: int) -> range:
    """Return weekly origins that end with the last row of the past."""
    first = LEAST_ROWS + (past - LEAST_ROWS) % REFIT_ROWS
    return range(first, past + 1, REFIT_ROWS)


def _sums(values: Values, features: Values, half_life_rows: float) -> tuple[Values, Values]:
    """Return the weighted products of the features with themselves and with the values."""
    valid = np.isfinite(values)
    weight = valid * 0.5 ** (np.arange(len(values))[::-1] / half_life_rows)[:, None]
    by_column = (features * weight[..., None]).transpose(1, 2, 0)
    product = by_column @ features.transpose(1, 0, 2)
    target = (by_column @ np.where(valid, values, 0.0).T[..., None])[..., 0]
    return product, target


def _slopes(product: Values, target: Values) -> Values:
    p = product.shape[-1]
    own = np.einsum("cpp->cp", product)
    shrink = SHRINK_ROWS * own / np.maximum(own[:, -1:], 1.0)  # the last is 1, so its sum is the weight of all rows
    shrink[:, -1] = 0.0
    shrink += 1e-9 * own.max(axis=1, keepdims=True) + 1e-12
    return np.linalg.solve(product + shrink[:, :, None] * np.eye(p), target[..., None])[..., 0]


def tamed(values: Values) -> Values:
    """Return values, rows by columns, none further from 0 than three times the mean distance in the 91 rows before.

    A fault or the first day of a shift teaches no slope that way.
    """
    distance = np.abs(values)
    usual = np.stack([trailing_mean(column, SPREAD_ROWS) for column in distance.T], axis=1)
    most = MOST_SPREADS * moved(usual, 1)
    return np.where(np.isfinite(most), np.clip(values, -most, most), values)
