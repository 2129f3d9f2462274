"""Daily baselines: how a building's use follows the outdoor temperature, with what is uncertain about it.

The shapes are ASHRAE's (see `shapes`), the fit tries all change points at once (see `search`), and the choice among
shapes is by BIC (see `choice`). Only shapes that a building can have are tried: use rises below a heating and above a
cooling balance point, over a base load that is not negative (CalTRACK 2.0, section 3.4.3.2) unless the use itself is,
as with solar panels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.baseline.choice import Choice, chosen, inflation_left, least_expected_kwh
from tools.baseline.days import Days, Mask
from tools.baseline.goodness import MOST_CVRMSE_DAILY, Goodness, goodness, goodness_notes
from tools.baseline.noise import Noise, memory_of
from tools.baseline.profile import Interval, change_point_interval
from tools.baseline.quantiles import t_quantile
from tools.baseline.search import Search
from tools.baseline.shapes import HEATING_SHAPES, SHAPES, Line, Shape
from tools.baseline.weather import Weather
from tools.errors import NoData
from tools.figures import Values

LEAST_DAYS = 60
YEAR_DAYS = 329  # 365 less 10 %: CalTRACK 2.0, section 2.2.1.2
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Parameter:
    """A fitted parameter with its standard error and interval; its unit ends its name."""

    name: str
    value: float
    standard_error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class DailyModel:
    """A fitted daily baseline.

    `covariance` is that of the parameters, in the order of `line.names()`, under the noise's memory. `spread_degc`: the
    coldest and hottest day it was fitted to. `coverage`: the share of the period's days that counted.
    """

    line: Line
    goodness: Goodness
    noise: Noise
    covariance: Values
    confidence: float
    heating_balance: Interval | None
    cooling_balance: Interval | None
    spread_degc: tuple[float, float]
    coverage: float
    notes: tuple[str, ...] = ()

    def use_kwh(self, days: Days) -> Values:
        """Return what the building would have used on each day, NaN where no temperature is known."""
        return self.line.use_kwh(days)

    def parameters(self) -> tuple[Parameter, ...]:
        """Return each parameter with its interval: of a balance point by profile, of the rest by Student's t."""
        t = t_quantile(self.confidence, self.degrees_of_freedom)
        profiles = {"heating_balance_degc": self.heating_balance, "cooling_balance_degc": self.cooling_balance}
        found = []
        for i, (name, value) in enumerate(zip(self.line.names(), self.line.values(), strict=True)):
            error = float(np.sqrt(max(self.covariance[i, i], 0.0)))
            profile = profiles.get(name)
            ends = (profile.low, profile.high) if profile else (value - t * error, value + t * error)
            found.append(Parameter(name, value, error, *ends))
        return tuple(found)

    @property
    def degrees_of_freedom(self) -> float:
        """Return how many independent days are left when the parameters are taken, at least 1."""
        return max(self.goodness.n / self.noise.inflation - self.goodness.p, 1.0)

    def error_of_sum_kwh(self, days: Days, counts: Mask, *, with_noise: bool = True) -> float:
        """Return the standard error of the modelled use summed over the days that count.

        With noise it is of what the building would have used then, else of the mean of many such years. The first is
        the variance of a forecast of a sum (Koran et al. 2017, "A comparison of approaches to estimating the
        time-aggregated uncertainty of savings"), here for errors with a memory.
        """
        summed = self.line.jacobian(days)[counts].sum(axis=0)
        variance = float(summed @ self.covariance @ summed)
        if with_noise:
            expected = np.where(counts, np.nan_to_num(self.use_kwh(days)), 0.0)
            variance += self.noise.variance_of_sum(np.where(counts, self.noise.deviations_kwh(expected), 0.0))
        return float(np.sqrt(max(variance, 0.0)))


