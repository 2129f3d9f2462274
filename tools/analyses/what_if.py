"""What a change would have saved in kWh, money and carbon, had it been made: with its assumptions, and never scaled."""

from dataclasses import dataclass, replace

import numpy as np

from tools.analyses.account_facts import bars
from tools.analyses.change_made import Changed, change_made, change_of, words_of
from tools.analyses.each_record import MOST_BUILDINGS
from tools.analyses.factors import factors_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.meant import Meant, each_use, meant
from tools.analyses.pricing import SERIES, Pricing, pricing_of
from tools.analyses.sum_words import of_which, rank_words
from tools.analyses.sums import Account, Entry, is_ranked, parts, ranked, whole
from tools.analyses.what_if_words import days_chart, saving_words
from tools.carbon.emissions import Emissions, avoided
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.money.worth import Worth, worth
from tools.readings import Inventory, Readings
from tools.use import Use

METHOD = "use before less use after the change, over the valid hours"
COST_METHOD = "the bill before less the bill after the change, at the same prices"
CARBON_METHOD = "use before less use after the change, each hour times its average carbon factor"


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a change does to one building; money and carbon are None where no price or factor is known, and `why`."""

    changed: Changed
    worth: Worth | None
    pricing: Pricing | None
    avoided: Emissions | None
    why: tuple[str, ...]


async def what_if(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return what a change would have saved over a time that is over.

    The kWh lead, or the money or carbon where these were asked for; a shift saves no kWh, so its money leads. Raises
    `BadQuestion` where the change is not said, and `NoData` where a building has nothing that it could change.
    """
    change = change_of(query)
    _require_whole(query)
    of, effects = await effects_of(query, await meant(query, readings, inventory), readings, inventory)
    accounts = _accounts(of, effects)
    lead = _lead(query, accounts, shifted=change.kind == "shift")
    notes = (*of.notes, *dict.fromkeys(w for e in effects for w in e.why))
    if is_ranked(query, len(effects)):
        found = ranked(query, lead)
        condition = words_of(change, query.terms)
        words = rank_words(f"{lead.noun}, {condition},", of.when, found, query, inventory)
        return facts_of(query, inventory, found, words, bars(lead, found), notes)
    findings, words = _summed(query, lead, accounts, effects, inventory)
    chart = days_chart(effects[0].changed) if len(effects) == 1 else bars(lead, parts(lead))
    return facts_of(query, inventory, findings, words, chart, notes)


def _require_whole(query: EnergyQuery) -> None:
    if query.group not in ("none", "building") or query.against_period or query.against_buildings:
        raise BadQuestion("a what-if is of one time as a whole; ask without 'by month' and without a comparison")


async def effects_of(
    query: EnergyQuery, of: Meant, readings: Readings, inventory: Inventory
) -> tuple[Meant, list[Effect]]:
    """Return the effect on each building that is meant, without those on which it has none that can be told.

    Raises `BadQuestion` for a set-back of more buildings than a model is fitted to in a minute.
    """
    if change_of(query).kind == "set_back" and len(of.uses) > MOST_BUILDINGS:
        raise BadQuestion(
            f"that is {len(of.uses):,} buildings, and a set-back is worked out for at most {MOST_BUILDINGS} at a time; "
            "name a site or some buildings"
        )

    async def effect(use: Use) -> Effect:
        made = await change_made(query, of.fuel, use, readings, inventory)
        saved, pricing, no_price = await _worth(query, of, made, readings, inventory)
        spared, no_factor = await _avoided(of, made, readings, inventory)
        return Effect(made, saved, pricing, spared, (*no_price, *no_factor, *made.what_if.notes))

    return await each_use(of, effect)


async def _worth(
    query: EnergyQuery, of: Meant, made: Changed, readings: Readings, inventory: Inventory
) -> tuple[Worth | None, Pricing | None, tuple[str, ...]]:
    try:
        pricing = await pricing_of(query, of.fuel, made.use, readings, inventory)
        return worth(made.what_if, made.use.clock, pricing.tariffs, pricing.holidays), pricing, ()
    except NoData as why:
        return None, None, (f"not put into money: {why}",)


