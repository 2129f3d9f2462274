"""A site whose hours a test makes up: loads by meter, the weather outside, and what people have said of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tests.totals_by_hand import totals_by_hand
from tools.clock import LocalClock, clock
from tools.readings import Building, By, Fault, Flag, HourlySeries, Inventory, Meter, Site, SiteSettings, Totals

HOUR = timedelta(hours=1)
Values = NDArray[np.float64]


class MadeSite:
    """Readings of meters called 'b1/electricity' or 'b1/gas', all from one start on; NaN is a missing hour.

    `outside`: the temperature, degC, as long as the loads. Buildings have an area of 100 m2 and are offices, unless
    `areas` and `uses` say otherwise (None: not known).
    """

    def __init__(
        self,
        loads: Mapping[str, Values],
        *,
        start: datetime = datetime(2019, 1, 1, tzinfo=UTC),
        timezone: str = "Europe/London",
        outside: Values | None = None,
        settings: SiteSettings | None = None,
        areas: Mapping[str, float | None] | None = None,
        uses: Mapping[str, str | None] | None = None,
        faults: tuple[Fault, ...] = (),
    ) -> None:
        self._series = {**loads, **({} if outside is None else {"town/temperature": outside})}
        self._start = start
        names = dict.fromkeys(m.partition("/")[0] for m in loads)
        site = Site("town", "Town Hall Estate", timezone, "GBP", settings=settings or SiteSettings())
        buildings = {
            b: Building(
                b,
                f"Building {b}",
                "town",
                area_m2=(areas or {}).get(b, 100.0),
                use=(uses or {}).get(b, "office"),
            )
            for b in names
        }
        meters = {m: self._meter(m, values) for m, values in self._series.items()}
        self.names = Inventory(1, {"town": site}, buildings, meters, faults)

    def _meter(self, name: str, values: Values) -> Meter:
        owner, _, kind = name.partition("/")
        end = self._start + len(values) * HOUR
        what = {"electricity": "kWh", "gas": "kWh", "temperature": "degC"}[kind]
        building = None if owner == "town" else owner
        return Meter(name, "town", kind, what, self._start, end, building)  # type: ignore[arg-type]

    async def inventory(self) -> Inventory:
        """Return the names."""
        return self.names

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: self._cut(self._series[m], start, end) for m in meters}

    def _cut(self, values: Values, start: datetime, end: datetime) -> HourlySeries:
        first, n = int((start - self._start) / HOUR), int((end - start) / HOUR)
        at = first + np.arange(n)
        inside = (at >= 0) & (at < len(values))
        cut = np.where(inside, values[np.clip(at, 0, len(values) - 1)], np.nan)
        flags = np.where(np.isnan(cut), int(Flag.ABSENT), int(Flag.OK)).astype(np.uint8)
        return HourlySeries(start, cut, flags)

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return each meter's sums over local days, each added up from its hours."""
        return await totals_by_hand(self, meters, start, end, by)


def local_clock(days: int, start: datetime = datetime(2019, 1, 1, tzinfo=UTC)) -> LocalClock:
    """Return London's time for some days of hours."""
    return clock("Europe/London", start, 24 * days)


def winters(days: int) -> Values:
    """Return a temperature that is 0 degC on 1 January and 20 degC at midsummer, the same for all hours of a day."""
    day = np.repeat(np.arange(days), 24)
    return np.asarray(10.0 - 10.0 * np.cos(2 * np.pi * day / 365.0))
