"""Measurement and verification against known truth: `python -m benchmarks.data.mv [METERS]`.

Four sample meters of eemeter and 200 simulated ones. A balance point is right within 2 degF (1.11 K), a saving where
the stated interval of 95 % holds what was truly saved on the days that count. Where opendsm is installed its figures
for the sample meters are printed beside ours.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.data.mv_opendsm import Theirs, is_installed, theirs
from benchmarks.data.mv_samples import SAVED, Sample, samples
from benchmarks.data.mv_simulated import BASELINE, REPORTING, Simulated, simulated
from benchmarks.lines import Lines
from tools.baseline import (
    DailyModel,
    Interval,
    Savings,
    avoided_use,
    avoided_use_hourly,
    days_of,
    week_hours,
)

METERS = 200
NEAR_K = 2.0 / 1.8


@dataclass(frozen=True, slots=True)
class Judged:
    """One simulated meter: whether each thing came out right."""

    points_near: bool | None
    points_held: tuple[bool, ...]
    daily: Savings
    hourly: Savings
    true_daily_kwh: float
    true_hourly_kwh: float


def main(meters: int) -> int:
    """Print all figures; return 1 where one misses its line."""
    lines = Lines(beside="opendsm")
    on_samples(lines)
    on_simulated(lines, [judged(simulated(seed)) for seed in range(meters)])
    return lines.end()


def on_samples(lines: Lines) -> None:
    """Print what is found of the sample meters beside what is true and, where it is at hand, beside opendsm."""
    print("Sample meters of eemeter (simulated, Illinois), a year before and a year after" + _said_of_opendsm())
    for sample in samples():
        days = days_of(sample.hours, sample.temperature_degc, sample.clock)
        found = avoided_use(days, sample.baseline, sample.reporting, heating_only=sample.is_gas)
        hours = week_hours(sample.hours, sample.temperature_degc, sample.clock)
        hourly = avoided_use_hourly(hours, sample.baseline, sample.reporting)
        other = theirs(sample) if is_installed() else None
        print(f"{sample.name}: {found.model.line.shape}, {found.model.line.basis}, TOWT beside")
        _points(lines, sample, found.model)
        _fit(lines, found.model, hourly.model.goodness.cvrmse, other)
        _saved(lines, found.savings, "daily", other)
        _saved(lines, hourly.savings, "hourly", None)


def _said_of_opendsm() -> str:
    return "" if is_installed() else " (opendsm is not installed here, so ours stand alone)"


def _points(lines: Lines, sample: Sample, model: DailyModel) -> None:
    rows = (
        ("heating", sample.heating_balance_degf, model.heating_balance),
        ("cooling", sample.cooling_balance_degf, model.cooling_balance),
    )
    for kind, true, found in rows:
        if true is not None:
            off = abs(found.value * 1.8 + 32.0 - true) if found else np.inf
            lines.line(f"  {kind} balance point, degF away from {true:g}", off, most=2.0)


def _fit(lines: Lines, model: DailyModel, hourly: float | None, other: Theirs | None) -> None:
    cvrmse = model.goodness.cvrmse
    assert cvrmse is not None
    assert hourly is not None
    lines.line("  CV(RMSE) of the daily baseline", cvrmse, other.cvrmse if other else None)
    lines.line("  CV(RMSE) of the hourly baseline", hourly)


def _saved(lines: Lines, found: Savings, name: str, other: Theirs | None) -> None:
    true = found.measured_kwh * SAVED / (1.0 - SAVED)
    low, high = found.low_kwh, found.high_kwh
    lines.line(f"  {name}: avoided, of a true {true:.4g}", found.avoided_kwh, other.avoided if other else None)
    lines.line(f"  {name}: true value in {low:.4g} to {high:.4g}", float(low <= true <= high), least=1.0)


def judged(meter: Simulated) -> Judged:
    """Measure one simulated meter both ways and compare with what is true of it."""
    days = days_of(meter.hours, meter.temperature_degc, meter.clock)
    found = avoided_use(days, BASELINE, REPORTING)
    without = days_of(meter.without_work, meter.temperature_degc, meter.clock).between(REPORTING).kwh
    after = days.between(REPORTING)
    hours = week_hours(meter.hours, meter.temperature_degc, meter.clock)
    hourly = avoided_use_hourly(hours, BASELINE, REPORTING)
    inside = (hours.day >= after.day[0]) & (hours.day <= after.day[-1]) & hours.counts
    pairs = _pairs(meter, found.model)
    return Judged(
        points_near=all(p is not None and abs(p.value - true) <= NEAR_K for true, p in pairs) if pairs else None,
        points_held=tuple(p is not None and p.low <= true <= p.high for true, p in pairs),
        daily=found.savings,
        hourly=hourly.savings,
        true_daily_kwh=float((without - after.kwh)[after.counts].sum()),
        true_hourly_kwh=float((meter.without_work - meter.hours)[inside].sum()),
    )


def _pairs(meter: Simulated, model: DailyModel) -> list[tuple[float, Interval | None]]:
    rows = ((meter.heating_balance_degc, model.heating_balance), (meter.cooling_balance_degc, model.cooling_balance))
    return [(true, found) for true, found in rows if true is not None]


def on_simulated(lines: Lines, found: Sequence[Judged]) -> None:
    """Print in how many of the simulated meters each thing is right."""
    print(f"{len(found)} simulated meters: errors with a memory, schedules, gaps, 0 to 30 % saved")
    near = [j.points_near for j in found if j.points_near is not None]
    lines.line("  meters whose balance points are within 2 degF", _share(near), least=0.9)
    lines.line("  true balance points in their 95 % interval", _share(held for j in found for held in j.points_held))
    for name, rows in (
        ("daily", [(j.daily, j.true_daily_kwh) for j in found]),
        ("hourly (TOWT)", [(j.hourly, j.true_hourly_kwh) for j in found]),
    ):
        lines.line(f"  {name}: true savings in the stated 95 % interval", _held(rows, 0.95), least=0.9)
        lines.line(f"  {name}: true savings in the interval of 90 %", _held(rows, 0.90))
        lines.line(f"  {name}: true savings within Guideline 14's at 90 %", _share(_in_guideline14(rows)))
        error = [(s.avoided_kwh - true) / s.adjusted_baseline_kwh for s, true in rows]
        lines.line(f"  {name}: mean error, % of the baseline", 100.0 * float(np.mean(error)))
        lines.line(f"  {name}: middle absolute error, % of the baseline", 100.0 * float(np.median(np.abs(error))))


def _share(right: Iterable[bool]) -> float:
    return float(np.mean([float(r) for r in right]))


def _held(rows: Iterable[tuple[Savings, float]], confidence: float) -> float:
    ends = [(*s.interval_kwh(confidence), true) for s, true in rows]
    return _share(low <= true <= high for low, high, true in ends)


def _in_guideline14(rows: Iterable[tuple[Savings, float]]) -> list[bool]:
    given = [(s, true, s.guideline14.at_90) for s, true in rows]
    return [abs(s.avoided_kwh - true) <= fsu * abs(s.avoided_kwh) for s, true, fsu in given if fsu is not None]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else METERS))
