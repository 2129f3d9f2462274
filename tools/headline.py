"""The headline: what the evidence says, in one to three sentences, written without a model."""

from datetime import datetime

from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence
from tools.readings import Inventory
from tools.wording import (
    SCALE,
    amount,
    hours_words,
    listed,
    local_hour,
    named,
    period_words,
    place,
    shown_units,
    timezone_of,
    when,
)

VERB = {
    "electricity": "used {} of electricity",
    "gas": "used {} of gas (as labelled)",
    "total": "used {} of electricity",
    "carbon": "caused {} by its electricity",
    "cost": "spent {} on electricity",
}
NOUN = {
    "electricity": "electricity use",
    "gas": "gas use (as labelled)",
    "total": "electricity use",
    "carbon": "carbon of electricity",
    "cost": "electricity cost",
}
GROUP_NOUN = {
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "day": "day",
    "weekday": "day of the week",
    "hour": "hour of the day",
}
MAX_CAVEATS = 2
MAX_CHANGES = 5
MAX_MONTHS = 12


def headline(facts: Facts, inventory: Inventory) -> str:
    """Write the headline of a query's facts; caveats of what leads come with it."""
    lead = facts.evidence[0]
    query = _in_units_of_site(facts.query, lead, inventory)
    own = [e for e in facts.evidence if e.query.measure == query.measure]
    if facts.words is not None:
        text = facts.words
    elif query.statistic == "share":
        text = _share(query, own, inventory)
    elif query.against_period or query.against_buildings or query.against_hours:
        text = _change(query, own, inventory)
    elif query.group == "building" and len(own) > 1:
        text = _rank(query, own, inventory)
    elif query.group not in ("none", "building") and len(own) > 1:
        text = _groups(query, own, inventory)
    else:
        text = _one(query, own, inventory)
    if query.measure == "total":
        text += _gas(facts)
    return " ".join([text, *_caveats(lead, facts)])


def _in_units_of_site(query: EnergyQuery, lead: Evidence, inventory: Inventory) -> EnergyQuery:
    """Return a query that asks for the lead's unit as the site's settings have it, where the question named none."""
    if query.unit:
        return query
    units = shown_units(query, inventory, lead.buildings)
    fit = next((unit for unit in units if unit in SCALE and SCALE[unit][0] == lead.unit), None)
    return query.model_copy(update={"unit": fit}) if fit else query


