"""What if load were shifted, weekends closed, or the baseload cut? Each says what it assumes."""

from collections.abc import Set as AbstractSet
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import BASELOAD_PERCENTILE, Values
from tools.money.what_if import WhatIf, changed
from tools.profiles.day_grid import EPOCH

LEAST_NIGHT_HOURS = 24


def shift(hours: Values, by_hours: int, share_percent: float = 100.0) -> WhatIf:
    """Return the load with a share of what is above the baseload moved `by_hours` later (earlier where negative).

    No energy is saved or lost: what would fall outside the record or into a missing hour stays where it is. Raises
    `BadQuestion` for a share outside 0 to 100 or a shift of a day and more.
    """
    if not 0 <= share_percent <= 100:
        raise BadQuestion(f"{share_percent:g} % of the load cannot be shifted; give 0 to 100")
    if not -24 < by_hours < 24:
        raise BadQuestion(f"a shift by {by_hours} hours is a day or more; give less than 24")
    base = max(_baseload(hours), 0.0)
    movable = np.nan_to_num(np.maximum(hours - base, 0.0)) * share_percent / 100.0
    source = np.arange(len(hours))
    target = source + by_hours
    can = (target >= 0) & (target < len(hours)) & np.isfinite(hours)
    can[can] &= np.isfinite(hours[target[can]])
    after = hours - np.where(can, movable, 0.0)
    np.add.at(after, target[can], movable[can])
    return changed(
        f"a shift by {by_hours} h",
        hours,
        after,
        (
            f"{share_percent:g} % of the load above the baseload of {base:.4g} kW moves by {by_hours} h, every day",
            "as much energy is used as before: the weather of the new hours changes nothing",
        ),
    )


def close_weekends(
    hours: Values,
    clock: LocalClock,
    closed_kw: float | None = None,
    holidays: AbstractSet[date] = frozenset(),
) -> WhatIf:
    """Return the load with Saturdays, Sundays and holidays at a closed level, where they are above it.

    The level is the median of working nights, 22:00 to 06:00, unless one is given. Raises `NoData` where fewer than 24
    such hours are valid, `BadQuestion` for a level below zero.
    """
    free = np.array([(at - EPOCH).days for at in holidays], dtype=np.int64)
    closed = (clock.weekday >= 5) | np.isin(clock.keys("day"), free)
    level, words = (closed_kw, "as given") if closed_kw is not None else _night_level(hours, clock, closed)
    if level < 0:
        raise BadQuestion(f"a closed level of {level:g} kW is below zero; give zero or more")
    after = np.where(closed & (hours > level), level, hours)
    assumptions = (
        f"weekends and holidays fall to {level:.4g} kW, {words}",
        "nothing is made up for on working days, and Monday's start takes no extra",
    )
    return changed("closing at weekends", hours, after, assumptions)


def cut_baseload(hours: Values, by_percent: float) -> WhatIf:
    """Return the load with the baseload, the 5th percentile of the valid hours, cut by a percent in every hour.

    Raises `BadQuestion` for a percent outside 0 to 100, `NoData` where the baseload is not above zero.
    """
    if not 0 <= by_percent <= 100:
        raise BadQuestion(f"the baseload cannot be cut by {by_percent:g} %; give 0 to 100")
    base = _baseload(hours)
    if base <= 0:
        raise NoData(f"the baseload is {base:.4g} kW, so there is nothing to cut")
    after = hours - by_percent / 100.0 * np.clip(hours, 0.0, base)
    return changed(
        f"a baseload cut by {by_percent:g} %",
        hours,
        after,
        (f"the baseload of {base:.4g} kW is {by_percent:g} % lower in every hour; the rest is as before",),
    )


def _baseload(hours: Values) -> float:
    valid = hours[np.isfinite(hours)]
    if not len(valid):
        raise NoData("no valid hour in this period, so there is no baseload")
    return float(np.percentile(valid, BASELOAD_PERCENTILE))


def _night_level(hours: Values, clock: LocalClock, closed: NDArray[np.bool_]) -> tuple[float, str]:
    night = hours[clock.among("night") & ~closed & np.isfinite(hours)]
    if len(night) < LEAST_NIGHT_HOURS:
        raise NoData(f"{len(night)} valid hours of working nights are too few to know the closed level; give one in kW")
    return max(float(np.median(night)), 0.0), "the median of working nights"
