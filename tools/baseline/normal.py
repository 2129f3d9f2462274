"""Use in a normal year: a baseline given typical temperatures, and what is saved between two of them.

IPMVP's normalised savings, Guideline 14-2014 section 4: both the time before and the time after get a model of their
own, and both models the same year, so that the saving does not depend on the weather of one of them. Its uncertainty is
that of the two models' parameters (errors of single days belong to the years that were, not to the typical one).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from math import hypot

import numpy as np

from tools.baseline.change_point import DailyModel
from tools.baseline.days import EPOCH, Days, is_off
from tools.baseline.quantiles import t_quantile
from tools.baseline.sufficiency import beyond_what_was_seen
from tools.errors import BadQuestion, NoData
from tools.figures import Values, percent_change

STANDARD_YEAR_DAYS = 365
LEAST_YEAR_DAYS = 360


@dataclass(frozen=True, slots=True)
class NormalUse:
    """Use in a normal year of 365 days, with its interval at the model's confidence."""

    kwh: float
    standard_error_kwh: float
    degrees_of_freedom: float
    low_kwh: float
    high_kwh: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NormalisedSavings:
    """What a normal year saves, positive where less is used after; `percent` is None where nothing was used before."""

    before: NormalUse
    after: NormalUse
    saved_kwh: float
    percent: float | None
    standard_error_kwh: float
    low_kwh: float
    high_kwh: float
    notes: tuple[str, ...] = ()


def typical_year(temperature_degc: Values, first: date, holidays: AbstractSet[date] = frozenset()) -> Days:
    """Return a year of given temperatures, hourly (a multiple of 24, as in a TMY file) or one a day, from `first` on.

    Days off fall as they do in the calendar from `first`. Raises `BadQuestion` for any other length than one to
    thirty years of either.
    """
    count = len(temperature_degc)
    hourly = count % 24 == 0 and count >= 24 * LEAST_YEAR_DAYS
    n = count // 24 if hourly else count
    if not LEAST_YEAR_DAYS <= n <= 30 * 366:
        raise BadQuestion(
            f"{count} temperatures are no typical year; give 8,760 hourly or 365 daily ones, or some such years"
        )
    rows = temperature_degc.reshape(n, 24) if hourly else None
    day = (first - EPOCH).days + np.arange(n)
    means = temperature_degc if rows is None else rows.mean(axis=1)
    return Days(
        day, np.full(n, np.nan), means, is_off(day, holidays), np.zeros(n, dtype=np.int64), np.full(n, 24), rows
    )


def normal_use(model: DailyModel, year: Days) -> NormalUse:
    """Return what a building uses in a normal year, by its baseline.

    `year`: one typical year, or some whole years of weather whose mean is taken for one. Raises `NoData` where under
    360 of its days have a temperature.
    """
    known = np.isfinite(model.use_kwh(year))
    n = int(known.sum())
    if n < LEAST_YEAR_DAYS:
        raise NoData(f"a normal year takes {LEAST_YEAR_DAYS} days with temperatures, not {n}; give a whole year")
    scale = STANDARD_YEAR_DAYS / n
    kwh = scale * float(model.use_kwh(year)[known].sum())
    error = scale * model.error_of_sum_kwh(year, known, with_noise=False)
    reach = t_quantile(model.confidence, model.degrees_of_freedom) * error
    beyond = beyond_what_was_seen(year.temperature_degc[known], model.spread_degc, "days of the normal year")
    notes = (*beyond, *model.notes)
    return NormalUse(kwh, error, model.degrees_of_freedom, kwh - reach, kwh + reach, notes)


def normalised_savings(before: DailyModel, after: DailyModel, year: Days) -> NormalisedSavings:
    """Return what a normal year saves between two baselines of one building.

    Raises `NoData` as `normal_use` does.
    """
    first, second = normal_use(before, year), normal_use(after, year)
    saved, error = first.kwh - second.kwh, hypot(first.standard_error_kwh, second.standard_error_kwh)
    reach = t_quantile(before.confidence, min(first.degrees_of_freedom, second.degrees_of_freedom)) * error
    change = percent_change(second.kwh, first.kwh)
    notes = [f"before: {note}" for note in first.notes] + [f"after: {note}" for note in second.notes]
    if change is None:
        notes.append("the normal use before is zero, so there is no saving in percent")
    percent = None if change is None else -change
    return NormalisedSavings(first, second, saved, percent, error, saved - reach, saved + reach, tuple(notes))