def _one(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    if query.statistic in ("peak", "minimum"):
        return _extreme(query, evidence, inventory)
    lead = evidence[0]
    who, value, fuel = place(lead.buildings, inventory), amount(lead.value, lead.unit, query.unit), _fuel(query)
    scope = f"{hours_words(query.hours)} {when(query)}"
    per = f" a {query.per}" if query.per and query.per != "hour" else ""
    metered = "gas" if query.measure == "gas" else "electricity"
    said = {
        "mean": f"{who} averaged {value}{per} of {fuel}{scope}.",
        "baseload": f"The {fuel} baseload of {who}{scope} was {value} (5th percentile of the valid hours).",
        "load_factor": f"The load factor of {who}{scope} was {value} (mean over peak).",
        "quality": f"The {metered} readings of {who}{scope} are {value} complete.",
    }
    text = said.get(query.statistic, f"{who} {VERB[query.measure].format(value)}{scope}.")
    parts = [
        f"{named(e.buildings[0], inventory)} {amount(e.value, e.unit, query.unit)}"
        for e in evidence[1:]
        if e.name == lead.name
    ]
    return text + (f" Of that, {listed(parts)}." if parts else "")


def _extreme(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    lead = evidence[0]
    who, value = place(lead.buildings, inventory), amount(lead.value, lead.unit, query.unit)
    verb = "peaked at" if query.statistic == "peak" else "was lowest at"
    what = "" if query.measure in ("electricity", "total") else f" ({NOUN[query.measure]})"
    hour = next((e for e in evidence if _is_own_hour(e)), None)
    at = f", {_in_hour(hour.period.start, lead, inventory)}" if hour else ""
    return f"{who} {verb} {value}{what}{hours_words(query.hours)} {when(query)}{at}."


def _is_own_hour(evidence: Evidence) -> bool:
    return evidence.name.endswith(" hour")


def _in_hour(at: datetime, lead: Evidence, inventory: Inventory) -> str:
    return f"in the hour from {local_hour(at, timezone_of(lead.buildings, inventory))} local time"


def _change(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    kind = evidence[0].name.split(",")[1:2]
    alike = [e for e in evidence if _derived(e) and e.unit == evidence[0].unit and e.name.split(",")[1:2] == kind]
    if query.group != "none" and len(alike) > 1:
        return _ranked_changes(query, evidence, inventory)
    one, other = [e for e in evidence if not _derived(e)][:2]
    difference = evidence[0]
    percent = next((e for e in evidence if e.name.endswith("change in percent")), None)
    size = amount(abs(difference.value), difference.unit, query.unit)
    relative = f" ({percent.value:+,.1f} %)" if percent else ""
    word = "no different" if difference.value == 0 else f"{size} {'more' if difference.value > 0 else 'less'}{relative}"
    values = f"{amount(one.value, one.unit, query.unit)} against {amount(other.value, other.unit, query.unit)}"
    times = next(
        (f", {e.value:,.2f} times as much" for e in evidence if e.unit == "ratio" and query.unit == "ratio"), ""
    )
    return f"{_compared(query, one, other, inventory)}: {values}, {word}{times}."


def _compared(query: EnergyQuery, one: Evidence, other: Evidence, inventory: Inventory) -> str:
    """Write what is set against what: places, parts of the day or week, or periods."""
    who = place(one.buildings, inventory)
    if query.against_buildings:
        return f"{who} against {place(other.buildings, inventory)}, {_what(query)} {when(query)}"
    if query.against_hours:
        left, right = (hours_words(h).strip() or "in all hours" for h in (query.hours, query.against_hours))
        return f"{who}, {_what(query, hours=False)} {when(query)}, {left} against {right}"
    against = period_words(query.against_period) if query.against_period else ""
    return f"{who}, {_what(query)} {when(query)} against {against.removeprefix('in ').removeprefix('on ')}"


def _derived(evidence: Evidence) -> bool:
    changes = evidence.name.endswith(("difference", "change in percent"))
    return changes or ", difference, " in evidence.name or "in percent, " in evidence.name


def _what(query: EnergyQuery, *, hours: bool = True) -> str:
    noun = NOUN[query.measure]
    if query.statistic not in ("total", "share"):
        noun = f"{_fuel(query)} {query.statistic.replace('_', ' ')}"
    return noun + (hours_words(query.hours) if hours else "")


def _fuel(query: EnergyQuery) -> str:
    return query.measure if query.measure != "total" else "electricity"


def _ranked_changes(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    lead = evidence[0]
    kind = lead.name.split(",")[1:2]
    alike = [e for e in evidence if e.name.split(",")[1:2] == kind and e.unit == lead.unit and _derived(e)]
    most = MAX_CHANGES if query.group in ("building", "day") else MAX_MONTHS
    shown = ", ".join(f"{_part(e, inventory)} {_signed(e, query)}" for e in alike[:most])
    against = query.against_period.words if query.against_period else "the reference"
    more = f"; {len(alike) - most} more in the table" if len(alike) > most else ""
    what = _what(query)
    fewer = sum(e.value < 0 for e in alike)
    count = f" ({fewer} of {len(alike)} lower)" if query.group not in ("none", "building") else ""
    who = f"{place(lead.buildings, inventory)}, {what}" if query.group != "building" else f"{what[0].upper()}{what[1:]}"
    return f"{who} {when(query)} against {against}{count}: {shown}{more}."


def _part(evidence: Evidence, inventory: Inventory) -> str:
    return evidence.group or place(evidence.buildings, inventory)


def _signed(evidence: Evidence, query: EnergyQuery) -> str:
    if evidence.unit == "percent":
        return f"{evidence.value:+,.1f} %"
    return f"{'+' if evidence.value > 0 else ''}{amount(evidence.value, evidence.unit, query.unit)}"


def _rank(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    ranked = [e for e in evidence if e.name == evidence[0].name]
    lead = ranked[0]
    value = amount(lead.value, lead.unit, query.unit)
    extreme = "lowest" if query.order == "lowest" else "highest"
    hour = next((e for e in evidence if _is_own_hour(e) and e.buildings == lead.buildings), None)
    at = f" {_in_hour(hour.period.start, lead, inventory)}" if hour else ""
    text = f"{named(lead.buildings[0], inventory)} had the {extreme} {_what(query)} {when(query)}: {value}{at}"
    rest = [f"{named(e.buildings[0], inventory)} ({amount(e.value, e.unit, query.unit)})" for e in ranked[1:3]]
    return text + (f", followed by {listed(rest)}." if rest else ".")


def _groups(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    series = [e for e in evidence if e.name.split(",")[0] == evidence[0].name.split(",")[0] and e.group]
    top, low = max(series, key=lambda e: e.value), min(series, key=lambda e: e.value)
    words = {id(top): "highest", id(low): "lowest"}
    into = "from" if query.group == "hour" else "in"
    pieces = [
        f"{words[id(e)]} {into} {e.group} ({amount(e.value, e.unit, query.unit)})"
        for e in ((low, top) if query.order == "lowest" else (top, low))
    ]
    who, noun = place(evidence[0].buildings, inventory), GROUP_NOUN[query.group]
    return f"{who}, {_what(query)} {when(query)} by {noun}: {', '.join(pieces)}."


def _share(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    shares = [e for e in evidence if e.unit == "percent"]
    if query.group == "building" and len(shares) > 1:
        return _rank(query, shares, inventory)
    lead, whole = shares[0], evidence[-1]
    part = next((e for e in evidence if e.name.endswith("part")), None)
    of_itself = set(whole.buildings) == set(lead.buildings)
    owner = "its" if of_itself else f"{place(whole.buildings, inventory)}'s"
    verb = "used" if of_itself else "accounts for"
    amounts = ""
    if part:
        amounts = f" ({amount(part.value, part.unit, query.unit)} of {amount(whole.value, whole.unit, query.unit)})"
    share = f"{amount(lead.value, 'percent')} of {owner} {NOUN[query.measure]}"
    return f"{place(lead.buildings, inventory)} {verb} {share}{hours_words(query.hours)} {when(query)}{amounts}."


def _gas(facts: Facts) -> str:
    gas = [e for e in facts.evidence if e.query.measure == "gas"]
    if not gas:
        return ""
    value = amount(gas[0].value, gas[0].unit)
    return f" Gas is shown beside it and never added: {value} as labelled."


def _caveats(lead: Evidence, facts: Facts) -> list[str]:
    """Say what bears on the leading facts, the first two; the rest stands in the table."""
    leading = [lead, *(e for e in facts.evidence[1:4] if e.query.measure == lead.query.measure)]
    said = dict.fromkeys(c for e in leading for c in e.caveats)
    return [f"Note: {_uncapitalised(c).rstrip('.')}." for c in list(said)[:MAX_CAVEATS]]


def _uncapitalised(text: str) -> str:
    begins_word = text[:2].istitle() and not text[:3].isupper()
    return text[0].lower() + text[1:] if begins_word else text
