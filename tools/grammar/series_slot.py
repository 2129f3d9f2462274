"""Which series of a site is asked for, which figure of it, and by which parts of the day or year."""

import re
from typing import Any, Final

from tools.data_asked import DataAsked, SeriesFigure, SiteSeries
from tools.energy_query import Group
from tools.grammar.data_levels import degc_of
from tools.grammar.data_patterns import (
    AVERAGE,
    COUNTED,
    FAHRENHEIT,
    HIGH,
    KILOS,
    LEVEL,
    LOW,
    PARTS,
    POUNDS,
    SERIES,
    SERIES_LEVEL,
    percentile_of,
    spread_of,
)
from tools.grammar.group_slot import THREE_YEARS
from tools.grammar.order_slot import count_of, first_is_low
from tools.grammar.quantities import number
from tools.grammar.reading import Reading
from tools.grammar.vocabulary import ENERGY_WORD

ASKS_PART: Final = re.compile(
    r"\b(?:which|what|when|by|each|every|per|monthly|daily|quarterly|yearly|profile|falling|rising|getting|trend\w*|"
    r"over the years|improv\w+|"
    r"(?:cold|hott|warm|mild|chilli|clean|green|dirti|cheap|dear|sunni)est|most (?:humid|expensive)|highest|lowest|"
    r"top)\b"
)
ONE_HOUR: Final = re.compile(
    r"\b(?:coldest|hottest|warmest|single|one) (?:single )?hour\b|\bhour (?:in|of) (?:19|20)\d\d\b|"
    r"\b(?:cheapest|dearest|most expensive|costliest|priciest) hour\b(?=[^?]*\b(?:agile|octopus|tariff|rate)\b)"
)
OTHER_END: Final = 5  # words
MOST_KG: Final = 5.0  # a kWh: more without a unit are grams
UNDER: Final = re.compile(r"^(?:below|under|beneath|colder|cooler|lower|less|cleaner|greener|cheaper|better)")


def asks_other_end(text: str) -> bool:
    """Tell whether a few words only ask for the other end of a series that was just told: 'and the dirtiest?'."""
    words = re.findall(r"[a-z]+", text)
    return len(words) <= OTHER_END and bool(HIGH.search(text) or LOW.search(text)) and not ENERGY_WORD.search(text)


def _series_before(told: DataAsked | None) -> SiteSeries:
    return told.series if told and told.series else "temperature"


def settle_series(values: dict[str, Any], s: Reading, text: str) -> DataAsked:
    """Settle sites, unit, group and order of a question about a series, and return what is asked of it."""
    told = s.before.terms.data if s.before and s.before.statistic == "site_series" and s.before.terms else None
    series: SiteSeries = next((name for name, pattern in SERIES if pattern.search(text)), _series_before(told))
    sites = tuple(dict.fromkeys(s.inventory.buildings[b].site for b in s.named.buildings))
    values |= {
        "measure": "electricity",
        "buildings": (),
        "sites": sites or values["sites"],
        "unit": _series_unit(series, text),
    }
    if series == "price" and re.search(r"\bnegative\b|\b(?:below|under) (?:zero|0)\b", text):
        values |= {"group": "none", "order": None, "limit": None}
        return DataAsked(series=series, figure="below", level=0.0)
    level = SERIES_LEVEL.search(s.rest)
    if level and re.search(r"\bhours?\b|\bhow (?:often|long)\b|\bever\b", text):
        figure: SeriesFigure = "below" if UNDER.match(level.group("how")) else "above"
        values |= {"group": "none", "order": None, "limit": None}
        return DataAsked(series=series, figure=figure, level=_level(series, level))
    low = (bool(LOW.search(text)) and not HIGH.search(text)) or first_is_low(text)
    extreme = low or bool(HIGH.search(text))
    group = s.before.group if told and s.before and asks_other_end(text) else _series_group(s, text)
    figure = "lowest" if low else "highest" if extreme and (not AVERAGE.search(text) or "max" in text) else "mean"
    order = ("lowest" if low else "highest") if extreme and group != "none" else None
    values |= {"group": group, "order": order, "limit": _limit(text) if order else None}
    if percent := LEVEL.search(text):
        return DataAsked(series=series, figure="percentile", level=percentile_of(percent))
    return DataAsked(series=series, figure=spread_of(text) or (figure if group == "none" else "mean"))


def _series_group(s: Reading, text: str) -> Group:
    if ONE_HOUR.search(text) and not re.search(r"\bhour of (?:the )?day\b", text):
        return "none"
    if THREE_YEARS.search(s.text):
        return "year"
    if not ASKS_PART.search(text):
        return "none"
    for group, pattern in PARTS:
        for match in pattern.finditer(text):
            listed = re.search(r"\b(?:which|what|when|by|each|every|per|at)\b", text[: match.end()])
            if (
                group in ("hour", "weekday", "year")
                or listed
                or re.search(r"(?:est|expensive|humid|top|carbon)\s(?:\d+ )?$", text[: match.start()])
            ):
                return group
            if group == "month" and "monthly" in match.group(0):
                return group
    return "none"


def _series_unit(series: SiteSeries, text: str) -> str | None:
    if series == "temperature" and FAHRENHEIT.search(text):
        return "degF"
    if series == "carbon" and KILOS.search(text):
        return "kgCO2e_per_kWh"
    return "GBP_per_kWh" if series == "price" and POUNDS.search(text) else None


def _level(series: SiteSeries, match: re.Match[str]) -> float:
    """Return a level in the unit that the series is kept in."""
    value = degc_of(match.group("n"), match.group("unit") if series == "temperature" else None)
    unit = match.group("unit") or ""
    bare = series == "carbon" and not unit and value > MOST_KG  # "exceeded 250"
    scaled = bare or (series == "carbon" and unit.startswith("g")) or (series == "price" and unit.startswith("p"))
    return value / (1_000.0 if series == "carbon" else 100.0) if scaled else value


def _limit(text: str) -> int | None:
    if match := COUNTED.search(text):
        return int(number(match.group("n")))
    return count_of(text) or (1 if re.search(r"\b(?:day|month|year|quarter)\b", text) else None)
