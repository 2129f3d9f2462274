"""Why a period used more or less than another: the parts of the difference in kWh, the largest first.

The parts sum to the difference. They are taken one after the other: readings that are missing, then the length of the
periods, then faulty readings, days off, the weather, the hours of operation, and what is left, a change of level. Days
off and the weather share one regression over both periods, with a level for each (analysis of covariance, Ruch, Kissock
and Reddy 1999 use the like for retrofits), so a change of level is not taken for an answer to the weather. It tells
what goes with a difference, not what caused it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from tools.baseline.days import Days, Mask, days_of
from tools.change.adjusted import adjusted, usable
from tools.change.cut import LEAST_DAYS, cut_days
from tools.change.detect import changes_of_cut
from tools.change.schedule import operation
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

CauseKind = Literal["missing_readings", "length", "faults", "days_off", "weather", "schedule", "level"]
DAY_HOURS = 24.0
LEAST_COVERAGE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class PeriodUse:
    """The hours of a period: kWh an hour, NaN where one does not count; local time; temperature, None where unknown.

    `faulty`: hours that a fault stands behind, None for none.
    """

    hours: Values
    clock: LocalClock
    temperature_degc: Values | None = None
    faulty: Mask | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of a difference. `share_percent`: of the whole difference, signed; None where that is 0."""

    kind: CauseKind
    kwh: float
    share_percent: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The use of the second period less that of the first, kWh, and its parts, the largest first.

    `coverage`: the poorer of the two periods', 0 to 1.
    """

    kwh: float
    causes: tuple[Cause, ...]
    coverage: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What one period amounts to: hours in all, valid hours, the mean of its clean hours, and what faults added."""

    hours: int
    valid: int
    clean_kwh: float
    faults_kwh: float

    @property
    def coverage(self) -> float:
        return self.valid / self.hours


def explain(before: PeriodUse, after: PeriodUse, *, holidays: AbstractSet[date] = frozenset()) -> Explanation:
    """Return what the difference between two periods of a building is made of.

    Without 28 days in both together that count, days off and weather cannot be told and stay in the level. Raises
    `NoData` where a period has no hour that counts.
    """
    first, second = _amounts(before, "first"), _amounts(after, "second")
    parts: dict[CauseKind, float] = {
        "missing_readings": (second.coverage - first.coverage) * second.hours * first.clean_kwh,
        "length": first.coverage * (second.hours - first.hours) * first.clean_kwh,
        "faults": second.faults_kwh - first.faults_kwh,
    }
    rest = second.valid * (second.clean_kwh - first.clean_kwh)
    days = [_days(one, holidays) for one in (before, after)]
    off_kwh, weather_kwh, notes = _regressed(days)
    parts["days_off"], parts["weather"] = (second.valid / DAY_HOURS * one for one in (off_kwh, weather_kwh))
    hours_longer, daily_kwh = operation(before.hours, before.clock, after.hours, after.clock, holidays)
    parts["schedule"] = second.valid / DAY_HOURS * daily_kwh
    parts["level"] = rest - parts["days_off"] - parts["weather"] - parts["schedule"]
    words = _words(before, after, (first, second), days, hours_longer, parts)
    coverage = min(first.coverage, second.coverage)
    return Explanation(sum(parts.values()), _ranked(parts, words), coverage, tuple(notes + _thin(coverage)))


def _amounts(period: PeriodUse, name: str) -> _Amounts:
    valid = np.isfinite(period.hours)
    faulty = valid & (period.faulty if period.faulty is not None else np.zeros(len(valid), dtype=bool))
    clean = valid & ~faulty
    if not clean.any():
        raise NoData(
            f"the {name} period has no hour that counts, so there is nothing to compare; choose another period"
        )
    mean = float(period.hours[clean].mean())
    faults = float(period.hours[faulty].sum()) - int(faulty.sum()) * mean
    return _Amounts(len(valid), int(valid.sum()), mean, faults)


