"""Days that are alike, found from the load alone: k-means on daily curves, with the number of kinds by silhouette.

k-means by Lloyd (1982), begun as k-means++ (Arthur and Vassilvitskii 2007) from a fixed seed, best of several starts.
Silhouette by Rousseeuw (1987); under 0.25 there is no structure worth a name (Kaufman and Rousseeuw 1990), and all days
are one kind. Curves are compared in kW, so that a day of the same shape and twice the load is another kind; with
`by_shape` each is divided by its own mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.clock import WEEKDAYS, LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.day_grid import DayGrid, day_grid

LEAST_DAYS = 20
MOST_KINDS = 6
MOST_MISSING_H = 2
WEAK_SILHOUETTE = 0.25
STARTS, ROUNDS, SEED = 8, 100, 20200101
SAMPLE_DAYS = 730
Labels = NDArray[np.int64]
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True, eq=False)
class DayKind:
    """Days that are alike. `mean_kw`: 24 values. `share`: of the days, 0 to 1. `words`: when they occur."""

    days: int
    share: float
    mean_kw: Values
    kwh_per_day: float
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class DayKinds:
    """The kinds of days, most days first.

    `day`: days since 1970 that were compared; `kind`: index of each one's kind. `silhouette`: -1 to 1, of the division;
    0 where there is one kind. `coverage`: share of the period's days that were compared.
    """

    kinds: tuple[DayKind, ...]
    day: Labels
    kind: Labels
    silhouette: float
    coverage: float
    notes: tuple[str, ...]


def day_kinds(hours: Values, clock: LocalClock, *, by_shape: bool = False) -> DayKinds:
    """Return the kinds of days. Raises `NoData` where fewer than 20 days are complete but for two hours."""
    grid = day_grid(hours, clock)
    usable = (grid.hours >= 23) & (grid.hours - grid.valid_hours <= MOST_MISSING_H)
    if usable.sum() < LEAST_DAYS:
        raise NoData(
            f"{int(usable.sum())} nearly complete days are too few to find kinds of days; {LEAST_DAYS} are needed"
        )
    curves = np.array([_bridged(row) for row in grid.load_kw[usable]])
    labels, silhouette = _best(_compared(curves, by_shape))
    order = np.argsort(-np.bincount(labels), kind="stable")
    labels = np.argsort(order)[labels]
    return DayKinds(
        kinds=tuple(_kind(curves[labels == k], grid.day[usable][labels == k], len(labels)) for k in range(len(order))),
        day=grid.day[usable],
        kind=labels,
        silhouette=silhouette,
        coverage=float(usable.mean()),
        notes=_notes(len(order), grid, usable),
    )


def _bridged(row: Values) -> Values:
    known = np.flatnonzero(np.isfinite(row))
    return np.asarray(np.interp(np.arange(24), known, row[known]))


def _compared(curves: Values, by_shape: bool) -> Values:
    if not by_shape:
        return curves
    mean = curves.mean(axis=1, keepdims=True)
    return np.asarray(np.divide(curves, mean, out=np.ones_like(curves), where=np.abs(mean) > 0))


def _best(curves: Values) -> tuple[Labels, float]:
    """Return the division of two to six kinds with the best silhouette, or one kind where none is convincing."""
    best, labels = WEAK_SILHOUETTE, np.zeros(len(curves), dtype=np.int64)
    if np.ptp(curves, axis=0).max() == 0:
        return labels, 0.0
    for k in range(2, MOST_KINDS + 1):
        tried = kmeans(curves, k)
        value = silhouette(curves, tried)
        if value > best:
            best, labels = value, tried
    return labels, best if labels.any() else 0.0


def kmeans(points: Values, k: int) -> Labels:
    """Return the cluster of each point, 0 to k-1; the best of several seeded starts. A cluster may be empty."""
    rng = np.random.default_rng(SEED)
    runs = [_lloyd(points, _spread(points, k, rng)) for _ in range(STARTS)]
    return min(runs, key=lambda run: run[1])[0]


def _spread(points: Values, k: int, rng: np.random.Generator) -> Values:
    """Return first centres far from each other: each drawn in proportion to its squared distance from those before."""
    centres = [points[rng.integers(len(points))]]
    while len(centres) < k:
        far = np.min([((points - c) ** 2).sum(axis=1) for c in centres], axis=0)
        total = far.sum()
        centres.append(points[rng.choice(len(points), p=far / total if total > 0 else None)])
    return np.array(centres)


def _lloyd(points: Values, centres: Values) -> tuple[Labels, float]:
    labels = np.full(len(points), -1)
    for _ in range(ROUNDS):
        distances = _squared(points, centres)
        moved = distances.argmin(axis=1)
        if (moved == labels).all():
            break
        labels = moved
        centres = np.array(
            [points[labels == i].mean(axis=0) if (labels == i).any() else c for i, c in enumerate(centres)]
        )
    return labels, float(_squared(points, centres)[np.arange(len(points)), labels].sum())


def _squared(points: Values, centres: Values) -> Values:
    squares = (points**2).sum(axis=1)[:, None] - 2.0 * points @ centres.T + (centres**2).sum(axis=1)
    return np.asarray(np.maximum(squares, 0.0))


def silhouette(points: Values, labels: Labels) -> float:
    """Return the mean silhouette of a division, 0 for one kind; of evenly spaced points where they are over 730."""
    step = -(-len(points) // SAMPLE_DAYS)
    points, labels = points[::step], labels[::step]
    names, sizes = np.unique(labels, return_counts=True)
    if len(names) < 2:
        return 0.0
    distances = np.sqrt(_squared(points, points))
    to = np.column_stack([distances[:, labels == name].sum(axis=1) for name in names])
    mine = np.searchsorted(names, labels)
    at = np.arange(len(points))
    own = to[at, mine] / np.maximum(sizes[mine] - 1, 1)
    means = to / sizes
    means[at, mine] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    values = np.divide(other - own, larger, out=np.zeros(len(points)), where=(larger > 0) & (sizes[mine] > 1))
    return float(values.mean())


def _kind(curves: Values, day: Labels, total: int) -> DayKind:
    mean = curves.mean(axis=0)
    return DayKind(len(curves), len(curves) / total, mean, float(mean.sum()), _when(day))


def _when(day: Labels) -> str:
    """Say on which weekdays and in which months most of the days fall."""
    weekday = (day + 3) % 7
    month = day.astype("M8[D]").astype("M8[M]").astype(np.int64) % 12
    return f"{_weekdays(weekday)}, {_months(month)}"


def _weekdays(weekday: Labels) -> str:
    share = np.bincount(weekday, minlength=7) / len(weekday)
    if share[:5].sum() >= 0.9:
        return "Monday to Friday"
    if share[5:].sum() >= 0.9:
        return "Saturday and Sunday" if share[5:].min() >= 0.2 else WEEKDAYS[int(share.argmax())]
    if share[5:].sum() >= 0.75:
        return "mostly Saturday and Sunday"
    return f"{100 * share[:5].sum():.0f} % on Monday to Friday"


def _months(month: Labels) -> str:
    """Say the fewest months that hold two thirds of the days, where they are at most four; else all year."""
    share = np.bincount(month, minlength=12) / len(month)
    order = np.argsort(-share, kind="stable")
    needed = int(np.searchsorted(np.cumsum(share[order]), 2 / 3 - 1e-9)) + 1
    if needed > 4:
        return "all year"
    return "mostly in " + ", ".join(MONTHS[m] for m in sorted(order[:needed]))


def _notes(kinds: int, grid: DayGrid, usable: NDArray[np.bool_]) -> tuple[str, ...]:
    notes = []
    if kinds == 1:
        notes.append("the days do not fall into kinds: no division is convincing (silhouette under 0.25)")
    left_out = int((~usable).sum())
    if left_out:
        notes.append(f"{left_out} of {len(grid)} days lack more than two hours and are left out")
    return tuple(notes)
