"""Changes that are known of the shipped readings are found, with their dates."""

from collections.abc import Callable
from datetime import date

import pytest

from benchmarks.data.anomalies import KNOWN
from benchmarks.data.cambridge import HOLIDAYS, HOURS, Record, clock_of, load
from tools.change import level_changes
from tools.figures import Values


@pytest.fixture(scope="module")
def meters() -> dict[str, Values]:
    return load()


@pytest.mark.parametrize(("meter", "kind", "at", "way"), KNOWN)
def test_known_change_is_found_within_days(
    meters: dict[str, Values], meter: str, kind: Callable[[Values], Record], at: date, way: int
) -> None:
    found = level_changes(
        kind(meters[meter]).kwh, clock_of(0, HOURS), meters["cambridge/temperature"], holidays=HOLIDAYS
    )
    near = [one for one in found.changes if abs((one.at - at).days) <= 5 and not one.recurs]
    assert [way * (one.percent or 0.0) > 30.0 for one in near] == [True]
