"""What a follow-up sets against what: "compared with 2018", "so what's the difference?"."""

from datetime import timedelta
from typing import Any, Final

from tools.energy_query import ANALYSES, EnergyQuery
from tools.grammar import dates
from tools.grammar.elliptic import A_CHANGE
from tools.grammar.reading import Reading

Values = dict[str, Any]
NO_CHANGE: Final = ANALYSES | {"share", "quality"}
ABOUT_A_YEAR: Final = timedelta(days=400)


def against(**what: Any) -> Values:
    """Return one reference and no other: `period`, `buildings` or `hours`."""
    none: Values = {"against_period": None, "against_buildings": (), "against_hours": None}
    return none | {f"against_{name}": value for name, value in what.items()}


def change_told(values: Values, s: Reading, before: EnergyQuery) -> list[str]:
    """Set the figure before against another where 'the difference' is asked for and no side is named.

    The last two turns are the two sides where they differ in their period, the later set against the earlier, or in
    their buildings alone; else it is the year before, and the notes that are returned say so.
    """
    compared = before.against_period or before.against_buildings or before.against_hours
    names_more = any(getattr(before, name) != value for name, value in values.items() if name != "unit")
    if compared or before.statistic in NO_CHANGE or names_more or not A_CHANGE.search(s.rest):
        return []
    if sides := _sides(before, s.earlier):
        values |= sides
    elif before.period and before.period.end - before.period.start <= ABOUT_A_YEAR:
        reference = dates.shift_year(before.period, -1)
        values |= against(period=reference)
        return [f"compared with {reference.words}, the same time a year before"]
    return []


def _sides(before: EnergyQuery, earlier: EnergyQuery | None) -> Values | None:
    if earlier is None or before.group != "none":
        return None
    if earlier.period and earlier == before.model_copy(update={"period": earlier.period}):
        first, last = sorted((earlier.period, before.period or earlier.period), key=lambda period: period.start)
        return {"period": last, **against(period=first)}
    if earlier.buildings and earlier == before.model_copy(update={"buildings": earlier.buildings}):
        return against(buildings=earlier.buildings)
    return None
