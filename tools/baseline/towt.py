"""Hourly baselines: time of week and temperature (TOWT).

Mathieu, Price, Kiliccote and Piette 2011, "Quantifying changes in building electricity use, with application to demand
response", IEEE Transactions on Smart Grid 2(3) (LBNL-4944E), with the settings that CalTRACK 2.0 fixed in sections 3.8
to 3.11: each of the 168 hours of the week has a level, and the temperature acts through straight pieces that meet at
30, 45, 55, 65, 75 and 90 degF, once for the hours when the building is busy and once for the others. An hour of the
week is busy where over 65 % of its readings exceed what a plain heating and cooling line expects. One model serves the
whole period, as in the paper; CalTRACK's models by month are not made. Neither is a change of the schedule over the
year followed.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.baseline.days import Mask
from tools.baseline.goodness import MOST_CVRMSE_HOURLY, Goodness, goodness, goodness_notes
from tools.baseline.noise import Noise, memory_of
from tools.baseline.week_hours import WEEK_HOURS, WeekHours
from tools.errors import NoData
from tools.figures import Values

KNOTS_DEGC = tuple((f - 32.0) / 1.8 for f in (30, 45, 55, 65, 75, 90))
HEATING_DEGC, COOLING_DEGC = (50.0 - 32.0) / 1.8, (65.0 - 32.0) / 1.8
BUSY_SHARE = 0.65
LEAST_HOURS_IN_PIECE = 20
LEAST_HOURS = 720
YEAR_HOURS = 329 * 24
WEEK_MEMORY = 4


class Absorbed(NamedTuple):
    """What the fit leaves behind for the variance of a sum.

    `columns`: each hour's temperature columns less the `means` of its hour of the week; `inverse`: of their product.
    """

    of_week: NDArray[np.int64]
    day: NDArray[np.int64]
    residuals: Values
    columns: Values
    inverse: Values
    counts: NDArray[np.int64]
    means: Values


@dataclass(frozen=True, slots=True, eq=False)
class HourlyModel:
    """A fitted TOWT baseline.

    `level_kwh`: of the 168 hours of the week at a temperature of 0 degC, NaN for one that was never seen. `busy`: which
    of them are. `slopes_kwh_per_k`: of each piece, first of the busy hours, then of the others. `noise`: of daily sums.
    """

    level_kwh: Values
    busy: Mask
    knots_degc: tuple[float, ...]
    slopes_kwh_per_k: Values
    goodness: Goodness
    noise: Noise
    spread_degc: tuple[float, float]
    coverage: float
    absorbed: Absorbed
    notes: tuple[str, ...] = ()

    def use_kwh(self, hours: WeekHours) -> Values:
        """Return what the building would have used in each hour, NaN where no temperature or level is known."""
        columns = columns_of(hours.temperature_degc, self.busy[hours.of_week], self.knots_degc)
        return np.asarray(self.level_kwh[hours.of_week] + columns @ self.slopes_kwh_per_k)

    @property
    def degrees_of_freedom(self) -> float:
        """Return how many independent weeks stand behind it, at least 1."""
        weeks = len(np.unique(self.absorbed.day // 7))
        return max(weeks / max(self.noise.inflation / 7.0, 1.0) - 1.0, 1.0)

    def error_of_sum_kwh(self, hours: WeekHours, counts: Mask, *, with_noise: bool = True) -> float:
        """Return the standard error of the modelled use summed over the hours that count.

        The part of the parameters is the larger of two: errors summed by week, with four weeks of memory (Newey and
        West 1987), or daily sums with their memory. That of the reporting period's own errors rests on the latter.
        """
        variance = _variance_of_parameters(self, hours.only(counts))
        if with_noise and counts.any():
            day = hours.day - hours.day[0]
            share = np.bincount(day[counts], minlength=int(day[-1]) + 1) / 24.0
            variance += self.noise.variance_of_sum(self.noise.scale_kwh * share)
        return float(np.sqrt(max(variance, 0.0)))


def hourly_model(hours: WeekHours) -> HourlyModel:
    """Return the TOWT baseline of a period. Raises `NoData` below 720 hours that have both use and temperature."""
    counts = hours.counts
    if counts.sum() < LEAST_HOURS:
        raise NoData(
            f"an hourly baseline takes at least {LEAST_HOURS} hours with use and temperature and there are "
            f"{int(counts.sum())} of {len(hours)}; ask for a longer period, or load the missing readings or weather"
        )
    fitted = hours.only(counts)
    busy, knots = busy_hours(fitted), knots_of(fitted.temperature_degc)
    columns = columns_of(fitted.temperature_degc, busy[fitted.of_week], knots)
    absorbed, slopes, level, rank = _absorbed(fitted, columns)
    modelled = np.full(len(hours), np.nan)
    modelled[counts] = fitted.kwh - absorbed.residuals
    found = goodness(hours.kwh, modelled, int((absorbed.counts > 0).sum()) + rank)
    spread = (float(fitted.temperature_degc.min()), float(fitted.temperature_degc.max()))
    notes = tuple(_notes(found, level))
    noise = _daily_noise(hours, modelled, found)
    coverage = float(counts.mean())
    return HourlyModel(level, busy, knots, slopes, found, noise, spread, coverage, absorbed, notes)


def busy_hours(hours: WeekHours) -> Mask:
    """Tell which of the 168 hours of the week are busy (CalTRACK 2.0, section 3.8). `hours` all count."""
    t = hours.temperature_degc
    line = np.column_stack([np.ones(len(t)), np.maximum(HEATING_DEGC - t, 0.0), np.maximum(t - COOLING_DEGC, 0.0)])
    over = hours.kwh > line @ np.linalg.lstsq(line, hours.kwh)[0]
    seen = np.bincount(hours.of_week, minlength=WEEK_HOURS)
    return np.asarray(np.bincount(hours.of_week[over], minlength=WEEK_HOURS) > BUSY_SHARE * seen)


def knots_of(temperature_degc: Values) -> tuple[float, ...]:
    """Return the knots that leave at least 20 hours in each piece (CalTRACK 2.0, section 3.9.1.2)."""
    knots = list(KNOTS_DEGC)
    while knots:
        held = np.bincount(np.searchsorted(knots, temperature_degc), minlength=len(knots) + 1)
        few = np.flatnonzero(held < LEAST_HOURS_IN_PIECE)
        if not len(few):
            break
        knots.pop(min(int(few[0]), len(knots) - 1))
    return tuple(knots)


def columns_of(temperature_degc: Values, busy: Mask, knots: tuple[float, ...]) -> Values:
    """Return how much of each temperature lies in each piece, n by twice the pieces: busy hours, then others."""
    pieces = [np.minimum(temperature_degc, knots[0]) if knots else temperature_degc]
    for low, high in zip(knots, (*knots[1:], np.inf), strict=False):
        pieces.append(np.clip(temperature_degc - low, 0.0, high - low))
    piece = np.column_stack(pieces)
    return np.hstack([piece * busy[:, None], piece * ~busy[:, None]])


def _absorbed(hours: WeekHours, columns: Values) -> tuple[Absorbed, Values, Values, int]:
    """Fit with the levels of the week projected out; return the parts, the slopes, the levels and the slopes' rank."""
    counts = np.bincount(hours.of_week, minlength=WEEK_HOURS)
    means, mean_kwh = (
        _week_means(columns, hours.of_week, counts),
        _week_means(hours.kwh[:, None], hours.of_week, counts),
    )
    inner = columns - means[hours.of_week]
    product = inner.T @ inner
    inverse: Values = np.linalg.pinv(product, rcond=1e-12, hermitian=True).astype(np.float64)
    slopes = inverse @ (inner.T @ (hours.kwh - mean_kwh[hours.of_week, 0]))
    level = np.where(counts > 0, mean_kwh[:, 0] - means @ slopes, np.nan)
    residuals = hours.kwh - level[hours.of_week] - columns @ slopes
    rank = int(np.linalg.matrix_rank(product, hermitian=True))
    return Absorbed(hours.of_week, hours.day, residuals, inner, inverse, counts, means), slopes, level, rank


