"""What hangs on the weather: degree days, change-point models, the hourly model, use in normal weather."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.data.methods import opendsm
from benchmarks.data.methods.asked import answer, record_of, year
from benchmarks.data.methods.beside import Row, by
from benchmarks.data.methods.hours import bridged, daily, excess_by_day, is_holiday, series
from tools.analyses.baseline_model import OwnModel, own_model
from tools.baseline import DailyModel, DateSpan, HourlyModel, WeekHours, degree_days_hourly, hourly_model, week_hours
from tools.energy_query import Terms

BASE_DEGC = 15.5
KNOTS_DEGF = (30, 45, 55, 65, 75, 90)
HAC_DAYS, HALF_STEP_K = 14, 0.1


def rows() -> Iterator[Row]:
    """Yield the rows of the weather."""
    yield from _degree_days()
    for meter in (Meter("b36", 2018, "electricity"), Meter("b58", 2019, "gas")):
        yield from _change_point(meter)
    yield from _towt()
    yield from _normal()


def _degree_days() -> Iterator[Row]:
    degc = series("cambridge/temperature")
    means = degc.resample("D").mean()
    asked: dict[str, Any] = {"period": year(2019)}
    theirs = (BASE_DEGC - means).clip(lower=0).sum()
    yield Row(
        "degree days", "Cambridge 2019, heating to 15.5 degC", "K d", answer("degree_days", **asked), "pandas", theirs
    )
    hourly = degree_days_hourly(degc.to_numpy(), BASE_DEGC, "heating").degree_days
    yield Row("degree days", "the same by hours", "K d", hourly, "pandas", (BASE_DEGC - degc).clip(lower=0).sum() / 24)
    yield Row(
        "degree days",
        "by daily means, beside hours",
        "K d",
        answer("degree_days", **asked),
        "ours by hours",
        hourly,
        None,
    )


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter in a calendar year that a change-point model is fitted to."""

    building: str
    of: int
    fuel: str

    @property
    def name(self) -> str:
        """Return what it is called in the table."""
        return f"{self.building} {'gas ' if self.fuel == 'gas' else ''}{self.of}"

    @property
    def path(self) -> str:
        """Return its name in the file."""
        return f"{self.building}/{self.fuel}"


@cache
def baseline_of(meter: Meter) -> OwnModel:
    """Return the daily baseline of a year by itself, as the answer about it has it."""
    span = DateSpan(date(meter.of, 1, 1), date(meter.of + 1, 1, 1))
    return own_model(record_of(meter.building, meter.fuel), span, meter.fuel)


def model_of(meter: Meter) -> DailyModel:
    """Return the model of that baseline."""
    return baseline_of(meter).model


def _design(meter: Meter, balance_degc: float, *, hourly: bool) -> np.ndarray:
    """Return the columns of a heating model at a balance point: one, day off where the model tells them, K below."""
    days, degc = daily(meter.path, meter.of), series("cambridge/temperature", meter.of)
    off = [days["off"].to_numpy()] if model_of(meter).line.off_kwh is not None else []
    return np.column_stack([np.ones(len(days)), *off, excess_by_day(degc, balance_degc, days.index, hourly=hourly)])


