"""Avoided use and its uncertainty: meters whose savings are known, a meter of ours, and Guideline 14 by hand."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.data.methods import opendsm
from benchmarks.data.methods.asked import answer, year
from benchmarks.data.methods.beside import Row, by
from benchmarks.data.methods.hours import series
from benchmarks.data.mv_samples import SAVED, TIMEZONE, Sample, samples
from tools.baseline import Avoided, DateSpan, Days, avoided_use, days_of

DAYS_OF_MONTH = 365.25 / 12.0
NAMES = {
    "electricity_heating_cooling_kwh": "heating and cooling",
    "electricity_cooling_kwh": "cooling",
    "gas_heating_therm": "gas heating",
    "gas_flat_therm": "gas, flat",
}


def rows() -> Iterator[Row]:
    """Yield the rows of savings."""
    for sample in samples():
        yield from _of_sample(sample)
    yield from _guideline14(samples()[0])
    yield from _of_ours()


@cache
def _days(name: str) -> Days:
    sample = next(s for s in samples() if s.name == name)
    return days_of(sample.hours, sample.temperature_degc, sample.clock)


@cache
def _avoided(name: str) -> Avoided:
    sample = next(s for s in samples() if s.name == name)
    return avoided_use(_days(name), sample.baseline, sample.reporting, heating_only=sample.is_gas)


@cache
def _theirs(name: str) -> opendsm.Daily:
    sample = next(s for s in samples() if s.name == name)
    before, after = (_frame(sample, span) for span in (sample.baseline, sample.reporting))
    return opendsm.daily(before, after, electric=not sample.is_gas)


def _of_sample(sample: Sample) -> Iterator[Row]:
    found, unit = _avoided(sample.name), "therm" if sample.is_gas else "kWh"
    name, saved = f"sample {NAMES[sample.name]}", found.savings
    ours, theirs = found.model.goodness.cvrmse or 0.0, by("opendsm", lambda: 100.0 * _theirs(sample.name).cvrmse)
    yield Row("goodness", f"{name}, CV(RMSE)", "%", 100.0 * ours, "opendsm daily", theirs, 0.06)
    what, kwh = f"{name}, adjusted baseline", saved.adjusted_baseline_kwh
    expected = by("opendsm", lambda: _theirs(sample.name).expected)
    yield Row("avoided use", what, unit, kwh, "opendsm daily", expected, 0.05)
    yield Row("avoided use", what, unit, kwh, "known truth", saved.measured_kwh / (1.0 - SAVED), 0.05)


def _frame(sample: Sample, span: DateSpan) -> pd.DataFrame:
    at = pd.date_range(sample.start, periods=len(sample.hours), freq="h").tz_convert(TIMEZONE)
    frame = opendsm.frame(pd.Series(sample.hours, at), pd.Series(sample.temperature_degc, at))
    return frame[(at >= pd.Timestamp(span.start, tz=TIMEZONE)) & (at < pd.Timestamp(span.end, tz=TIMEZONE))]


def _guideline14(sample: Sample) -> Iterator[Row]:
    """Work out n', Student's t and the fractional uncertainty from residuals, as a sheet would."""
    from scipy.stats import t as student

    found, days = _avoided(sample.name), _days(sample.name)
    before, after = days.between(sample.baseline), days.between(sample.reporting)
    left, good = pd.Series(before.kwh - found.model.use_kwh(before)), found.model.goodness
    both = pd.DataFrame({"now": left, "before": left.shift()}).dropna()
    rho = both["now"].corr(both["before"])
    n, p, m = int(left.count()), found.model.line.fitted, int(after.counts.sum())
    uncapped = n * (1 - rho) / (1 + rho)
    effective = min(uncapped, n)  # where neighbours differ more than others, EAIO counts no more days than there are
    name = NAMES[sample.name]
    yield Row("Guideline 14", f"sample {name}, n'", "days", good.n_effective, "pandas, not capped", uncapped, None)
    cvrmse = np.sqrt((left**2).sum() / (n - p)) / before.kwh[np.isfinite(left)].mean()
    factor = np.polyval([-0.00024, 0.03535, 1.00286], m / DAYS_OF_MONTH)
    expected = found.model.use_kwh(after)[after.counts].sum()
    part = 1.0 - after.kwh[after.counts].sum() / expected
    spread = np.sqrt(n / effective * (1 + 2 / effective) / m)
    fsu = 100.0 * student.ppf(0.84, n - p) * factor * cvrmse * spread / part
    ours = 100.0 * (found.savings.guideline14.at_68 or 0.0)
    yield Row("Guideline 14", f"sample {name}, FSU at 68 %", "%", ours, "scipy, annex B", fsu)
    theirs = by("opendsm", lambda: 100.0 * _theirs(sample.name).fsu)
    yield Row("Guideline 14", f"sample {name}, FSU at 68 %", "%", ours, "opendsm, its own model", theirs, None)


def _of_ours() -> Iterator[Row]:
    """Compare b22's electricity of 2020, when its people stayed away, with its baseline of 2019."""
    asked: dict[str, Any] = {"building": "b22", "period": year(2020), "against_period": year(2019)}
    ours = answer("savings", "electricity baseline use", **asked)
    used = answer("savings", "electricity use", **asked)
    theirs = _counted(series("b22/electricity", 2020))
    yield Row("avoided use", "b22 2020, use on the days that count", "kWh", used, "pandas", theirs)
    frames = [opendsm.frame(series("b22/electricity", y), series("cambridge/temperature", y)) for y in (2019, 2020)]
    expected = by("opendsm", lambda: opendsm.daily(*frames, electric=True).expected)
    yield Row("avoided use", "b22 2020, adjusted baseline of 2019", "kWh", ours, "opendsm daily", expected, 0.05)


def _counted(kwh: pd.Series) -> float:
    """Return the use of the days with half of their hours, missing ones at the day's mean."""
    days = kwh.groupby(kwh.index.normalize())
    return float((days.mean() * days.size())[days.count() >= days.size() / 2].sum())