def _days(period: PeriodUse, holidays: AbstractSet[date]) -> Days:
    """Return the whole local days of a period, faulty hours taken out."""
    n = len(period.hours)
    degc = np.full(n, np.nan) if period.temperature_degc is None else period.temperature_degc
    faulty = np.zeros(n, dtype=bool) if period.faulty is None else period.faulty
    return days_of(np.where(faulty, np.nan, period.hours), degc, period.clock, holidays)


def _regressed(days: list[Days]) -> tuple[float, float, list[str]]:
    """Return what days off and weather make of the difference, kWh a day."""
    both = _together(days)
    counts, columns = usable(both)
    start = int(counts[: len(days[0])].sum())
    if counts.sum() < LEAST_DAYS or not 0 < start < counts.sum():
        few = f"the weather's part takes {LEAST_DAYS} days that count in both periods together; it is in the level"
        return 0.0, 0.0, [few]
    found = adjusted(both, counts, columns, [start])
    calendar = found.explained_kwh - found.weather_kwh
    off, weather = (float(one[start:].mean() - one[:start].mean()) for one in (calendar, found.weather_kwh))
    known = np.isfinite(both.temperature_degc[counts]).all()
    return off, weather, [] if known else ["no outdoor temperature is known, so the weather's part is in the level"]


def _together(days: list[Days]) -> Days:
    first, second = days
    return replace(
        first,
        day=np.concatenate([first.day, second.day]),
        kwh=np.concatenate([first.kwh, second.kwh]),
        temperature_degc=np.concatenate([first.temperature_degc, second.temperature_degc]),
        off=np.concatenate([first.off, second.off]),
        valid_hours=np.concatenate([first.valid_hours, second.valid_hours]),
        hours=np.concatenate([first.hours, second.hours]),
        hourly_degc=None,
    )


def _words(
    before: PeriodUse,
    after: PeriodUse,
    amounts: tuple[_Amounts, _Amounts],
    days: list[Days],
    hours_longer: float,
    parts: dict[CauseKind, float],
) -> dict[CauseKind, str]:
    first, second = amounts
    off = [100.0 * float(one.off.mean()) if len(one) else 0.0 for one in days]
    degc = [_mean_degc(one) for one in (before, after)]
    longer = "longer" if hours_longer > 0 else "shorter"
    return {
        "missing_readings": f"{100 * second.coverage:.1f} % of hours are metered, after {100 * first.coverage:.1f} %",
        "length": f"the period has {second.hours:,} hours, after {first.hours:,}",
        "faults": "faulty readings, beside the mean of the others",
        "days_off": f"{off[1]:.0f} % of the days were days off, after {off[0]:.0f} %",
        "weather": f"the mean outdoor temperature was {degc[1]:.1f} degC, after {degc[0]:.1f} degC",
        "schedule": f"the building ran {abs(hours_longer):.1f} hours {longer} on a working day",
        "level": "at equal weather, days and hours" + _since(days, parts["level"]),
    }


def _mean_degc(period: PeriodUse) -> float:
    known = None if period.temperature_degc is None else period.temperature_degc[np.isfinite(period.temperature_degc)]
    return float(known.mean()) if known is not None and len(known) else float("nan")


def _since(days: list[Days], level_kwh: float) -> str:
    """Say since when the level is another, where the larger change of its direction has a date."""
    first, second = days
    if not len(first) or not len(second) or first.day[-1] >= second.day[0]:
        return ""
    try:
        found = changes_of_cut(cut_days(_together(days))).changes
    except NoData:
        return ""
    like = [one for one in found if one.kwh_per_day * level_kwh > 0 and not one.recurs]
    return f"; {max(like, key=lambda one: abs(one.kwh_per_day)).words}" if like else ""


def _ranked(parts: dict[CauseKind, float], words: dict[CauseKind, str]) -> tuple[Cause, ...]:
    whole = sum(parts.values())
    made = [Cause(kind, kwh, 100.0 * kwh / whole if whole else None, words[kind]) for kind, kwh in parts.items() if kwh]
    return tuple(sorted(made, key=lambda one: -abs(one.kwh)))


def _thin(coverage: float) -> list[str]:
    return [] if coverage >= LEAST_COVERAGE else [f"only {100 * coverage:.0f} % of one period's hours have a reading"]
