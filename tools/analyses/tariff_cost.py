"""What energy costs under the site's tariff: the whole bill, line by line, month by month."""

from dataclasses import dataclass, replace

import numpy as np

from tools.analyses.account_facts import facts_of_account
from tools.analyses.finding import Finding
from tools.analyses.meant import Meant, each_use, meant
from tools.analyses.pricing import SERIES, STATED, Pricing, pricing_of
from tools.analyses.sum_words import of_which, said, who
from tools.analyses.sums import Account, Entry, parts, require_sum, whole
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.money.cost import Cost, cost
from tools.readings import Inventory, Readings
from tools.use import Use
from tools.wording import amount, listed

METHOD = "use of each valid hour times its price, with the demand, standing and other charges of the tariff"
MOST_LINES = 4
NO_TARIFF = " (no tariff is set for it, so without demand and standing charges)"


@dataclass(frozen=True, slots=True, eq=False)
class Bill:
    """What one building's energy costs, and at which prices."""

    use: Use
    pricing: Pricing
    cost: Cost


async def tariff_cost(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the cost of energy under the stated price, the site's tariff, or its hourly prices.

    Raises `TariffGap` naming the first hours with use and without a price, `NoData` where no price is known at all,
    `BadQuestion` for parts of the day, whose share of a demand charge nobody can tell.
    """
    require_sum(query, "a bill")
    bills: dict[str, Bill] = {}

    async def make(one: EnergyQuery) -> Account:
        made = await bills_of(one, await meant(one, readings, inventory), readings, inventory)
        bills.update({b.use.building: b for b in made[1]})
        return made[0]

    def sum_of(account: Account) -> tuple[list[Finding], str]:
        return _bill(query, account, [bills[b] for b in account.buildings], inventory)

    return await facts_of_account(query, inventory, make, sum_of)


async def bills_of(
    query: EnergyQuery, of: Meant, readings: Readings, inventory: Inventory
) -> tuple[Account, tuple[Bill, ...]]:
    """Return the bills of the buildings that are meant, and their account. Raises as `tariff_cost` does."""

    async def bill(use: Use) -> Bill:
        pricing = await pricing_of(query, of.fuel, use, readings, inventory)
        return Bill(use, pricing, cost(use.hours, use.clock, pricing.tariffs, pricing.holidays))

    kept, found = await each_use(of, bill)
    currencies = sorted({b.cost.currency for b in found})
    if len(currencies) > 1:
        raise BadQuestion(f"bills in {' and '.join(currencies)} are not added or ranked together; name one site")
    noun = f"{of.fuel} cost {found[0].pricing.words}"
    account = Account(
        name="cost of electricity use" if query.statistic == "total" else f"{of.fuel} cost",
        noun=noun,
        unit=currencies[0],
        method=METHOD,
        entries=tuple(_entry(b) for b in found),
        meant=kept,
        caveats=tuple(dict.fromkeys(n for b in found for n in b.cost.notes if "have a reading" not in n)),
        tells_contract=any(b.pricing.source != SERIES for b in found),
    )
    return account, tuple(found)


def _entry(bill: Bill) -> Entry:
    months = {_month(m.month): m.total for m in bill.cost.months}
    return Entry(bill.use, months, np.isfinite(bill.use.hours))


def _month(name: str) -> int:
    """Return the number of a month, '2019-03', since 1970."""
    return int(np.datetime64(name, "M").astype(np.int64))


def _bill(query: EnergyQuery, account: Account, bills: list[Bill], inventory: Inventory) -> tuple[list[Finding], str]:
    """Return the findings of a plain sum: the total, its lines, the use and the price a kWh; and their words."""
    lead = whole(account)
    lines = _lines(lead, account.meant.fuel, bills)
    use, rest = _use(lead, account.meant.fuel, bills)
    pricing = bills[0].pricing
    verb = "would have spent" if pricing.source == STATED else "spent"
    text = f"{who(lead.buildings, inventory)} {verb} {said(lead, query, inventory)} on {account.meant.fuel} "
    text += f"{account.meant.when}, {pricing.words}{NO_TARIFF if pricing.source == SERIES else ''}"
    text += f": {_spelt(lines, query, inventory)}" if len(lines) > 1 else ""
    price = next((f for f in rest if f.name.endswith("price a kWh")), None)
    text += f"; that is {amount(price.value, account.unit)} a kWh." if price and pricing.source != STATED else "."
    each = parts(account)
    return [lead, *(lines if len(lines) > 1 else []), use, *rest], text + of_which(each, query, inventory)


def _lines(lead: Finding, fuel: str, bills: list[Bill]) -> list[Finding]:
    """Return the lines of the bill summed over buildings, in the order of a bill."""
    sums: dict[str, float] = {}
    for line in (line for b in bills for line in b.cost.lines):
        sums[line.name] = sums.get(line.name, 0.0) + line.amount
    return [_beside(lead, f"{fuel} cost of {name}", value) for name, value in sums.items()]


def _use(lead: Finding, fuel: str, bills: list[Bill]) -> tuple[Finding, list[Finding]]:
    """Return the use behind a bill; then what a kWh cost, and what hours of negative prices did, where there are."""
    taken = sum(b.cost.kwh for b in bills)
    use = _beside(lead, f"{fuel} use", taken, "kWh", "sum of the valid hours, without what was fed in")
    rest = []
    if taken > 0:
        price = lead.value / taken
        rest.append(_beside(lead, f"{fuel} price a kWh", price, f"{lead.unit}_per_kWh", "the whole bill over the use"))
    if any(b.cost.negative_hours for b in bills):
        below = sum(b.cost.negative_amount for b in bills)
        rest.append(_beside(lead, f"{fuel} cost at negative prices", below))
    return use, rest


def _beside(lead: Finding, name: str, value: float, unit: str | None = None, method: str | None = None) -> Finding:
    return replace(lead, name=name, value=value, unit=unit or lead.unit, method=method or lead.method)


def _spelt(lines: list[Finding], query: EnergyQuery, inventory: Inventory) -> str:
    """Write the largest lines of a bill: 'day £900.00, capacity £400.00 and standing charge £30.00'."""
    shown = MOST_LINES if len(lines) > MOST_LINES + 1 else len(lines)
    largest = sorted(lines, key=lambda f: -abs(f.value))[:shown]
    words = [f"{f.name.split(' cost of ', 1)[1]} {said(f, query, inventory)}" for f in largest]
    if len(lines) > shown:
        words.append(f"{len(lines) - shown} more lines")
    return listed(words)
