"""How a change that was not made is told: what it would have saved, of how much, and what that assumes."""

from collections.abc import Sequence

import numpy as np

from tools.analyses.change_made import Changed, change_of, rule_of, words_of
from tools.analyses.finding import Finding
from tools.analyses.sum_words import said, who
from tools.chart import Chart, Series
from tools.energy_query import EnergyQuery
from tools.figures import daily_shape
from tools.labelling import LABEL
from tools.readings import Inventory
from tools.wording import amount, shown_units


def saving_words(
    query: EnergyQuery,
    savings: Sequence[Finding],
    share: Finding | None,
    changes: Sequence[Changed],
    when: str,
    inventory: Inventory,
) -> str:
    """Write a saving and what it assumes: `savings` has the one that was asked for first, then the others."""
    first, change = savings[0], change_of(query)
    fuel = "gas (as labelled)" if first.name.startswith("gas") else "electricity"
    percent = f" ({amount(abs(share.value), 'percent')})" if share and share.value and first.unit == "kWh" else ""
    subject = f"{who(first.buildings, inventory)} {words_of(change, query.terms)}"
    text = f"{subject} would have {_clause(first, percent, fuel, query, inventory)} {when}"
    also = [_difference(f, query, inventory) for f in savings[1:] if f.value]
    text += f"; that is {' and '.join(also)}." if also else "."
    if len(changes) > 1:
        return f"{text} Assumed: {rule_of(change)}."
    return f"{text}{_interval(changes[0], query, inventory)} Assumed: {changes[0].assumes}."


def _clause(first: Finding, percent: str, fuel: str, query: EnergyQuery, inventory: Inventory) -> str:
    """Write what leads: 'used 1,200 kWh (8.1 %) less electricity', 'spent £120.00 less on electricity'."""
    if first.unit == "kWh":
        if first.value == 0:
            return f"used as much {fuel}"
        return f"used {said(first, query, inventory, of_size=True)}{percent} {_way(first)} {fuel}"
    if first.unit == "kgCO2e":
        return f"caused {_difference(first, query, inventory)} by {fuel}"
    return f"spent {_difference(first, query, inventory)} on {fuel}"


def _difference(finding: Finding, query: EnergyQuery, inventory: Inventory) -> str:
    return f"{said(finding, query, inventory, of_size=True)} {_way(finding)}"


def _way(finding: Finding) -> str:
    return "more" if finding.value < 0 else "less"


def _interval(change: Changed, query: EnergyQuery, inventory: Inventory) -> str:
    """Write the interval of a saving, where the method gives one."""
    low, high = change.what_if.low_kwh, change.what_if.high_kwh
    if low is None or high is None:
        return ""
    units = shown_units(query, inventory, (change.use.building,))
    return f" Its 95 % interval is {amount(low, 'kWh', units)} to {amount(high, 'kWh', units)}, from the slope alone."


def days_chart(change: Changed) -> Chart | None:
    """Draw the mean day before and after, of weekends where only these change; None where an hour has no reading."""
    use, weekends = change.use, change.what_if.name == "closing at weekends"
    among = use.clock.among("weekend") if weekends else np.ones(len(use.hours), dtype=bool)
    before, after = (
        daily_shape(hours[among], use.clock.hour[among])
        for hours in (change.what_if.before_kwh, change.what_if.after_kwh)
    )
    if not np.isfinite(before).all():
        return None
    return Chart(
        title=f"mean {'Saturday or Sunday' if weekends else 'day'} of {use.building}, {change.what_if.name}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=tuple(before.tolist()),
        kind="line",
        label=LABEL,
        series=(Series("after the change", tuple(after.tolist())),),
    )
