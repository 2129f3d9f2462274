"""The load of a building, its day and its year: figures, duration, waste, days, schedule, peak."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import constants

from benchmarks.data.methods.asked import answer, plain, use_of, year
from benchmarks.data.methods.beside import Row
from benchmarks.data.methods.hours import bridged, is_holiday, is_off, series
from tools.energy_query import Terms
from tools.peers import kbtu_per_ft2
from tools.profiles import day_kinds as kinds_found

FT2, KBTU_J, KWH_J = constants.foot**2, 1000.0 * constants.Btu_IT, 1000.0 * constants.hour
ACB_M2, SOURCE_OF_ELECTRICITY = 5695.6996, 2.80
HEATING_DEGC, COOLING_DEGC = range(8, 19, 2), range(14, 25, 2)


def rows() -> Iterator[Row]:
    """Yield the rows of the load."""
    yield from _figures()
    yield from _intensity()
    yield from _waste()
    yield from _day_types()
    yield from _day_kinds()
    yield from _schedule()
    yield from _peak()


def _figures() -> Iterator[Row]:
    kwh = series("b58/electricity").dropna()
    whole, b4 = series("b4/electricity"), series("b4/electricity").dropna()
    yield Row("total", "b4 2019", "kWh", plain("total", "b4", 2019).value, "pandas", b4.sum())
    covered = 100.0 * plain("total", "b4", 2019).coverage
    yield Row("data quality", "b4 2019, coverage", "%", covered, "pandas", 100.0 * whole.notna().mean())
    yield Row("baseload", "b58 2019", "kW", plain("baseload", "b58", 2019).value, "pandas", kwh.quantile(0.05))
    yield Row("load factor", "b58 2019", "", plain("load_factor", "b58", 2019).value, "pandas", kwh.mean() / kwh.max())
    above = float((kwh > 0.9 * kwh.max()).sum())
    near = answer("load_duration", building="b58", period=year(2019))
    yield Row("load duration", "b58 2019, above 90 % of peak", "h", near, "pandas", above)
    ours = answer("load_duration", "electricity load reached in 10 % of the time", building="b58", period=year(2019))
    yield Row("load duration", "b58 2019, reached in 10 % of the time", "kW", ours, "pandas", kwh.quantile(0.9))


def _intensity() -> Iterator[Row]:
    kwh_per_m2 = series("acb/electricity", 2015, "iiitd").sum() / ACB_M2
    source: dict[str, Any] = {"building": "acb", "period": year(2015), "terms": Terms(basis="source")}
    site = answer("intensity", "energy intensity, site", **source)
    yield Row("intensity", "acb 2015, site", "kWh/m2", site, "pandas", kwh_per_m2)
    theirs = SOURCE_OF_ELECTRICITY * kwh_per_m2
    yield Row("intensity", "acb 2015, source", "kWh/m2", answer("intensity", **source), "pandas", theirs)
    imperial = kwh_per_m2 * KWH_J / KBTU_J * FT2
    yield Row("intensity", "acb 2015, site", "kBtu/ft2", kbtu_per_ft2(site), "scipy.constants", imperial)


def _waste() -> Iterator[Row]:
    kwh = series("b4/electricity").dropna()
    at = kwh.index
    empty = kwh[is_off(at) | (at.hour < 6) | (at.hour >= 22)]
    avoidable = (empty - empty.quantile(0.1)).clip(lower=0.0).sum()
    yield Row("waste", "b4 2019, avoidable", "kWh", answer("waste", period=year(2019)), "pandas", avoidable)


def _day_types() -> Iterator[Row]:
    kwh = series("b58/electricity")
    by_day = kwh[~is_off(kwh.index)].groupby(lambda at: at.date())
    whole = by_day.sum()[by_day.count() == by_day.size()]
    ours = answer("day_types", building="b58", period=year(2019))
    yield Row("day types", "b58 2019, mean working day", "kWh", ours, "pandas", whole.mean())


def _curves() -> pd.DataFrame:
    """Return b4's days of 2019 as rows of 24: an hour struck twice is a mean, up to two missing are bridged."""
    kwh = series("b4/electricity")
    table = kwh.groupby([kwh.index.date, kwh.index.hour]).mean().unstack()
    missing = kwh.isna().groupby(kwh.index.date).sum()
    return table[missing <= 2].interpolate(axis=1, limit_direction="both")


