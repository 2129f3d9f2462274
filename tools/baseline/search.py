"""Every change point tried at once: the robust search behind the change-point models.

The squared error is piecewise smooth in the change points and has local minima, so a descent can end in the wrong one.
RP-1050 (Kissock, Haberl and Claridge 2003, ASHRAE Transactions 109(2)) searches a grid and refines it. So does this,
with all candidates of a grid at once: with the other columns projected out (Frisch and Waugh), the best slopes and the
error of each pair of change points are a two-by-two system whose sums are one matrix product.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from tools.baseline.days import Days, Mask
from tools.baseline.shapes import HAS_HIGH, HAS_LOW, Shape
from tools.baseline.weather import Weather
from tools.baseline.whitening import Whitening
from tools.figures import Values

STEP_K, FINER_STEPS_K = 0.5, (0.05, 0.005)
LEAST_DAYS_BEYOND = 10
LEAST_DEGREE_DAYS = 11.0  # 20 Fahrenheit degree days a year: CalTRACK 2.0, section 3.2.2.2
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The squared error of a shape for each pair of change points; infinite where a building cannot have it.

    `sse`: candidates below by candidates above. An axis has length 1 where the shape lacks that change point, and of
    a 4P, whose two are one.
    """

    low_degc: Values
    high_degc: Values
    sse: Values

    def best(self) -> tuple[float, float, float]:
        """Return the smallest error with its two change points."""
        row, column = np.unravel_index(int(np.argmin(self.sse)), self.sse.shape)
        high = self.high_degc[row if self.sse.shape[1] < len(self.high_degc) else column]
        return float(self.sse[row, column]), float(self.low_degc[row]), float(high)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Days to fit: weather, use, the columns that every shape has (ones, and days off), and how to whiten their errors.

    Where a day's use is negative, as with solar panels, so may the base load be.
    """

    weather: Weather
    kwh: Values
    fixed: Values
    whitening: Whitening
    grid_degc: Values
    grid_below: Values
    grid_above: Values

    @classmethod
    def of(cls, days: Days, weather: Weather, whitening: Whitening, *, with_off: bool) -> Self:
        """Return a search over days that all count."""
        grid = possible_points(weather.mean_degc, STEP_K)
        ones, below, above = np.ones((len(days), 1)), weather.below_k(grid), weather.above_k(grid)
        plain = cls(weather, days.kwh, ones, whitening, grid, below, above)
        return plain.telling_days_off(days) if with_off else plain

    def telling_days_off(self, days: Days) -> Self:
        """Return the same search, where days off have a level of their own."""
        return replace(self, fixed=np.column_stack([np.ones(len(days)), days.off]))

    def whitened(self, whitening: Whitening) -> Self:
        """Return the same search under errors of another kind."""
        return replace(self, whitening=whitening)

    def change_points(self, shape: Shape) -> tuple[float, float] | None:
        """Return the change points of a shape with the smallest error, to half a kelvin; None where none is possible.

        Near enough to weigh days and to tell the shapes apart; see `refined`.
        """
        if shape == "1P" or (shape == "2P" and np.ptp(self.weather.mean_degc) > 0):
            return 0.0, 0.0
        if shape == "2P" or not len(self.grid_degc):
            return None
        grid = self.grid_degc
        error, *points = self._candidates(shape, grid, grid, self.grid_below, self.grid_above).best()
        return (points[0], points[1]) if np.isfinite(error) else None

    def refined(self, shape: Shape, points: tuple[float, float]) -> tuple[float, float]:
        """Return change points found by `change_points` to 0.005 K."""
        if shape not in HAS_LOW and shape not in HAS_HIGH:
            return points
        best, step = (np.inf, *points), STEP_K
        for finer in FINER_STEPS_K:
            around = np.linspace(-step, step, 2 * round(step / finer) + 1)
            best, step = min(best, self.candidates(shape, best[1] + around, best[2] + around).best()), finer
        return best[1:]

    def candidates(self, shape: Shape, low_degc: Values, high_degc: Values) -> Candidates:
        """Return the error of a shape with change points at each pair of two grids; of a 4P at each of one grid."""
        below = self.weather.below_k(low_degc) if shape in HAS_LOW else np.zeros((len(self.kwh), 1))
        above = self.weather.above_k(high_degc) if shape in HAS_HIGH else np.zeros((len(self.kwh), 1))
        return self._candidates(shape, low_degc, high_degc, below, above)

    def _candidates(self, shape: Shape, low: Values, high: Values, below: Values, above: Values) -> Candidates:
        none = np.zeros((len(self.kwh), 1))
        low, below = (low, below) if shape in HAS_LOW else (np.zeros(1), none)
        high, above = (high, above) if shape in HAS_HIGH else (np.zeros(1), none)
        heating, cooling, sse = self._solved(below, above, paired=shape == "4P")
        allowed = self._is_possible(shape, below, above, heating, cooling)
        if shape == "5P":
            allowed &= low[:, None] < high[None, :]
        return Candidates(low, high, np.where(allowed & np.isfinite(sse), np.maximum(sse, 0.0), np.inf))

    def _solved(self, below: Values, above: Values, *, paired: bool) -> tuple[Values, Values, Values]:
        """Return the slopes and the squared error of each pair; the error is NaN where there is no one solution."""
        q, _ = np.linalg.qr(self.whitening(self.fixed))
        white = (self.whitening(a) for a in (below, above, self.kwh[:, None]))
        h, c, y = (a - q @ (q.T @ a) for a in white)
        y = y[:, 0]
        hh, hy = (h**2).sum(axis=0)[:, None], (h.T @ y)[:, None]
        cc, cy, hc = (c**2).sum(axis=0)[None, :], (c.T @ y)[None, :], h.T @ c if not paired else (h * c).sum(axis=0)
        if paired:
            cc, cy, hc = cc.T, cy.T, hc[:, None]
        hh, cc = np.where(hh > TINY, hh, 1.0), np.where(cc > TINY, cc, 1.0)
        determinant = hh * cc - hc**2
        determinant = np.where(determinant > TINY * hh * cc, determinant, np.nan)
        heating, cooling = (hy * cc - cy * hc) / determinant, (cy * hh - hy * hc) / determinant
        return heating, cooling, float(y @ y) - heating * hy - cooling * cy

    def _is_possible(self, shape: Shape, below: Values, above: Values, heating: Values, cooling: Values) -> Mask:
        """Tell which candidates a building can have: use that rises away from a base load which is not negative."""
        possible = self._base_is_possible(below, above, heating, cooling, paired=shape == "4P")
        if shape == "4P":
            return possible & (heating + cooling > 0)
        least = LEAST_DEGREE_DAYS * min(len(self.kwh) / 365.0, 1.0)
        if shape in HAS_LOW:
            possible &= (heating > 0) & (below.sum(axis=0) >= least)[:, None]
        if shape in HAS_HIGH:
            possible &= (cooling > 0) & (above.sum(axis=0) >= least)[None, :]
        return possible

    def _base_is_possible(
        self, below: Values, above: Values, heating: Values, cooling: Values, *, paired: bool
    ) -> Mask:
        if (self.kwh < 0).any():
            return np.ones(heating.shape, dtype=bool)
        inverse = np.linalg.pinv(self.whitening(self.fixed))
        of_y, of_h, of_c = (inverse @ self.whitening(a) for a in (self.kwh[:, None], below, above))
        of_c = of_c[:, :, None] if paired else of_c[:, None, :]
        fixed = of_y[:, :, None] - of_h[:, :, None] * heating - of_c * cooling
        return np.asarray((fixed[0] >= 0) & (fixed.sum(axis=0) >= 0))


def possible_points(mean_degc: Values, step_k: float) -> Values:
    """Return the temperatures that may be a change point: at least ten days lie beyond each on either side."""
    ordered = np.sort(mean_degc)
    if len(ordered) <= 2 * LEAST_DAYS_BEYOND:
        return np.zeros(0)
    low, high = np.ceil(ordered[LEAST_DAYS_BEYOND] / step_k), np.floor(ordered[-LEAST_DAYS_BEYOND - 1] / step_k)
    return np.asarray(step_k * np.arange(low, high + 1))
