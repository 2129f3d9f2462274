"""A heat map of a load: hours of the day from top to bottom, days from left to right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tools.chart import MOST_NAMES, Chart, Series
from tools.energy_query import EnergyQuery
from tools.figures import Values, together
from tools.labelling import LABEL
from tools.profiles.day_grid import DayGrid, day_grid
from tools.use import Use

MOST_DAYS = 400


def hours_by_days(query: EnergyQuery, uses: Sequence[Use], unit: str) -> Chart | None:
    """Return the amount of every hour of every day, in `unit`; None where no hour counts.

    Of several buildings it is the sum of those on the first one's site, in the hours that all of them have. Hours
    outside `query.hours` are gaps, and over 400 days a column is the mean of a week.
    """
    alike = [u for u in uses if u.site == uses[0].site and len(u.hours) == len(uses[0].hours)]
    clock, hours = alike[0].clock, together([u.hours for u in alike], "mean")
    grid = day_grid(np.where(clock.among(query.hours), hours, np.nan), clock)
    day, load = (grid.day, grid.load_kw) if len(grid) <= MOST_DAYS else _weeks(grid)
    if not np.isfinite(load).any():
        return None
    when = f", {query.period.words}" if query.period else ""
    by_week = ", mean of each week" if len(day) < len(grid) else ""
    return Chart(
        title=f"{_who(alike)}, hour by day{by_week}{when}",
        unit=unit,
        labels=tuple(str(d) for d in day.astype("M8[D]")),
        values=tuple(_means(load, axis=1).tolist()),
        kind="heat",
        label=LABEL,
        series=tuple(Series(f"{h:02d}:00", tuple(load[:, h].tolist())) for h in range(24)),
    )


def _who(uses: Sequence[Use]) -> str:
    names = [u.building for u in uses]
    return ", ".join(names) if len(names) <= MOST_NAMES else f"{len(names)} buildings"


def _weeks(grid: DayGrid) -> tuple[NDArray[np.int64], Values]:
    """Return the first day of each week and its mean load by the hour; the first week may begin after its Monday."""
    starts = np.flatnonzero((grid.weekday == 0) | (np.arange(len(grid)) == 0))
    ends = [*starts[1:], len(grid)]
    rows = [_means(grid.load_kw[a:b], axis=0) for a, b in zip(starts, ends, strict=True)]
    return grid.day[starts], np.array(rows)


def _means(load: Values, axis: int) -> Values:
    """Return means over the hours that count; NaN where none does."""
    valid = np.isfinite(load)
    sums, counts = np.where(valid, load, 0.0).sum(axis=axis), valid.sum(axis=axis)
    return np.asarray(np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0))
