"""Prices of energy: the same always, by time of use, or by the hour. Prices may be negative.

A price that is missing is never guessed: a time-of-use table must cover every hour of every weekday of every month
once, and a series of hourly prices must have one wherever there is use.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.clock import WEEKDAYS, LocalClock
from tools.errors import BadQuestion, TariffGap
from tools.figures import Values

ALL_WEEK, ALL_YEAR = tuple(range(7)), tuple(range(1, 13))
HOLIDAY_AS = 6  # utilities bill a holiday as a Sunday
MONTHS = "January February March April May June July August September October November December".split()
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class When:
    """Hours of the week and year. `from_hour` to `to_hour`, whole hours, the latter excluded; 22 to 6 crosses midnight.

    `weekdays`: Monday 0, of the hour itself. `months`: January 1. (0, 24) is all day.
    """

    from_hour: int = 0
    to_hour: int = 24
    weekdays: tuple[int, ...] = ALL_WEEK
    months: tuple[int, ...] = ALL_YEAR

    def __post_init__(self) -> None:
        """Raise `BadQuestion` for hours, weekdays or months that do not exist."""
        if not (0 <= self.from_hour < 24 and 0 < self.to_hour <= 24 and self.from_hour != self.to_hour):
            raise BadQuestion(f"a rate from {self.from_hour} to {self.to_hour} is no span of hours; give 0 to 24")
        if not set(self.weekdays) <= set(ALL_WEEK) or not set(self.months) <= set(ALL_YEAR):
            raise BadQuestion(f"weekdays {self.weekdays} and months {self.months} must be of 0 to 6 and 1 to 12")

    def table(self) -> Mask:
        """Tell which cells it covers: 12 months by 7 weekdays by 24 hours."""
        hour = np.arange(24)
        crosses = self.to_hour < self.from_hour
        after, before = hour >= self.from_hour, hour < self.to_hour
        covered = np.zeros((12, 7, 24), dtype=bool)
        months = np.array(self.months, dtype=np.int64) - 1
        covered[np.ix_(months, np.array(self.weekdays, dtype=np.int64))] = after | before if crosses else after & before
        return covered


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Rate:
    """A price per kWh, and when it holds."""

    name: str
    price_per_kwh: float
    when: When = ALWAYS


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """The price of each of n hours and the index of its rate in `names`; -1 and NaN where no price is said."""

    price_per_kwh: Values
    rate: NDArray[np.int64]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """One price for every kWh."""

    price_per_kwh: float

    def priced(self, cells: NDArray[np.int64]) -> Priced:
        """Return the price of each hour."""
        n = len(cells)
        return Priced(np.full(n, self.price_per_kwh), np.zeros(n, dtype=np.int64), ("all hours",))


@dataclass(frozen=True, slots=True)
class TimeOfUse:
    """Rates that together cover every hour of every weekday and month exactly once.

    Raises `TariffGap` where an hour has no rate and `BadQuestion` where it has two, each naming the first such hours.
    """

    rates: tuple[Rate, ...]

    def __post_init__(self) -> None:
        """Check that the rates cover the year once."""
        covers = self._covers()
        count = covers.sum(axis=0)
        twice, never = np.asarray(count > 1), np.asarray(count == 0)
        if twice.any():
            cell = tuple(np.argwhere(twice)[0])
            names = " and ".join(r.name for r, c in zip(self.rates, covers, strict=True) if c[cell])
            raise BadQuestion(f"two rates hold on {_first(twice)}: {names}; let one end where the other begins")
        if never.any():
            raise TariffGap(
                f"the tariff has no rate on {_first(never)} ({int(never.sum())} hours of the week by month)"
            )

    def _covers(self) -> Mask:
        return np.array([rate.when.table() for rate in self.rates]).reshape(-1, 12, 7, 24)

    def priced(self, cells: NDArray[np.int64]) -> Priced:
        """Return the rate of each hour by its cell of the year."""
        rate = self._covers().argmax(axis=0).ravel()[cells]
        prices = np.array([r.price_per_kwh for r in self.rates])
        return Priced(prices[rate], rate, tuple(r.name for r in self.rates))


@dataclass(frozen=True, slots=True, eq=False)
class Hourly:
    """A price for each hour of the load's own grid, per kWh; NaN where none is known."""

    price_per_kwh: Values

    def priced(self, cells: NDArray[np.int64]) -> Priced:
        """Return the price of each hour. Raises `BadQuestion` where the prices are of another length."""
        if len(cells) != len(self.price_per_kwh):
            raise BadQuestion(f"{len(self.price_per_kwh)} hourly prices are given for {len(cells)} hours of use")
        rate = np.where(np.isfinite(self.price_per_kwh), 0, -1)
        return Priced(self.price_per_kwh, rate, ("hourly price",))


Energy = Flat | TimeOfUse | Hourly


def cells_of(clock: LocalClock, holidays: Mask) -> NDArray[np.int64]:
    """Return the cell of the year of each hour: month, weekday (a holiday as a Sunday) and hour."""
    month = clock.local.astype("M8[M]").astype(np.int64) % 12
    weekday = np.where(holidays, HOLIDAY_AS, clock.weekday)
    return np.asarray((month * 7 + weekday) * 24 + clock.hour)


def _first(cells: Mask) -> str:
    """Name the first hours that are marked: 'Saturday 22:00 to 24:00 in June'."""
    month, weekday, hour = (int(i) for i in np.argwhere(cells)[0])
    end = hour
    while end < 24 and cells[month, weekday, end]:
        end += 1
    return f"{WEEKDAYS[weekday]} {hour:02d}:00 to {end:02d}:00 in {MONTHS[month]}"
