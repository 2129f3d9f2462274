"""The load-duration curve as facts: how long the load is near its peak, and how much of it never stops."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.timed_use import TimedUse, by_calendar, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import MEASURE_NAME, hours_name
from tools.labelling import LABEL
from tools.profiles.duration import LoadDuration
from tools.profiles.duration import load_duration as curve_of
from tools.readings import Inventory, Readings
from tools.wording import amount, named

METHOD = "load-duration curve: the valid hours in falling order"
AT_PERCENT = (10, 50, 90)


async def load_duration(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the hours above 90 % of the peak, then points of the curve.

    Baseload is the 5th percentile of the valid hours, the load factor mean over peak. Raises as `answered` does.
    """
    require_energy(query, "a load-duration curve")
    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} hours above 90 % of peak{hours_name(query.hours)}",
        load=lambda q: timed_uses(q, readings, inventory, "record"),
        tell=lambda one: _told(query, one, inventory),
        split=lambda one, group: by_calendar(query, one, group, inventory),
        extremes=("most", "fewest"),
    )
    return await answered(query, inventory, method)


@dataclass(frozen=True, slots=True)
class _Point:
    """A finding in short."""

    name: str
    value: float
    unit: str
    method: str = METHOD


def _told(query: EnergyQuery, one: TimedUse, inventory: Inventory) -> Told:
    hours = one.use.hours[one.use.clock.among(query.hours)]
    if not np.isfinite(hours).any():
        raise NoData(f"{one.building} has no valid hour {one.when}, so there is no load-duration curve")
    curve = curve_of(hours)
    make = partial(_finding, query, one, curve.coverage)
    findings = tuple(make(point) for point in _points(curve))
    return Told(findings, _words(query, one, curve, inventory) + one.ends, one.when, _chart(one, curve), curve.notes)


def _points(curve: LoadDuration) -> list[_Point]:
    at = {p: float(np.interp(p, curve.percent_of_time, curve.load_kw)) for p in AT_PERCENT}
    points = [
        _Point("hours above 90 % of peak", curve.hours_above_90, "h", "valid hours above 90 % of the largest"),
        _Point("peak", curve.peak_kw, "kW", "largest valid hour"),
        *(_Point(f"load reached in {p} % of the time", kw, "kW") for p, kw in at.items()),
        _Point("baseload", curve.baseload_kw, "kW", "5th percentile of the valid hours"),
    ]
    if curve.load_factor is not None:
        points.append(_Point("load factor", curve.load_factor, "ratio", "mean over peak of the valid hours"))
    if curve.baseload_percent is not None:
        points.append(_Point("baseload share", curve.baseload_percent, "percent", "baseload over mean load"))
    return points


def _finding(query: EnergyQuery, one: TimedUse, coverage: float, point: _Point) -> Finding:
    name = f"{MEASURE_NAME[query.measure]} {point.name}{hours_name(query.hours)}"
    return one.finding(name, point.value, point.unit, point.method, coverage=coverage)


def _words(query: EnergyQuery, one: TimedUse, curve: LoadDuration, inventory: Inventory) -> str:
    fuel = "gas (as labelled)" if query.measure == "gas" else "electricity"
    half = amount(float(np.interp(50, curve.percent_of_time, curve.load_kw)), "kW")
    factor = "" if curve.load_factor is None else f"; the load factor is {amount(curve.load_factor, 'ratio')}"
    return (
        f"{named(one.building, inventory)} was above 90 % of its {fuel} peak of {amount(curve.peak_kw, 'kW')} in "
        f"{curve.hours_above_90:,} of {curve.valid_hours:,} valid hours{hours_name(query.hours)} {one.when}. "
        f"Half of the time the load was at least {half}, and its baseload (5th percentile) was "
        f"{amount(curve.baseload_kw, 'kW')}{factor}."
    )


def _chart(one: TimedUse, curve: LoadDuration) -> Chart:
    return Chart(
        title=f"load-duration curve of {one.building}, {one.when.split(' ', 1)[1]}",
        unit="kW",
        labels=tuple(f"{p:g}" for p in curve.percent_of_time),
        values=tuple(float(kw) for kw in curve.load_kw),
        kind="duration",
        label=LABEL,
    )
