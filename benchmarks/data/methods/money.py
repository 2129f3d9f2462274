"""Carbon, cost, what-if and whether it pays."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.data.methods.asked import answer, use_of, year
from benchmarks.data.methods.beside import Row, by
from benchmarks.data.methods.hours import benchmark, daily, excess_by_day, is_off, series
from tools.energy_query import Change, Terms
from tools.money import cost, tariffs_from
from tools.public_holidays import holidays_of

CONTRACT_KG_PER_KWH = 0.06
DAY_RATE, NIGHT_RATE, PER_KW, PER_DAY, TAX = 0.24, 0.12, 4.2, 0.5, 1.2
SAVING, INVESTMENT, YEARS, RATE = 4000.0, 20000.0, 10, 0.035
SET_BACK_K, CUT, SHIFT_H = 2.0, 10.0, 3
TARIFF: dict[str, Any] = {
    "name": "Day and night",
    "currency": "GBP",
    "energy": {
        "rates": [
            {
                "name": "day",
                "price_per_kwh": DAY_RATE,
                "when": {"from_hour": 7, "to_hour": 22, "weekdays": [0, 1, 2, 3, 4]},
            },
            {
                "name": "night",
                "price_per_kwh": NIGHT_RATE,
                "when": {"from_hour": 22, "to_hour": 7, "weekdays": [0, 1, 2, 3, 4]},
            },
            {"name": "weekend", "price_per_kwh": NIGHT_RATE, "when": {"weekdays": [5, 6]}},
        ]
    },
    "demand": [{"name": "capacity", "price_per_kw": PER_KW}],
    "standing_per_day": PER_DAY,
    "tax_percent": 20,
}


def rows() -> Iterator[Row]:
    """Yield the rows of money and carbon."""
    yield from _carbon()
    yield from _cost()
    yield from _what_if()
    yield from _set_back()
    yield from _payback()


def _carbon() -> Iterator[Row]:
    kwh, factor = series("b4/electricity"), series("cambridge/carbon")
    asked: dict[str, Any] = {"period": year(2019)}
    located = answer("emissions", **asked)
    yield Row("carbon, location", "b4 2019, hourly factors", "kg", located, "pandas", (kwh * factor).sum())
    factors = benchmark("carbon_factors").set_index(["region", "carrier", "year"]).kg_per_kwh
    annual = kwh.sum() * factors["GB", "electricity", 2019]
    yield Row(
        "carbon, location", "b4 2019, hourly factors", "kg", located, "UK Government's factor of 2019", annual, None
    )
    market = answer("emissions", terms=Terms(factor_kgco2e_per_kwh=CONTRACT_KG_PER_KWH), **asked)
    theirs = CONTRACT_KG_PER_KWH * kwh[factor.notna()].sum()
    yield Row("carbon, market", "b4 2019, contract of 0.06 kg/kWh", "kg", market, "pandas", theirs)
    terms = Terms(scope2="marginal", factor_kgco2e_per_kwh=0.4)
    yield Row(
        "carbon, marginal",
        "b4 2019 at a stated 0.4 kg/kWh",
        "kg",
        answer("emissions", terms=terms, **asked),
        "pandas",
        0.4 * kwh.sum(),
    )
    gas = answer("emissions", building="b58", measure="gas", **asked)
    theirs = series("b58/gas").sum() * factors["GB", "gas", 2019]
    yield Row("carbon, scope 1", "b58 gas 2019", "kg", gas, "pandas", theirs)


def _cost() -> Iterator[Row]:
    kwh, price = series("b4/electricity"), series("cambridge/price")
    ours = answer("tariff_cost", measure="cost", period=year(2019))
    yield Row("cost", "b4 2019, hourly prices", "GBP", ours, "pandas", (kwh * price).sum())
    use = use_of("b4", 2019)
    bill = cost(use.hours, use.clock, tariffs_from(TARIFF), holidays_of("GB", [2019], "ENG"))
    yield Row("cost", "b4 2019, day and night, demand, standing, tax", "GBP", bill.total, "pandas", _bill(kwh))


def _bill(kwh: pd.Series) -> float:
    """Return the bill under `TARIFF` as a sheet would work it out, a bank holiday as a Sunday."""
    at = kwh.index
    is_day = ~is_off(at) & (at.hour >= 7) & (at.hour < 22)
    energy = (kwh * np.where(is_day, DAY_RATE, NIGHT_RATE)).sum()
    demand = PER_KW * kwh.groupby(at.month).max().sum()
    return float(TAX * (energy + demand + PER_DAY * len(at.normalize().unique())))


def _what_if() -> Iterator[Row]:
    kwh, price = series("b4/electricity"), series("cambridge/price")
    at = kwh.index
    night = kwh[(at.day_of_week < 5) & ((at.hour >= 22) | (at.hour < 6))].median()
    over = (kwh[at.day_of_week >= 5] - night).clip(lower=0.0).sum()
    ours = answer("what_if", period=year(2019), terms=Terms(change=Change(kind="close_weekends")))
    yield Row("what if", "b4 2019 closed at weekends", "kWh", ours, "pandas", over)
    base = kwh.quantile(0.05)
    cut = Terms(change=Change(kind="cut_baseload", amount=CUT))
    ours = answer("what_if", period=year(2019), terms=cut)
    yield Row(
        "what if", "b4 2019, baseload cut by 10 %", "kWh", ours, "pandas", CUT / 100.0 * kwh.clip(upper=base).sum()
    )
    moved = (kwh - base).clip(lower=0.0)
    can = kwh.notna() & kwh.shift(-SHIFT_H).notna()
    taken = moved.where(can, 0.0)
    after = kwh - taken + taken.shift(SHIFT_H, fill_value=0.0)
    shifted = Terms(change=Change(kind="shift", amount=SHIFT_H))
    ours = answer("what_if", "electricity cost saving", period=year(2019), terms=shifted)
    yield Row("what if", "b4 2019, three hours later", "GBP", ours, "pandas", ((kwh - after) * price).sum())


def _set_back() -> Iterator[Row]:
    """Put heating 2 K lower: the model's slope times the degrees that fall away, of daily means or of hours."""
    name = "pandas, the same slope"
    yield Row(
        "what if", "b36 2018, heating 2 K lower", "kWh", *_fallen("b36", "electricity", 2018, hourly=False, by=name)
    )
    yield Row("what if", "b35 gas 2019, heating 2 K lower", "kWh", *_fallen("b35", "gas", 2019, hourly=True, by=name))


