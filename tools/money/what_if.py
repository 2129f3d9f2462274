"""A change of the load that was not made: what it would have saved, and what that assumes."""

from dataclasses import dataclass

import numpy as np

from tools.errors import NoData
from tools.figures import Values


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """A load before and after, hourly kWh; NaN where an hour does not count.

    `saved_kwh`: over the valid hours; negative where more would be used. `saved_percent`: of the use, None where that
    is not above zero. `low_kwh`, `high_kwh`: 95 % interval where the method gives one. `assumptions` belong to the
    answer.
    """

    name: str
    before_kwh: Values
    after_kwh: Values
    saved_kwh: float
    saved_percent: float | None
    low_kwh: float | None
    high_kwh: float | None
    coverage: float
    assumptions: tuple[str, ...]
    notes: tuple[str, ...] = ()


def changed(
    name: str,
    before: Values,
    after: Values,
    assumptions: tuple[str, ...],
    notes: tuple[str, ...] = (),
    relative_error: float | None = None,
) -> WhatIf:
    """Return a change of a load. `relative_error`: half the 95 % interval of the saving, as a share of it.

    Raises `NoData` where no hour is valid.
    """
    valid = np.isfinite(before)
    if not valid.any():
        raise NoData(f"no valid hour in this period, so nothing can be said of {name}")
    saved, total = float((before - after)[valid].sum()), float(before[valid].sum())
    half = None if relative_error is None else abs(saved) * relative_error
    return WhatIf(
        name=name,
        before_kwh=before,
        after_kwh=after,
        saved_kwh=saved,
        saved_percent=100.0 * saved / total if total > 0 else None,
        low_kwh=None if half is None else saved - half,
        high_kwh=None if half is None else saved + half,
        coverage=float(valid.mean()),
        assumptions=assumptions,
        notes=notes,
    )
