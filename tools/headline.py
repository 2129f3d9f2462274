"""The headline: what the evidence says, in one to three sentences, written without a model."""

from tools.compute import Facts
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence
from tools.readings import Inventory
from tools.wording import HOURS_WORDS, amount, listed, local_hour, named, period_words, place, timezone_of, when

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
GROUP_NOUN = {"year": "year", "month": "month", "day": "day", "weekday": "day of the week", "hour": "hour of the day"}
MAX_CAVEATS = 2


def headline(facts: Facts, inventory: Inventory) -> str:
    """Write the headline of a query's facts; caveats of what leads come with it."""
    query, lead = facts.query, facts.evidence[0]
    own = [e for e in facts.evidence if e.query.measure == query.measure]
    if query.statistic == "share":
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
        text += _gas(facts, inventory)
    return " ".join([text, *_caveats(lead, facts)])


def _one(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    lead = evidence[0]
    who, value, time = place(lead.buildings, inventory), amount(lead.value, lead.unit, query.unit), when(query)
    hours = HOURS_WORDS[query.hours]
    if query.statistic in ("peak", "minimum"):
        at = next((e.period.start for e in evidence if e.name.endswith(" hour")), None)
        hour = f", in the hour from {local_hour(at, timezone_of(lead.buildings, inventory))} local time" if at else ""
        verb = "peaked at" if query.statistic == "peak" else "was lowest at"
        what = "" if query.measure in ("electricity", "total") else f" ({NOUN[query.measure]})"
        return f"{who} {verb} {value}{what}{hours} {time}{hour}."
    plain = {
        "mean": f"{who} averaged {value}{f' a {query.per}' if query.per and query.per != 'hour' else ''} of {query.measure if query.measure != 'total' else 'electricity'}{hours} {time}.",
        "baseload": f"The {query.measure if query.measure != 'total' else 'electricity'} baseload of {who}{hours} {time} was {value} (5th percentile of the valid hours).",
        "load_factor": f"The load factor of {who}{hours} {time} was {value} (mean over peak).",
        "quality": f"The {'gas' if query.measure == 'gas' else 'electricity'} readings of {who}{hours} {time} are {value} complete.",
    }
    text = plain.get(query.statistic, f"{who} {VERB[query.measure].format(value)}{hours} {time}.")
    parts = [e for e in evidence[1:] if e.name == lead.name]
    return text + (
        f" Of that, {listed([f'{named(e.buildings[0], inventory)} {amount(e.value, e.unit, query.unit)}' for e in parts])}."
        if parts
        else ""
    )


def _change(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    if query.group != "none" and len([e for e in evidence if e.name == evidence[0].name]) > 1:
        return _ranked_changes(query, evidence, inventory)
    one, other = [e for e in evidence if not _derived(e)][:2]
    difference = evidence[0]
    percent = next((e for e in evidence if e.name.endswith("change in percent")), None)
    size = amount(abs(difference.value), difference.unit, query.unit)
    relative = f" ({percent.value:+,.1f} %)" if percent else ""
    word = "no different" if difference.value == 0 else f"{size} {'more' if difference.value > 0 else 'less'}{relative}"
    if query.against_buildings:
        left, right = place(one.buildings, inventory), place(other.buildings, inventory)
        subject = f"{left} against {right}, {_what(query)} {when(query)}"
    elif query.against_hours:
        left, right = HOURS_WORDS[query.hours].strip(), HOURS_WORDS[query.against_hours].strip()
        subject = (
            f"{place(one.buildings, inventory)}, {_what(query, hours=False)} {when(query)}, {left} against {right}"
        )
    else:
        against = period_words(query.against_period) if query.against_period else ""
        subject = f"{place(one.buildings, inventory)}, {_what(query)} {when(query)} against {against.split(' ', 1)[-1] if against.startswith(('in ', 'on ')) else against}"
    return f"{subject}: {amount(one.value, one.unit, query.unit)} against {amount(other.value, other.unit, query.unit)}, {word}."


def _derived(evidence: Evidence) -> bool:
    return (
        evidence.name.endswith(("difference", "change in percent"))
        or ", difference, " in evidence.name
        or "in percent, " in evidence.name
    )


def _what(query: EnergyQuery, *, hours: bool = True) -> str:
    noun = NOUN[query.measure]
    if query.statistic not in ("total", "share"):
        noun = f"{query.measure if query.measure != 'total' else 'electricity'} {query.statistic.replace('_', ' ')}"
    return noun + (HOURS_WORDS[query.hours] if hours else "")


def _ranked_changes(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    lead = evidence[0]
    first = [
        e
        for e in evidence
        if e.name.split(",")[1:2] == lead.name.split(",")[1:2] and e.unit == lead.unit and _derived(e)
    ]
    shown = [
        f"{_part(e, inventory)} {e.value:+,.1f} %"
        if e.unit == "percent"
        else f"{_part(e, inventory)} {'+' if e.value > 0 else ''}{amount(e.value, e.unit, query.unit)}"
        for e in first[:5]
    ]
    against = query.against_period.words if query.against_period else "the reference"
    more = f"; {len(first) - 5} more in the table" if len(first) > 5 else ""
    return f"{_what(query)[0].upper()}{_what(query)[1:]} {when(query)} against {against}: {', '.join(shown)}{more}."


def _part(evidence: Evidence, inventory: Inventory) -> str:
    return evidence.group or place(evidence.buildings, inventory)


def _rank(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    ranked = [e for e in evidence if e.name == evidence[0].name]
    lead = ranked[0]
    value = amount(lead.value, lead.unit, query.unit)
    extreme = "lowest" if query.order == "lowest" else "highest"
    hour = next((e.period.start for e in evidence if e.name.endswith(" hour") and e.buildings == lead.buildings), None)
    at = f" in the hour from {local_hour(hour, timezone_of(lead.buildings, inventory))} local time" if hour else ""
    text = f"{named(lead.buildings[0], inventory)} had the {extreme} {_what(query)} {when(query)}: {value}{at}"
    rest = [f"{named(e.buildings[0], inventory)} ({amount(e.value, e.unit, query.unit)})" for e in ranked[1:3]]
    return text + (f", followed by {listed(rest)}." if rest else ".")


def _groups(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    series = [e for e in evidence if e.name.split(",")[0] == evidence[0].name.split(",")[0] and e.group]
    top, low = max(series, key=lambda e: e.value), min(series, key=lambda e: e.value)
    who, noun = place(evidence[0].buildings, inventory), GROUP_NOUN[query.group]
    first = low if query.order == "lowest" else top
    second = top if first is low else low
    words = {id(top): "highest", id(low): "lowest"}
    pieces = [
        f"{words[id(e)]} in {e.group} ({amount(e.value, e.unit, query.unit)})"
        if query.group != "hour"
        else f"{words[id(e)]} from {e.group} ({amount(e.value, e.unit, query.unit)})"
        for e in (first, second)
    ]
    return f"{who}, {_what(query)} {when(query)} by {noun}: {pieces[0]}, {pieces[1]}."


def _share(query: EnergyQuery, evidence: list[Evidence], inventory: Inventory) -> str:
    shares = [e for e in evidence if e.unit == "percent"]
    whole = evidence[-1]
    if query.group == "building" and len(shares) > 1:
        return _rank(query, shares, inventory)
    lead, part = shares[0], next((e for e in evidence if e.name.endswith("part")), None)
    of = (
        f"{place(whole.buildings, inventory)}'s {NOUN[query.measure]}"
        if set(whole.buildings) != set(lead.buildings)
        else f"its {NOUN[query.measure]}"
    )
    amounts = (
        f" ({amount(part.value, part.unit, query.unit)} of {amount(whole.value, whole.unit, query.unit)})"
        if part
        else ""
    )
    return (
        f"{place(lead.buildings, inventory)} accounts for {amount(lead.value, 'percent')} of {of}{HOURS_WORDS[query.hours]} {when(query)}{amounts}."
        if of[:3] != "its"
        else (
            f"{place(lead.buildings, inventory)} used {amount(lead.value, 'percent')} of {of}{HOURS_WORDS[query.hours]} {when(query)}{amounts}."
        )
    )


def _gas(facts: Facts, inventory: Inventory) -> str:
    gas = [e for e in facts.evidence if e.query.measure == "gas"]
    if not gas:
        return ""
    value = amount(gas[0].value, gas[0].unit)
    return f" Gas is shown beside it and never added: {value} as labelled."


def _caveats(lead: Evidence, facts: Facts) -> list[str]:
    """Say what bears on the leading facts, the first two; the rest stands in the table."""
    said: list[str] = []
    seen = [lead, *[e for e in facts.evidence[1:4] if e.query.measure == lead.query.measure]]
    for evidence in seen:
        said += [c for c in evidence.caveats if c not in said]
    return [
        f"Note: {c[0].lower() if c[:2].istitle() and not c[:3].isupper() else c[0]}{c[1:].rstrip('.')}."
        for c in said[:MAX_CAVEATS]
    ]


def table(facts: Facts, inventory: Inventory) -> list[dict[str, str]]:
    """Return the rows of the evidence as a person reads them: what, where, value, coverage, id."""
    return [
        {
            "fact": e.name,
            "where": place(e.buildings, inventory),
            "value": amount(e.value, e.unit, facts.query.unit),
            "coverage": f"{100 * e.coverage:.1f} %",
            "id": e.id,
        }
        for e in facts.evidence
    ]
