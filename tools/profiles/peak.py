"""The highest hour, and what drove it: the time of day, the day of the week, the weather, or none of these.

The load is explained by the mean of each hour of each type of day, and by how far the outdoor temperature is below a
heating and above a cooling balance point (least squares within those cells; slopes that physics forbids are left out).
At the peak the explanation is taken apart: what the hour adds to its day, the type of day to the mean, the temperature,
and a rest that none explains. The parts sum to the peak's height over the mean. It tells what went together, not what
caused.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.baseline.temperature import bridged
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.day_grid import DAY_TYPES, types_of

LEAST_HOURS = 14 * 24
HEATING_POINTS_DEGC = range(8, 19, 2)
COOLING_POINTS_DEGC = range(14, 25, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the peak's height over the mean: kW, and percent of that height (may be negative or over 100)."""

    name: str
    kw: float
    percent: float


@dataclass(frozen=True, slots=True)
class PeakDriver:
    """The first highest hour of a period.

    `at`: its index. `parts`: largest first, summing to `peak_kw - mean_kw`; none where the load is constant. `driver`:
    the largest part in words. `explained`: how much of the hourly variance the explanation has, 0 to 1.
    """

    at: int
    peak_kw: float
    mean_kw: float
    temperature_degc: float | None
    parts: tuple[Part, ...]
    driver: str
    explained: float
    coverage: float
    notes: tuple[str, ...]


def peak_driver(
    hours: Values, clock: LocalClock, temperature_degc: Values | None = None, holidays: AbstractSet[date] = frozenset()
) -> PeakDriver:
    """Return the peak and its parts. Raises `NoData` where fewer than 14 days of hours are valid."""
    valid = np.isfinite(hours)
    if valid.sum() < LEAST_HOURS:
        raise NoData(
            f"{int(valid.sum())} valid hours are too few to say what drives the peak; {LEAST_HOURS} are needed"
        )
    at = int(np.nanargmax(hours))
    temperature, notes = _temperature(temperature_degc, valid, at)
    counted = valid if temperature is None else valid & np.isfinite(temperature)
    kinds = types_of(clock.keys("day"), holidays)
    cell = kinds * 24 + clock.hour
    load, cells = hours[counted], cell[counted]
    hinges = None if temperature is None else _fitted_hinges(load, cells, temperature[counted])
    position = int(np.flatnonzero(np.flatnonzero(counted) == at)[0])
    weather = np.zeros(len(load)) if hinges is None else hinges
    usual = _cell_means(load - weather, cells)
    parts = _parts(load, weather, usual, cells, position, DAY_TYPES[kinds[at]])
    residual = load - weather - usual[cells]
    spread = float(load.var())
    ranked = tuple(sorted(parts, key=lambda p: -p.kw)) if load[position] > load.mean() else ()
    return PeakDriver(
        at=at,
        peak_kw=float(hours[at]),
        mean_kw=float(load.mean()),
        temperature_degc=None if temperature is None else float(temperature[at]),
        parts=ranked,
        driver=ranked[0].name if ranked else "nothing: the load is constant",
        explained=1.0 - float(residual.var()) / spread if spread > 0 else 0.0,
        coverage=float(counted.mean()),
        notes=notes,
    )


def _temperature(given: Values | None, valid: NDArray[np.bool_], at: int) -> tuple[Values | None, tuple[str, ...]]:
    """Return temperatures that know the peak hour and enough others, or None with the reason."""
    if given is None:
        return None, ("no outdoor temperature is given, so the weather's part is not told from the rest",)
    filled = bridged(given)
    if not np.isfinite(filled[at]):
        return None, ("the temperature of the peak hour is not known, so the weather's part is not told from the rest",)
    if (np.isfinite(filled) & valid).sum() < LEAST_HOURS:
        return None, ("too few temperatures are known, so the weather's part is not told from the rest",)
    return filled, ()


def _cell_means(values: Values, cells: NDArray[np.int64]) -> Values:
    sums = np.bincount(cells, weights=values, minlength=24 * len(DAY_TYPES))
    counts = np.bincount(cells, minlength=24 * len(DAY_TYPES))
    return np.divide(sums, counts, out=np.zeros(len(sums)), where=counts > 0)


def _within(values: Values, cells: NDArray[np.int64]) -> Values:
    return values - _cell_means(values, cells)[cells]


def _fitted_hinges(load: Values, cells: NDArray[np.int64], temperature: Values) -> Values:
    """Return the load that goes with the temperature, by the balance points that leave least unexplained."""
    target = _within(load, cells)
    cold = {p: np.maximum(p - temperature, 0.0) for p in HEATING_POINTS_DEGC}
    hot = {p: np.maximum(temperature - p, 0.0) for p in COOLING_POINTS_DEGC}
    best, left = np.zeros(len(load)), float(target @ target)
    for low, high in ((low, high) for low in cold for high in hot if low <= high):
        both = (cold[low], hot[high])
        slopes = _slopes([_within(hinge, cells) for hinge in both], target)
        miss = target - sum(s * _within(hinge, cells) for s, hinge in zip(slopes, both, strict=True))
        if float(miss @ miss) < left:
            left = float(miss @ miss)
            best = np.asarray(sum(s * hinge for s, hinge in zip(slopes, both, strict=True)))
    return best


def _slopes(within: list[Values], target: Values) -> Values:
    """Return the slopes of the hinges that are not negative, by non-negative least squares."""
    from scipy.optimize import nnls

    return np.asarray(nnls(np.column_stack(within), target)[0])


def _parts(
    load: Values, weather: Values, usual: Values, cells: NDArray[np.int64], position: int, kind: str
) -> list[Part]:
    """Take the height of one hour over the mean apart; the parts sum to it."""
    height = float(load[position] - load.mean())
    day = usual[cells[position] // 24 * 24 :][:24]
    present = np.bincount(cells, minlength=len(usual))[cells[position] // 24 * 24 :][:24] > 0
    of_type = float(day[present].mean())
    amounts = {
        f"the hour of the day ({cells[position] % 24:02d}:00)": float(usual[cells[position]]) - of_type,
        f"the type of day ({kind})": of_type - float(usual[cells].mean()),
        "the outdoor temperature": float(weather[position] - weather.mean()),
    }
    amounts["nothing of these"] = height - sum(amounts.values())
    if not weather.any():
        del amounts["the outdoor temperature"]
    return [Part(name, kw, 100.0 * kw / height if height > 0 else 0.0) for name, kw in amounts.items()]
