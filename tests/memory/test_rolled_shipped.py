"""On the shipped data, with its gaps, zeros and successive meters, sums answer as hours do."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory.building_data import BuildingData
from memory.postgres import Pool
from tests.tools.test_rolled import assert_same, period, said
from tools import rolled
from tools.energy_query import EnergyQuery

DAYS = st.dates(date(2013, 6, 1), date(2021, 1, 31))
PERIODS = st.tuples(DAYS, st.integers(1, 900)).map(lambda d: period(d[0], d[0] + timedelta(days=d[1])))
ASKED = {
    "measure": st.sampled_from(["electricity", "gas"]),
    "statistic": st.sampled_from(["total", "mean", "peak", "load_factor", "intensity", "quality"]),
    "sites": st.sampled_from([(), ("cambridge",), ("iiitd",)]),
    "order": st.sampled_from([None, "highest", "lowest"]),
    "limit": st.sampled_from([None, 3]),
}
QUERIES = st.one_of(
    st.builds(EnergyQuery, **ASKED, period=st.one_of(st.none(), PERIODS), group=st.just("building")),
    st.builds(EnergyQuery, **ASKED, period=PERIODS, group=st.sampled_from(["none", "month", "year"])),
    st.builds(EnergyQuery, **ASKED, period=PERIODS, group=st.just("building"), against_period=PERIODS),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
async def test_sums_answer_as_hours_do(shipped: Pool, query: EnergyQuery, monkeypatch: pytest.MonkeyPatch) -> None:
    data = BuildingData(shipped)
    inventory = await data.inventory()
    with monkeypatch.context() as patch:
        patch.setattr(rolled, "LEAST_HOURS", 10**12)
        by_hours = await said(query, data, inventory)
        patch.setattr(rolled, "LEAST_HOURS", 0)
        by_sums = await said(query, data, inventory)
    assert_same(by_sums, by_hours)
