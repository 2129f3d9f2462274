"""Sentences for the lead figures of several buildings, months or periods."""

from collections.abc import Mapping, Sequence

from tools.analyses.finding import Finding
from tools.energy_query import EnergyQuery
from tools.readings import Inventory
from tools.wording import amount, listed, period_words, place, shown_units

MOST_NAMED = 20
MOST_SAID = 5
NO_PERCENT_OF = ("percent", "hour_of_day", "degC", "degF")  # their zero is none of nothing


def shown(query: EnergyQuery, finding: Finding, inventory: Inventory) -> str:
    """Write a finding's value in the unit asked for, or that of the site's settings."""
    return amount(finding.value, finding.unit, shown_units(query, inventory, finding.buildings))


def ranked(query: EnergyQuery, leads: Mapping[str, Finding], inventory: Inventory, what: str, when: str) -> str:
    """Say who is first, with which figure, and who follows."""
    first, *rest = leads.values()
    text = f"{place(first.buildings, inventory)} had the {what} {when}: {shown(query, first, inventory)}"
    following = [f"{place(f.buildings, inventory)} ({shown(query, f, inventory)})" for f in rest[:2]]
    return text + (f", followed by {listed(following)}." if following else ".")


def several(query: EnergyQuery, leads: Mapping[str, Finding], inventory: Inventory, noun: str) -> str:
    """Say one figure of each building."""
    said = [f"{place(f.buildings, inventory)} {shown(query, f, inventory)}" for f in leads.values()]
    return f"{noun[0].upper()}{noun[1:]}: {', '.join(said)}."


def grouped(query: EnergyQuery, leads: Mapping[str, Finding], inventory: Inventory, noun: str) -> str:
    """Say in which year or month a figure was highest and lowest."""
    top, low = (pick(leads.values(), key=lambda f: f.value) for pick in (max, min))
    ends = [f"highest in {top.group} ({shown(query, top, inventory)})"]
    ends.append(f"lowest in {low.group} ({shown(query, low, inventory)})")
    if query.order == "lowest":
        ends.reverse()
    return f"{place(top.buildings, inventory)}, {noun} by {query.group}: {', '.join(ends)}."


def changed(
    query: EnergyQuery,
    pairs: Sequence[tuple[Finding, Finding]],
    inventory: Inventory,
    noun: str,
    times: tuple[str, str],
) -> str:
    """Say how one figure differs from another; of many pairs the first five."""
    against = period_words(query.against_period).split(" ", 1)[-1] if query.against_period else ""
    if len(pairs) > 1:
        said = ", ".join(
            f"{place(a.buildings, inventory)} {_signed(query, a, b, inventory)}" for a, b in pairs[:MOST_SAID]
        )
        more = f"; {len(pairs) - MOST_SAID} more in the table" if len(pairs) > MOST_SAID else ""
        return f"{noun[0].upper()}{noun[1:]} {times[0]} against {against}: {said}{more}."
    one, other = pairs[0]
    who = place(one.buildings, inventory)
    values = f"{shown(query, one, inventory)} against {shown(query, other, inventory)}"
    said = f"{values}, {_apart(query, one, other, inventory)}."
    if not query.against_period:
        return f"{who} against {place(other.buildings, inventory)}, {noun} {times[0]}: {said}"
    return f"{who}, {noun} {times[0]} against {against}: {said}"


def _apart(query: EnergyQuery, one: Finding, other: Finding, inventory: Inventory) -> str:
    gap = one.value - other.value
    if gap == 0:
        return "no different"
    units = shown_units(query, inventory, one.buildings)
    size = f"{abs(gap):.1f} points" if one.unit == "percent" else _length(abs(gap), one.unit, units)
    relative = f" ({100 * gap / abs(other.value):+,.1f} %)" if other.value and one.unit not in NO_PERCENT_OF else ""
    more, less = ("later", "earlier") if one.unit == "hour_of_day" else ("more", "less")
    return f"{size} {more if gap > 0 else less}{relative}"


def _length(size: float, unit: str, units: Sequence[str]) -> str:
    return amount(size, "h" if unit == "hour_of_day" else unit, units)


def _signed(query: EnergyQuery, one: Finding, other: Finding, inventory: Inventory) -> str:
    gap = one.value - other.value
    size = _length(abs(gap), one.unit, shown_units(query, inventory, one.buildings))
    return f"{'+' if gap > 0 else '-' if gap < 0 else ''}{size}"


def left_out(reasons: Mapping[str, str]) -> list[str]:
    """Return a note that names who is left out, with the first reason in full."""
    if not reasons:
        return []
    names = list(reasons)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return [f"left out: {', '.join(names[:MOST_NAMED])}{more} ({names[0]}: {reasons[names[0]]})"]