def _week_means(columns: Values, of_week: NDArray[np.int64], counts: NDArray[np.int64]) -> Values:
    sums = np.column_stack([np.bincount(of_week, weights=c, minlength=WEEK_HOURS) for c in columns.T])
    return np.asarray(sums / np.maximum(counts, 1)[:, None])


def _daily_noise(hours: WeekHours, modelled: Values, found: Goodness) -> Noise:
    """Return the noise of whole days' residuals: their size is that of a day with all its hours."""
    day = hours.day - hours.day[0]
    valid = np.isfinite(modelled)
    count = np.bincount(day[valid], minlength=int(day[-1]) + 1)
    left = np.bincount(day[valid], weights=(hours.kwh - modelled)[valid], minlength=int(day[-1]) + 1)
    daily = np.divide(24.0 * left, count, out=np.full(len(count), np.nan), where=count >= 12)
    scale = np.sqrt(np.nanmean(daily**2) * found.n / found.degrees_of_freedom) if np.isfinite(daily).any() else 0.0
    return Noise(float(scale), memory_of(daily))


def _variance_of_parameters(model: HourlyModel, hours: WeekHours) -> float:
    """Return the variance of the sum of the modelled hours that is due to the fit."""
    a = model.absorbed
    asked = np.bincount(hours.of_week, minlength=WEEK_HOURS)
    columns = columns_of(hours.temperature_degc, model.busy[hours.of_week], model.knots_degc)
    moved = columns.sum(axis=0) - asked @ a.means
    weight = (asked / np.maximum(a.counts, 1))[a.of_week] + a.columns @ (a.inverse @ moved)
    return max(_by_week(weight, a, model.goodness), _by_memory(weight, a, model.noise))


def _by_week(weight: Values, a: Absorbed, found: Goodness) -> float:
    """Return the variance of the weighted errors, from their sums by week and what those share with four weeks on."""
    sums = np.bincount((a.day - a.day[0]) // 7, weights=weight * a.residuals)
    variance = float(sums @ sums)
    for lag in range(1, min(WEEK_MEMORY, len(sums) - 1) + 1):
        variance += 2.0 * (1.0 - lag / (WEEK_MEMORY + 1.0)) * float(sums[lag:] @ sums[:-lag])
    return max(variance, float(sums @ sums)) * found.n / found.degrees_of_freedom


def _by_memory(weight: Values, a: Absorbed, noise: Noise) -> float:
    """Return the variance of the weighted errors, from each day's mean weight and the memory of daily sums."""
    daily = np.bincount(a.day - a.day[0], weights=weight) / 24.0
    return noise.variance_of_sum(noise.scale_kwh * daily)


def _notes(found: Goodness, level: Values) -> list[str]:
    notes = goodness_notes(found, MOST_CVRMSE_HOURLY)
    if found.n < YEAR_HOURS:
        notes.append(f"the baseline rests on {found.n} hours; with less than twelve months a season is guessed")
    unseen = int(np.isnan(level).sum())
    if unseen:
        notes.append(f"hours of the week that were never seen and cannot be predicted: {unseen} of {WEEK_HOURS}")
    return notes
