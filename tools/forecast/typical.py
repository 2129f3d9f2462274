"""What is typical of an hour: the middle of the same hour on the last days of its kind. And moving means over rows."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.figures import Values


def typical(
    values: Values, kind: NDArray[np.int64], ahead: int, count: int, middle: Literal["median", "mean"] = "median"
) -> Values:
    """Return for each cell the middle of the last `count` rows of its kind that lie `ahead` rows or more before it.

    `values`, `kind`: rows by columns; a cell is compared within its column. NaN where no such row has a value.
    """
    found = np.full(values.shape, np.nan)
    rows = np.arange(len(values))
    for column_of_kinds, columns in _columns_alike(kind):
        for one in np.unique(column_of_kinds):
            own = rows[column_of_kinds == one]
            before = np.searchsorted(own, own - ahead, side="right")[:, None] - 1 - np.arange(count)
            taken = values[own[np.maximum(before, 0)]][:, :, columns]
            taken[before < 0] = np.nan
            found[np.ix_(own, columns)] = _middle(taken, middle)
    return found


def _columns_alike(kind: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return each distinct column of kinds with the columns that have it: one, or two where rows cross midnight."""
    found: dict[bytes, list[int]] = {}
    for column in range(kind.shape[1]):
        found.setdefault(kind[:, column].tobytes(), []).append(column)
    return [(kind[:, columns[0]], np.array(columns)) for columns in found.values()]


def _middle(taken: Values, middle: Literal["median", "mean"]) -> Values:
    valid = np.isfinite(taken)
    count = valid.sum(axis=1)
    if middle == "mean":
        sums = np.where(valid, taken, 0.0).sum(axis=1)
        return divided(sums, count)
    ordered = np.sort(taken, axis=1)  # NaN goes last
    high = np.take_along_axis(ordered, np.minimum(count // 2, taken.shape[1] - 1)[:, None], axis=1)[:, 0]
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0)[:, None], axis=1)[:, 0]
    return np.where(count > 0, 0.5 * (low + high), np.nan)


def moved(values: Values, rows: int) -> Values:
    """Return values moved down by some rows, NaN above: row r holds what row r - `rows` held."""
    found = np.full(values.shape, np.nan)
    if 0 <= rows < len(values):
        found[rows:] = values[: len(values) - rows]
    return found


def row_means(values: Values) -> Values:
    """Return the mean of each row's valid values, NaN where it has none."""
    valid = np.isfinite(values)
    return divided(np.where(valid, values, 0.0).sum(axis=1), valid.sum(axis=1))


def trailing_mean(series: Values, count: int) -> Values:
    """Return the mean of the valid values among each value and the `count` - 1 before it, NaN where there is none."""
    valid = np.isfinite(series)
    sums = np.concatenate([[0.0], np.cumsum(np.where(valid, series, 0.0))])
    counts = np.concatenate([[0], np.cumsum(valid)])
    last = np.arange(1, len(series) + 1)
    first = np.maximum(last - count, 0)
    return divided(sums[last] - sums[first], counts[last] - counts[first])


def divided(sums: Values, counts: Values | NDArray[np.int64]) -> Values:
    """Return sums over their counts, NaN where a count is 0."""
    return np.asarray(np.divide(sums, counts, out=np.full(np.shape(sums), np.nan), where=counts > 0))
