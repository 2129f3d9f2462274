"""The rows shown behind a fact are the rows it was computed from: a statistic of them is its value."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from gateway.evidence_rows import BuildingRows, rows_of
from gateway.recompute import compute_again
from tests.small_site import SmallSite
from tools.compute import compute
from tools.energy_query import EnergyQuery, Measure, Period, Statistic
from tools.errors import BadQuestion, NoData
from tools.evidence import Evidence, Span
from tools.readings import Building, HourlySeries, Inventory, Meter

SPRING = Period(start=datetime(2019, 3, 28), end=datetime(2019, 6, 4), words="spring 2019")
BEFORE = Period(start=datetime(2018, 3, 28), end=datetime(2018, 6, 4), words="spring 2018")
CHANGE_OF_METER = Period(start=datetime(2018, 6, 1), end=datetime(2018, 10, 1), words="summer 2018")
STATISTICS: tuple[Statistic, ...] = (
    "total", "mean", "peak", "minimum", "baseload", "load_factor", "intensity", "share", "quality",
)  # fmt: skip
MEASURES: tuple[Measure, ...] = ("electricity", "gas", "total", "carbon", "cost")
SHAPES: tuple[dict[str, object], ...] = (
    {"buildings": ("b1",)},
    {"buildings": ("b1", "b2")},
    {"buildings": ("b3",), "hours": "night"},
    {"buildings": ("b1", "b3"), "hours": "weekend"},
    {"sites": ("london",), "group": "building", "order": "highest"},
    {"sites": ("london",), "group": "month"},
    {"buildings": ("b1", "b2"), "group": "weekday"},
    {"buildings": ("b2",), "group": "hour", "hours": "weekday"},
    {"buildings": ("b3",), "against_period": BEFORE},
    {"sites": ("london",), "group": "building", "against_period": BEFORE, "order": "furthest"},
    {"buildings": ("b2", "b3"), "group": "month", "against_period": BEFORE},
    {"buildings": ("b3",), "against_buildings": ("b1", "b2")},
    {"buildings": ("b1", "b2"), "hours": "night", "against_hours": "day"},
    {"buildings": ("mill",), "period": CHANGE_OF_METER},
    {"buildings": ("mill",), "period": CHANGE_OF_METER, "group": "month"},
    {"buildings": ("b1", "b2"), "hours": "weekend", "against_period": BEFORE},
    {},
)


class Remembered(SmallSite):
    """The small site with one more floor area, each series worked out once."""

    def __init__(self) -> None:
        super().__init__()
        self._inventory = _with_area(self._inventory, "b3", 25.0)
        self._series_of: dict[tuple[str, datetime, datetime], HourlySeries] = {}

    def _series(self, meter: Meter, start: datetime, end: datetime) -> HourlySeries:
        key = (meter.id, start, end)
        if key not in self._series_of:
            self._series_of[key] = super()._series(meter, start, end)
        return self._series_of[key]


@pytest.fixture(scope="module")
def site() -> Remembered:
    return Remembered()


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("statistic", STATISTICS)
async def test_a_statistic_of_the_used_rows_is_the_value_of_the_fact(
    site: Remembered, measure: Measure, statistic: Statistic
) -> None:
    inventory, checked = await site.inventory(), 0
    for shape in SHAPES:
        query = EnergyQuery.model_validate({"measure": measure, "statistic": statistic, "period": SPRING, **shape})
        for fact in _some(await _facts(query, site, inventory)):
            rows = await rows_of(fact, site, inventory)
            assert _figure(fact, rows, inventory) == pytest.approx(fact.value, rel=1e-9, abs=1e-9), (shape, fact.name)
            checked += 1
    assert checked >= 15


@pytest.mark.parametrize("shape", [s for s in SHAPES if "against_hours" not in s], ids=str)
async def test_used_rows_over_asked_rows_is_the_coverage(site: Remembered, shape: dict[str, object]) -> None:
    query = EnergyQuery.model_validate({"period": SPRING, **shape})
    inventory = await site.inventory()
    for fact in _some(await _facts(query, site, inventory)):
        sides = _by_side(await rows_of(fact, site, inventory)).values()
        assert min(_share_used(side) for side in sides) == pytest.approx(fact.coverage), fact.name


async def test_every_hour_of_the_period_is_a_row_with_its_reason(site: Remembered) -> None:
    query = EnergyQuery(buildings=("b1",), period=SPRING, hours="night")
    [rows] = await rows_of(
        (await compute(query, site, await site.inventory())).evidence[0], site, await site.inventory()
    )
    start, end = SPRING.utc("Europe/London")
    assert len(rows.at) == (end - start).total_seconds() / 3600
    assert rows.at[0] == start.timestamp()
    # 68 nights of eight hours, of which two days of zeros are missing; the clocks go forward in a night
    assert rows.counts() == {"used": 8 * 68 - 1 - 16, "not_asked": 16 * 68, "zero_as_missing": 16}


async def test_rows_of_a_peak_hour_are_that_hour(site: Remembered) -> None:
    query = EnergyQuery(statistic="peak", buildings=("b2",), period=SPRING)
    facts = (await compute(query, site, await site.inventory())).evidence
    [rows] = await rows_of(facts[-1], site, await site.inventory())
    assert rows.at.tolist() == [int(datetime(2019, 3, 28, 23, tzinfo=UTC).timestamp())]
    assert rows.amounts.tolist() == [24.0]


async def test_rows_name_the_meter_that_decides(site: Remembered) -> None:
    query = EnergyQuery(buildings=("mill",), period=CHANGE_OF_METER)
    [rows] = await rows_of(
        (await compute(query, site, await site.inventory())).evidence[0], site, await site.inventory()
    )
    used = rows.meter[rows.reason == 0]
    assert rows.meters == ("mill/electricity/1", "mill/electricity/2")
    assert np.bincount(used).tolist() == [30 * 24, 30 * 24]


async def test_rows_of_a_cost_carry_the_price_of_each_hour(site: Remembered) -> None:
    query = EnergyQuery(measure="cost", buildings=("b2",), period=SPRING)
    [rows] = await rows_of(
        (await compute(query, site, await site.inventory())).evidence[0], site, await site.inventory()
    )
    assert set(rows.factor) == {0.1}
    assert rows.amounts == pytest.approx(rows.values * 0.1)


async def test_fact_of_unchanged_data_comes_out_the_same(site: Remembered) -> None:
    query = EnergyQuery(buildings=("b2", "b3"), period=SPRING, group="month", against_period=BEFORE)
    for fact in (await compute(query, site, await site.inventory())).evidence:
        again = await compute_again(fact, site, await site.inventory())
        assert again.same
        assert again.fact == fact


async def test_fact_of_changed_data_says_old_and_new(site: Remembered) -> None:
    query = EnergyQuery(statistic="intensity", buildings=("b1",), period=BEFORE)
    fact = (await compute(query, site, await site.inventory())).evidence[0]
    again = await compute_again(fact, site, _with_area(await site.inventory(), "b1", 200.0))
    assert not again.same
    assert again.changes == (f"value: {fact.value!r} kWh_per_m2 is now {fact.value / 2!r} kWh_per_m2",)


async def test_fact_over_more_data_says_what_else_changed(site: Remembered) -> None:
    query = EnergyQuery(measure="gas", buildings=("b3",))
    fact = (await compute(query, site, await site.inventory())).evidence[0]
    older = fact.model_copy(
        update={
            "coverage": 0.5,
            "method": "by hand",
            "caveats": ("the unit is in doubt",),
            "period": Span(start=fact.period.start, end=datetime(2019, 1, 1, tzinfo=UTC)),
        }
    )
    changes = (await compute_again(older, site, await site.inventory())).changes
    assert [change.partition(":")[0] for change in changes] == ["coverage", "period", "method", "caveat gone"]


async def test_fact_that_cannot_be_computed_any_more_says_why(site: Remembered) -> None:
    query = EnergyQuery(statistic="intensity", buildings=("b1",), period=BEFORE)
    fact = (await compute(query, site, await site.inventory())).evidence[0]
    again = await compute_again(fact, site, _with_area(await site.inventory(), "b1", None))
    assert again.fact is None
    assert "floor area of b1 is not known" in again.changes[0]


async def _facts(query: EnergyQuery, site: Remembered, inventory: Inventory) -> Sequence[Evidence]:
    try:
        return (await compute(query, site, inventory)).evidence
    except (NoData, BadQuestion):
        return ()


def _some(facts: Sequence[Evidence]) -> list[Evidence]:
    """Return the first of each name, and the last."""
    first = {fact.name.partition(",")[0] + fact.unit + str("reference" in fact.name): fact for fact in reversed(facts)}
    return [*first.values(), *facts[-1:]]


def _by_side(parts: Sequence[BuildingRows]) -> dict[str, list[BuildingRows]]:
    return {name: [p for p in parts if p.side == name] for name in dict.fromkeys(p.side for p in parts)}


def _figure(fact: Evidence, parts: Sequence[BuildingRows], inventory: Inventory) -> float:
    """Work the fact out from its rows alone, in the plainest way."""
    sides = {name: _of_side(fact, side, inventory) for name, side in _by_side(parts).items()}
    if "electricity" in sides:  # all fuels together
        now = sum(value for name, value in sides.items() if not name.startswith("reference "))
        before = sum(sides.values()) - now
        sides = {"first": now, "reference": before} if before else {"": now}
    if "whole" in sides and "part" in sides:
        return 100 * sides["part"] / sides["whole"]
    if "first" in sides:
        change = sides["first"] - sides["reference"]
        return change if fact.unit != "percent" or "difference" in fact.name else 100 * change / abs(sides["reference"])
    return next(iter(sides.values()))


def _of_side(fact: Evidence, parts: Sequence[BuildingRows], inventory: Inventory) -> float:
    used = [p.amounts[p.reason == 0] for p in parts]
    statistic = fact.query.statistic
    if statistic in ("total", "share"):
        return float(sum(u.sum() for u in used))
    if statistic == "quality":
        return 100 * _share_used(parts)
    if statistic == "intensity":
        return float(sum(u.sum() for u in used)) / sum(inventory.buildings[p.building].area_m2 or 0 for p in parts)
    return _of_load(statistic, np.sum(used, axis=0))


def _of_load(statistic: Statistic, load: NDArray[np.float64]) -> float:
    by_name: dict[str, Callable[[NDArray[np.float64]], object]] = {
        "mean": np.mean,
        "peak": np.max,
        "minimum": np.min,
        "baseload": lambda v: np.percentile(v, 5),
        "load_factor": lambda v: np.mean(v) / np.max(v),
    }
    return float(by_name[statistic](load))  # type: ignore[arg-type]


def _share_used(parts: Sequence[BuildingRows]) -> float:
    asked = sum(sum(p.counts().values()) - p.counts().get("not_asked", 0) for p in parts)
    return sum(p.counts().get("used", 0) for p in parts) / asked


def _with_area(inventory: Inventory, building: str, area_m2: float | None) -> Inventory:
    known = inventory.buildings[building]
    changed = Building(known.id, known.name, known.site, known.aliases, area_m2=area_m2)
    return Inventory(
        inventory.data_version + 1,
        inventory.sites,
        inventory.buildings | {building: changed},
        inventory.meters,
        inventory.faults,
    )
