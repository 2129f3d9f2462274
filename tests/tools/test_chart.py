"""What is drawn beside the facts: groups, a mean day, and hours by days where a heat map was asked for."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.small_site import SmallSite
from tools.chart import Chart
from tools.compute import compute
from tools.energy_query import EnergyQuery, Period
from tools.evidence import Span, evidence_id
from tools.figures import Values
from tools.hours_by_days import hours_by_days
from tools.use import Use, uses

MARCH = Period(start=datetime(2019, 3, 1), end=datetime(2019, 4, 1), words="March 2019")
MAY = Period(start=datetime(2019, 5, 1), end=datetime(2019, 6, 1), words="May 2019")
HEAT = EnergyQuery(buildings=("b2",), period=MARCH, picture="heat")


async def drawn(query: EnergyQuery) -> Chart:
    """Return the chart of a query over the small site."""
    site = SmallSite()
    chart = (await compute(query, site, await site.inventory())).chart
    assert chart is not None
    return chart


def cells(chart: Chart) -> Values:
    """Return a heat map's values, an hour a row."""
    return np.array([s.values for s in chart.series])


async def test_heat_map_has_local_hours_by_days_and_a_gap_where_the_clock_skips() -> None:
    chart = await drawn(HEAT)
    assert (chart.kind, chart.unit, chart.title) == ("heat", "kW", "b2, hour by day, March 2019")
    assert (chart.labels[0], chart.labels[-1], len(chart.labels)) == ("2019-03-01", "2019-03-31", 31)
    assert [s.name for s in chart.series][::23] == ["00:00", "23:00"]
    grid = cells(chart)
    assert grid[:, 0].tolist() == [h + 1.0 for h in range(24)]  # local is UTC
    assert np.flatnonzero(np.isnan(grid[:, 30])).tolist() == [1]  # 01:00 to 02:00 on the last Sunday
    assert grid[13, 30] == 13.0  # 12:00 UTC
    assert chart.values[0] == 12.5


async def test_heat_map_of_nights_leaves_the_days_as_gaps() -> None:
    grid = cells(await drawn(HEAT.model_copy(update={"hours": "night"})))
    assert np.isnan(grid[6:22]).all()
    assert np.isfinite(grid[22:]).all()


async def test_heat_map_leaves_missing_hours_as_gaps_and_out_of_the_means() -> None:
    chart = await drawn(HEAT.model_copy(update={"buildings": ("b1",), "period": MAY}))
    assert np.isnan(cells(chart)).sum(axis=0)[:4].tolist() == [23, 24, 1, 0]  # summer time is an hour ahead of UTC
    assert [math.isnan(v) for v in chart.values[:3]] == [False, True, False]
    assert chart.values[0] == 2.0


async def test_heat_map_of_two_buildings_is_their_sum_where_both_are_known() -> None:
    grid = cells(await drawn(HEAT.model_copy(update={"buildings": ("b1", "b2"), "period": MAY})))
    assert grid[12, 10] == 2.0 + 12.0  # 11:00 UTC
    assert np.isnan(grid[12, 0])


@pytest.mark.parametrize(
    ("changed", "unit", "value"),
    [
        ({"measure": "carbon"}, "kgCO2e", 0.2),
        ({"measure": "cost"}, "GBP", 0.1),
        ({"statistic": "quality"}, "kW", 1.0),
        ({"statistic": "load_factor"}, "kW", 1.0),
    ],
)
async def test_heat_map_is_of_the_hours_whatever_figure_was_asked_for(
    changed: dict[str, str], unit: str, value: float
) -> None:
    chart = await drawn(HEAT.model_copy(update=changed))
    assert (chart.unit, cells(chart)[0, 0]) == (unit, pytest.approx(value))


async def test_heat_map_over_years_has_a_column_a_week() -> None:
    chart = await drawn(HEAT.model_copy(update={"period": None}))
    assert chart.title == "b2, hour by day, mean of each week"
    assert chart.labels[:2] == ("2018-01-01", "2018-01-08")
    assert len(chart.labels) == 105
    assert {datetime.fromisoformat(day).weekday() for day in chart.labels} == {0}
    assert cells(chart)[0, 0] == 1.0


async def test_nothing_known_is_no_heat_map() -> None:
    site = SmallSite()
    use = (await uses(site, await site.inventory(), ["b2"], MARCH, "electricity"))["b2"]
    empty = Use(use.building, use.site, use.start, use.end, np.full(len(use.hours), np.nan), use.clock, use.meters)
    assert hours_by_days(HEAT, [empty], "kW") is None


def test_picture_asked_for_does_not_change_the_facts_id() -> None:
    start = datetime(2019, 3, 1, tzinfo=UTC)
    span = Span(start=start, end=start + timedelta(days=31))
    plain = HEAT.model_copy(update={"picture": None})
    assert len({evidence_id(q, "electricity use", ("b2",), span, 1) for q in (HEAT, plain)}) == 1


async def test_chart_says_what_of_what_and_when() -> None:
    months = await drawn(EnergyQuery(buildings=("b2",), group="month"))
    assert months.title == "electricity use by month, b2"
    gas = await drawn(EnergyQuery(measure="gas", buildings=("b3",), group="month"))
    assert gas.title == "gas use by month, as labelled, b3"
    day = await drawn(EnergyQuery(buildings=("b2",), period=MARCH))
    assert day.title == "mean day of b2, March 2019"
