"""How well a model fits the time that is named is what was put into the load."""

import numpy as np
import pytest

from tests.tools.analyses.made_site import DEGC, PLAIN, MadeSite, asked, facts, year
from tools.energy_query import Terms
from tools.headline import headline

NOISE = np.random.default_rng(7).normal(0.0, 3.0, len(PLAIN))
SITE = MadeSite({"north": PLAIN + np.abs(NOISE)}, DEGC)


async def test_daily_model_of_the_very_year_is_told_with_its_balance_point() -> None:
    found = await facts(asked("baseline", "north", period=year(2019), terms=Terms(model="daily")), SITE)
    value = {e.name: e.value for e in found.evidence}
    assert found.evidence[0].name == "electricity R2"
    assert 0.9 < found.evidence[0].value <= 1.0
    assert value["electricity heating balance point"] == pytest.approx(15.0, abs=0.5)
    assert "electricity use above baseline" not in value
    text = headline(found, await SITE.inventory())
    assert "R2" in text
    assert "in 2019" in text


async def test_hourly_model_is_that_of_time_of_week_and_temperature() -> None:
    found = await facts(asked("baseline", "north", period=year(2019), terms=Terms(model="hourly")), SITE)
    names = [e.name for e in found.evidence]
    assert names == ["electricity R2", "electricity CV(RMSE)", "electricity NMBE"]
    assert "time of week and temperature" in headline(found, await SITE.inventory())
