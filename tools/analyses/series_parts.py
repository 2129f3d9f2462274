"""The mean of a site's series in each hour of the day, weekday, day, month or year."""

from datetime import datetime

import numpy as np

from tools.analyses.finding import Finding, facts_of
from tools.analyses.series_loaded import Series, hour_words, series_of, value_of
from tools.analyses.series_words import NOUN, Shown, shown_as
from tools.clock import key_name, key_span
from tools.computed import Facts
from tools.data_asked import DataAsked, SeriesFigure
from tools.energy_query import EnergyQuery, Group, Hours
from tools.errors import BadQuestion, NoData
from tools.readings import Inventory, Readings
from tools.use import Use
from tools.wording import hours_words, listed, when

LEAST_OF_PART = 0.75  # share of a day's (month's, year's) hours that must count for it to be ranked
SAID = 5


async def series_by_part(query: EnergyQuery, asked: DataAsked, readings: Readings, inventory: Inventory) -> Facts:
    """Return the mean of each hour of the day, weekday, day, month or year of one site, in the order asked for."""
    assert asked.series is not None
    found = await series_of(query, asked.series, readings, inventory)
    if len(found) > 1:
        raise BadQuestion(f"{NOUN[asked.series]} by {query.group} is told of one site at a time; name one")
    series = next(iter(found.values()))
    show = shown_as(asked.series, query.unit, inventory.sites[series.one.use.site].currency)
    figure: SeriesFigure = asked.figure if asked.figure in ("highest", "lowest") and query.order is None else "mean"
    parts = _parts(series.one.use, query.hours, query.group, figure, inventory)
    if not parts:
        raise NoData(f"no {query.group} {when(query)} has enough {NOUN[asked.series]} to be told")
    findings = [_part_finding(series, asked, show, figure, name, part) for name, part in parts.items()]
    if query.order:
        findings.sort(key=lambda f: f.value if query.order == "lowest" else -f.value)
    kept = findings[: query.limit] if query.order else findings
    words = _part_words(query, asked, kept, findings, show, inventory, series)
    left = len(np.unique(series.one.use.clock.keys(query.group))) - len(parts)
    words += f" Left out for too few readings: {left} {query.group}{'s' if left > 1 else ''}." if left else ""
    return facts_of(query, inventory, kept, words)


Part = tuple[float, float, datetime, datetime]


def _parts(use: Use, hours: Hours, group: Group, figure: SeriesFigure, inventory: Inventory) -> dict[str, Part]:
    """Return value, coverage and span of each part that has enough hours."""
    keys, timezone = use.clock.keys(group), inventory.sites[use.site].timezone
    meant = use.clock.among(hours)
    made: dict[str, Part] = {}
    for key in np.unique(keys):
        mine = use.hours[(keys == key) & meant]
        start, end = use.start, use.end
        expected = len(mine)
        if group in ("year", "quarter", "month", "day"):
            start, end = key_span(group, int(key), timezone)
            start, end = max(start, use.start), min(end, use.end)
        valid = mine[np.isfinite(mine)]
        if len(valid) and len(valid) >= LEAST_OF_PART * expected:
            made[key_name(group, int(key))] = (value_of(figure, None, valid), len(valid) / max(expected, 1), start, end)
    return made


def _part_finding(series: Series, asked: DataAsked, show: Shown, figure: str, name: str, part: Part) -> Finding:
    value, coverage, start, end = part
    noun = f"{figure} {NOUN[asked.series or 'temperature']}"
    meters = series.one.use.meters
    how = "of the valid hours, as loaded"
    return Finding(noun, show.of(value), show.unit, series.buildings, start, end, how, coverage, meters, group=name)


def _part_words(
    query: EnergyQuery,
    asked: DataAsked,
    kept: list[Finding],
    every: list[Finding],
    show: Shown,
    inventory: Inventory,
    series: Series,
) -> str:
    assert asked.series is not None
    site = inventory.sites[series.one.use.site]
    into = "from " if query.group == "hour" else ""
    noun = {"hour": "hour of the day", "weekday": "day of the week"}.get(query.group, query.group)
    head = f"{site.name}, {kept[0].name}{hours_words(query.hours)} {when(query)} by {noun}"
    if query.order is None and len(every) <= SAID:
        return f"{head}: {listed([f'{f.group} {show.words(f.value)}' for f in every])}."
    top, low = max(every, key=lambda f: f.value), min(every, key=lambda f: f.value)
    first = [("lowest", low), ("highest", top)] if query.order == "lowest" else [("highest", top), ("lowest", low)]
    said = [f"{word} {into}{f.group} ({show.words(f.value)})" for word, f in first]
    more = (
        [f"{into}{f.group} ({show.words(f.value)})" for f in kept[1:SAID]] if query.order and query.limit != 1 else []
    )
    follow = f", followed by {listed(more)}" if more and query.limit else ""
    hours, zone = series.one.use, site.timezone
    single = ""
    if query.group == "hour" and query.order:
        index = int(np.nanargmin(hours.hours) if query.order == "lowest" else np.nanargmax(hours.hours))
        value = show.words(show.of(float(hours.hours[index])))
        single = f" The {query.order} single hour was {value}, from {hour_words(hours, index, zone)} local time."
    return f"{head}: {said[0]}{follow}, {said[1]}.{single}" if not follow else f"{head}: {said[0]}{follow}.{single}"
