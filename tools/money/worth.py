"""What a change of the load saves in money, under the tariff that holds."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from tools.clock import LocalClock
from tools.money.cost import Cost, cost
from tools.money.tariff import Tariff
from tools.money.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class Worth:
    """A change in money: the bill before less the bill after, negative where it costs more.

    `saved_percent`: of the bill before, None where that is not above zero.
    """

    saved: float
    saved_percent: float | None
    before: Cost
    after: Cost
    assumptions: tuple[str, ...]


def worth(
    change: WhatIf, clock: LocalClock, tariffs: Sequence[Tariff], holidays: AbstractSet[date] = frozenset()
) -> Worth:
    """Return what a change saves over its period, demand charges included. Raises as `cost` does."""
    before = cost(change.before_kwh, clock, tariffs, holidays)
    after = cost(change.after_kwh, clock, tariffs, holidays)
    saved = before.total - after.total
    percent = 100.0 * saved / before.total if before.total > 0 else None
    return Worth(saved, percent, before, after, (*change.assumptions, "prices stay as they were"))
