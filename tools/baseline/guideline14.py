"""Fractional savings uncertainty, as ASHRAE Guideline 14-2014 annex B computes it.

    FSU = t a CV(RMSE) sqrt(n / n' (1 + 2 / n') / m) / F

t: Student's at the confidence and n - p degrees of freedom. n: points of the baseline, n' = n (1 - rho) / (1 + rho) for
lag-1 correlation rho. m: points of the reporting period. F: avoided use over the adjusted baseline. The factor a is
1.26 for hourly data (Reddy and Claridge 2000) and, for daily and monthly data, the polynomial of Sun and Baltazar
(2013) in M months of reporting, as in CalTRACK 2.0, section 4.3.2.4. Guideline 14 asks for at most 50 % at 68 %
confidence.

An approximation, known to be too narrow for hourly models, whose errors remember more than an hour (Touzani et al.
2019, "Evaluation of methods to assess the uncertainty in estimated energy savings"). It is given because a reader
expects it; the interval of `Savings` does not rest on it.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from tools.baseline.goodness import Goodness
from tools.baseline.quantiles import t_quantile

Interval = Literal["hourly", "daily", "monthly"]
DAYS_IN_MONTH = 365.25 / 12.0
POLYNOMIAL = {"daily": (-0.00024, 0.03535, 1.00286), "monthly": (-0.00022, 0.03306, 0.94054)}
HOURLY_FACTOR = 1.26
MOST_AT_68 = 0.5
NOTHING = 1e-12  # of the baseline: what rounding leaves


@dataclass(frozen=True, slots=True)
class FractionalUncertainty:
    """FSU at 68 and 90 % confidence as ratios of the avoided use, with all that a spreadsheet needs to repeat it.

    None where nothing was avoided or the mean use is zero: there is nothing to be a fraction of.
    """

    at_68: float | None
    at_90: float | None
    cvrmse: float | None
    n: int
    n_effective: float
    rho: float
    m: int
    months: float
    factor: float
    avoided_fraction: float | None

    @property
    def is_acceptable(self) -> bool:
        """Tell whether it is at most 50 % at 68 % confidence, as Guideline 14 asks."""
        return self.at_68 is not None and self.at_68 <= MOST_AT_68


def factor_of(interval: Interval, months: float) -> float:
    """Return the factor a for a reporting period of so many months."""
    if interval == "hourly":
        return HOURLY_FACTOR
    a, b, c = POLYNOMIAL[interval]
    return a * months**2 + b * months + c


def fractional_uncertainty(
    found: Goodness, m: int, days: float, avoided_fraction: float | None, interval: Interval
) -> FractionalUncertainty:
    """Return the FSU of an avoided use over m points that span `days` days."""
    months = days / DAYS_IN_MONTH
    factor = factor_of(interval, months)
    at_68, at_90 = (_at(c, found, m, avoided_fraction, factor) for c in (0.68, 0.90))
    return FractionalUncertainty(
        at_68, at_90, found.cvrmse, found.n, found.n_effective, found.rho, m, months, factor, avoided_fraction
    )


def _at(confidence: float, found: Goodness, m: int, fraction: float | None, factor: float) -> float | None:
    if fraction is None or abs(fraction) < NOTHING or found.cvrmse is None or m < 1:
        return None
    t = t_quantile(confidence, found.degrees_of_freedom)
    memory = found.n / found.n_effective * (1.0 + 2.0 / found.n_effective)
    return t * factor * abs(found.cvrmse) * sqrt(memory / m) / abs(fraction)
