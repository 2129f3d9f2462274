"""Kinds of days as facts: days that are alike whatever the calendar says."""

from tools.analyses.finding import Finding
from tools.analyses.timed_use import TimedUse, require_all_hours, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.facts import MEASURE_NAME
from tools.labelling import LABEL
from tools.profiles.clusters import DayKind, DayKinds
from tools.profiles.clusters import day_kinds as kinds_of
from tools.readings import Inventory, Readings
from tools.wording import amount, named, shown_units

METHOD = "k-means on daily curves in kW, as many kinds as have the best silhouette over 0.25"


async def day_kinds(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return how many kinds of days there are, then the share and the use per day of each, most days first.

    Raises `BadQuestion` where no building is named, and for parts of the day; else as `answered` does.
    """
    require_energy(query, "a kind of day")
    require_all_hours(query, "a kind of day")
    if not query.buildings:
        raise BadQuestion("kinds of days are those of one building; name one, such as in 'kinds of days of b4'")
    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} kinds of days",
        load=lambda q: timed_uses(q, readings, inventory, "record"),
        tell=lambda one: _told(query, one, inventory),
    )
    return await answered(query, inventory, method)


def _told(query: EnergyQuery, one: TimedUse, inventory: Inventory) -> Told:
    found = kinds_of(one.use.hours, one.use.clock)
    return Told(
        tuple(_findings(query, one, found)),
        _words(query, one, found, inventory) + one.ends,
        one.when,
        _chart(one, found),
        found.notes,
    )


def _findings(query: EnergyQuery, one: TimedUse, found: DayKinds) -> list[Finding]:
    fuel = MEASURE_NAME[query.measure]

    def finding(name: str, value: float, unit: str, method: str, group: str | None = None) -> Finding:
        return one.finding(f"{fuel} {name}", value, unit, method, group=group)

    made = [finding("kinds of days", len(found.kinds), "count", METHOD)]
    for number, kind in enumerate(found.kinds, 1):
        made.append(finding("share of days", 100 * kind.share, "percent", f"days {kind.words}", f"kind {number}"))
        made.append(finding("use per day", kind.kwh_per_day, "kWh", f"days {kind.words}", f"kind {number}"))
    made.append(finding("silhouette", found.silhouette, "ratio", "mean silhouette (Rousseeuw 1987), -1 to 1"))
    return made


def _words(query: EnergyQuery, one: TimedUse, found: DayKinds, inventory: Inventory) -> str:
    who = named(one.building, inventory)
    if len(found.kinds) == 1:
        return (
            f"The days of {who} {one.when} are of one kind: no division of them is convincing (silhouette under 0.25)."
        )
    units = shown_units(query, inventory, (one.building,))
    said = "; ".join(_said(number, kind, units) for number, kind in enumerate(found.kinds, 1))
    return f"{who} had {len(found.kinds)} kinds of days {one.when}: {said}."


def _said(number: int, kind: DayKind, units: tuple[str, ...]) -> str:
    share, kwh = amount(100 * kind.share, "percent"), amount(kind.kwh_per_day, "kWh", units)
    return f"({number}) {share} of the days, {kwh} a day, {kind.words}"


def _chart(one: TimedUse, found: DayKinds) -> Chart:
    first, *rest = found.kinds
    return Chart(
        title=f"kinds of days of {one.building}, {one.when.split(' ', 1)[1]}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=tuple(map(float, first.mean_kw)),
        kind="line",
        label=LABEL,
        series=tuple(Series(f"kind {n}", tuple(map(float, k.mean_kw))) for n, k in enumerate(rest, 2)),
    )
