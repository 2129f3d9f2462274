"""A question of money or carbon without a period is of the last full year, and says so."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask
from tests.tools.analyses.priced_site import priced
from tools.energy_query import Terms
from tools.errors import NoData

PRICE = Terms(price_per_kwh=1.0)


async def hours_billed(hours: int, start: datetime, timezone: str = "Europe/London") -> tuple[float, str]:
    """Return how many hours of 1 kWh a question without a period counts, and the words."""
    site = priced({"b1/electricity": np.ones(hours)}, start=start, timezone=timezone)
    found = await ask(site, "tariff_cost", measure="cost", terms=PRICE)
    return found.evidence[0].value, found.words or ""


@pytest.mark.parametrize(
    ("days", "start", "hours", "words"),
    [
        (365 + 200, datetime(2018, 1, 1, tzinfo=UTC), 8760, "in 2018, the last full year"),
        (366 + 20, datetime(2020, 1, 1, tzinfo=UTC), 8784, "in 2020, the last full year"),
        (20, datetime(2019, 3, 1, tzinfo=UTC), 480, "over the whole record"),
        (300, datetime(2018, 7, 1, tzinfo=UTC), 7200, "over the whole record"),
    ],
)
async def test_default_is_the_last_year_that_is_full_else_the_record(
    days: int, start: datetime, hours: int, words: str
) -> None:
    billed, said = await hours_billed(days * 24, start)
    assert billed == hours
    assert words in said


async def test_year_in_delhi_begins_at_its_own_midnight() -> None:
    billed, said = await hours_billed(2 * 8760, datetime(2018, 12, 31, 18, 30, tzinfo=UTC), "Asia/Kolkata")
    assert billed == 8760  # of the 8784 hours of 2020: the record ends a day early
    assert "in 2020" in said


async def test_hours_that_the_record_does_not_reach_are_missing_ones() -> None:
    site = priced({"b1/electricity": np.ones(8760 - 600)})
    found = await ask(site, "tariff_cost", measure="cost", terms=PRICE)
    assert found.evidence[0].coverage == pytest.approx(1 - 600 / 8760)
    assert "in 2019, the last full year" in (found.words or "")
    assert found.evidence[0].caveats == ("93.2 % of the hours have a valid reading; the missing ones are left out",)


async def test_fullest_year_stands_in_where_none_is_full() -> None:
    load = np.ones(2 * 8760)
    load[:6000] = np.nan
    load[8760 : 8760 + 2000] = np.nan
    site = priced({"b1/electricity": load}, start=datetime(2018, 1, 1, tzinfo=UTC))
    found = await ask(site, "tariff_cost", measure="cost", terms=PRICE)
    assert found.evidence[0].value == 6760
    assert found.evidence[0].caveats == ("77.2 % of the hours have a valid reading; the missing ones are left out",)


async def test_building_without_data_is_left_out_and_named() -> None:
    site = priced({"b1/electricity": np.ones(8760), "b2/electricity": np.full(8760, np.nan)})
    found = await ask(site, "tariff_cost", measure="cost", terms=PRICE)
    assert found.evidence[0].buildings == ("b1",)
    assert found.notes == ("without data, so left out: b2",)


async def test_building_without_a_meter_is_an_answer_that_says_who_has_one() -> None:
    with pytest.raises(NoData, match="gas is metered in no building"):
        await ask(priced({"b1/electricity": np.ones(8760)}), "emissions", measure="gas")


async def test_shipped_sites_differ_and_the_latest_year_counts() -> None:
    found = await ask(ShippedFiles(), "emissions", order="highest", limit=3)
    assert {b[0] for b in (e.buildings for e in found.evidence)} == {"b105", "b58", "b35"}
    assert "in 2020, the last full year" in (found.words or "")
