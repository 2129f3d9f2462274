"""Something to look at beside the facts."""

from dataclasses import dataclass

import numpy as np

from privacy.labels import Label
from tools.energy_query import EnergyQuery
from tools.facts import Fact
from tools.figures import daily_shape
from tools.labelling import label_of
from tools.use import Use


@dataclass(frozen=True, slots=True)
class Chart:
    """Something to look at beside the facts: values by label, in one unit. It carries its own sensitivity."""

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    kind: str  # "bar" or "line"
    label: Label


def chart_of(query: EnergyQuery, facts: list[Fact], found: dict[str, Use]) -> Chart | None:
    """Draw the groups where there are several; else the mean day of the first building or of all named."""
    unit = facts[0].found.unit
    alike = [f for f in facts if f.slice.key and f.found.unit == unit and f.name == facts[0].name]
    if len(alike) > 1:
        labels, values = tuple(f.slice.key or "" for f in alike), tuple(f.found.value for f in alike)
        kind = "line" if query.group in ("hour", "day") else "bar"
        return Chart(
            f"{facts[0].name} by {query.group}",
            unit,
            labels,
            values,
            kind,
            label_of(query, facts[0].slice.start, facts[0].slice.end),
        )
    use = next(iter(found.values()))
    shape = daily_shape(use.hours, use.clock.hour)
    if not np.isfinite(shape).all() or len(use.hours) < 24 or query.measure in ("carbon", "cost"):
        return None
    return Chart(
        f"mean day of {use.building}",
        "kW",
        tuple(f"{h:02d}:00" for h in range(24)),
        tuple(float(v) for v in shape),
        "line",
        Label.RESTRICTED,
    )
