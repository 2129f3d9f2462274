"""A tariff that people write is read whole, or refused at the field that is wrong."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tools.errors import BadQuestion, TariffGap
from tools.money import Flat, Hourly, TimeOfUse, check_tariff, tariffs_from

FLAT: dict[str, Any] = {"name": "Flat", "currency": "GBP", "energy": {"price_per_kwh": 0.2}}


def test_every_field_is_read() -> None:
    form = FLAT | {
        "demand": [
            {"name": "capacity", "price_per_kw": 4.2, "when": {"from_hour": 16, "to_hour": 19}, "minimum_kw": 5}
        ],
        "standing_per_day": 0.5,
        "export_per_kwh": 0.05,
        "tax_percent": 20,
        "valid_from": "2019-01-01",
        "valid_to": "2020-01-01",
    }
    (tariff,) = tariffs_from(form)
    assert tariff.energy == Flat(0.2)
    assert (tariff.demand[0].when.from_hour, tariff.demand[0].minimum_kw) == (16, 5.0)
    assert (tariff.standing_per_day, tariff.export_per_kwh, tariff.tax_percent) == (0.5, 0.05, 20.0)
    assert (tariff.valid_from, tariff.valid_to) == (date(2019, 1, 1), date(2020, 1, 1))


def test_rates_make_a_time_of_use_table() -> None:
    rates = [
        {"name": "day", "price_per_kwh": 0.3, "when": {"from_hour": 7, "to_hour": 23}},
        {"name": "night", "price_per_kwh": 0.1, "when": {"from_hour": 23, "to_hour": 7}},
    ]
    (tariff,) = tariffs_from(FLAT | {"energy": {"rates": rates}})
    assert isinstance(tariff.energy, TimeOfUse)


def test_hourly_prices_are_those_of_the_site() -> None:
    form = FLAT | {"energy": "hourly"}
    (tariff,) = tariffs_from(form, np.array([0.1, 0.2]))
    assert isinstance(tariff.energy, Hourly)
    with pytest.raises(BadQuestion, match="the site has none"):
        tariffs_from(form)
    check_tariff(form)


def test_several_follow_each_other() -> None:
    assert [t.name for t in tariffs_from({"tariffs": [FLAT, FLAT | {"name": "Next"}]})] == ["Flat", "Next"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"energy": {"price_per_kwh": "cheap"}}, "price_per_kwh"),
        ({"energy": {"price_per_kwh": float("nan")}}, "price_per_kwh"),
        ({"curency": "GBP"}, "curency"),
        ({"valid_from": "1 January"}, "valid_from"),
        ({"demand": [{"name": "capacity"}]}, "price_per_kw"),
        ({"demand": [{"name": "capacity", "price_per_kw": 1, "ratchet_percent": 150}]}, "150 %"),
        ({"energy": {"rates": [{"name": "day", "price_per_kwh": 1, "when": {"from_hour": 30}}]}}, "30 to 24"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(BadQuestion, match=named):
        check_tariff(FLAT | wrong)


@pytest.mark.parametrize("form", [{}, {"tariffs": []}, {"tariffs": "none"}, {"tariffs": [3]}])
def test_no_tariff_at_all_shows_one_that_is(form: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion, match='"name": "Flat"'):
        check_tariff(form)


def test_hours_without_a_rate_are_a_gap() -> None:
    day = {"name": "day", "price_per_kwh": 0.3, "when": {"from_hour": 7}}
    with pytest.raises(TariffGap, match="Monday 00:00 to 07:00"):
        check_tariff(FLAT | {"energy": {"rates": [day]}})
