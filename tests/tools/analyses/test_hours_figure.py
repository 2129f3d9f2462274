"""Percentiles, thresholds, zeros and steps of hours are those that a sorted column gives."""

import numpy as np
import pytest

from tests.made_site import MadeSite
from tests.tools.analyses.asked import ask, fact, said, year
from tools.data_asked import DataAsked
from tools.energy_query import Terms
from tools.errors import BadQuestion

RAMP = np.arange(1.0, 8761.0)
SITE = MadeSite({"b1/electricity": RAMP, "b3/gas": np.where(np.arange(8760) % 4 == 0, 0.0, 5.0)})


def terms(**asked: object) -> Terms:
    """Return terms that ask for a figure."""
    return Terms(data=DataAsked(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "value", "unit"),
    [
        (terms(figure="percentile", level=95.0), np.percentile(RAMP, 95), "kW"),
        (terms(figure="median"), 4380.5, "kW"),
        (terms(figure="standard_deviation"), np.std(RAMP, ddof=1), "kW"),
        (terms(figure="above", level=8750.0), 10.0, "h"),
        (terms(figure="below", level=3.0), 2.0, "h"),
        (terms(figure="rise"), 1.0, "kW"),
        (terms(figure="missing"), 0.0, "percent"),
    ],
)
async def test_figure_is_that_of_the_hours(asked: Terms, value: float, unit: str) -> None:
    found = await ask(SITE, "hours_figure", buildings=("b1",), period=year(2019), terms=asked)
    assert found.evidence[0].value == pytest.approx(value)
    assert found.evidence[0].unit == unit


async def test_zeros_of_gas_count_as_readings() -> None:
    found = await ask(
        SITE, "hours_figure", measure="gas", buildings=("b3",), period=year(2019), terms=terms(figure="zeros")
    )
    assert found.evidence[0].value == 25.0


async def test_baseload_share_is_the_floor_at_every_hour_over_the_use() -> None:
    found = await ask(SITE, "hours_figure", buildings=("b1",), period=year(2019), terms=terms(figure="baseload_share"))
    assert found.evidence[0].value == pytest.approx(100 * np.percentile(RAMP, 5) * 8760 / RAMP.sum())
    assert fact(found, "electricity use").value == RAMP.sum()


async def test_highest_hours_are_told_with_their_time() -> None:
    words = await said(SITE, "hours_figure", buildings=("b1",), period=year(2019), limit=2, terms=terms(figure="top"))
    assert "the 2 highest hours were 8,760 kW (from 23:00 on 31 December 2019), 8,759 kW" in words


async def test_step_over_a_gap_is_none() -> None:
    gap = np.array([1.0, np.nan, 50.0, 51.0] + [51.0] * 20)
    found = await ask(MadeSite({"b1/electricity": gap}), "hours_figure", buildings=("b1",), terms=terms(figure="rise"))
    assert found.evidence[0].value == 1.0


async def test_figure_is_compared_ranked_and_told_by_month() -> None:
    site = MadeSite({"b1/electricity": RAMP, "b2/electricity": RAMP / 2})
    median = terms(figure="median")
    ranked = await ask(site, "hours_figure", group="building", order="highest", period=year(2019), terms=median)
    months = await ask(site, "hours_figure", buildings=("b1",), group="month", period=year(2019), terms=median)
    assert [e.buildings for e in ranked.evidence] == [("b1",), ("b2",)]
    assert len(months.evidence) == 12


async def test_figure_that_is_not_named_is_asked_for() -> None:
    with pytest.raises(BadQuestion, match="which figure"):
        await ask(SITE, "hours_figure", buildings=("b1",), period=year(2019))
