"""What follows from kept sums is what the hours give: value, coverage, caveats and ids."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small_site import HOUR, SmallSite
from tools import rolled as rolled_module
from tools.compute import compute
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.errors import ToolError
from tools.readings import Fault, Inventory, Readings
from tools.rolled import LEAST_HOURS, rolled

FAULT = Fault("b1/electricity", "step", datetime(2018, 3, 1, tzinfo=UTC), datetime(2018, 4, 1, tzinfo=UTC), 9, "Doubt.")
SITE = SmallSite((FAULT,))
Said = tuple[str, list[tuple[Any, ...]]]


def period(start: date, end: date) -> Period:
    """Return a period of whole local days."""
    begin, until = (datetime(d.year, d.month, d.day) for d in (start, end))
    return Period(start=begin, end=until, words="a while")


DAYS = st.dates(date(2017, 12, 1), date(2020, 1, 31))
PERIODS = st.tuples(DAYS, DAYS).filter(lambda d: d[0] < d[1]).map(lambda d: period(*d))
SHORT = st.tuples(DAYS, st.integers(1, 70)).map(lambda d: period(d[0], d[0] + timedelta(days=d[1])))
BUILDINGS = st.sampled_from([(), ("b1",), ("b3",), ("b1", "b2"), ("b2", "b1", "b3"), ("mill",), ("b1", "mill")])
PLAIN = {
    "measure": st.sampled_from(["electricity", "gas", "total"]),
    "statistic": st.sampled_from(["total", "mean", "peak", "minimum", "load_factor", "intensity", "quality"]),
    "buildings": BUILDINGS,
    "order": st.sampled_from([None, "highest", "lowest"]),
    "limit": st.sampled_from([None, 1, 2]),
}
QUERIES = st.one_of(
    st.builds(EnergyQuery, **PLAIN, period=st.one_of(st.none(), PERIODS), group=st.sampled_from(["none", "building"])),
    st.builds(EnergyQuery, **PLAIN, period=PERIODS, group=st.sampled_from(["month", "year"])),
    st.builds(EnergyQuery, **PLAIN, period=SHORT, group=st.just("day")),
    st.builds(EnergyQuery, **PLAIN, period=SHORT, group=st.sampled_from(["none", "building"]), against_period=SHORT),
    st.builds(EnergyQuery, **PLAIN, period=SHORT, group=st.just("none"), against_buildings=st.just(("b2",))),
)


async def said(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Said:
    """Return what is answered, or which error."""
    try:
        facts = await compute(query, readings, inventory)
    except ToolError as why:
        return f"{type(why).__name__}: {why}", []
    return str(facts.notes), _rows(facts)


def _rows(facts: Facts) -> list[tuple[Any, ...]]:
    grounds = (facts.grounds[e.id] for e in facts.evidence)
    return [
        (e.id, e.name, e.unit, e.method, e.period, e.caveats, e.buildings, e.group, e.value, e.coverage,
         g.contributors, g.whole_months, g.shows_hours, g.largest_share)
        for e, g in zip(facts.evidence, grounds, strict=True)
    ]  # fmt: skip


def assert_same(one: Said, other: Said) -> None:
    """Compare answers, numbers to 1e-9; of equal numbers the order is free."""
    assert one[0] == other[0]
    assert len(one[1]) == len(other[1])
    for ours, theirs in zip(one[1], other[1], strict=True):
        for left, right in zip(ours, theirs, strict=True):
            near = isinstance(left, float) and math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
            assert near or left == right, (left, right)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
async def test_answer_from_sums_is_the_answer_from_hours(query: EnergyQuery, monkeypatch: pytest.MonkeyPatch) -> None:
    inventory = await SITE.inventory()
    by_hours = await said(query, SITE, inventory)
    with monkeypatch.context() as patch:
        patch.setattr(rolled_module, "LEAST_HOURS", 0)
        by_sums = await said(query, SITE, inventory)
    assert_same(by_sums, by_hours)


def test_grid_step_is_an_hour() -> None:
    assert timedelta(hours=1) == HOUR


async def test_few_hours_are_left_to_the_hours() -> None:
    inventory = await SITE.inventory()
    query = EnergyQuery(group="building", period=period(date(2018, 1, 1), date(2019, 1, 1)))
    assert await rolled(query, SITE, inventory) is None
    assert LEAST_HOURS > 3 * 8760
    assert await rolled(query, SITE, inventory, least_hours=0) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": "night"},
        {"measure": "carbon"},
        {"group": "hour"},
        {"statistic": "baseload"},
        {"statistic": "mean", "group": "none"},
        {"against_hours": "weekend"},
    ],
)
async def test_what_sums_do_not_tell_is_left_to_the_hours(changes: dict[str, Any]) -> None:
    plain = EnergyQuery(group="building", period=period(date(2018, 1, 1), date(2019, 1, 1)))
    query = EnergyQuery.model_validate(plain.model_dump() | changes)
    assert await rolled(query, SITE, await SITE.inventory(), least_hours=0) is None
