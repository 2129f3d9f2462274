"""What is said of a thing that was told: what it was, what it is now, what it changes, and that readings win."""

from datetime import date
from typing import TYPE_CHECKING, cast

from privacy.labels import Label
from tools.errors import NoData
from tools.readings import Inventory
from tools.statements import DOUBTED, Claim
from tools.told import ToldFact, ToldField
from tools.told_hours import days_told
from tools.wording import amount

if TYPE_CHECKING:
    from memory.told import Kept
    from memory.told_rows import Given

LARGE_LOAD = 0.8
"""A load in hours said to be closed that is this share of the load in the others does not look closed."""


FIELD_WORDS: dict[ToldField, str] = {
    "opening": "opening hours",
    "use": "use",
    "area_m2": "floor area",
    "floors": "number of floors",
    "year_built": "year of building",
    "event": "event",
    "note": "note",
}


def kept_words(kept: "Kept", inventory: Inventory) -> str:
    """Return what became of a fact; `inventory` is that of after it."""
    fact = kept.fact
    if not kept.is_new:
        return f"That was known of {fact.building}, as told on {fact.told_at:%Y-%m-%d} by {fact.who}; nothing changes."
    over = "".join(f' It takes the place of "{old.text}" ({old.id}).' for old in kept.superseded)
    return f"{_now(kept, inventory)}{over}"


def _now(kept: "Kept", inventory: Inventory) -> str:
    fact = kept.fact
    building, value = fact.building, fact.value
    if fact.field == "opening":
        from tools.analyses.site_terms import opening_at  # no question waits for what only a statement needs

        hours = opening_at(inventory, inventory.buildings[building].site, building)
        return f"Kept of {building}: {hours.words}. What it uses while empty is reckoned with these hours."
    if fact.field == "event":
        return f"Kept of {building}: {value['kind']} {_since(fact)}."
    if fact.field == "note":
        doubt = " since you are not sure" if fact.confidence <= DOUBTED else ""
        return f"Kept as a note of {building}{doubt}; no figure changes by it."
    if fact.field == "area_m2":
        was = amount(float(kept.was), "m2") if kept.was else "not known"
        return f"The floor area of {building} is {amount(value['area_m2'], 'm2')} now; it was {was}."
    what, was = FIELD_WORDS[fact.field], kept.was or "not known"
    return f"The {what} of {building} is {value[fact.field]} now; it was {was}.{_peers(fact)}"


def _since(fact: ToldFact) -> str:
    end = fact.value.get("end")
    return days_told(date.fromisoformat(fact.value["start"]), date.fromisoformat(end) if end else None)


def _peers(fact: ToldFact) -> str:
    if fact.field != "use":
        return ""
    from tools.peers.uses import match_use

    try:
        match_use(fact.value["use"])
    except NoData:
        return " No peers are known for that use."
    return " Its peers are those of that use."


def given_of(claim: Claim, building: str, text: str, label: Label) -> "Given":
    """Return one claim about one building as it is kept. Raises `ValueError` for what only readings tell."""
    if claim.kind in ("no_meter", "figure"):
        raise ValueError(f"a claim of the kind {claim.kind} is not kept")
    from memory.told_rows import Given

    return Given(
        building, cast(ToldField, claim.kind), claim.value, text, label, claim.confidence, claim.start, claim.end
    )


def expected(claim: Claim) -> str:
    """Return for which days a claim was taken to hold, '' where for all."""
    return f"taken to hold {days_told(claim.start, claim.end)}" if claim.start or claim.end else ""
