"""Two small sites with readings that can be worked out by hand, kept in memory.

`london`, 2018 to 2019: north (every hour 2 kWh), south (hour of the day in UTC plus 1), west (a gas meter, no area).
`delhi`: mill, successive meters: 1 kWh an hour to the end of June 2018, 3 kWh from September 2018.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tests.totals_by_hand import totals_by_hand
from tools.readings import Building, By, Fault, Flag, HourlySeries, Inventory, Meter, Site, Totals

START, END = datetime(2018, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
Moments = NDArray[np.datetime64]
DELHI_START = datetime(2017, 12, 31, 18, 30, tzinfo=UTC)
DELHI_END = datetime(2019, 12, 31, 18, 30, tzinfo=UTC)
GAP = (datetime(2018, 6, 30, 18, 30, tzinfo=UTC), datetime(2018, 8, 31, 18, 30, tzinfo=UTC))
MISSING = (datetime(2019, 5, 1, tzinfo=UTC), datetime(2019, 5, 3, tzinfo=UTC))  # north has zeros for two days


def inventory(faults: tuple[Fault, ...] = ()) -> Inventory:
    """Return the names of both sites."""
    sites = {
        "london": Site("london", "London Works", "Europe/London", "GBP", ("london",)),
        "delhi": Site("delhi", "Delhi Mill", "Asia/Kolkata", None, ("delhi",)),
    }
    buildings = {
        "b1": Building("b1", "Building b1", "london", ("north", "building 1"), area_m2=100.0, use="office"),
        "b2": Building("b2", "South Hall", "london", ("south", "the south hall"), area_m2=50.0),
        "b3": Building("b3", "West Hall", "london", ("west",)),
        "mill": Building("mill", "Old Mill", "delhi", ("the mill",), area_m2=10.0),
    }
    meters = {
        m.id: m
        for m in [
            Meter("b1/electricity", "london", "electricity", "kWh", START, END, "b1"),
            Meter("b2/electricity", "london", "electricity", "kWh", START, END, "b2"),
            Meter("b3/electricity", "london", "electricity", "kWh", START, END, "b3"),
            Meter("b3/gas", "london", "gas", "kWh", START, END, "b3"),
            Meter("london/carbon", "london", "carbon", "kgCO2e_per_kWh", START, END),
            Meter("london/price", "london", "price", "GBP_per_kWh", datetime(2019, 1, 1, tzinfo=UTC), END),
            Meter("mill/electricity/1", "delhi", "electricity", "kWh", DELHI_START, GAP[0], "mill"),
            Meter("mill/electricity/2", "delhi", "electricity", "kWh", GAP[1], DELHI_END, "mill"),
        ]
    }
    return Inventory(1, sites, buildings, meters, faults)


class SmallSite:
    """Readings in memory, with every hour that was asked for on the meter's own grid."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._inventory = inventory(faults)

    async def inventory(self) -> Inventory:
        """Return the names."""
        return self._inventory

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: self._series(self._inventory.meters[m], start, end) for m in meters}

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return each meter's sums over local days, each added up from its hours."""
        return await totals_by_hand(self, meters, start, end, by)

    def _series(self, meter: Meter, start: datetime, end: datetime) -> HourlySeries:
        first = meter.first + int(np.ceil((start - meter.first) / HOUR)) * HOUR
        at = np.datetime64(first.replace(tzinfo=None), "h" if not first.minute else "m") + np.arange(
            int((end - first) / HOUR)
        ) * np.timedelta64(60, "m")
        values = np.where(between(at, meter.first, meter.last_end), self._values(meter, at), np.nan)
        flags = np.where(np.isnan(values), int(Flag.ABSENT), int(Flag.OK)).astype(np.uint8)
        flags[(values == 0) & (meter.kind == "electricity")] = Flag.ZERO_AS_MISSING
        return HourlySeries(first, values, flags)

    def _values(self, meter: Meter, at: Moments) -> NDArray[np.float64]:
        """Return what a meter would read at these times, UTC."""
        hour = at.astype("M8[h]").astype(np.int64) % 24
        month = at.astype("M8[M]").astype(np.int64) % 12 + 1
        values = {
            "b1/electricity": np.where(between(at, *MISSING), 0.0, 2.0),
            "b2/electricity": hour + 1.0,
            "b3/electricity": np.where(at < np.datetime64("2019"), 5.0, 4.0),
            "b3/gas": np.where(np.isin(month, (6, 7, 8)), 0.0, 10.0),
            "london/carbon": np.full(len(at), 0.2),
            "london/price": np.full(len(at), 0.1),
            "mill/electricity/1": np.full(len(at), 1.0),
            "mill/electricity/2": np.full(len(at), 3.0),
        }
        return np.asarray(values[meter.id], np.float64)


def between(at: Moments, start: datetime, end: datetime) -> NDArray[np.bool_]:
    """Tell which times are in [start, end)."""
    first, last = (np.datetime64(moment.replace(tzinfo=None)) for moment in (start, end))
    return np.asarray((at >= first) & (at < last))
