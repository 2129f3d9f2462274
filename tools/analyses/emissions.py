"""Greenhouse gases of energy: scope 2 of electricity by location, by market or at the margin, and scope 1 of gas.

GHG Protocol Corporate Standard, and Scope 2 Guidance (2015) for the two methods: location-based takes the grid's
average, market-based what a contract says; who has contracts reports both. A marginal factor is for a change in use.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tools.analyses.account_facts import facts_of_account
from tools.analyses.factors import Factors, factors_of
from tools.analyses.finding import Finding
from tools.analyses.meant import Meant, each_use, meant
from tools.analyses.sum_words import of_which, said, who
from tools.analyses.sums import Account, Entry, by_month, parts, require_sum, whole
from tools.carbon.emissions import CO2_ALONE
from tools.carbon.scope2 import Contract, scope2
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.figures import Values
from tools.readings import Inventory, Readings
from tools.wording import number

Basis = Literal["location", "market", "marginal", "scope 1"]
NAMES: dict[Basis, str] = {
    "location": "carbon location-based",
    "market": "carbon market-based",
    "marginal": "carbon marginal",
    "scope 1": "carbon scope 1",
}
NO_MARGINAL = (
    "no marginal carbon factor is loaded: those of the grid here are averages, and not what a change of use emits "
    "or avoids; state one, as in 'at 0.4 kg per kWh marginal'"
)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The emissions of the buildings that are meant, by one method."""

    account: Account
    kwh: float
    words: str


