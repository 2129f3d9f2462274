"""An ENERGY STAR-style score: 1 to 100, the share of similar buildings that do worse than one, given how it is used.

EPA's method (Technical Reference: ENERGY STAR Score, and one for each use, August 2018), on the same public survey:
source energy per floor area, not its logarithm, is regressed on what the building is used for, by least squares with
the survey's weights and with terms centred at their weighted means. The efficiency ratio of a building is its actual
over its predicted source intensity. A gamma distribution is fitted to the weighted cumulative distribution of the
survey's ratios by least squares, and the score is 100 less the whole percents of that distribution below the building's
ratio.

What differs from EPA: the coefficients are fitted here to the shipped rows, whose filters leave slightly different
buildings (`DIFFERS`); what is not given is the mean of the survey's kind, where EPA has a table of defaults; limits
that EPA sets on some terms, beside floor area, are not applied. It is not an ENERGY STAR score and earns no
certificate. The interval is of the regression only; Scofield (2014, ACEEE) finds EPA's own scores uncertain by 35
points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.peers.activity import Activity
from tools.peers.intensity import kbtu_per_ft2, kwh_per_m2
from tools.peers.score_terms import DIFFERS, TERMS, Term
from tools.peers.shipped import cbecs_columns
from tools.peers.uses import UseMatch
from tools.peers.weighted import Z_95


@dataclass(frozen=True, slots=True, eq=False)
class ScoreModel:
    """A fitted model of source energy (kBtu/ft2): arrays over k terms, the constant apart.

    `covariance` is k+1 by k+1, the constant first. `least`, `most`: the range of each term in the survey.
    `shape`, `scale`: the gamma distribution of the efficiency ratio.
    """

    use: str
    names: tuple[str, ...]
    constant: float
    coefficients: Values
    centres: Values
    least: Values
    most: Values
    covariance: Values
    r2: float
    count: int
    shape: float
    scale: float
    smallest_prediction: float

    def score(self, ratio: float) -> int:
        """Return the score of an efficiency ratio, 1 (worst) to 100 (best)."""
        from scipy.special import gammainc

        below = float(gammainc(self.shape, max(ratio, 0.0) / self.scale))
        return int(np.clip(100 - np.floor(100.0 * below), 1, 100))


@dataclass(frozen=True, slots=True)
class Score:
    """A score with what it is made of. Intensities are source energy, kWh/m2.

    `low` and `high` are the scores at the ends of the 95 % interval of the prediction. `ratio`: actual over predicted.
    """

    score: int
    low: int
    high: int
    ratio: float
    actual_kwh_per_m2: float
    predicted_kwh_per_m2: float
    r2: float
    count: int
    notes: tuple[str, ...]


def score(source_kwh_per_m2: float, match: UseMatch, activity: Activity) -> Score:
    """Return the score of an annual source intensity. What the activity leaves open is taken as such buildings' mean.

    Raises `NoData` where the use has no model, `BadQuestion` where the intensity is not above zero.
    """
    if match.cbecs not in TERMS:
        raise NoData(f"there is no score for the use {match.use!r}; it needs one of {', '.join(TERMS)}")
    if not np.isfinite(source_kwh_per_m2) or source_kwh_per_m2 <= 0:
        raise BadQuestion(f"a score needs a source intensity above zero, not {source_kwh_per_m2:g} kWh/m2")
    model = fitted(match.cbecs)
    regressors, notes = _regressors(model, match, activity)
    centred = np.concatenate([[1.0], regressors - model.centres])
    predicted = float(centred @ np.concatenate([[model.constant], model.coefficients]))
    if predicted < model.smallest_prediction:
        predicted = model.smallest_prediction
        notes = (*notes, "such a building is outside the survey; its prediction is held at the survey's smallest")
    half = Z_95 * float(np.sqrt(centred @ model.covariance @ centred))
    actual = kbtu_per_ft2(source_kwh_per_m2)
    ends = [model.score(actual / max(p, model.smallest_prediction)) for p in (predicted - half, predicted + half)]
    return Score(
        score=model.score(actual / predicted),
        low=min(ends),
        high=max(ends),
        ratio=actual / predicted,
        actual_kwh_per_m2=source_kwh_per_m2,
        predicted_kwh_per_m2=kwh_per_m2(predicted),
        r2=model.r2,
        count=model.count,
        notes=("ENERGY STAR-style, fitted to CBECS 2012; not EPA's own score", DIFFERS[match.cbecs], *notes),
    )


def _regressors(model: ScoreModel, match: UseMatch, activity: Activity) -> tuple[Values, tuple[str, ...]]:
    """Return the building's terms, and what had to be assumed or lies outside the survey."""
    columns = activity.survey_columns(match.pbaplus)
    values, assumed, outside = [], [], []
    for i, term in enumerate(TERMS[match.cbecs]):
        if any(need not in columns for need in term.needs):
            values.append(_usual(term, match))
            assumed.append(term.name)
            continue
        value = float(term.of(columns)[0])
        values.append(value)
        if not model.least[i] <= value <= model.most[i]:
            outside.append(
                f"{term.name} of {value:.4g} is outside the survey's {model.least[i]:.4g} to {model.most[i]:.4g}"
            )
    means = (f"taken as the mean of such buildings, since not given: {', '.join(assumed)}",) if assumed else ()
    return np.array(values), (*means, *outside)


