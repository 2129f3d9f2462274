"""A tariff: what energy, demand and the connection cost between two dates, in one currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadQuestion, TariffGap
from tools.money.demand import DemandCharge
from tools.money.rates import Energy
from tools.profiles.day_grid import EPOCH


@dataclass(frozen=True, slots=True)
class Tariff:
    """What holds from `valid_from` until the day before `valid_to`, local dates; None is open.

    `standing_per_day`: for the connection. `export_per_kwh`: paid for what is fed in; None where nothing is.
    `tax_percent`: on everything.
    """

    name: str
    currency: str
    energy: Energy
    demand: tuple[DemandCharge, ...] = ()
    standing_per_day: float = 0.0
    export_per_kwh: float | None = None
    tax_percent: float = 0.0
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell on which days since 1970 it holds."""
        holds = np.ones(len(day), dtype=bool)
        if self.valid_from:
            holds &= day >= (self.valid_from - EPOCH).days
        if self.valid_to:
            holds &= day < (self.valid_to - EPOCH).days
        return holds


def tariff_of_each_day(tariffs: Sequence[Tariff], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the index of the tariff that holds on each day.

    Raises `TariffGap` naming the first days without one, `BadQuestion` where two hold or their currencies differ.
    """
    if not tariffs:
        raise TariffGap("no tariff is set, so there is no cost; give one, or the site's hourly prices")
    currencies = {t.currency for t in tariffs}
    if len(currencies) > 1:
        raise BadQuestion(f"the tariffs are in {' and '.join(sorted(currencies))}; give them in one currency")
    holds = np.array([t.holds_on(day) for t in tariffs])
    count = holds.sum(axis=0)
    if (count > 1).any():
        at = int(np.argmax(count > 1))
        names = " and ".join(t.name for t, h in zip(tariffs, holds[:, at], strict=True) if h)
        raise BadQuestion(f"two tariffs hold on {_date(day[at])}: {names}; let one end where the other begins")
    if (count == 0).any():
        raise TariffGap(f"no tariff holds from {_gap(day, count == 0)}; its cost is not known")
    return np.asarray(holds.argmax(axis=0))


def _date(day: int) -> date:
    return EPOCH + timedelta(days=int(day))


def _gap(day: NDArray[np.int64], without: NDArray[np.bool_]) -> str:
    """Name the first run of days without a tariff."""
    missing = np.unique(day[without])
    run = missing[: 1 + int(np.argmax(np.append(np.diff(missing) != 1, True)))]
    return f"{_date(run[0])} to {_date(run[-1])}"
