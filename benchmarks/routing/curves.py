"""Quality against calls of the strong model, with the measures that RouteLLM publishes.

Defined as in RouteLLM (arXiv:2406.18665, section 3, and its evaluate.py): thresholds at ten equal parts of the scores;
the performance gap recovered (PGR) at a threshold is the share of the way from the weak model's accuracy to the strong
one's; APGR is its mean over calls, by trapezes; CPT(p) the percent of calls to the strong model at which a share p is
recovered, between thresholds by a straight line.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.routing.fitting import Floats

PARTS = 10
STRONG_USD, WEAK_USD = 24.7, 0.24
"""For a million tokens of GPT-4 Turbo and of Mixtral 8x7B, as RouteLLM's section 5.4 states them."""


@dataclass(frozen=True)
class Measures:
    """What a router is worth between two models."""

    apgr: float
    cpt_50: float
    cpt_80: float


def curve(scores: Floats, weak: Floats, strong: Floats, parts: int = PARTS) -> tuple[Floats, Floats]:
    """Return the shares of calls to the strong model, rising, and the gap recovered at each."""
    thresholds = np.quantile(scores, np.linspace(0, 1, parts + 1))
    chosen = [scores >= threshold for threshold in thresholds[:-1]] + [scores > thresholds[-1]]
    accuracy = np.array([np.where(rows, strong, weak).mean() for rows in chosen[::-1]])
    calls = np.array([rows.mean() for rows in chosen[::-1]])
    return calls, (accuracy - weak.mean()) / (strong.mean() - weak.mean())


def measured(scores: Floats, weak: Floats, strong: Floats) -> Measures:
    """Return the measures of a router by its scores, of which the higher go to the strong model."""
    calls, recovered = curve(scores, weak, strong)
    apgr = float(np.trapezoid(recovered, calls) / (calls[-1] - calls[0]))
    return Measures(apgr, *(float(np.interp(share, recovered, calls * 100)) for share in (0.5, 0.8)))


def intervals(scores: Floats, weak: Floats, strong: Floats, times: int = 1000) -> tuple[Measures, Measures]:
    """Return the lower and upper ends of 95 % intervals, by drawing as many questions again and again (bootstrap)."""
    chance = np.random.default_rng(6)
    drawn = []
    for _ in range(times):
        rows = chance.integers(0, len(scores), len(scores))
        one = measured(scores[rows], weak[rows], strong[rows])
        drawn.append((one.apgr, one.cpt_50, one.cpt_80))
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    return Measures(*low), Measures(*high)


def cost_percent(calls_percent: float) -> float:
    """Return the cost of a share of calls to the strong model, as percent of that of all."""
    return (calls_percent * STRONG_USD + (100 - calls_percent) * WEAK_USD) / STRONG_USD