def _change_point(meter: Meter) -> Iterator[Row]:
    """Compare a 3PH model: levels and slope at its balance point, its fit and errors, the balance point itself."""
    model = model_of(meter)
    line, name = model.line, meter.name
    assert line.shape == "3PH"
    kwh, hourly = daily(meter.path, meter.of).kwh.to_numpy(), line.basis == "hourly"
    columns = _design(meter, line.low_degc, hourly=hourly)
    found = np.linalg.lstsq(columns, kwh)[0]
    yield Row("change point", f"{name}, base load", "kWh/d", line.base_kwh, "numpy lstsq", found[0])
    yield Row("change point", f"{name}, slope", "kWh/d/K", line.below_kwh_per_k, "numpy lstsq", found[-1])
    left, p = kwh - columns @ found, columns.shape[1] + 1
    cvrmse = 100.0 * np.sqrt(left @ left / (len(kwh) - p)) / kwh.mean()
    yield Row(
        "goodness", f"{name}, CV(RMSE)", "%", 100.0 * (model.goodness.cvrmse or 0.0), "Guideline 14's formula", cvrmse
    )
    yield Row("goodness", f"{name}, R2", "", model.goodness.r2 or 0.0, "scikit-learn", _r2(kwh, columns @ found))
    nearest = _least_squares_point(meter, kwh, hourly=hourly)
    what = f"{name}, balance point"
    yield Row("change point", what, "degC", line.low_degc, "scipy, least squares", nearest, 2.5, "absolute")
    ours = next(p.standard_error for p in model.parameters() if p.name == "heating_kwh_per_k")
    slope_at = columns.shape[1] - 1
    held = by("statsmodels", lambda: _hac_error(kwh, columns, slope_at))
    yield Row("change point", f"{name}, error of the slope", "kWh/d/K", ours, "statsmodels HAC, point held", held, None)
    ends = (_design(meter, line.low_degc + side, hourly=hourly) @ found for side in (HALF_STEP_K, -HALF_STEP_K))
    moving = np.column_stack([columns, np.subtract(*ends)])
    free = by("statsmodels", lambda: _hac_error(kwh, moving, slope_at))
    yield Row("change point", f"{name}, error of the slope", "kWh/d/K", ours, "statsmodels HAC, point free", free, 0.6)


def _r2(kwh: np.ndarray, modelled: np.ndarray) -> float:
    from sklearn.metrics import r2_score  # type: ignore[import-untyped]

    return float(r2_score(kwh, modelled))


def _least_squares_point(meter: Meter, kwh: np.ndarray, *, hourly: bool) -> float:
    """Return the balance point with the least squared error: a grid, then Brent's method around the best."""
    from scipy.optimize import minimize_scalar

    def sse(at: float) -> float:
        columns = _design(meter, at, hourly=hourly)
        left = kwh - columns @ np.linalg.lstsq(columns, kwh)[0]
        return float(left @ left)

    grid = np.arange(5.0, 20.1, 0.5)
    best = float(grid[np.argmin([sse(at) for at in grid])])
    return float(minimize_scalar(sse, bounds=(best - 0.5, best + 0.5), method="bounded").x)


def _hac_error(kwh: np.ndarray, columns: np.ndarray, at: int) -> float:
    """Return the standard error of a column's coefficient, by Newey and West."""
    import statsmodels.api as sm  # type: ignore[import-not-found]

    fitted = sm.OLS(kwh, columns).fit(cov_type="HAC", cov_kwds={"maxlags": HAC_DAYS})
    return float(fitted.bse[at])


@cache
def hourly_model_of(building: str, of: int) -> HourlyModel:
    """Return the TOWT of a building's electricity of a year."""
    return hourly_model(_week_hours(building).between(DateSpan(date(of, 1, 1), date(of + 1, 1, 1))))


@cache
def _week_hours(building: str) -> WeekHours:
    record = record_of(building)
    return week_hours(record.hours, record.temperature_degc, record.clock, record.holidays)


def _towt() -> Iterator[Row]:
    model = hourly_model_of("b58", 2018)
    mine = _week_hours("b58").between(DateSpan(date(2019, 1, 1), date(2020, 1, 1)))
    ours = float(np.nansum(model.use_kwh(mine)))
    cvrmse, expected = _towt_by_pandas()
    yield Row("TOWT", "b58 2018, CV(RMSE)", "%", 100.0 * (model.goodness.cvrmse or 0.0), "numpy lstsq", cvrmse)
    yield Row("TOWT", "b58 2019 by the model of 2018", "kWh", ours, "numpy lstsq", expected)
    frames = [opendsm.frame(series("b58/electricity", y), series("cambridge/temperature", y)) for y in (2018, 2019)]
    theirs = by("opendsm", lambda: opendsm.expected_hourly(*frames))
    yield Row("TOWT", "the same", "kWh", ours, "opendsm, CalTRACK hourly", theirs, 0.01)


