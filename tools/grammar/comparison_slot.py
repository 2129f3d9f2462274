"""What a figure is compared with."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tools.energy_query import Hours, Period
from tools.errors import BadQuestion
from tools.grammar import dates
from tools.grammar.ratio_words import OF_THE_OTHER
from tools.grammar.reading import Reading

CHANGES = re.compile(
    r"\b(?:chang\w*|increas\w*|decreas\w*|rise|rose|risen|rising|doubl\w*|halv\w*|tripl\w*|fall|fell|fallen|"
    r"falling|declin\w*|drop\w*|gr[eo]w\w*|shrank|reduc\w*|"
    r"went (?:up|down)|gone (?:up|down)|go (?:up|down)|sav\w*|evolv\w*|trend|compare[ds]?|improve\w*)\b"
)


def settle_comparison(values: dict[str, Any], s: Reading, against_hours: Hours | None, notes: list[str]) -> None:
    """Settle what the figure is compared with, where the question compares at all."""
    if against_hours:
        values["against_hours"] = against_hours
        return
    if values["statistic"] == "share":
        values["against_period"] = s.line.reference  # the whole that a part is taken of
        return
    if s.line.reference:
        values["against_period"] = s.line.reference
        as_one = re.search(r"\b(?:together|combined|total)\b", s.rest)
        if values["group"] == "none" and len(values["buildings"]) > 1 and not as_one:
            values["group"] = "building"
        return
    if s.line.prior and values["period"] and s.comparing:
        values["against_period"] = (
            dates.shift_year(values["period"], -1) if s.line.prior == "year" else dates.previous(values["period"])
        )
        return
    if not s.comparing or values["statistic"] in ("share", "quality"):
        return
    named = values["buildings"]
    if len(named) == 2 and values["group"] == "none":
        one, other = (named[1:], named[:1]) if _than_first(s) else (named[:1], named[1:])
        values["buildings"], values["against_buildings"] = one, other
    elif (len(named) > 2 and values["group"] == "none") or (len(values["sites"]) == 2 and not named):
        values["group"] = "building"
    elif values["group"] in ("none", "building") and _is_change(s):
        _default_reference(values, s, notes)


def _than_first(s: Reading) -> bool:
    """Tell 'how much more than b8 did b35 use', 'what multiple of b8', where the building named first is the other."""
    first = next((at for at, _, name in s.named.spans if name in s.named.buildings), 0)
    return bool(OF_THE_OTHER.search(s.text[:first]))


def _is_change(s: Reading) -> bool:
    """Tell a change over time from a mere 'more' or 'than' that ranks."""
    return bool(CHANGES.search(s.rest)) and not re.search(r"\bhow (?:low|high)\b", s.rest)


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
    named = values["buildings"] or values["sites"] or values["group"] != "none"
    if not named and re.search(r"\bwhat (?:has |have )?changed\b", s.rest):
        values["group"], values["order"] = "building", "furthest"


def last_full_year(s: Reading, values: dict[str, Any]) -> Period:
    """Return the last calendar year that the readings of the named sites reach the end of, or nearly."""
    known = s.inventory.buildings
    sites = set(values["sites"]) | {known[b].site for b in values["buildings"] if b in known}
    if not sites and values["statistic"] == "intensity":  # of those whose floor area is known
        sites = {b.site for b in known.values() if b.area_m2}
    meters = [m for m in s.inventory.meters.values() if m.building and (not sites or m.site in sites)]
    last = max((m.last_end for m in meters), default=datetime(2001, 1, 1, tzinfo=UTC))
    at_its_end = last.month == 12 or (last.month, last.day) == (1, 1)
    return dates.year((last - timedelta(days=1)).year if at_its_end else last.year - 1)


def settle_period(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Give an intensity without a period the last full year: it is a figure of a year."""
    if values["period"] is None and values["statistic"] == "intensity" and values["group"] != "year":
        period = last_full_year(s, values)
        values["period"] = period
        notes.append(f"no period was given, so this is {period.words}, the last full year of data")
