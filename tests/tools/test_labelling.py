"""A sum over a generated portfolio is public where the 15/15 rule allows it, and only there."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from privacy.declassify import declassify
from privacy.labels import Label
from privacy.policy.file import load_policy
from tests.totals_by_hand import totals_by_hand
from tools.compute import compute
from tools.energy_query import EnergyQuery, Group, Period, Statistic
from tools.evidence import Evidence
from tools.readings import Building, By, Flag, HourlySeries, Inventory, Meter, Site, Totals

START, END = datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
YEAR = Period(start=datetime(2019, 1, 1), end=datetime(2020, 1, 1), words="2019")
WEEK = Period(start=datetime(2019, 1, 1), end=datetime(2019, 1, 8), words="the first week of 2019")
RULES = load_policy().rules


class Portfolio:
    """Buildings of one site, each with the same load in every hour, kWh."""

    def __init__(self, loads: Sequence[float]) -> None:
        self.loads = {f"p{i}": load for i, load in enumerate(loads)}

    async def inventory(self) -> Inventory:
        return Inventory(
            1,
            {"estate": Site("estate", "Estate", "UTC")},
            {b: Building(b, b, "estate") for b in self.loads},
            {f"{b}/e": Meter(f"{b}/e", "estate", "electricity", "kWh", START, END, b) for b in self.loads},
        )

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        n = int((end - start) / HOUR)
        flags = np.full(n, int(Flag.OK), dtype=np.uint8)
        return {m: HourlySeries(start, np.full(n, self.loads[m.partition("/")[0]]), flags) for m in meters}

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        return await totals_by_hand(self, meters, start, end, by)


async def labels(
    loads: Sequence[float], *, period: Period = YEAR, statistic: Statistic = "total", group: Group = "none"
) -> list[tuple[Evidence, Label]]:
    portfolio = Portfolio(loads)
    query = EnergyQuery(statistic=statistic, sites=("estate",), period=period, group=group)
    found = await compute(query, portfolio, await portfolio.inventory())
    return [(e, declassify(e.label, found.grounds[e.id], RULES).label) for e in found.evidence]


async def test_yearly_sum_of_many_alike_buildings_is_public() -> None:
    [(fact, label), *_] = await labels([1.0] * 20)
    assert fact.value == pytest.approx(20 * 8760)
    assert label is Label.PUBLIC


@pytest.mark.parametrize(
    "loads",
    [[1.0] * 14, [1.0] * 19 + [4.0], [1.0] * 14 + [0.0] * 6, [1.0]],
    ids=["fourteen", "one with 17 %", "fourteen and six without use", "one"],
)
async def test_sum_in_which_a_building_shows_is_internal(loads: list[float]) -> None:
    assert (await labels(loads))[0][1] is Label.INTERNAL


async def test_sum_of_a_week_stays_restricted_however_many_buildings() -> None:
    assert (await labels([1.0] * 30, period=WEEK))[0][1] is Label.RESTRICTED


@pytest.mark.parametrize("group", ["hour", "weekday", "day"])
async def test_pattern_of_a_portfolio_stays_restricted(group: Group) -> None:
    assert {label for _, label in await labels([1.0] * 20, group=group)} == {Label.RESTRICTED}


async def test_each_building_of_a_portfolio_is_internal() -> None:
    assert {label for _, label in await labels([1.0] * 20, group="building")} == {Label.INTERNAL}


async def test_peak_of_a_portfolio_stays_restricted() -> None:
    assert {label for _, label in await labels([1.0] * 20, statistic="peak")} == {Label.RESTRICTED}
