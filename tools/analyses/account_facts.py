"""From amounts of buildings to facts: as a sum with its parts, a rank, by month or year, or against a reference."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from tools.analyses.finding import Finding, facts_of
from tools.analyses.sum_words import calendar_words, change_words, rank_words
from tools.analyses.sums import Account, by_calendar, compared, is_ranked, parts, ranked
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.labelling import LABEL
from tools.readings import Inventory

MakeAccount = Callable[[EnergyQuery], Awaitable[Account]]


async def facts_of_account(
    query: EnergyQuery,
    inventory: Inventory,
    make: MakeAccount,
    sum_of: Callable[[Account], tuple[list[Finding], str]],
) -> Facts:
    """Return the facts of an account in the form that the query asks for.

    `make` computes the account of a query without a reference; `sum_of` says what a plain sum has: its findings, what
    was asked for first, and the words.
    """
    plain = query.model_copy(update={"against_period": None, "against_buildings": ()})
    account = await make(plain)
    notes = account.meant.notes
    if query.against_period or query.against_buildings:
        other = await make(_reference(plain, query))
        account, other, more = _alike(account, other) if query.against_period else (account, other, ())
        found = compared(account, other, plain=query.statistic == "total")
        words = change_words(account.noun, account.meant.when, found, query, inventory)
        return facts_of(query, inventory, found, words, notes=tuple(dict.fromkeys((*notes, *other.meant.notes, *more))))
    if is_ranked(query, len(account.entries)):
        found = ranked(query, account)
        words = rank_words(account.noun, account.meant.when, found, query, inventory)
        return facts_of(query, inventory, found, words, bars(account, found), notes)
    if query.group in ("month", "year"):
        found = by_calendar(query, account, inventory)
        words = calendar_words(account.noun, account.meant.when, found, query, inventory)
        return facts_of(query, inventory, found, words, bars(account, found), notes)
    found, words = sum_of(account)
    monthly = by_calendar(query.model_copy(update={"order": None}), account, inventory) if one_zone(account) else []
    return facts_of(query, inventory, [*found, *parts(account)], words, bars(account, monthly), notes)


def one_zone(account: Account) -> bool:
    """Tell whether all buildings share a calendar."""
    return len({e.use.site for e in account.entries}) == 1


def _reference(plain: EnergyQuery, query: EnergyQuery) -> EnergyQuery:
    if query.against_period:
        return plain.model_copy(update={"period": query.against_period})
    return plain.model_copy(update={"buildings": query.against_buildings, "sites": ()})


def _alike(one: Account, other: Account) -> tuple[Account, Account, tuple[str, ...]]:
    """Return two accounts of the same buildings, and who is left out since only one of them has it.

    Raises `NoData` where they have none in common.
    """
    both = set(one.buildings) & set(other.buildings)
    if not both:
        raise NoData(f"no building has readings both {one.meant.when} and in the time it is compared with")
    only = [b for b in dict.fromkeys((*one.buildings, *other.buildings)) if b not in both]
    note = (f"with data on one side only, so left out: {', '.join(only)}",) if only else ()
    first, second = (replace(a, entries=tuple(e for e in a.entries if e.use.building in both)) for a in (one, other))
    return first, second, note


def bars(account: Account, found: Sequence[Finding]) -> Chart | None:
    """Draw one bar for each month, year or building; None where there is only one."""
    if len(found) < 2:
        return None
    return Chart(
        title=f"{account.noun} {account.meant.when}",
        unit=account.unit,
        labels=tuple(f.group or f.buildings[0] for f in found),
        values=tuple(f.value for f in found),
        kind="bar",
        label=LABEL,
    )
