"""What is known of the buildings themselves: floor area, year, use, floors, which meters they have, and since when."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from tools.analyses.catalogue_words import areas, fuel_words, ids, is_of_use, kind_words
from tools.analyses.finding import Finding, facts_of
from tools.computed import Facts
from tools.data_asked import CatalogueFact, DataAsked
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.readings import Building, Inventory, Meter, Readings
from tools.use import HOUR
from tools.wording import listed, named, place

SAID = 8
SET = "give it with `eaio building set {0} {1}`"
METHOD = "as the catalogue has it; `eaio building set` changes it"
OPTION: Mapping[CatalogueFact, str] = {
    "area": "--area M2",
    "year_built": "--year YEAR",
    "use": "--use USE",
    "floors": "--floors N",
}
NOUN: Mapping[CatalogueFact, str] = {
    "area": "floor area",
    "year_built": "year of building",
    "floors": "number of floors",
}


async def catalogue(query: EnergyQuery, _readings: Readings, inventory: Inventory) -> Facts:
    """Return a fact of the catalogue of the buildings meant, or the buildings that are of a use or have a meter.

    Raises `NoData` where nobody has said it, with the remedy, and `BadQuestion` where no fact is named.
    """
    asked = query.terms.data if query.terms else None
    if asked is None or asked.fact is None:
        raise BadQuestion("it is not said what of the catalogue is meant: floor area, year, use, floors or meters")
    members = [
        b
        for b in inventory.buildings.values()
        if (not query.buildings or b.id in query.buildings)
        and (not query.sites or query.buildings or b.site in query.sites)
        and is_of_use(b, asked.use)
    ]
    if not members:
        raise NoData(
            f"no building of the catalogue is {kind_words(asked.use or 'known')}; the uses are {_uses(inventory)}"
        )
    return _MAKES[asked.fact](query, asked, members, inventory)


def _uses(inventory: Inventory) -> str:
    return listed(sorted({b.use for b in inventory.buildings.values() if b.use})) or "not set"


def _span(buildings: list[Building], inventory: Inventory) -> tuple[datetime, datetime]:
    """Return the span of the readings of buildings, else of their sites: a fact of the catalogue has no time."""
    ids, sites = {b.id for b in buildings}, {b.site for b in buildings}
    own = [m for m in inventory.meters.values() if m.building in ids]
    meters = own or [m for m in inventory.meters.values() if m.site in sites]
    start = min((m.first for m in meters), default=datetime(2000, 1, 1, tzinfo=UTC))
    return start, max((m.last_end for m in meters), default=start + HOUR)


def _finding(name: str, value: float, unit: str, of: list[Building], inventory: Inventory) -> Finding:
    start, end = _span(of, inventory)
    return Finding(name, value, unit, tuple(b.id for b in of), start, end, METHOD)


def _number(fact: CatalogueFact, building: Building) -> float | None:
    value = {"area": building.area_m2, "year_built": building.year_built, "floors": building.floors}[fact]
    return None if value is None else float(value)


def _numbers(query: EnergyQuery, asked: DataAsked, members: list[Building], inventory: Inventory) -> Facts:
    """Return a number of the catalogue: of one building, of several with their sum, or ranked."""
    fact = asked.fact or "area"
    known = [(b, value) for b in members if (value := _number(fact, b)) is not None]
    noun, option = NOUN[fact], OPTION[fact]
    if not known:
        who = members[0].id if len(members) == 1 else "BUILDING"
        raise NoData(f"the {noun} of {ids(members)} is not known; {SET.format(who, option)}")
    unit = "m2" if fact == "area" else "count"
    unknown = [b for b in members if b not in [k for k, _ in known]]
    notes = (f"without {noun}, so left out: {ids(unknown)}",) if unknown else ()
    if query.order:
        known.sort(key=lambda it: it[1] if query.order == "lowest" else -it[1])
        known = known[: query.limit]
    findings = [_finding(noun, value, unit, [b], inventory) for b, value in known]
    said = [_said(fact, b, value, query.unit, inventory) for b, value in known]
    text = listed(said[:SAID]) + (f", and {len(said) - SAID} more in the table" if len(said) > SAID else "")
    if fact == "area" and len(known) > 1 and not query.order:
        total = sum(value for _, value in known)
        findings.insert(0, _finding("floor area in all", total, "m2", [b for b, _ in known], inventory))
        text = f"{areas(total, query.unit)} in all: {text}"
    if query.order and len(known) > 1:
        rest = [f"{named(b.id, inventory)} ({_value(fact, value, query.unit)})" for b, value in known[1:SAID]]
        text = f"{said[0]}, the {'lowest' if query.order == 'lowest' else 'highest'}, followed by {listed(rest)}"
    missing = f" The {noun} of {ids(unknown)} is not known." if unknown else ""
    words = f"{text[0].upper()}{text[1:]}.{missing}{_metered(members, inventory)}"
    return facts_of(query, inventory, findings, words, None, notes)


def _said(fact: CatalogueFact, building: Building, value: float, unit: str | None, inventory: Inventory) -> str:
    who = named(building.id, inventory)
    if fact == "area":
        return f"{who} has a floor area of {areas(value, unit)}"
    return f"{who} was built in {value:.0f}" if fact == "year_built" else f"{who} has {value:.0f} floors"


def _value(fact: CatalogueFact, value: float, unit: str | None) -> str:
    return areas(value, unit) if fact == "area" else f"{value:.0f}"


def _metered(members: list[Building], inventory: Inventory) -> str:
    """Say of one building which meters it has, since who asks of it will go on to ask of its use."""
    if len(members) != 1:
        return ""
    kinds = _kinds(members[0], inventory)
    return f" It has {f'a meter of {listed(kinds)}' if kinds else 'no meter here'}."


def _kinds(building: Building, inventory: Inventory) -> list[str]:
    return [kind for kind in ("electricity", "gas") if inventory.meters_of(building.id, kind)]


def _use(query: EnergyQuery, _asked: DataAsked, members: list[Building], inventory: Inventory) -> Facts:
    known = [b for b in members if b.use]
    if not known:
        who = members[0].id if len(members) == 1 else "BUILDING"
        raise NoData(f"the use of {ids(members)} is not known; {SET.format(who, OPTION['use'])}")
    findings = [_finding("building", 1.0, "count", [b], inventory) for b in known]
    words = f"{listed([f'{named(b.id, inventory)}: {b.use}' for b in known])}."
    unknown = [b for b in members if not b.use]
    rest = f" The use of {ids(unknown)} is not known." if unknown else ""
    return facts_of(query, inventory, findings, words + rest)


def _meters(query: EnergyQuery, asked: DataAsked, members: list[Building], inventory: Inventory) -> Facts:
    """Return how many of the buildings have a meter (of a fuel), and which."""
    wanted = (asked.fuel,) if asked.fuel else ("electricity", "gas")
    with_it = [b for b in members if any(inventory.meters_of(b.id, kind) for kind in wanted)]
    without = [b for b in members if b not in with_it]
    listing = without if asked.lacking else with_it
    what = f"{fuel_words(asked.fuel)} meter"
    article = "an" if what.startswith("e") else "a"
    one = _finding(
        f"buildings {'without' if asked.lacking else 'with'} a {what}",
        float(len(listing)),
        "count",
        listing or members,
        inventory,
    )
    if len(members) == 1:
        return facts_of(query, inventory, [one], _of_one(members[0], asked, inventory))
    other = "" if with_it else f": {'; '.join(_of_one(b, DataAsked(fact='meters'), inventory)[:-1] for b in members)}."
    has = f"{len(with_it)} of {len(members)} buildings have {article} {what}" + (
        f": {ids(with_it)}." if with_it else other
    )
    hasnt = f"{len(without)} of {len(members)} buildings have no {what}" + (f": {ids(without)}." if without else ".")
    return facts_of(query, inventory, [one], hasnt if asked.lacking else has)


def _of_one(building: Building, asked: DataAsked, inventory: Inventory) -> str:
    who, kinds = named(building.id, inventory), _kinds(building, inventory)
    has = f"has a meter of {listed(kinds)}" if kinds else "has no meter here"
    if asked.fuel is None:
        return f"{who} {has}."
    if asked.fuel in kinds:
        meters = inventory.meters_of(building.id, asked.fuel)
        return f"Yes: {who} has a {asked.fuel} meter, with readings {_runs(meters)}."
    return f"No: {who} has no {asked.fuel} meter; it {has}."


def _runs(meters: list[Meter]) -> str:
    first, last = meters[0].first, max(m.last_end for m in meters) - HOUR
    return f"from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def _buildings(query: EnergyQuery, asked: DataAsked, members: list[Building], inventory: Inventory) -> Facts:
    """Return how many buildings there are, of a use where one is named, and which."""
    sites = {b.site for b in members}
    each = [f"{sum(b.site == s for b in members)} at {inventory.sites[s].name}" for s in inventory.sites if s in sites]
    kind = f" {kind_words(asked.use)}" if asked.use else ""
    noun = "building is" if len(members) == 1 else "buildings are"
    words = f"{len(members)} {noun} in the catalogue{f' as{kind}' if kind else ''} ({listed(each)}): "
    words += f"{listed([named(b.id, inventory) for b in members])}."
    unknown = [b for b in inventory.buildings.values() if not b.use] if asked.use else []
    rest = f" The use of {len(unknown)} more is not known." if unknown else ""
    return facts_of(
        query, inventory, [_finding("buildings", float(len(members)), "count", members, inventory)], words + rest
    )


def _record(query: EnergyQuery, asked: DataAsked, members: list[Building], inventory: Inventory) -> Facts:
    """Return from when to when there are readings."""
    wanted = (asked.fuel,) if asked.fuel else ("electricity", "gas")
    said, findings = [], []
    for site in dict.fromkeys(b.site for b in members):
        mine = [b for b in members if b.site == site]
        for kind in wanted:
            meters = [m for b in mine for m in inventory.meters_of(b.id, kind)]
            if not meters:
                continue
            first, end = min(m.first for m in meters), max(m.last_end for m in meters)
            have = tuple(b.id for b in mine if inventory.meters_of(b.id, kind))
            days = (end - first) / (24 * HOUR)
            findings.append(Finding(f"{kind} record", days, "d", have, first, end, "first to last row of the meters"))
            said.append(f"{kind} of {place(have, inventory)} {_runs(sorted(meters, key=lambda m: m.first))}")
    if not findings:
        raise NoData(f"{ids(members)} has no meter, so there is no record")
    return facts_of(query, inventory, findings, f"There are hourly readings of {listed(said)}.")


Make = Callable[[EnergyQuery, DataAsked, list[Building], Inventory], Facts]
_MAKES: Mapping[CatalogueFact, Make] = {
    "area": _numbers,
    "year_built": _numbers,
    "floors": _numbers,
    "use": _use,
    "meters": _meters,
    "buildings": _buildings,
    "record": _record,
}
