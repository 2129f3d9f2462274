"""Avoided use: what a building would have used without the change, less what it did use.

IPMVP Option C (whole facility), the avoided energy use of CalTRACK 2.0 section 3.6: a baseline fitted to the time
before is given the weather of the time after. Days without use or temperature are in neither sum (CalTRACK 3.5). Days
that a known event made different (a fire drill is not; a closed wing is) are left out of both, or an adjustment in kWh
with its reason is added to the baseline (IPMVP's non-routine adjustments). Days between the two periods, while the work
was done, belong to neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.baseline.change_point import CONFIDENCE, DailyModel, daily_model
from tools.baseline.days import DateSpan, Days
from tools.baseline.guideline14 import FractionalUncertainty, fractional_uncertainty
from tools.baseline.quantiles import t_quantile
from tools.baseline.shapes import Shape
from tools.baseline.sufficiency import beyond_what_was_seen, check_baseline, check_periods, check_reporting
from tools.baseline.towt import HourlyModel, hourly_model
from tools.baseline.week_hours import WeekHours
from tools.figures import Values, percent_change


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Use that a known event added to (or, negative, took from) the reporting period, and why."""

    kwh: float
    because: str


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month of a reporting period, from the days that count."""

    first: date
    days: float
    adjusted_baseline_kwh: float
    measured_kwh: float

    @property
    def avoided_kwh(self) -> float:
        """Return the baseline less the use."""
        return self.adjusted_baseline_kwh - self.measured_kwh


@dataclass(frozen=True, slots=True)
class Savings:
    """An avoided use, positive where less was used than expected, with its interval.

    `percent`: of the adjusted baseline, None where that is zero. `standard_error_kwh`: of the avoided use, from the
    parameters and from the errors of the reporting days. `counted_days` of `days` are in the sums.
    """

    adjusted_baseline_kwh: float
    measured_kwh: float
    avoided_kwh: float
    percent: float | None
    standard_error_kwh: float
    degrees_of_freedom: float
    confidence: float
    low_kwh: float
    high_kwh: float
    guideline14: FractionalUncertainty
    counted_days: float
    days: int
    months: tuple[Month, ...]
    adjustments: tuple[Adjustment, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def coverage(self) -> float:
        """Return the share of the reporting period's days that count, 0 to 1."""
        return self.counted_days / self.days

    @property
    def is_significant(self) -> bool:
        """Tell whether the interval leaves zero out."""
        return self.low_kwh > 0 or self.high_kwh < 0

    def interval_kwh(self, confidence: float) -> tuple[float, float]:
        """Return the interval of the avoided use at any confidence, 0 to 1."""
        reach = t_quantile(confidence, self.degrees_of_freedom) * self.standard_error_kwh
        return self.avoided_kwh - reach, self.avoided_kwh + reach


@dataclass(frozen=True, slots=True)
class AvoidedHourly:
    """Savings beside the hourly baseline that they were measured with."""

    savings: Savings
    model: HourlyModel


@dataclass(frozen=True, slots=True)
class Avoided:
    """Savings beside the baseline that they were measured with."""

    savings: Savings
    model: DailyModel


def avoided_use(
    days: Days,
    baseline: DateSpan,
    reporting: DateSpan,
    *,
    left_out: Iterable[DateSpan] = (),
    adjustments: Sequence[Adjustment] = (),
    shapes: Sequence[Shape] | None = None,
    heating_only: bool = False,
    confidence: float = CONFIDENCE,
) -> Avoided:
    """Return the avoided use of a reporting period against a daily baseline of the period before.

    Raises `BadQuestion` where the periods overlap, and `NoData` where less than nine months of the baseline or no day
    of the reporting period count.
    """
    check_periods(baseline, reporting)
    kept = days.without(left_out)
    before, after = kept.between(baseline), kept.between(reporting)
    notes = check_baseline(float(before.counts.sum()), baseline)
    model = daily_model(before, shapes=shapes, heating_only=heating_only, confidence=confidence)
    counts = after.counts
    counted = int(counts.sum())
    notes += check_reporting(counted, reporting)
    notes += beyond_what_was_seen(after.temperature_degc[counts], model.spread_degc, "days")
    expected = np.where(counts, model.use_kwh(after), np.nan)
    sums = Sums(after.day, after.kwh, expected, np.where(counts, 1.0, 0.0), reporting, tuple(adjustments))
    fsu = fractional_uncertainty(model.goodness, counted, counted, sums.avoided_fraction(), "daily")
    error = model.error_of_sum_kwh(after, counts)
    found = sums.savings(error, model.degrees_of_freedom, confidence, fsu, (*notes, *model.notes))
    return Avoided(found, model)