def _day_kinds() -> Iterator[Row]:
    from sklearn.cluster import KMeans  # type: ignore[import-untyped]
    from sklearn.metrics import adjusted_rand_score, silhouette_score  # type: ignore[import-untyped]

    curves = _curves().to_numpy()
    tried = {k: KMeans(k, n_init=10, random_state=1).fit_predict(curves) for k in range(2, 7)}
    scores = {k: float(silhouette_score(curves, labels)) for k, labels in tried.items()}
    best = max(scores, key=lambda k: scores[k])
    asked: dict[str, Any] = {"building": "b4", "period": year(2019)}
    yield Row("day clusters", "b4 2019, kinds of days", "", answer("day_kinds", **asked), "scikit-learn", best)
    ours = answer("day_kinds", "electricity silhouette", **asked)
    yield Row("day clusters", "b4 2019, silhouette", "", ours, "scikit-learn", scores[best])
    use = use_of("b4", 2019)
    alike = float(adjusted_rand_score(tried[best], kinds_found(use.hours, use.clock).kind))
    yield Row("day clusters", "b4 2019, adjusted Rand index", "", alike, "the same division", 1.0)


def _schedule() -> Iterator[Row]:
    """Measure as Price does: days from midnight, first and last hour over the middle, median of working days."""
    kwh = series("b4/electricity")
    working = kwh[~is_off(kwh.index)]
    table = working.groupby([working.index.date, working.index.hour]).mean().unstack().dropna()
    middle = table.quantile([0.025, 0.975], axis=1).mean()
    over = table.gt(middle, axis=0)
    start, end = over.idxmax(axis=1).median(), (24 - over.loc[:, ::-1].to_numpy().argmax(axis=1))
    asked: dict[str, Any] = {"building": "b4", "period": year(2019)}
    by = "pandas, Price's definition"
    yield Row("schedule", "b4 2019, start", "h", answer("schedule", **asked), by, start, 1.0, "absolute")
    ours = answer("schedule", "electricity end of operation", **asked)
    yield Row("schedule", "b4 2019, end", "h", ours, by, float(np.median(end)), 1.0, "absolute")


def _peak() -> Iterator[Row]:
    """Explain the load by a level for each hour of each type of day and the best pair of hinges."""
    from scipy.optimize import nnls

    kwh, degc = series("b58/electricity"), bridged(series("cambridge/temperature"))
    at = kwh.index
    kind = np.select([is_holiday(at), at.day_of_week == 6, at.day_of_week == 5], [3, 2, 1], 0)
    cell = pd.Series(24 * kind + at.hour, at)

    def within(values: pd.Series) -> np.ndarray:
        return np.asarray(values - values.groupby(cell).transform("mean"))

    cold = [within((p - degc).clip(lower=0.0)) for p in HEATING_DEGC]
    hot = {p: within((degc - p).clip(lower=0.0)) for p in COOLING_DEGC}
    target = within(kwh)
    pairs = [(one, two) for p, one in zip(HEATING_DEGC, cold, strict=True) for q, two in hot.items() if p <= q]
    left = min(nnls(np.column_stack(pair), target)[1] ** 2 for pair in pairs)
    explained = 100.0 * (1.0 - left / (len(kwh) * kwh.var(ddof=0)))
    ours = answer("peak_driver", "electricity share of the variation explained", building="b58", period=year(2019))
    yield Row("peak driver", "b58 2019, variation explained", "%", ours, "scipy nnls", explained)
