"""A period without a reading, or without an hour, is said to be so by every analysis of a load."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.tools.profiles.load import START, Values
from tools.clock import LocalClock, clock
from tools.errors import NoData
from tools.money import (
    Flat,
    Tariff,
    WeatherSlope,
    close_weekends,
    cost,
    cut_baseload,
    set_back,
    shift,
)
from tools.profiles import day_kinds, day_types, load_duration, peak_driver, schedule, waste

ANALYSES: dict[str, Callable[[Values, LocalClock], object]] = {
    "day types": day_types,
    "day kinds": day_kinds,
    "duration": lambda hours, _: load_duration(hours),
    "peak": peak_driver,
    "schedule": schedule,
    "waste": waste,
    "cost": lambda hours, local: cost(hours, local, [Tariff("flat", "GBP", Flat(0.2))]),
    "shift": lambda hours, _: shift(hours, 2),
    "weekends": close_weekends,
    "weekends at a level": lambda hours, local: close_weekends(hours, local, 1.0),
    "baseload": lambda hours, _: cut_baseload(hours, 10.0),
    "set-back": lambda hours, local: set_back(
        hours, local, np.full(len(hours), 5.0), WeatherSlope("heating", 1.0, 15.0), 1.0
    ),
}


@pytest.mark.parametrize("count", [0, 1, 1000])
@pytest.mark.parametrize("analysis", ANALYSES.values(), ids=ANALYSES)
def test_period_without_a_reading_has_no_answer(analysis: Callable[[Values, LocalClock], object], count: int) -> None:
    with pytest.raises(NoData):
        analysis(np.full(count, np.nan), clock("Europe/London", START, count))
