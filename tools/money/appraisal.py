"""Whether an investment pays: payback, return, and net present value.

ASTM E917 (life-cycle cost), E1074 (net benefits), E1057 (internal rate of return) and E1121 (payback), as NIST Handbook
135 uses them: the investment is made at the beginning, each year's saving counts at the end of its year. Rate and
growth of prices must both be real (without inflation) or both nominal.
"""

from dataclasses import dataclass

import numpy as np

from tools.errors import BadQuestion
from tools.figures import Values

LOWEST_RATE, HIGHEST_RATE = -0.99, 100.0


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What an investment brings over its years, in the currency of what was given.

    `simple_payback_years`: investment over the first year's net saving. `discounted_payback_years`: when the discounted
    savings first make it up, linear within the year. Both are None where they never do; 0 where nothing is invested.
    `roi_percent`: all net savings less the investment, over it, not discounted. `irr_percent`: the discount rate at
    which it just pays. `savings_to_investment`: discounted savings over the investment. The last three are None where
    nothing is invested; the rate also where no rate makes it pay. `cash_flows`: of year 0 to the last.
    """

    npv: float
    simple_payback_years: float | None
    discounted_payback_years: float | None
    roi_percent: float | None
    irr_percent: float | None
    savings_to_investment: float | None
    cash_flows: tuple[float, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]


def appraise(
    investment: float,
    saving_per_year: float,
    years: int,
    discount_rate_percent: float,
    *,
    price_growth_percent: float = 0.0,
    upkeep_per_year: float = 0.0,
    residual: float = 0.0,
) -> Appraisal:
    """Return the appraisal of an investment that saves so much in its first year.

    `price_growth_percent`: growth of the saving each year after the first. `residual`: worth at the end of the last
    year. Raises `BadQuestion` for a negative investment, no whole year, or a rate that cannot be.
    """
    _check(investment, years, discount_rate_percent, price_growth_percent)
    growth = (1.0 + price_growth_percent / 100.0) ** np.arange(years)
    net = np.asarray(saving_per_year * growth - upkeep_per_year, dtype=np.float64)
    net[-1] += residual
    discounted = np.asarray(net / (1.0 + discount_rate_percent / 100.0) ** np.arange(1, years + 1), dtype=np.float64)
    npv = float(discounted.sum()) - investment
    first = saving_per_year - upkeep_per_year
    invested = investment > 0
    return Appraisal(
        npv=npv,
        simple_payback_years=_simple(investment, first),
        discounted_payback_years=_payback(investment, discounted),
        roi_percent=100.0 * (float(net.sum()) - investment) / investment if invested else None,
        irr_percent=_irr(investment, net) if invested else None,
        savings_to_investment=float(discounted.sum()) / investment if invested else None,
        cash_flows=(-investment, *(float(flow) for flow in net)),
        assumptions=_assumptions(years, discount_rate_percent, price_growth_percent, upkeep_per_year, residual),
        notes=("it never pays back: the first year's saving is not above its upkeep",)
        if invested and first <= 0
        else (),
    )


def _check(investment: float, years: int, rate: float, growth: float) -> None:
    if investment < 0 or not np.isfinite(investment):
        raise BadQuestion(f"an investment of {investment:g} cannot be appraised; give zero or more")
    if years < 1:
        raise BadQuestion(f"an investment over {years} years cannot be appraised; give at least one whole year")
    if rate <= -100 or growth <= -100:
        raise BadQuestion(f"a discount rate of {rate:g} % and growth of {growth:g} % must both be above -100 %")


def _simple(investment: float, first: float) -> float | None:
    if investment == 0:
        return 0.0
    return investment / first if first > 0 else None


def _payback(investment: float, discounted: Values) -> float | None:
    """Return the years until the discounted savings make the investment up, linear within a year."""
    if investment == 0:
        return 0.0
    after = np.cumsum(discounted)
    reached = np.flatnonzero(after >= investment)
    if not len(reached):
        return None
    year = int(reached[0])
    before = float(after[year - 1]) if year else 0.0
    return year + (investment - before) / float(discounted[year])


def _irr(investment: float, net: Values) -> float | None:
    """Return the rate, in percent, at which the net present value is zero; None where no rate over -99 % makes it."""
    from scipy.optimize import brentq

    def npv(rate: float) -> float:
        return float((net / (1.0 + rate) ** np.arange(1, len(net) + 1)).sum()) - investment

    if npv(LOWEST_RATE) < 0 or npv(HIGHEST_RATE) > 0:
        return None
    return 100.0 * float(brentq(npv, LOWEST_RATE, HIGHEST_RATE))


def _assumptions(years: int, rate: float, growth: float, upkeep: float, residual: float) -> tuple[str, ...]:
    words = [f"{years} years, discounted at {rate:g} % a year, savings at the end of each year"]
    words.append(f"the saving grows by {growth:g} % a year" if growth else "the saving is the same every year")
    if upkeep:
        words.append(f"upkeep of {upkeep:,.0f} a year")
    words.append(f"worth {residual:,.0f} at the end" if residual else "worth nothing at the end")
    return tuple(words)
