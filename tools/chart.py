"""Something to look at beside the facts: what is drawn, not how."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from privacy.labels import Label
from tools.energy_query import EnergyQuery
from tools.facts import Fact
from tools.figures import daily_shape
from tools.labelling import LABEL
from tools.use import Use

MOST_NAMES = 3
LABELLED = ", as labelled"
Kind = Literal["bar", "line", "duration", "heat", "fan", "baseline"]


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
    its band). `values` are those of the first line, `series` of the others; a heat map's are the means of its columns.
    `name`: what the first line is called beside others, by default the title up to its first comma. NaN is a gap.
    Raises `ValueError` where a series does not have one value a label, or the kind is none of these.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    kind: Kind
    label: Label
    series: tuple[Series, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(
                f"a chart of kind {self.kind!r} cannot be drawn; the kinds are {', '.join(get_args(Kind))}"
            )
        for name, values in [("values", self.values), *((s.name, v) for s in self.series for v in (s.values, s.high))]:
            if len(values) != len(self.labels) and (values or name == "values"):
                raise ValueError(f"{self.title!r} has {len(self.labels)} labels and {len(values)} of {name!r}")
        if not self.labels:
            raise ValueError(f"{self.title!r} has nothing to draw; give no chart then")


def chart_of(query: EnergyQuery, facts: list[Fact], found: dict[str, Use]) -> Chart | None:
    """Draw hours by days where asked to, the groups where there are several, else the mean day of the first."""
    if query.picture == "heat" and (unit := _hourly_unit(query, facts[0])):
        from tools.hours_by_days import hours_by_days  # few ask for it

        return hours_by_days(query, list(found.values()), unit)
    lead = facts[0]
    alike = [f for f in facts if f.slice.key and f.found.unit == lead.found.unit and f.name == lead.name]
    if len(alike) > 1:
        return _groups(query, alike)
    return None if query.measure in ("carbon", "cost") else _mean_day(query, next(iter(found.values())))


def _hourly_unit(query: EnergyQuery, lead: Fact) -> str | None:
    """Return the unit of an hour's amount; None where money was asked for in a figure that is not an amount."""
    if query.measure == "cost":
        return lead.found.unit if query.statistic in ("total", "mean", "peak", "minimum", "baseload") else None
    return "kgCO2e" if query.measure == "carbon" else "kW"


def _groups(query: EnergyQuery, alike: list[Fact]) -> Chart:
    lead = alike[0]
    labelled = LABELLED if LABELLED in lead.name else ""
    return Chart(
        title=f"{lead.name.replace(LABELLED, '')} by {query.group}{labelled}{_of(query)}{_when(query)}",
        unit=lead.found.unit,
        labels=tuple(f.slice.key or "" for f in alike),
        values=tuple(f.found.value for f in alike),
        kind="line" if query.group in ("hour", "day") else "bar",
        label=LABEL,
    )


def _of(query: EnergyQuery) -> str:
    names = query.buildings or query.sites
    return f", {', '.join(names)}" if 0 < len(names) <= MOST_NAMES else ""


def _when(query: EnergyQuery) -> str:
    return f", {query.period.words}" if query.period else ""


def _mean_day(query: EnergyQuery, use: Use) -> Chart | None:
    """Draw the mean of each hour of the day; None where some hour of the day has no reading."""
    shape = daily_shape(use.hours, use.clock.hour)
    if len(use.hours) < 24 or not np.isfinite(shape).all():
        return None
    return Chart(
        title=f"mean day of {use.building}{_when(query)}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=tuple(float(v) for v in shape),
        kind="line",
        label=LABEL,
    )