def _fallen(building: str, fuel: str, of: int, *, hourly: bool, by: str) -> tuple[float, str, float]:
    """Return what the answer says a set-back saves, by whom it is worked out beside it, and that."""
    terms = Terms(change=Change(kind="set_back", amount=SET_BACK_K))
    asked: dict[str, Any] = {"building": building, "measure": fuel, "period": year(of), "terms": terms}
    slope = answer("what_if", f"{fuel} heating slope", **asked)
    balance = answer("what_if", f"{fuel} heating balance point", **asked)
    days, degc = daily(f"{building}/{fuel}", of), series("cambridge/temperature", of)
    before, after = (excess_by_day(degc, at, days.index, hourly=hourly) for at in (balance, balance - SET_BACK_K))
    saved = np.minimum(slope * (before - after), days.kwh)  # never more than the day's use
    return answer("what_if", **asked), by, float(saved.sum())


def _payback() -> Iterator[Row]:
    terms = Terms(investment=INVESTMENT, saving_a_year=SAVING)
    flows = [-INVESTMENT, *[SAVING] * YEARS]

    def npv() -> float:
        import numpy_financial  # type: ignore[import-not-found]

        return float(numpy_financial.npv(RATE, flows))

    def irr() -> float:
        import numpy_financial

        return 100.0 * float(numpy_financial.irr(flows))

    def periods() -> float:
        import numpy_financial

        return float(numpy_financial.nper(RATE, SAVING, -INVESTMENT))

    what, by_name = "20,000 that saves 4,000 a year", "numpy-financial"
    ours = answer("payback", terms=terms)
    yield Row("payback", what, "years", ours, "division", INVESTMENT / SAVING)
    ours = answer("payback", "electricity net present value", terms=terms)
    yield Row("NPV", f"{what}, 10 years at 3.5 %", "GBP", ours, by_name, by("numpy_financial", npv))
    ours = answer("payback", "electricity rate of return", terms=terms)
    yield Row("IRR", f"{what}, 10 years", "%", ours, by_name, by("numpy_financial", irr))
    ours = answer("payback", "electricity discounted payback", terms=terms)
    yield Row(
        "payback", f"{what}, discounted", "years", ours, "numpy-financial nper", by("numpy_financial", periods), 0.01
    )
