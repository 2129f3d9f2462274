"""The site's own series as facts: the weather outside, the carbon of the grid's electricity, and its price."""

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.series_loaded import Series, hour_words, series_of, value_of
from tools.analyses.series_parts import series_by_part
from tools.analyses.series_words import NOUN, Shown, shown_as
from tools.analyses.timed_use import by_calendar
from tools.analyses.told import Method, Told, answered
from tools.computed import Facts
from tools.data_asked import DataAsked
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.readings import Inventory, Readings
from tools.wording import hours_words, listed


async def site_series(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return a figure of outdoor temperature, humidity, irradiance, grid carbon or price, then its mean and extremes.

    By hour of the day, weekday, day, month or year: the mean of each, in order where one is asked for. Raises
    `NoData` where no site that is meant has the series then, `BadQuestion` where no series is named, and as `answered`.
    """
    asked = query.terms.data if query.terms else None
    if asked is None or asked.series is None:
        raise BadQuestion("it is not said which series is meant: outdoor temperature, humidity, grid carbon or price")
    compares = query.against_period or query.against_hours
    if query.group not in ("none", "building") and not compares:
        return await series_by_part(query, asked, readings, inventory)
    method = Method(
        noun=f"{_figure_words(asked)} {NOUN[asked.series]}",
        load=lambda q: series_of(q, asked.series or "temperature", readings, inventory),
        tell=lambda series: _told(query, asked, series, inventory),
        split=lambda series, group: {
            name: Series(part, series.buildings, query.hours)
            for name, part in by_calendar(query, series.one, group, inventory).items()
        },
        of_buildings=False,
    )
    plain = query.model_copy(update={"group": "none"})
    return await answered(plain, inventory, method)


def _figure_words(asked: DataAsked) -> str:
    words = {
        "highest": "highest",
        "lowest": "lowest",
        "median": "median",
        "standard_deviation": "standard deviation of",
    }
    if asked.figure in ("above", "below"):
        return f"hours {asked.figure} the threshold of"
    return words.get(asked.figure or "mean", "mean")


def _told(query: EnergyQuery, asked: DataAsked, series: Series, inventory: Inventory) -> Told:
    assert asked.series is not None
    use, figure = series.one.use, asked.figure or "mean"
    valid = use.hours[np.isfinite(use.hours)]
    if not len(valid):
        raise NoData(f"there is no {NOUN[asked.series]} {series.one.when}")
    show = shown_as(asked.series, query.unit, inventory.sites[use.site].currency)
    findings = [_finding(series, f"{n} {NOUN[asked.series]}", show.of(v), show.unit) for n, v in _usual(valid)]
    lead = next((f for f in findings if f.name.startswith(figure)), None)
    if lead is None:
        counts = figure in ("above", "below")
        value = value_of(figure, asked.level, valid)
        name = f"{_figure_words(asked)} {NOUN[asked.series]}"
        lead = _finding(series, name, value if counts else show.of_gap(value, figure), "h" if counts else show.unit)
    ordered = (lead, *(f for f in findings if f is not lead))
    return Told(ordered, _words(asked, series, lead, show, inventory), series.one.when)


def _usual(valid: Values) -> list[tuple[str, float]]:
    return [("mean", float(valid.mean())), ("highest", float(valid.max())), ("lowest", float(valid.min()))]


def _finding(series: Series, name: str, value: float, unit: str, group: str | None = None) -> Finding:
    use = series.one.use
    how = "of the valid hours, as loaded"
    return Finding(
        name, value, unit, series.buildings, use.start, use.end, how, series.coverage, use.meters, group=group
    )


def _words(asked: DataAsked, series: Series, lead: Finding, show: Shown, inventory: Inventory) -> str:
    assert asked.series is not None
    use, noun = series.one.use, NOUN[asked.series]
    site, scope = inventory.sites[use.site].name, f"{hours_words(series.hours)} {series.one.when}"
    parts = _extremes(asked, series, show, inventory)
    if asked.figure in ("above", "below"):
        level = show.words(show.of(asked.level or 0.0))
        return (
            f"{site}: the {noun} was {asked.figure} {level} in {lead.value:,.0f} of "
            f"{np.isfinite(use.hours).sum():,} hours{scope}; it was {listed(parts)}."
        )
    first = "" if asked.figure in (None, "mean", "highest", "lowest") else f"{_lead_words(asked, lead, show)}; "
    return f"{site}, {noun}{scope}: {first}{listed(parts)}, local time."


def _extremes(asked: DataAsked, series: Series, show: Shown, inventory: Inventory) -> list[str]:
    """Say the mean, the highest and the lowest hour, what was asked for first."""
    use = series.one.use
    zone, hours = inventory.sites[use.site].timezone, use.hours

    def said(place: int, which: str) -> str:
        value = show.words(show.of(float(hours[place])))
        return f"{value} at the {which} (in the hour from {hour_words(use, place, zone)})"

    mean = f"on average {show.words(show.of(float(np.nanmean(hours))))}"
    high, low = said(int(np.nanargmax(hours)), "highest"), said(int(np.nanargmin(hours)), "lowest")
    return {"highest": [high, mean, low], "lowest": [low, mean, high]}.get(asked.figure or "", [mean, high, low])


def _lead_words(asked: DataAsked, lead: Finding, show: Shown) -> str:
    level = f" {asked.level:g}" if asked.figure == "percentile" and asked.level is not None else ""
    return f"{(asked.figure or '').replace('_', ' ')}{level} {show.words(lead.value)}"