def daily_model(
    days: Days, *, shapes: Sequence[Shape] | None = None, heating_only: bool = False, confidence: float = CONFIDENCE
) -> DailyModel:
    """Return the daily baseline with the lowest BIC among the shapes that a building can have.

    `shapes`: those to choose from, all by default. Where only daily means of the temperature will be known later, give
    `days.by_means()`, and the model asks for no hours.
    `heating_only`: leave cooling out, as CalTRACK does for gas (section 3.2.1.1). Raises `NoData` below 60 days that
    have both use and temperature, or use alone where only "1P" is wanted.
    """
    wanted = tuple(shapes or (HEATING_SHAPES if heating_only else SHAPES))
    counts = np.isfinite(days.kwh) if wanted == ("1P",) else days.counts
    if counts.sum() < LEAST_DAYS:
        raise NoData(
            f"a daily baseline takes at least {LEAST_DAYS} days with use and temperature and there are "
            f"{int(counts.sum())} of {len(days)}; ask for a longer period, or load the missing readings or weather"
        )
    fitted = days.only(counts)
    return _described(days, counts, chosen(fitted, wanted).plain(fitted), confidence)


def _described(days: Days, counts: Mask, choice: Choice, confidence: float) -> DailyModel:
    line, fitted = choice.line, days.only(counts)
    modelled = np.where(counts, line.use_kwh(days), np.nan)
    found = goodness(days.kwh, modelled, line.fitted)
    noise = _noise(days, modelled, choice, found.degrees_of_freedom, least_expected_kwh(fitted))
    weather = Weather.of(fitted, line.basis)
    search = Search.of(fitted, weather, choice.whitening, with_off=line.off_kwh is not None)
    inflation = inflation_left(fitted, choice)
    low = change_point_interval(search, line, "low", inflation, confidence) if line.has_heating else None
    high = change_point_interval(search, line, "high", inflation, confidence) if line.has_cooling else None
    known = fitted.temperature_degc[np.isfinite(fitted.temperature_degc)]
    spread = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
    notes = _notes(fitted, line, found, (low, high))
    covariance = _covariance(line, days, counts, modelled, noise)
    return DailyModel(line, found, noise, covariance, confidence, low, high, spread, float(counts.mean()), tuple(notes))


def _noise(days: Days, modelled: Values, choice: Choice, free: int, least_kwh: float) -> Noise:
    """Return the noise of plain residuals; in proportion or not, its variances add up to theirs."""
    residuals = days.kwh - modelled
    size = np.maximum(modelled, least_kwh) if choice.in_proportion else np.ones(len(modelled))
    known = np.isfinite(residuals)
    n = int(known.sum())
    scale = np.sqrt(n / free * float(residuals[known] @ residuals[known]) / float(size[known] @ size[known]))
    return Noise(float(scale), memory_of(residuals, size), choice.in_proportion, least_kwh)


def _covariance(line: Line, days: Days, counts: Mask, modelled: Values, noise: Noise) -> Values:
    """Return the covariance of the parameters: that of least squares under errors as they are (the sandwich).

    Where memory would narrow every parameter's error, it is left out: n' never exceeds n.
    """
    jacobian = np.where(counts[:, None], line.jacobian(days), 0.0)
    bread = np.linalg.pinv(jacobian.T @ jacobian)
    sized = jacobian * np.where(counts, noise.deviations_kwh(np.nan_to_num(modelled)), 0.0)[:, None]
    with_memory = bread @ (sized.T @ noise.times(sized)) @ bread
    independent = bread @ (sized.T @ sized) @ bread
    return independent if (np.diag(with_memory) < np.diag(independent)).all() else with_memory


def _notes(days: Days, line: Line, found: Goodness, balance: tuple[Interval | None, Interval | None]) -> list[str]:
    notes = goodness_notes(found, MOST_CVRMSE_DAILY)
    if len(days) < YEAR_DAYS:
        notes.append(f"the baseline rests on {len(days)} days; with less than twelve months a season is guessed")
    if line.is_flat:
        notes.append("use does not follow the outdoor temperature, so the baseline is a mean and R2 says nothing of it")
    for interval, name in zip(balance, ("heating", "cooling"), strict=True):
        if interval and interval.is_open:
            notes.append(f"the {name} balance point may lie outside the temperatures that were seen")
    outliers = _outliers(days.kwh)
    if outliers:
        notes.append(f"days that use more than the median and three interquartile ranges: {outliers}; look at them")
    return notes


def _outliers(kwh: Values) -> int:
    """Count days over the median by more than three interquartile ranges (CalTRACK 2.0, section 2.3.6)."""
    first, median, third = np.percentile(kwh, [25, 50, 75])
    return int((kwh > median + 3.0 * (third - first)).sum()) if third > first else 0