async def _avoided(
    of: Meant, made: Changed, readings: Readings, inventory: Inventory
) -> tuple[Emissions | None, tuple[str, ...]]:
    try:
        factors = await factors_of(made.use, of.fuel, readings, inventory)
        what_if, gases = made.what_if, factors.emissions.gases
        return avoided(what_if.before_kwh, what_if.after_kwh, factors.kg_per_kwh, "average", gases), ()
    except NoData as why:
        return None, (f"not put into carbon: {why}",)


def _accounts(of: Meant, effects: list[Effect]) -> dict[str, Account]:
    """Return the savings in kWh, money and carbon; of money and carbon only those that all buildings have."""
    kwh = [_entry(e, e.changed.what_if.saved_kwh) for e in effects]
    made = {"kwh": Account(f"{of.fuel} saving", f"{of.fuel} saving", "kWh", METHOD, tuple(kwh), of)}
    currencies = {e.worth.before.currency for e in effects if e.worth}
    if all(e.worth for e in effects) and len(currencies) == 1:
        entries = tuple(_entry(e, e.worth.saved) for e in effects if e.worth)
        name = f"{of.fuel} cost saving"
        agreed = any(e.pricing and e.pricing.source != SERIES for e in effects)
        made["cost"] = Account(name, name, currencies.pop(), COST_METHOD, entries, of, tells_contract=agreed)
    if all(e.avoided for e in effects):
        entries = tuple(_entry(e, e.avoided.kg) for e in effects if e.avoided)
        notes = tuple(dict.fromkeys(n for e in effects if e.avoided for n in e.avoided.notes if "hours count" not in n))
        name = f"{of.fuel} carbon saving"
        made["carbon"] = Account(name, name, "kgCO2e", CARBON_METHOD, entries, of, notes)
    return made


def _entry(effect: Effect, value: float) -> Entry:
    """Return a building's saving; it is of the whole time and stands in its first month."""
    use = effect.changed.use
    return Entry(use, {int(use.clock.keys("month")[0]): value}, np.isfinite(use.hours))


def _lead(query: EnergyQuery, accounts: dict[str, Account], *, shifted: bool) -> Account:
    """Return what was asked for: money, carbon or kWh. Raises `NoData` where it is not known."""
    wanted: tuple[str, ...] = ("cost", "carbon", "kwh") if shifted else ("kwh",)
    if query.measure in ("cost", "carbon"):
        wanted = (query.measure,)
    found = next((accounts[w] for w in wanted if w in accounts), None)
    if found is None:
        what = "price of a kWh" if query.measure == "cost" else "carbon factor"
        raise NoData(
            f"no {what} is known for all of these hours, so the saving stays in kWh; state one, or ask for kWh"
        )
    return found


def _summed(
    query: EnergyQuery, lead: Account, accounts: dict[str, Account], effects: list[Effect], inventory: Inventory
) -> tuple[list[Finding], str]:
    """Return the findings of all buildings together, what was asked for first, and their words."""
    first = whole(lead)
    others = [whole(a) for a in accounts.values() if a is not lead]
    before = sum(float(np.nansum(e.changed.what_if.before_kwh)) for e in effects)
    kwh = whole(accounts["kwh"])
    use = replace(kwh, name=f"{lead.meant.fuel} use before", value=before, method="sum of the valid hours")
    share = _share(kwh, before)
    figures = _figures(effects[0], kwh, lead.meant.fuel) if len(effects) == 1 else []
    each = parts(lead)
    changes = [e.changed for e in effects]
    words = saving_words(query, [first, *others], share, changes, lead.meant.when, inventory)
    findings = [first, *others, *([share] if share else []), use, *figures, *each]
    return findings, words + of_which(each, query, inventory)


def _share(kwh: Finding, before: float) -> Finding | None:
    """Return the saving in percent of the use; None where there was none to save from."""
    if before <= 0:
        return None
    percent = 100.0 * kwh.value / before
    return replace(
        kwh, name=f"{kwh.name} in percent", value=percent, unit="percent", method="saving over the use before"
    )


def _figures(effect: Effect, kwh: Finding, fuel: str) -> list[Finding]:
    """Return the figures that the assumptions of one building's change rest on."""
    return [
        replace(kwh, name=f"{fuel} {name}", value=value, unit=unit, method=effect.changed.assumes)
        for name, (value, unit) in effect.changed.figures.items()
    ]