def avoided_use_hourly(
    hours: WeekHours,
    baseline: DateSpan,
    reporting: DateSpan,
    *,
    left_out: Iterable[DateSpan] = (),
    adjustments: Sequence[Adjustment] = (),
    confidence: float = CONFIDENCE,
) -> AvoidedHourly:
    """Return the avoided use of a reporting period against an hourly baseline (TOWT) of the period before.

    Raises as `avoided_use` does; hours count one by one, 24 of them as a day.
    """
    check_periods(baseline, reporting)
    kept = hours.without(left_out)
    before, after = kept.between(baseline), kept.between(reporting)
    notes = check_baseline(float(before.counts.sum()) / 24.0, baseline)
    model = hourly_model(before)
    expected = np.where(after.counts, model.use_kwh(after), np.nan)
    counts = np.isfinite(expected)
    counted = int(counts.sum())
    notes += check_reporting(counted / 24.0, reporting)
    notes += beyond_what_was_seen(after.temperature_degc[counts], model.spread_degc, "hours")
    sums = Sums(after.day, after.kwh, expected, np.where(counts, 1.0 / 24.0, 0.0), reporting, tuple(adjustments))
    fsu = fractional_uncertainty(model.goodness, counted, counted / 24.0, sums.avoided_fraction(), "hourly")
    error = model.error_of_sum_kwh(after, counts)
    found = sums.savings(error, model.degrees_of_freedom, confidence, fsu, (*notes, *model.notes))
    return AvoidedHourly(found, model)


def together(savings: Sequence[Savings]) -> tuple[float, float]:
    """Return the avoided use of several buildings, kWh, with its standard error.

    Their errors are taken for independent (CalTRACK 2.0, section 4.3.2.5); a cold spell that a model misses in all of
    them at once makes the error larger than that.
    """
    return sum(s.avoided_kwh for s in savings), float(np.sqrt(sum(s.standard_error_kwh**2 for s in savings)))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A reporting period's days or hours beside what was expected of them (kWh, NaN where one does not count).

    `day`: the local day of each, since 1970-01-01. `share`: how much of a day each counts for.
    """

    day: NDArray[np.int64]
    kwh: Values
    expected_kwh: Values
    share: Values
    reporting: DateSpan
    adjustments: tuple[Adjustment, ...]

    def baseline_kwh(self) -> float:
        """Return the adjusted baseline."""
        return float(np.nansum(self.expected_kwh)) + sum(a.kwh for a in self.adjustments)

    def measured_kwh(self) -> float:
        """Return the use of the days that count."""
        return float(self.kwh[np.isfinite(self.expected_kwh)].sum())

    def avoided_fraction(self) -> float | None:
        """Return the avoided use as a share of the adjusted baseline; None where that is zero."""
        change = percent_change(self.measured_kwh(), self.baseline_kwh())
        return None if change is None else -change / 100.0

    def savings(
        self, error: float, free: float, confidence: float, fsu: FractionalUncertainty, notes: Sequence[str]
    ) -> Savings:
        """Return the savings, given the standard error of the expected use."""
        baseline, measured, fraction = self.baseline_kwh(), self.measured_kwh(), self.avoided_fraction()
        avoided, reach = baseline - measured, t_quantile(confidence, free) * error
        said = [*notes, *self._said(fsu, fraction, abs(avoided) <= reach)]
        return Savings(
            adjusted_baseline_kwh=baseline,
            measured_kwh=measured,
            avoided_kwh=avoided,
            percent=None if fraction is None else 100.0 * fraction,
            standard_error_kwh=error,
            degrees_of_freedom=free,
            confidence=confidence,
            low_kwh=avoided - reach,
            high_kwh=avoided + reach,
            guideline14=fsu,
            counted_days=float(self.share.sum()),
            days=self.reporting.days,
            months=self.months(),
            adjustments=self.adjustments,
            notes=tuple(said),
        )

    def _said(self, fsu: FractionalUncertainty, fraction: float | None, is_noise: bool) -> list[str]:
        said = [f"{a.kwh:g} kWh were added to the baseline: {a.because}" for a in self.adjustments]
        if fraction is None:
            said.append("the adjusted baseline is zero, so there is no saving in percent")
        if is_noise:
            said.append("the interval holds zero: the change cannot be told from noise")
        elif fsu.at_68 is not None and not fsu.is_acceptable:
            said.append(
                f"Guideline 14's uncertainty is {100 * fsu.at_68:.0f} % of the saving, over its 50 % at 68 % confidence"
            )
        return said

    def months(self) -> tuple[Month, ...]:
        """Return the sums of each calendar month, in order; adjustments belong to none."""
        key = self.day.astype("M8[D]").astype("M8[M]")
        found = []
        for month in np.unique(key):
            at = (key == month) & np.isfinite(self.expected_kwh)
            first: date = month.astype("M8[D]").item()
            sums = float(self.expected_kwh[at].sum()), float(self.kwh[at].sum())
            found.append(Month(first, float(self.share[at].sum()), *sums))
        return tuple(found)
