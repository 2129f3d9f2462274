"""The shapes that daily use takes over the outdoor temperature: ASHRAE's one to five parameter models.

RP-1050, the Inverse Modeling Toolkit (Kissock, Haberl and Claridge 2003), and Guideline 14-2014, annex on regression:

    1P   use = base                                        no answer to the weather
    2P   use = base + slope T                              a straight line
    3PH  use = base + below (low - T)+                     heating under a balance point
    3PC  use = base + above (T - high)+                    cooling over one
    4P   use = base + below (c - T)+ + above (T - c)+      two slopes that meet at one change point
    5P   use = base + below (low - T)+ + above (T - high)+ heating and cooling, and a base load between

(x)+ is x where positive, else 0. To each, the level of days off may be added (the toolkit's multivariate form).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.baseline.days import Days
from tools.baseline.weather import Basis, Weather
from tools.baseline.whitening import Whitening
from tools.figures import Values

Shape = Literal["1P", "2P", "3PH", "3PC", "4P", "5P"]
SHAPES: tuple[Shape, ...] = ("1P", "2P", "3PH", "3PC", "4P", "5P")
HEATING_SHAPES: tuple[Shape, ...] = ("1P", "2P", "3PH")
HAS_LOW, HAS_HIGH = ("3PH", "4P", "5P"), ("3PC", "4P", "5P")
COUNT = {"1P": 1, "2P": 2, "3PH": 3, "3PC": 3, "4P": 4, "5P": 5}
ROUNDING = 1e-9
NAMES: dict[Shape, list[str]] = {
    "1P": [],
    "2P": ["slope_kwh_per_k"],
    "3PH": ["heating_kwh_per_k", "heating_balance_degc"],
    "3PC": ["cooling_kwh_per_k", "cooling_balance_degc"],
    "4P": ["below_kwh_per_k", "above_kwh_per_k", "change_point_degc"],
    "5P": ["heating_kwh_per_k", "cooling_kwh_per_k", "heating_balance_degc", "cooling_balance_degc"],
}


@dataclass(frozen=True, slots=True)
class Line:
    """A shape with its parameters, kWh a day.

    `base_kwh`: at the change points (1P: everywhere; 2P: at 0 degC). `off_kwh`: added on a day off. `below_kwh_per_k`:
    rise for each K below `low_degc`. `above_kwh_per_k`: rise for each K above `high_degc`. Of a 2P both change points
    are 0 degC and the slopes are opposite. What a shape does not have is 0. `basis` says what "K below" means of a day.
    """

    shape: Shape
    base_kwh: float
    below_kwh_per_k: float = 0.0
    above_kwh_per_k: float = 0.0
    low_degc: float = 0.0
    high_degc: float = 0.0
    off_kwh: float | None = None
    basis: Basis = "daily_mean"

    @property
    def has_heating(self) -> bool:
        """Tell whether use rises as it gets colder below a change point."""
        return self.shape in HAS_LOW and self.below_kwh_per_k > 0

    @property
    def has_cooling(self) -> bool:
        """Tell whether use rises as it gets hotter above a change point."""
        return self.shape in HAS_HIGH and self.above_kwh_per_k > 0

    @property
    def is_flat(self) -> bool:
        """Tell whether use does not depend on the temperature."""
        return self.shape == "1P"

    @property
    def has_negative_level(self) -> bool:
        """Tell whether the base load, or the level of days off, is below zero; a 2P has none."""
        off = self.off_kwh or 0.0
        least = -ROUNDING * (abs(self.base_kwh) + abs(off))
        return self.shape != "2P" and min(self.base_kwh, self.base_kwh + off) < least

    @property
    def fitted(self) -> int:
        """Return how many parameters it has, change points among them."""
        return COUNT[self.shape] + (self.off_kwh is not None)

    def use_kwh(self, days: Days) -> Values:
        """Return the use of each day, NaN where there is no temperature; a 1P needs none."""
        level = self.base_kwh + np.where(days.off, self.off_kwh or 0.0, 0.0)
        return level if self.is_flat else level + self.heating_kwh(days) + self.cooling_kwh(days)

    def heating_kwh(self, days: Days) -> Values:
        """Return the part of each day's use that lies below the lower change point."""
        return self.below_kwh_per_k * Weather.of(days, self.basis).below_k(np.array([self.low_degc]))[:, 0]

    def cooling_kwh(self, days: Days) -> Values:
        """Return the part of each day's use that lies above the upper change point."""
        return self.above_kwh_per_k * Weather.of(days, self.basis).above_k(np.array([self.high_degc]))[:, 0]

    def jacobian(self, days: Days) -> Values:
        """Return how the use of each of n days answers each parameter, n by p, in the order of `names`.

        A day without a temperature is a row of zeros, but for what does not depend on it.
        """
        columns = [np.ones(len(days))]
        if self.off_kwh is not None:
            columns.append(days.off.astype(np.float64))
        if not self.is_flat:
            columns += self._weather_columns(Weather.of(days, self.basis))
        return np.nan_to_num(np.column_stack(columns))

    def _weather_columns(self, weather: Weather) -> list[Values]:
        if self.shape == "2P":
            return [weather.mean_degc]
        slopes, points = [], []
        if self.shape in HAS_LOW:
            slopes.append(weather.below_k(np.array([self.low_degc]))[:, 0])
            points.append(self.below_kwh_per_k * weather.share_below(self.low_degc))
        if self.shape in HAS_HIGH:
            slopes.append(weather.above_k(np.array([self.high_degc]))[:, 0])
            points.append(-self.above_kwh_per_k * (1.0 - weather.share_below(self.high_degc)))
        return [*slopes, np.sum(points, axis=0)] if self.shape == "4P" else slopes + points

    def names(self) -> list[str]:
        """Return the names of the parameters, in the order of `jacobian`."""
        off = ["off_kwh"] if self.off_kwh is not None else []
        return ["base_kwh", *off, *NAMES[self.shape]]

    def values(self) -> list[float]:
        """Return the parameters, in the order of `names`."""
        known = {
            "slope_kwh_per_k": self.above_kwh_per_k,
            "heating_kwh_per_k": self.below_kwh_per_k,
            "below_kwh_per_k": self.below_kwh_per_k,
            "cooling_kwh_per_k": self.above_kwh_per_k,
            "above_kwh_per_k": self.above_kwh_per_k,
            "heating_balance_degc": self.low_degc,
            "change_point_degc": self.low_degc,
            "cooling_balance_degc": self.high_degc,
            "base_kwh": self.base_kwh,
            "off_kwh": self.off_kwh or 0.0,
        }
        return [known[name] for name in self.names()]


def solved(
    shape: Shape, days: Days, points: tuple[float, float], whitening: Whitening, *, with_off: bool, basis: Basis
) -> Line:
    """Return the least-squares line of a shape at given change points (degC), for days that all count."""
    bare = Line(shape, 0.0, 0.0, 0.0, *points, 0.0 if with_off else None, basis)
    linear = len([name for name in bare.names() if not name.endswith("_degc")])
    columns, use = whitening(bare.jacobian(days)[:, :linear]), whitening(days.kwh[:, None])
    found = [float(c) for c in np.linalg.lstsq(columns, use[:, 0])[0]]
    off = found.pop(1) if with_off else None
    if shape == "2P":
        return Line(shape, found[0], -found[1], found[1], off_kwh=off, basis=basis)
    below = found[1] if shape in HAS_LOW else 0.0
    above = found[-1] if shape in HAS_HIGH else 0.0
    return Line(shape, found[0], below, above, *points, off, basis)
