"""How well a baseline reproduces its own period: the figures of ASHRAE Guideline 14-2014, section 4 and annex B."""

from dataclasses import dataclass

import numpy as np

from tools.baseline.noise import effective_n, lag1
from tools.figures import Values

# LBNL, "Commercial Building M&V 2.0", and Guideline 14's whole-building prescriptive path for 12 to 60 months.
MOST_CVRMSE_DAILY, MOST_CVRMSE_HOURLY = 0.25, 0.30
MOST_NMBE = 0.005


@dataclass(frozen=True, slots=True)
class Goodness:
    """Figures of n residuals of a model with p fitted parameters, change points among them. Ratios, not percent.

    `rmse_kwh`: root of SSE / (n - p). `cvrmse`: that over the mean use. `nmbe`: sum of residuals over (n - p) times the
    mean use, positive where the model predicts too little. `r2` is None where the use never varies, and the ratios
    where its mean is zero. `rho`: lag-1 correlation of the residuals, `n_effective` the n' of Guideline 14 that
    follows.
    """

    n: int
    p: int
    mean_kwh: float
    rmse_kwh: float
    cvrmse: float | None
    nmbe: float | None
    r2: float | None
    adjusted_r2: float | None
    rho: float
    n_effective: float

    @property
    def degrees_of_freedom(self) -> int:
        """Return n - p, at least 1."""
        return max(self.n - self.p, 1)


def goodness(measured: Values, modelled: Values, p: int) -> Goodness:
    """Return the figures of a model over a whole grid, NaN where a step does not count."""
    residuals = measured - modelled
    valid = np.isfinite(residuals)
    left, use = residuals[valid], measured[valid]
    n = len(left)
    mean = float(use.mean()) if n else 0.0
    free, sse = max(n - p, 1), float(left @ left)
    rmse = float(np.sqrt(sse / free))
    spread = float(((use - mean) ** 2).sum())
    r2 = 1.0 - sse / spread if spread > 0 else None
    adjusted = 1.0 - (sse / free) / (spread / (n - 1)) if spread > 0 and n > 1 else None
    rho = lag1(residuals)
    bias = float(left.sum()) / free
    cvrmse, nmbe = (rmse / mean, bias / mean) if mean != 0 else (None, None)
    return Goodness(n, p, mean, rmse, cvrmse, nmbe, r2, adjusted, rho, effective_n(n, rho))


def goodness_notes(found: Goodness, most_cvrmse: float) -> list[str]:
    """Say which limits of good practice a model passes."""
    notes = []
    if found.cvrmse is not None and abs(found.cvrmse) > most_cvrmse:
        notes.append(
            f"CV(RMSE) is {100 * abs(found.cvrmse):.1f} %, over the {100 * most_cvrmse:.0f} % that is good practice, "
            "so single days are predicted poorly"
        )
    if found.nmbe is not None and abs(found.nmbe) > MOST_NMBE:
        notes.append(f"NMBE is {100 * found.nmbe:.2f} %, over the {100 * MOST_NMBE:.1f} % that is good practice")
    if found.cvrmse is None:
        notes.append("the mean use is zero, so CV(RMSE) and NMBE do not exist")
    return notes