def _towt_by_pandas() -> tuple[float, float]:
    """Return the CV(RMSE), %, of a TOWT of 2018 with a column for each hour of the week, and its sum over 2019."""
    before, after = (_hours(y) for y in (2018, 2019))
    cold, hot = (10.0 - before.degc).clip(lower=0), (before.degc - 65 / 1.8 + 32 / 1.8).clip(lower=0)
    plain = np.column_stack([np.ones(len(before)), cold, hot])
    over = before.kwh > plain @ np.linalg.lstsq(plain, before.kwh.to_numpy())[0]
    busy = over.groupby(before.week).mean() > 0.65
    knots = [(f - 32) / 1.8 for f in KNOTS_DEGF]
    while min(np.bincount(np.searchsorted(knots, before.degc), minlength=len(knots) + 1)) < 20:
        few = np.argmax(np.bincount(np.searchsorted(knots, before.degc), minlength=len(knots) + 1) < 20)
        knots.pop(min(int(few), len(knots) - 1))
    levels = pd.get_dummies(before.week).columns
    x, y = (_columns(frame, busy, knots, levels) for frame in (before, after))
    weights, _, rank, _ = np.linalg.lstsq(x, before.kwh.to_numpy(), rcond=1e-10)
    left = before.kwh.to_numpy() - x @ weights
    cvrmse = 100.0 * np.sqrt(left @ left / (len(left) - rank)) / before.kwh.mean()
    return float(cvrmse), float((y @ weights).sum())


def _hours(of: int) -> pd.DataFrame:
    """Return the hours of a year with their hour of the week, where a holiday is a Sunday."""
    kwh = series("b58/electricity", of)
    weekday = np.where(is_holiday(kwh.index), 6, kwh.index.day_of_week)
    degc = bridged(series("cambridge/temperature", of))
    return pd.DataFrame({"kwh": kwh, "degc": degc, "week": 24 * weekday + kwh.index.hour}).dropna()


def _columns(frame: pd.DataFrame, busy: pd.Series, knots: list[float], levels: pd.Index) -> np.ndarray:
    """Return a column for each hour of the week, then the pieces of the temperature, busy hours and others apart."""
    dummies = pd.get_dummies(frame.week).reindex(columns=levels, fill_value=0).to_numpy(float)
    degc, is_busy = frame.degc.to_numpy(), frame.week.map(busy).to_numpy(bool)
    ends = [*knots, np.inf]
    pieces = [np.minimum(degc, knots[0])]
    pieces += [np.clip(degc - low, 0.0, high - low) for low, high in zip(knots, ends[1:], strict=False)]
    piece = np.column_stack(pieces)
    return np.hstack([dummies, piece * is_busy[:, None], piece * ~is_busy[:, None]])


def _normal() -> Iterator[Row]:
    """Put b58's gas of 2019 into the weather of the three years that there are, scaled to 365 days."""
    meter = Meter("b58", 2019, "gas")
    asked: dict[str, Any] = {
        "building": "b58",
        "measure": "gas",
        "period": year(2019),
        "terms": Terms(weather_normalised=True),
    }
    ours = answer("total", **asked)
    line, degc = model_of(meter).line, series("cambridge/temperature", None)
    days = pd.DatetimeIndex(degc.index.normalize().unique())
    off = (days.day_of_week >= 5) | is_holiday(days)
    below = excess_by_day(degc, line.low_degc, days, hourly=line.basis == "hourly")
    use = line.base_kwh + (line.off_kwh or 0.0) * off + line.below_kwh_per_k * below
    what = "b58 gas of 2019 in normal weather"
    yield Row("weather-normalised", what, "kWh", ours, "pandas, the same model", 365.0 * float(np.mean(use)))
    own, told = baseline_of(meter).kwh, "b58 gas, the model of 2019 summed over 2019"
    yield Row("weather-normalised", told, "kWh", own, "pandas, as measured", series("b58/gas").sum())
    before = opendsm.frame(series("b58/gas"), series("cambridge/temperature"))
    theirs = by("opendsm", lambda: 365.0 * opendsm.expected_by_day(before, before, electric=False))
    yield Row("weather-normalised", told, "kWh", own, "opendsm daily", theirs, None)
    weather = opendsm.frame(degc * np.nan, degc)
    theirs = by("opendsm", lambda: 365.0 * opendsm.expected_by_day(before, weather, electric=False))
    yield Row("weather-normalised", what, "kWh", ours, "opendsm daily", theirs, None)
