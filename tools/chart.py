"""Something to look at beside the facts."""

from dataclasses import dataclass

import numpy as np

from privacy.labels import Label
from tools.energy_query import EnergyQuery
from tools.facts import Fact
from tools.figures import daily_shape
from tools.labelling import LABEL
from tools.use import Use


@dataclass(frozen=True, slots=True)
class Series:
    """A further line of a chart, one value a label; with `high` it is a band from `values` up to it. NaN is a gap."""

    name: str
    values: tuple[float, ...]
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Something to look at beside the facts: values by label, in one unit. It carries its own sensitivity.

    `kind`: bar, line (a load shape), duration (a falling line over the share of hours), heat (a row of `series` for
    each hour of the day, a label a day), fan (a forecast with its band), baseline (actual use beside the baseline with
    its band). `values` are those of the first line, `series` of the others.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    kind: str
    label: Label
    series: tuple[Series, ...] = ()


def chart_of(query: EnergyQuery, facts: list[Fact], found: dict[str, Use]) -> Chart | None:
    """Draw the groups where there are several; else the mean day of the first building or of all named."""
    lead = facts[0]
    alike = [f for f in facts if f.slice.key and f.found.unit == lead.found.unit and f.name == lead.name]
    if len(alike) > 1:
        return _groups(query, alike)
    return None if query.measure in ("carbon", "cost") else _mean_day(next(iter(found.values())))


def _groups(query: EnergyQuery, alike: list[Fact]) -> Chart:
    lead = alike[0]
    return Chart(
        title=f"{lead.name} by {query.group}",
        unit=lead.found.unit,
        labels=tuple(f.slice.key or "" for f in alike),
        values=tuple(f.found.value for f in alike),
        kind="line" if query.group in ("hour", "day") else "bar",
        label=LABEL,
    )


def _mean_day(use: Use) -> Chart | None:
    """Draw the mean of each hour of the day; None where some hour of the day has no reading."""
    shape = daily_shape(use.hours, use.clock.hour)
    if len(use.hours) < 24 or not np.isfinite(shape).all():
        return None
    return Chart(
        title=f"mean day of {use.building}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=tuple(float(v) for v in shape),
        kind="line",
        label=LABEL,
    )
