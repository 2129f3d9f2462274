"""How far each day is from a building's own history: the distance to the days that are most like it.

The mean distance to the k nearest neighbours (Ramaswamy, Rastogi and Shim 2000), among days of the same kind: a Sunday
is not strange for being no Monday. What is far is judged against the building's own distances, by Tukey's outer fence
(upper quartile and three quartile ranges).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import NoData
from tools.figures import Values
from tools.shapes.days import DayShapes

NEIGHBOURS = 5
LEAST_HISTORY = 20
FENCE = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Strangeness:
    """For each day or week of some shapes: `distance` to its own history, and the `fence` beyond which it is strange.

    `nearest`: row of the one most like it.
    """

    distance: Values
    fence: Values
    nearest: NDArray[np.int64]

    @property
    def is_strange(self) -> NDArray[np.bool_]:
        """Tell which are farther than the building's own days usually are."""
        return np.asarray(self.distance > self.fence)


def strangeness(shapes: DayShapes) -> Strangeness:
    """Return how far each is from the others of its kind (working day, Saturday, Sunday; all weeks are one kind).

    Raises `NoData` where there are fewer than 20 in all. A kind with fewer than six has no history: its distance is 0.
    """
    if len(shapes) < LEAST_HISTORY:
        raise NoData(
            f"{len(shapes)} nearly complete {shapes.of}s are too few to say what is usual; {LEAST_HISTORY} are needed"
        )
    kind = np.maximum((shapes.day + 3) % 7 - 4, 0) if shapes.of == "day" else np.zeros(len(shapes), np.int64)
    distance, fence = np.zeros(len(shapes)), np.full(len(shapes), np.inf)
    nearest = np.arange(len(shapes))
    for one in np.unique(kind):
        rows = np.flatnonzero(kind == one)
        if len(rows) > NEIGHBOURS:
            distance[rows], near = _among(shapes.vector[rows])
            nearest[rows] = rows[near]
            low, high = np.percentile(distance[rows], [25, 75])
            fence[rows] = high + FENCE * (high - low)
    return Strangeness(distance, fence, nearest)


def _among(vectors: Values) -> tuple[Values, NDArray[np.int64]]:
    """Return the mean distance of each to its five nearest others, and the nearest one."""
    squares = (vectors**2).sum(axis=1)
    apart = np.sqrt(np.maximum(squares[:, None] + squares - 2 * vectors @ vectors.T, 0.0))
    np.fill_diagonal(apart, np.inf)
    return np.sort(apart, axis=1)[:, :NEIGHBOURS].mean(axis=1), apart.argmin(axis=1)