def _usual(term: Term, match: UseMatch) -> float:
    """Return the weighted mean of a term over the survey's buildings of the same kind."""
    columns = cbecs_columns()[match.cbecs]
    mine = np.isin(columns["pbaplus"], match.pbaplus)
    return float(np.average(term.of(columns)[mine], weights=columns["weight"][mine]))


@lru_cache(maxsize=16)
def fitted(use: str) -> ScoreModel:
    """Return the model of a use, fitted to the shipped survey once a process."""
    return fit(use, TERMS[use], cbecs_columns()[use])


def fit(use: str, terms: tuple[Term, ...], columns: Mapping[str, Values]) -> ScoreModel:
    """Fit the regression and the distribution of its ratios to a survey's columns."""
    weight, actual = columns["weight"], columns["source_kbtu_per_ft2"]
    regressors = np.column_stack([term.of(columns) for term in terms])
    centres = np.average(regressors, axis=0, weights=weight)
    design = np.column_stack([np.ones(len(actual)), regressors - centres])
    root = np.sqrt(weight / weight.mean())
    found = np.linalg.lstsq(design * root[:, None], actual * root)[0]
    predicted = np.asarray(design @ found)
    mean = float(np.average(actual, weights=weight))
    r2 = 1.0 - float((weight * (actual - predicted) ** 2).sum() / (weight * (actual - mean) ** 2).sum())
    floor = float(predicted[predicted > 0].min())
    shape, scale = _gamma(actual / np.maximum(predicted, floor), weight)
    return ScoreModel(
        use=use,
        names=tuple(term.name for term in terms),
        constant=float(found[0]),
        coefficients=found[1:],
        centres=centres,
        least=regressors.min(axis=0),
        most=regressors.max(axis=0),
        covariance=_sandwich(design, actual - predicted, weight),
        r2=r2,
        count=len(actual),
        shape=shape,
        scale=scale,
        smallest_prediction=floor,
    )


def _sandwich(design: Values, residual: Values, weight: Values) -> Values:
    """Return the covariance of coefficients that holds for sampling weights: White (1980) with the factor n/(n-k)."""
    n, k = design.shape
    bread = np.linalg.pinv((design * weight[:, None]).T @ design)
    scores = design * (weight * residual)[:, None]
    return np.asarray(bread @ (scores.T @ scores) @ bread * n / (n - k))


def _gamma(ratios: Values, weight: Values) -> tuple[float, float]:
    """Return shape and scale of the gamma distribution nearest the weighted cumulative distribution of the ratios."""
    from scipy.optimize import least_squares
    from scipy.special import gammainc

    order = np.argsort(ratios, kind="stable")
    sorted_ratios, cumulative = ratios[order], np.cumsum(weight[order]) / weight.sum()

    def miss(logs: Values) -> Values:
        shape, scale = np.exp(logs)
        return np.asarray(gammainc(shape, sorted_ratios / scale) - cumulative)

    shape, scale = np.exp(least_squares(miss, np.log([4.0, 0.25])).x)
    return float(shape), float(scale)
