"""Kinds of days are found from the load alone."""

import numpy as np
import pytest

from tests.made_site import MadeSite, local_clock
from tests.tools.analyses.asked import ask, said, year
from tools.errors import BadQuestion, NoData

CLOCK = local_clock(365)
TWO_KINDS = np.where((CLOCK.weekday < 5) & (CLOCK.hour >= 8) & (CLOCK.hour < 18), 50.0, 5.0)


async def test_working_days_and_weekends_are_told_apart_without_a_calendar() -> None:
    site = MadeSite({"b1/electricity": TWO_KINDS})
    found = await ask(site, "day_kinds", buildings=("b1",), period=year(2019))
    assert (found.evidence[0].value, found.evidence[0].unit) == (2, "count")
    shares = [e for e in found.evidence if "share of days" in e.name]
    assert [e.group for e in shares] == ["kind 1", "kind 2"]
    assert shares[0].value == pytest.approx(100 * 261 / 365)
    assert next(e for e in found.evidence if "use per day" in e.name).value == pytest.approx(10 * 50 + 14 * 5)
    assert "Monday to Friday" in await said(site, "day_kinds", buildings=("b1",), period=year(2019))


async def test_constant_load_has_one_kind_and_says_that_nothing_divides_it() -> None:
    site = MadeSite({"b1/electricity": np.full(8760, 5.0)})
    assert (await ask(site, "day_kinds", buildings=("b1",), period=year(2019))).evidence[0].value == 1
    assert "of one kind" in await said(site, "day_kinds", buildings=("b1",), period=year(2019))


async def test_too_few_days_and_no_building_say_what_is_needed() -> None:
    site = MadeSite({"b1/electricity": TWO_KINDS[: 24 * 19]})
    with pytest.raises(NoData, match="20 are needed"):
        await ask(site, "day_kinds", buildings=("b1",))
    with pytest.raises(BadQuestion, match="name one"):
        await ask(site, "day_kinds")
    with pytest.raises(BadQuestion, match="whole days"):
        await ask(site, "day_kinds", buildings=("b1",), hours="night")
