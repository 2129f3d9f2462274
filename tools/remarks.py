"""Plain remarks by rule: what an engineer would say of the facts when no model is there to say it."""

from collections.abc import Iterator

from tools.analysis_remarks import analysis_remarks
from tools.evidence import Evidence
from tools.readings import Inventory
from tools.wording import amount, named

NIGHT_SHARE_OF_HOURS = 100 * 8 / 24
WEEKEND_SHARE_OF_HOURS = 100 * 2 / 7
NOTABLE_PERCENT = 10.0


def remarks(evidence: list[Evidence], inventory: Inventory) -> list[str]:
    """Return one to four sentences; every number in them is a fact or follows from facts by plain arithmetic."""
    if not evidence:
        return []
    plain = [*_rank(evidence, inventory), *_share(evidence), *_shape(evidence)]
    of_analysis = analysis_remarks(evidence)
    found = [*_change(evidence), *(of_analysis or plain), *_season(evidence)]
    return [*found[:3], *_quality(evidence)][:4] or [_plain(evidence[0])]


def _change(evidence: list[Evidence]) -> Iterator[str]:
    percent = next((e for e in evidence if "change in percent" in e.name), None)
    if percent is None or percent.query.group != "none":
        return
    if abs(percent.value) < NOTABLE_PERCENT:
        yield "The difference is under 10 %, within what weather and occupancy often explain."
    else:
        way = "rise" if percent.value > 0 else "fall"
        deserves = "deserves a cause: check weather, opening hours, new equipment and the meter itself"
        yield f"A {way} of this size {deserves}."


def _rank(evidence: list[Evidence], inventory: Inventory) -> Iterator[str]:
    lead = evidence[0]
    ranked = [e for e in evidence if e.name == lead.name and e.unit == lead.unit]
    ranks_highest = lead.query.group == "building" and lead.query.order != "lowest" and len(ranked) >= 3
    if not ranks_highest or lead.unit not in ("kWh", "kgCO2e", "GBP") or lead.query.against_period:
        return
    total = sum(e.value for e in ranked)
    if total > 0:
        share = amount(100 * lead.value / total, "percent")
        yield f"{named(lead.buildings[0], inventory)} alone is {share} of the {len(ranked)} buildings ranked here."
        yield "Size matters in this order; a rank by floor area needs the areas (`eaio building set ID --area M2`)."


def _share(evidence: list[Evidence]) -> Iterator[str]:
    lead = evidence[0]
    if lead.unit != "percent" or lead.query.statistic != "share":
        return
    usual = {"night": NIGHT_SHARE_OF_HOURS, "weekend": WEEKEND_SHARE_OF_HOURS}.get(str(lead.query.hours))
    if usual:
        close = lead.value > 0.85 * usual
        then = "hardly falls then. Look for plant and lighting that stay on." if close else "does fall then."
        yield f"The {lead.query.hours} is {amount(usual, 'percent')} of the hours, so use {then}"


def _shape(evidence: list[Evidence]) -> Iterator[str]:
    lead = evidence[0]
    if lead.query.statistic == "load_factor":
        yield "A load factor near 1 means an even load; below about 0.4 a few hours make the peak."
    if lead.query.statistic == "baseload":
        yield "The baseload runs all day and all year, so a cut there saves in every hour."
    if lead.query.group == "hour" and len(evidence) >= 24:
        hours = evidence[:24]
        low, high = min(hours, key=lambda e: e.value), max(hours, key=lambda e: e.value)
        if high.value > 0:
            share = amount(100 * low.value / high.value, "percent")
            yield f"The lowest hour of the mean day is {share} of the highest."


def _season(evidence: list[Evidence]) -> Iterator[str]:
    months = [e for e in evidence if e.group and e.query.group == "month"]
    if len(months) >= 3:
        low, high = min(months, key=lambda e: e.value), max(months, key=lambda e: e.value)
        if low.value > 0:
            yield f"The highest month, {high.group}, is {high.value / low.value:.1f} times the lowest, {low.group}."


def _quality(evidence: list[Evidence]) -> Iterator[str]:
    poor = [e for e in evidence if e.coverage < 0.95]
    if poor:
        few = f"{len(poor)} of {len(evidence)} facts rest on less than 95 % of their hours"
        yield f"{few}; the missing hours are left out, not estimated."


def _plain(lead: Evidence) -> str:
    present = f"{100 * lead.coverage:.1f} % of the hours present"
    return f"This is the {lead.method}, with {present}; `eaio evidence {lead.id}` shows the rows."
