"""Amounts that add up over buildings and months, as findings: a sum and its parts, a rank, months, a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tools.analyses.finding import Finding
from tools.analyses.meant import Meant
from tools.clock import key_name, key_span
from tools.energy_query import EnergyQuery, Group
from tools.errors import BadQuestion, NoData
from tools.figures import Values, percent_change
from tools.readings import Inventory
from tools.use import Use

Mask = NDArray[np.bool_]
OF_FINDINGS = ("{} difference", "{} change in percent", "{} of the reference")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One building's amount, by local month since 1970; `counts` tells which hours of the use stand behind it."""

    use: Use
    months: Mapping[int, float]
    counts: Mask

    @property
    def value(self) -> float:
        """Return the amount over all months."""
        return sum(self.months.values())


@dataclass(frozen=True, slots=True)
class Account:
    """Amounts of one kind in one unit, one entry a building.

    `name`: of the finding. `noun`: for sentences. `caveats`, `tells_contract`: as in `Finding`.
    """

    name: str
    noun: str
    unit: str
    method: str
    entries: tuple[Entry, ...]
    meant: Meant
    caveats: tuple[str, ...] = field(default=())
    tells_contract: bool = False

    @property
    def value(self) -> float:
        """Return the sum over all buildings."""
        return sum(e.value for e in self.entries)

    @property
    def buildings(self) -> tuple[str, ...]:
        """Return the buildings that have an entry."""
        return tuple(e.use.building for e in self.entries)


def by_month(amounts: Values, use: Use) -> dict[int, float]:
    """Return hourly amounts summed by local month since 1970; NaN adds nothing."""
    month = use.clock.keys("month")
    return {int(m): float(np.nansum(amounts[month == m])) for m in np.unique(month)}


def is_ranked(query: EnergyQuery, buildings: int) -> bool:
    """Tell whether buildings are to be put in order and not summed."""
    return buildings > 1 and (query.group == "building" or (query.order is not None and query.group == "none"))


def require_sum(query: EnergyQuery, what: str) -> None:
    """Raise `BadQuestion` for parts of the day or week, or groups, that the analysis has no amounts for."""
    if query.group in ("day", "weekday", "hour") or query.hours != "all" or query.against_hours:
        raise BadQuestion(f"{what} is worked out for whole months; ask for a period, a year or 'by month'")


def whole(account: Account, name: str | None = None) -> Finding:
    """Return the sum of all entries as one finding."""
    return _finding(account, account.entries, name or account.name)


def parts(account: Account) -> list[Finding]:
    """Return a finding for each building, the largest first; none where there is only one."""
    if len(account.entries) < 2:
        return []
    return [_finding(account, (e,), account.name) for e in sorted(account.entries, key=lambda e: -e.value)]


def ranked(query: EnergyQuery, account: Account) -> list[Finding]:
    """Return a finding for each building in the order asked for, highest first by default, as many as wanted."""
    return in_order(query, [_finding(account, (e,), account.name) for e in account.entries], "highest")


def by_calendar(query: EnergyQuery, account: Account, inventory: Inventory) -> list[Finding]:
    """Return a finding for each month or year in order, over all buildings; ranked where an order is asked for.

    Raises `BadQuestion` where the buildings are of sites in several time zones.
    """
    zones = {inventory.sites[e.use.site].timezone for e in account.entries}
    if len(zones) > 1:
        raise BadQuestion(f"months of {' and '.join(sorted(zones))} are not the same; name one site")
    group: Group = "year" if query.group == "year" else "month"
    keys = sorted({k for e in account.entries for k in np.unique(e.use.clock.keys(group)).tolist()})
    found = [_of_key(account, group, key, next(iter(zones))) for key in keys]
    return in_order(query, [f for f in found if f], None)


def _of_key(account: Account, group: Group, key: int, timezone: str) -> Finding | None:
    """Return the amount of a month or year; None where no hour of it counts."""
    inside = [(e, e.use.clock.keys(group) == key) for e in account.entries]
    counts = np.concatenate([e.counts[at] for e, at in inside])
    if not counts.any():
        return None
    first, last = key_span(group, key, timezone)
    of = [v for e in account.entries for m, v in e.months.items() if (m // 12 if group == "year" else m) == key]
    start = max(first, min(e.use.start for e, at in inside if at.any()))
    end = min(last, max(e.use.end for e, at in inside if at.any()))
    entire = _finding(account, account.entries, account.name)
    return replace(
        entire, value=sum(of), start=start, end=end, coverage=float(counts.mean()), group=key_name(group, key)
    )


def compared(one: Account, other: Account, *, plain: bool = False) -> list[Finding]:
    """Return the difference, the change in percent of the second (where it is not 0), and both amounts.

    `plain`: named as the comparisons of plain figures are, for a question that named no analysis.
    """
    names = ("{}, difference", "{}, change in percent", "{}, reference") if plain else OF_FINDINGS
    of_change, of_percent, of_other = (name.format(one.name) for name in names)
    if one.unit != other.unit:
        raise BadQuestion(f"{one.unit} and {other.unit} cannot be compared; name buildings of one currency")
    first, second = whole(one), whole(other, of_other)
    change = replace(
        first,
        name=of_change,
        value=first.value - second.value,
        method="first figure less the second",
        coverage=min(first.coverage, second.coverage),
        buildings=tuple(dict.fromkeys((*first.buildings, *second.buildings))),
        meters=(*first.meters, *second.meters),
    )
    percent = percent_change(first.value, second.value)
    relative = [] if percent is None else [_in_percent(change, of_percent, percent)]
    return [change, *relative, first, second]


def _in_percent(change: Finding, name: str, percent: float) -> Finding:
    method = "difference over the second figure"
    return replace(change, name=name, value=percent, unit="percent", method=method)


def in_order(query: EnergyQuery, findings: Sequence[Finding], default: str | None) -> list[Finding]:
    """Return findings by value in the order asked for, as many as wanted. Raises `NoData` where there is none."""
    if not findings:
        raise NoData("no hour of this period counts")
    order = query.order or default
    if order is None:
        return list(findings)
    sign = 1 if order == "lowest" else -1
    return sorted(findings, key=lambda f: sign * f.value)[: query.limit]


def _finding(account: Account, entries: Iterable[Entry], name: str) -> Finding:
    of = tuple(entries)
    return Finding(
        name=name,
        value=sum(e.value for e in of),
        unit=account.unit,
        buildings=tuple(e.use.building for e in of),
        start=min(e.use.start for e in of),
        end=max(e.use.end for e in of),
        method=account.method,
        coverage=float(np.concatenate([e.counts for e in of]).mean()),
        meters=tuple(m for e in of for m in e.use.meters),
        caveats=account.caveats,
        tells_contract=account.tells_contract,
    )
