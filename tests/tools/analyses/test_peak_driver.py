"""The peak is told with its hour, and taken apart into what it went with."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.made_site import MadeSite, Values, local_clock, winters
from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask, fact, said, year
from tools.errors import BadQuestion, NoData

CLOCK = local_clock(365)
COLD = np.maximum(12.0 - winters(365), 0.0)


def load(per_k: float = 0.0, at_noon: float = 0.0) -> Values:
    """Return 10 kW, more by the K under 12 degC, and more at noon."""
    return 10.0 + per_k * COLD + np.where(CLOCK.hour == 12, at_noon, 0.0)


async def test_parts_sum_to_the_height_over_the_mean_and_the_cold_leads_where_it_drives() -> None:
    site = MadeSite({"b1/electricity": load(per_k=5.0)}, outside=winters(365))
    found = await ask(site, "peak_driver", buildings=("b1",), period=year(2019))
    peak, hour, mean = found.evidence[:3]
    assert peak.value == hour.value == pytest.approx(70.0)
    assert hour.period.start == datetime(2019, 1, 1, tzinfo=UTC)
    parts = [e for e in found.evidence if e.name.startswith("electricity peak part, ")]
    assert sum(e.value for e in parts) == pytest.approx(peak.value - mean.value)
    assert parts[0].group == "the outdoor temperature"
    assert fact(found, "outdoor temperature at the peak").value == pytest.approx(0.0)


async def test_hour_of_the_day_leads_where_only_noon_is_high_and_no_weather_is_known() -> None:
    site = MadeSite({"b1/electricity": load(at_noon=30.0)})
    found = await ask(site, "peak_driver", buildings=("b1",), period=year(2019))
    parts = [e for e in found.evidence if e.name.startswith("electricity peak part, ")]
    assert parts[0].group == "the hour of the day (12:00)"
    assert any("no outdoor temperature is given" in note for note in found.notes)
    assert "what went together, not what caused" in await said(
        site, "peak_driver", buildings=("b1",), period=year(2019)
    )


async def test_several_buildings_are_one_load_unless_they_are_ranked() -> None:
    site = MadeSite({"b1/electricity": load(at_noon=30.0), "b2/electricity": load(at_noon=5.0)})
    together = await ask(site, "peak_driver", sites=("town",), period=year(2019))
    assert together.evidence[0].buildings == ("b1", "b2")
    assert together.evidence[0].value == pytest.approx(55.0)
    each = await ask(site, "peak_driver", sites=("town",), period=year(2019), group="building")
    assert [e.value for e in each.evidence] == pytest.approx([40.0, 15.0])


async def test_constant_load_has_no_driver_and_says_so() -> None:
    site = MadeSite({"b1/electricity": np.full(8760, 4.0)})
    assert "nothing drove it" in await said(site, "peak_driver", buildings=("b1",), period=year(2019))


async def test_only_the_hours_asked_for_count() -> None:
    site = MadeSite({"b1/electricity": load(at_noon=30.0)})
    found = await ask(site, "peak_driver", buildings=("b1",), period=year(2019), hours="night")
    assert found.evidence[0].name == "electricity peak at night"
    assert found.evidence[0].value == pytest.approx(10.0)
    assert found.evidence[0].coverage == 1.0


async def test_ten_days_are_too_few_and_two_sites_have_no_hour_in_common() -> None:
    with pytest.raises(NoData, match="336 are needed"):
        await ask(MadeSite({"b1/electricity": load()[:240]}), "peak_driver", buildings=("b1",))
    with pytest.raises(BadQuestion, match="name one site"):
        await ask(SmallSite(), "peak_driver", period=year(2019))


async def test_buildings_that_never_have_a_reading_at_once_say_so() -> None:
    first, second = load(), load()
    first[4000:], second[:4000] = np.nan, np.nan
    with pytest.raises(NoData, match="all of b1, b2"):
        await ask(MadeSite({"b1/electricity": first, "b2/electricity": second}), "peak_driver", buildings=("b1", "b2"))
