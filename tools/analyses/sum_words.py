"""Sentences for amounts that add up: who had how much, in which order, when most, and against what."""

from collections.abc import Sequence

from tools.analyses.finding import Finding
from tools.energy_query import EnergyQuery
from tools.readings import Inventory
from tools.wording import amount, listed, named, period_words, place, shown_units

FEW = 3
MOST_NAMED = 5


def said(finding: Finding, query: EnergyQuery, inventory: Inventory, *, of_size: bool = False) -> str:
    """Write a finding's value as the reader wants to see it; its size alone where the sentence says the direction."""
    value = abs(finding.value) if of_size else finding.value
    return amount(value, finding.unit, shown_units(query, inventory, finding.buildings))


def who(buildings: tuple[str, ...], inventory: Inventory) -> str:
    """Write the buildings of a sum: their names, the site where it is all of it, or how many where they are many."""
    whole = place(buildings, inventory)
    sites = {s.name for s in inventory.sites.values()}
    return whole if len(buildings) <= MOST_NAMED or whole in sites else f"a group of {len(buildings)} buildings"


def of_which(parts: Sequence[Finding], query: EnergyQuery, inventory: Inventory) -> str:
    """Write the largest parts of a sum; nothing where there are none."""
    if not parts:
        return ""
    shown = listed([f"{named(p.buildings[0], inventory)} {said(p, query, inventory)}" for p in parts[:FEW]])
    more = "" if len(parts) <= FEW else f"; {len(parts) - FEW} more in the table"
    return f" Of that, {shown}{more}."


def rank_words(noun: str, time: str, found: Sequence[Finding], query: EnergyQuery, inventory: Inventory) -> str:
    """Write who leads a rank and who follows."""
    lead, extreme = found[0], "lowest" if query.order == "lowest" else "highest"
    text = f"{named(lead.buildings[0], inventory)} had the {extreme} {noun} {time}: {said(lead, query, inventory)}"
    rest = [f"{named(f.buildings[0], inventory)} ({said(f, query, inventory)})" for f in found[1:FEW]]
    return f"{text}, followed by {listed(rest)}." if rest else f"{text}."


def calendar_words(noun: str, time: str, found: Sequence[Finding], query: EnergyQuery, inventory: Inventory) -> str:
    """Write the highest and the lowest month or year."""
    top, low = max(found, key=lambda f: f.value), min(found, key=lambda f: f.value)
    names = {id(top): "highest", id(low): "lowest"}
    two = ((low, top) if query.order == "lowest" else (top, low))[: 1 if top is low else 2]
    ends = ", ".join(f"{names[id(f)]} in {f.group} ({said(f, query, inventory)})" for f in two)
    return f"{who(top.buildings, inventory)}, {noun} {time} by {query.group}: {ends}."


def change_words(noun: str, time: str, found: Sequence[Finding], query: EnergyQuery, inventory: Inventory) -> str:
    """Write a difference, as `compared` returns it, with both amounts."""
    difference, first, second = found[0], found[-2], found[-1]
    against = period_words(query.against_period).split(" ", 1)[1] if query.against_period else ""
    what = f"{who(first.buildings, inventory)}, {noun} {time} against "
    what += against or who(second.buildings, inventory)
    change = "no different"
    if difference.value:
        percent = f" ({found[1].value:+,.1f} %)" if len(found) > FEW else ""
        size = said(difference, query, inventory, of_size=True)
        change = f"{size} {'more' if difference.value > 0 else 'less'}{percent}"
    return f"{what}: {said(first, query, inventory)} against {said(second, query, inventory)}, {change}."
