"""A tariff prices every hour of the year once, or says which it does not."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from tools.clock import LocalClock, clock
from tools.errors import BadQuestion, NoData, TariffGap
from tools.money.cost import cost
from tools.money.demand import DemandCharge
from tools.money.rates import Flat, Hourly, Rate, TimeOfUse, When
from tools.money.tariff import Tariff

YEAR = datetime(2019, 1, 1, tzinfo=UTC)
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
TWO_RATES = TimeOfUse(
    (
        Rate("day", 0.30, When(7, 23, WORKDAYS)),
        Rate("night", 0.10, When(23, 7, WORKDAYS)),
        Rate("weekend", 0.20, When(weekdays=WEEKEND)),
    )
)


def london(hours: int, start: datetime = YEAR) -> LocalClock:
    return clock("Europe/London", start, hours)


def flat(price: float = 0.2, **rest: object) -> Tariff:
    return Tariff("flat", "GBP", Flat(price), **rest)  # type: ignore[arg-type]


def test_flat_price_is_use_times_price() -> None:
    found = cost(np.full(8760, 3.0), london(8760), [flat()])
    assert found.total == pytest.approx(0.2 * 3 * 8760)
    assert found.per_kwh == pytest.approx(0.2)
    assert len(found.months) == 12
    assert sum(m.total for m in found.months) == pytest.approx(found.total)
    assert sum(line.amount for line in found.lines) == pytest.approx(found.total)


def test_month_with_the_change_of_the_clock_has_743_hours() -> None:
    march = cost(np.ones(8760), london(8760), [flat(1.0)]).months[2]
    assert march.month == "2019-03"
    assert march.total == pytest.approx(743.0)


def test_leap_year_has_its_own_day() -> None:
    found = cost(np.ones(8784), london(8784, datetime(2020, 1, 1, tzinfo=UTC)), [flat(1.0)])
    assert found.months[1].total == pytest.approx(29 * 24)


def test_each_hour_has_the_rate_of_its_local_time() -> None:
    summer = london(24, datetime(2019, 7, 2, 23, tzinfo=UTC))  # Wednesday 3 July, midnight to midnight in London
    found = cost(np.ones(24), summer, [Tariff("two rates", "GBP", TWO_RATES)])
    assert {line.name: line.quantity for line in found.lines} == {"night": 8.0, "day": 16.0}
    assert found.total == pytest.approx(16 * 0.30 + 8 * 0.10)


def test_holiday_is_billed_as_a_sunday() -> None:
    one = london(24, datetime(2019, 12, 25, tzinfo=UTC))
    found = cost(np.ones(24), one, [Tariff("two rates", "GBP", TWO_RATES)], {date(2019, 12, 25)})
    assert found.total == pytest.approx(24 * 0.20)


def test_hole_in_the_week_is_an_error_that_names_it() -> None:
    with pytest.raises(TariffGap, match="no rate on Saturday 22:00 to 24:00 in January"):
        TimeOfUse((Rate("week", 0.3, When(weekdays=WORKDAYS)), Rate("weekend", 0.2, When(0, 22, WEEKEND))))


def test_hole_in_the_year_is_an_error_that_names_it() -> None:
    with pytest.raises(TariffGap, match="Monday 00:00 to 24:00 in June"):
        TimeOfUse((Rate("winter", 0.3, When(months=(1, 2, 3, 4, 5, 9, 10, 11, 12))),))


def test_two_rates_on_one_hour_are_an_error_that_names_both() -> None:
    with pytest.raises(BadQuestion, match="Monday 07:00 to 08:00 in January: night and day"):
        TimeOfUse((Rate("night", 0.1, When(22, 8)), Rate("day", 0.3, When(7, 22))))


@pytest.mark.parametrize("when", [(24, 24), (5, 5), (0, 25), (-1, 5)])
def test_hours_that_do_not_exist_are_refused(when: tuple[int, int]) -> None:
    with pytest.raises(BadQuestion, match="no span of hours"):
        When(*when)


def test_weekday_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadQuestion, match="0 to 6"):
        When(weekdays=(7,))


def test_hourly_prices_may_be_negative_and_are_told() -> None:
    price = np.where(np.arange(48) < 4, -0.05, 0.10)
    found = cost(np.full(48, 2.0), london(48), [Tariff("agile", "GBP", Hourly(price))])
    assert found.total == pytest.approx(44 * 0.2 - 4 * 0.1)
    assert found.negative_hours == 4
    assert found.negative_amount == pytest.approx(-0.4)


def test_missing_hourly_price_is_an_error_that_names_the_hours() -> None:
    price = np.full(72, 0.1)
    price[10:13] = np.nan
    price[50] = np.nan
    with pytest.raises(TariffGap, match=r"no price from 2019-01-01 10:00 to 2019-01-01 13:00 \(4 hours with use"):
        cost(np.ones(72), london(72), [Tariff("agile", "GBP", Hourly(price))])


def test_missing_price_of_an_hour_without_use_is_no_gap() -> None:
    price, hours = np.full(48, 0.1), np.ones(48)
    price[5], hours[5] = np.nan, np.nan
    price[6], hours[6] = np.nan, 0.0
    assert cost(hours, london(48), [Tariff("agile", "GBP", Hourly(price))]).total == pytest.approx(4.6)


def test_prices_of_another_length_are_refused() -> None:
    with pytest.raises(BadQuestion, match="24 hourly prices are given for 48"):
        cost(np.ones(48), london(48), [Tariff("agile", "GBP", Hourly(np.ones(24)))])


def test_gap_between_two_tariffs_names_its_days() -> None:
    old, new = flat(valid_to=date(2019, 3, 1)), flat(0.3, valid_from=date(2019, 3, 5))
    with pytest.raises(TariffGap, match="from 2019-03-01 to 2019-03-04"):
        cost(np.ones(8760), london(8760), [old, new])


def test_two_tariffs_follow_each_other() -> None:
    old, new = flat(1.0, valid_to=date(2019, 1, 2)), flat(2.0, valid_from=date(2019, 1, 2))
    assert cost(np.ones(48), london(48), [old, new]).total == pytest.approx(24 + 48)


def test_tariffs_that_overlap_are_refused() -> None:
    with pytest.raises(BadQuestion, match="two tariffs hold on 2019-01-01: flat and flat"):
        cost(np.ones(48), london(48), [flat(), flat()])


def test_tariffs_in_two_currencies_are_refused() -> None:
    with pytest.raises(BadQuestion, match="EUR and GBP"):
        cost(np.ones(48), london(48), [flat(), Tariff("other", "EUR", Flat(1.0), valid_from=date(2019, 1, 2))])


def test_no_tariff_is_a_gap() -> None:
    with pytest.raises(TariffGap, match="no tariff is set"):
        cost(np.ones(48), london(48), [])


def test_nothing_valid_has_no_cost() -> None:
    with pytest.raises(NoData, match="no valid hour"):
        cost(np.full(48, np.nan), london(48), [flat()])


def test_missing_hours_cost_nothing_and_are_said() -> None:
    hours = np.ones(48)
    hours[:12] = np.nan
    found = cost(hours, london(48), [flat(1.0)])
    assert found.total == pytest.approx(36.0)
    assert found.coverage == 0.75
    assert any("75.0 %" in note for note in found.notes)


def test_zero_use_has_no_price_per_kwh() -> None:
    found = cost(np.zeros(48), london(48), [flat(standing_per_day=0.5)])
    assert found.total == pytest.approx(1.0)
    assert found.per_kwh is None


def test_fed_in_energy_is_paid_where_a_price_is_set_and_else_said() -> None:
    hours = np.array([-2.0] * 6 + [1.0] * 18)
    paid = cost(hours, london(24), [flat(0.2, export_per_kwh=0.05)])
    assert paid.total == pytest.approx(18 * 0.2 - 12 * 0.05)
    unpaid = cost(hours, london(24), [flat(0.2)])
    assert unpaid.total == pytest.approx(18 * 0.2)
    assert any("12 kWh were fed in" in note for note in unpaid.notes)


def test_tax_is_on_everything() -> None:
    found = cost(np.ones(24), london(24), [flat(1.0, standing_per_day=6.0, tax_percent=20.0)])
    assert found.total == pytest.approx(1.2 * 30)
    assert found.months[0].tax == pytest.approx(6.0)


def test_demand_is_billed_by_the_peak_of_each_month_in_its_hours() -> None:
    local = london(59 * 24)
    hours = np.ones(59 * 24)
    hours[12], hours[3], hours[40 * 24 + 15] = 50.0, 99.0, 80.0
    peak = DemandCharge("peak demand", 10.0, When(8, 20))
    found = cost(hours, local, [flat(0.0, demand=(peak,))])
    assert [m.demand for m in found.months] == [pytest.approx(500.0), pytest.approx(800.0)]
    assert {line.name: line.unit for line in found.lines}["peak demand"] == "kW"
    assert any("15 or 30 minutes" in note for note in found.notes)


def test_ratchet_remembers_a_year_and_then_forgets() -> None:
    charge = DemandCharge("demand", 1.0, ratchet_percent=80.0, minimum_kw=5.0)
    measured = {0: 100.0, 1: 10.0, 11: 10.0, 12: 10.0, 13: 1.0}
    assert charge.billed_kw(measured) == {0: 100.0, 1: 80.0, 11: 80.0, 12: 10.0, 13: 8.0}


def test_minimum_demand_is_billed() -> None:
    assert DemandCharge("demand", 1.0, minimum_kw=5.0).billed_kw({0: 2.0}) == {0: 5.0}


def test_ratchet_must_be_a_percent() -> None:
    with pytest.raises(BadQuestion, match="give 0 to 100"):
        DemandCharge("demand", 1.0, ratchet_percent=120.0)


def test_month_that_is_cut_off_says_that_its_demand_is_billed_whole() -> None:
    local = london(20 * 24, datetime(2019, 1, 10, tzinfo=UTC))
    found = cost(np.ones(480), local, [flat(demand=(DemandCharge("demand", 1.0),))])
    assert any("2019-01" in note and "billed whole" in note for note in found.notes)
    whole = cost(np.ones(744), london(744), [flat(demand=(DemandCharge("demand", 1.0),))])
    assert not any("billed whole" in note for note in whole.notes)


def test_month_that_two_tariffs_share_is_billed_by_its_days() -> None:
    charge = (DemandCharge("demand", 31.0),)
    old = flat(0.0, demand=charge, valid_to=date(2019, 1, 11))
    new = flat(0.0, demand=charge, valid_from=date(2019, 1, 11))
    assert cost(np.full(744, 2.0), london(744), [old, new]).total == pytest.approx(62.0)
