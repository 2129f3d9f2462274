"""Types of day: what a mean working day, Saturday, Sunday and holiday use."""

from datetime import date, datetime

import numpy as np
import pytest

from tests.made_site import MadeSite, Values, local_clock
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, said, span, year
from tools.errors import BadQuestion, NoData
from tools.readings import SiteSettings

CLOCK = local_clock(365)
HOLIDAY = SiteSettings(own_holidays=(date(2019, 12, 25),))


def load() -> Values:
    """Return 10 kW on working days, 4 on Saturdays, 2 on Sundays, 1 on Christmas Day; 20 at noon of working days."""
    kw = np.select([CLOCK.weekday == 5, CLOCK.weekday == 6], [4.0, 2.0], 10.0)
    kw = np.where((CLOCK.weekday < 5) & (CLOCK.hour == 12), 20.0, kw)
    return np.where(CLOCK.local.astype("M8[D]") == np.datetime64("2019-12-25"), 1.0, kw)


async def test_each_type_has_the_use_of_its_mean_day_and_working_days_come_first() -> None:
    found = await ask(
        MadeSite({"b1/electricity": load()}, settings=HOLIDAY), "day_types", buildings=("b1",), period=year(2019)
    )
    days = [e for e in found.evidence if "use per day" in e.name]
    assert [e.group for e in days] == ["working day", "Saturday", "Sunday", "holiday"]
    # The two days on which the clocks change are Sundays, of 23 and 25 hours: their mean is 24.
    assert [e.value for e in days] == pytest.approx([250.0, 96.0, 48.0, 24.0])
    peaks = [e.value for e in found.evidence if "peak of the mean day" in e.name]
    assert peaks == pytest.approx([20.0, 4.0, 2.0, 1.0])
    assert [e.value for e in found.evidence if e.unit == "count"] == [260, 52, 52, 1]
    assert found.chart is not None
    assert [s.name for s in found.chart.series] == ["Saturday", "Sunday", "holiday"]


async def test_without_holidays_set_they_are_other_days_and_that_is_said() -> None:
    found = await ask(MadeSite({"b1/electricity": load()}), "day_types", buildings=("b1",), period=year(2019))
    assert "holiday" not in {e.group for e in found.evidence}
    assert any("no holidays are set" in note for note in found.notes)


async def test_weekend_leads_where_it_is_asked_for() -> None:
    site = MadeSite({"b1/electricity": load()}, settings=HOLIDAY)
    found = await ask(site, "day_types", buildings=("b1",), period=year(2019), hours="weekend")
    assert found.evidence[0].group == "Saturday"
    assert found.evidence[0].value == pytest.approx(96.0)
    with pytest.raises(BadQuestion, match="all of its hours"):
        await ask(site, "day_types", buildings=("b1",), period=year(2019), hours="night")


async def test_days_with_a_missing_hour_are_not_in_the_mean() -> None:
    hours = load()
    hours[24 * 7] = np.nan  # Tuesday 8 January
    found = await ask(
        MadeSite({"b1/electricity": hours}, settings=HOLIDAY), "day_types", buildings=("b1",), period=year(2019)
    )
    assert found.evidence[0].value == pytest.approx(250.0)
    assert next(e.value for e in found.evidence if e.unit == "count") == 259


async def test_period_without_a_working_day_is_no_data() -> None:
    saturday = span(datetime(2019, 5, 4), datetime(2019, 5, 5), "4 May 2019")
    with pytest.raises(NoData, match="no complete working day"):
        await ask(MadeSite({"b1/electricity": load()}), "day_types", buildings=("b1",), period=saturday)


async def test_shipped_building_uses_half_as_much_on_a_sunday() -> None:
    words = await said(ShippedFiles(), "day_types", buildings=("b4",), period=year(2019))
    assert words.startswith(
        "b4 used 433.0 kWh of electricity on a mean working day in 2019, 224.5 kWh on a Saturday (-48 %)"
    )
