"""What a figure is compared with."""

import re
from datetime import datetime, timedelta
from typing import Any

from tools.energy_query import Hours, Period
from tools.errors import BadQuestion
from tools.grammar import dates
from tools.grammar.reading import Reading


def settle_comparison(values: dict[str, Any], s: Reading, against_hours: Hours | None, notes: list[str]) -> None:
    """Settle what the figure is compared with, where the question compares at all."""
    if against_hours:
        values["against_hours"] = against_hours
        return
    if s.line.reference:
        values["against_period"] = s.line.reference
        if (
            values["group"] == "none"
            and len(values["buildings"]) > 1
            and not re.search(r"\b(?:together|combined|total)\b", s.rest)
        ):
            values["group"] = "building"
        return
    if s.line.prior and values["period"]:
        values["against_period"] = (
            dates.shift_year(values["period"], -1) if s.line.prior == "year" else dates.previous(values["period"])
        )
        return
    if not s.comparing or values["statistic"] in ("share", "quality"):
        return
    named = values["buildings"]
    if len(named) == 2 and values["group"] == "none":
        values["buildings"], values["against_buildings"] = named[:1], named[1:]
    elif len(named) > 2 and values["group"] == "none" or len(values["sites"]) == 2 and not named:
        values["group"] = "building"
    elif values["group"] in ("none", "building") and _is_change(s):
        _default_reference(values, s, notes)


def _is_change(s: Reading) -> bool:
    """Tell a change over time from a mere 'more' or 'than' that ranks."""
    return bool(
        re.search(
            r"\b(?:chang\w*|increas\w*|decreas\w*|rise|rose|risen|fall|fell|fallen|drop\w*|gr[eo]w\w*|shrank|reduc\w*|went (?:up|down)|gone (?:up|down)|go (?:up|down)|sav\w*|evolv\w*|trend|compare[ds]?|improve\w*)\b",
            s.rest,
        )
    )


def _default_reference(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    period: Period | None = values["period"]
    if period is None:
        period = last_full_year(s, values)
        notes.append(f"no period was given, so this is {period.words}, the last full year of data")
    years = (period.end - period.start) / timedelta(days=365)
    if years > 1.1 and values["group"] == "none":
        values["group"] = "year"
        values["period"] = period
        return
    if years > 1.1:
        raise BadQuestion(f"a change needs two periods of the same length, and {period.words} is one; say which two")
    reference = dates.shift_year(period, -1)
    values["period"], values["against_period"] = period, reference
    notes.append(f"compared with {reference.words}, the same time a year before")
    if (
        not values["buildings"]
        and values["group"] == "none"
        and not values["sites"]
        and re.search(r"\bwhat (?:has |have )?changed\b", s.rest)
    ):
        values["group"], values["order"] = "building", "furthest"


def last_full_year(s: Reading, values: dict[str, Any]) -> Period:
    sites = set(values["sites"]) | {
        s.inventory.buildings[b].site for b in values["buildings"] if b in s.inventory.buildings
    }
    meters = [m for m in s.inventory.meters.values() if m.building and (not sites or m.site in sites)]
    ends = [m.last_end for m in meters] or [datetime(2001, 1, 1)]
    last = max(ends)
    return dates.year(
        (last - timedelta(days=1)).year if last.month > 11 or (last.month, last.day) == (1, 1) else last.year - 1
    )


def settle_period(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Give an intensity without a period the last full year: it is a figure of a year."""
    if values["period"] is None and values["statistic"] == "intensity":
        period = last_full_year(s, values)
        values["period"] = period
        notes.append(f"no period was given, so this is {period.words}, the last full year of data")