async def emissions(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return greenhouse gases in kgCO2e: location-based unless a contract's factor is stated or market is asked for.

    Raises `NoData` where no factor is known, `BadQuestion` for parts of the day or week.
    """
    require_sum(query, "an account of emissions")
    last: list[Counted] = []

    async def make(one: EnergyQuery) -> Account:
        last.append(await _counted(one, basis_of(query), readings, inventory))
        return last[-1].account

    others = await _beside(query, readings, inventory) if _is_plain(query) else []
    return await facts_of_account(query, inventory, make, lambda _: _summed(query, last[0], others, inventory))


def basis_of(query: EnergyQuery) -> Basis:
    """Return the method that leads: as asked, else market-based where a factor is stated, else location-based."""
    if query.measure == "gas":
        return "scope 1"
    asked = query.terms.scope2 if query.terms else None
    if asked:
        return asked
    return "market" if _stated(query) is not None else "location"


def _others(query: EnergyQuery) -> list[Basis]:
    """Return what stands beside: the Guidance wants both methods where there is a contract; of a total also the gas."""
    lead = basis_of(query)
    gas: list[Basis] = ["scope 1"] if query.measure == "total" else []
    if lead == "market":
        return ["location", *gas]
    return ["market", *gas] if lead == "location" and _stated(query) is not None else gas


async def _beside(query: EnergyQuery, readings: Readings, inventory: Inventory) -> list[Counted]:
    """Return the figures by the other methods; none where no factor for them is known.

    What a contract says is no factor of the grid, so the location-based figure does without it.
    """
    found = []
    for basis in _others(query):
        terms = query.terms.model_copy(update={"factor_kgco2e_per_kwh": None}) if query.terms else None
        plain = query.model_copy(update={"terms": terms, "measure": "gas" if basis == "scope 1" else query.measure})
        try:
            found.append(await _counted(query if basis == "market" else plain, basis, readings, inventory))
        except NoData:
            continue
    return found


def _is_plain(query: EnergyQuery) -> bool:
    return query.group == "none" and not (query.order or query.against_period or query.against_buildings)


def _stated(query: EnergyQuery) -> float | None:
    return query.terms.factor_kgco2e_per_kwh if query.terms else None


async def _counted(query: EnergyQuery, basis: Basis, readings: Readings, inventory: Inventory) -> Counted:
    """Return the emissions by one method, of the buildings for which they can be told."""
    factor = _stated(query)
    if basis == "marginal" and factor is None:
        raise NoData(NO_MARGINAL)
    of = await meant(query, readings, inventory)
    if factor is not None and basis in ("marginal", "scope 1"):
        return _at_one_factor(of, basis, factor)
    try:
        of, by_building = await each_use(of, lambda use: factors_of(use, of.fuel, readings, inventory))
    except NoData:
        if factor is None:
            raise
        return _at_one_factor(of, basis, factor)
    if basis == "market":
        return _market_based(of, by_building, factor)
    words = "; ".join(dict.fromkeys(f.words for f in by_building))
    caveats = tuple(dict.fromkeys(n for f in by_building for n in f.emissions.notes if "hours count" not in n))
    return _made(of, basis, [f.kg_per_kwh for f in by_building], words, caveats)


def _at_one_factor(of: Meant, basis: Basis, factor: float) -> Counted:
    words = f"use times the stated factor of {factor:g} kgCO2e a kWh"
    return _made(of, basis, [np.full(len(u.hours), factor) for u in of.uses], words, ())


def _market_based(of: Meant, by_building: list[Factors], factor: float | None) -> Counted:
    """Return the market-based figure: a stated factor covers all use, else the grid's average stands for the rest."""
    located = [f.emissions for f in by_building]
    if factor is None:
        found = [scope2(e) for e in located]
        notes = tuple(dict.fromkeys(n for f in found for n in f.notes if n.startswith("no residual")))
        notes += (CO2_ALONE,) if any(CO2_ALONE in e.notes for e in located) else ()
        return _made(of, "market", [f.kg_per_kwh for f in by_building], "use by the grid's average factor", notes)
    for one in located:
        scope2(one, [Contract("the stated contract", one.kwh, factor)])
    known = [np.where(np.isfinite(f.kg_per_kwh), factor, np.nan) for f in by_building]
    words = f"all use times the stated factor of {factor:g} kgCO2e a kWh"
    note = "the stated factor must come from a contract that meets the quality criteria of the GHG Protocol"
    return _made(of, "market", known, words, (note,))


def _made(of: Meant, basis: Basis, factors: list[Values], words: str, caveats: tuple[str, ...]) -> Counted:
    """Return the account of uses by factors of each hour; what was fed in is not subtracted (GHG Protocol)."""
    entries, kwh = [], 0.0
    for use, factor in zip(of.uses, factors, strict=True):
        taken = np.maximum(use.hours, 0.0)
        counts = np.isfinite(taken) & np.isfinite(factor)
        kwh += float(taken[counts].sum())
        entries.append(Entry(use, by_month(taken * factor, use), counts))
    noun = f"{of.fuel} carbon ({NAMES[basis].removeprefix('carbon ')})"
    account = Account(f"{of.fuel} {NAMES[basis]}", noun, "kgCO2e", words, tuple(entries), of, caveats)
    return Counted(account, kwh, words)


def _summed(
    query: EnergyQuery, lead: Counted, others: list[Counted], inventory: Inventory
) -> tuple[list[Finding], str]:
    """Return the findings of a plain sum, the figure asked for first, and their words."""
    total, fuel = whole(lead.account), lead.account.meant.fuel
    beside = [whole(o.account) for o in others]
    plain = replace(total, caveats=())
    use = replace(plain, name=f"{fuel} use", value=lead.kwh, unit="kWh", method="sum of the hours that count")
    rest = [use]
    if lead.kwh > 0:
        mean = total.value / lead.kwh
        rest.append(replace(plain, name=f"{fuel} carbon factor by use", value=mean, unit="kgCO2e_per_kWh"))
    text = f"{who(total.buildings, inventory)} caused {said(total, query, inventory)} by {fuel} "
    text += f"{'(as labelled) ' if fuel == 'gas' else ''}{lead.account.meant.when}"
    text += f", {_method_words(lead.account.name)}: {lead.words}"
    text += f", {number(rest[-1].value, 3)} kgCO2e a kWh on average." if len(rest) > 1 else "."
    for one, figure in zip(others, beside, strict=True):
        of_gas = " of gas (as labelled), beside it and never added," if one.account.meant.fuel != fuel else ""
        text += f" The {_method_words(one.account.name)} figure{of_gas} is {said(figure, query, inventory)}."
    return [total, *beside, *rest], text + of_which(parts(lead.account), query, inventory)


def _method_words(name: str) -> str:
    return name.split("carbon ", 1)[1]
