"""What changed: levels with their dates, causes, and the faults of meters."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.data.methods.asked import answer, asked, year
from benchmarks.data.methods.beside import Row, by
from benchmarks.data.methods.hours import as_written, daily, series
from tools.change.segments import change_points
from tools.energy_query import EnergyQuery, Terms

KNOWN = (
    ("b36/electricity", pd.Timestamp("2019-04-02")),
    ("b40/gas", pd.Timestamp("2018-05-11")),
    ("b22/electricity", pd.Timestamp("2020-03-20")),
)
LEAST_DAYS, PENALTY = 14, 3.0
HEATING_DEGC, COOLING_DEGC = (8.0, 12.0, 16.0), (15.0, 19.0)
DAY = pd.Timedelta(days=1)


def rows() -> Iterator[Row]:
    """Yield the rows of changes."""
    yield from _partition()
    for meter, at in KNOWN:
        yield from _level(meter, at)
    yield from _causes()
    yield from _gaps()


def adjusted(meter: str) -> pd.Series:
    """Return daily use less what least squares gives the weather and the kind of day."""
    days = daily(meter, None)
    degc = days.degc.to_numpy()
    weekday = pd.DatetimeIndex(days.index).day_of_week
    columns = [np.ones(len(days)), days["off"], weekday == 4, weekday == 5]
    columns += [np.maximum(p - degc, 0.0) for p in HEATING_DEGC] + [np.maximum(degc - p, 0.0) for p in COOLING_DEGC]
    design = np.column_stack([np.asarray(c, dtype=float) for c in columns])
    found = np.linalg.lstsq(design, days.kwh.to_numpy())[0]
    return pd.Series(days.kwh - design[:, 1:] @ found[1:], days.index)


def _penalty(values: np.ndarray) -> float:
    """Return three log n times the variance of a day, from the differences of neighbours."""
    spread = 1.4826 * float(np.median(np.abs(np.diff(values)))) / np.sqrt(2.0)
    return PENALTY * float(np.log(len(values)) * spread**2)


def _partition() -> Iterator[Row]:
    """Cut one series by one cost twice: an exact search must find what another exact search finds."""
    values = adjusted("b36/electricity").to_numpy()
    ours = change_points(values, np.ones(len(values)), LEAST_DAYS, 10.0 * _penalty(values))

    def theirs() -> float:
        import ruptures  # type: ignore[import-not-found]

        found = (
            ruptures.KernelCPD(kernel="linear", min_size=LEAST_DAYS).fit(values).predict(pen=10.0 * _penalty(values))
        )
        return float(len(set(ours) & set(found[:-1])) if len(found) - 1 == len(ours) else -1.0)

    yield Row(
        "level changes",
        "b36, cuts in common at one cost",
        "",
        float(len(ours)),
        "ruptures KernelCPD",
        by("ruptures", theirs),
    )


def _level(meter: str, at: pd.Timestamp) -> Iterator[Row]:
    """Compare the change nearest to a known date with that of ruptures on what a plain regression leaves."""
    building, fuel = meter.split("/")
    query = EnergyQuery(statistic="level_changes", measure=fuel, buildings=(building,), limit=50)  # type: ignore[arg-type]
    names = [e.name.rsplit(", ", 1)[1] for e in asked(query).evidence if "in percent" not in e.name]
    ours = min((pd.Timestamp(n) for n in names), key=lambda d: abs(d - at))

    def theirs() -> float:
        import ruptures

        series = adjusted(meter)
        search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_DAYS).fit(series.to_numpy())
        cuts = search.predict(n_bkps=len(names))
        days = [pd.Timestamp(series.index[c]).tz_localize(None) for c in cuts[:-1]]
        return float((min(days, key=lambda d: abs(d - at)) - at) / DAY)

    what = f"{building} {fuel if fuel == 'gas' else ''}".strip() + f", days from {at:%Y-%m-%d}"
    yield Row(
        "level changes",
        what,
        "d",
        float((ours - at) / DAY),
        "ruptures KernelCPD",
        by("ruptures", theirs),
        14.0,
        "absolute",
    )


def _causes() -> Iterator[Row]:
    """Compare the difference of b58's gas of 2020 and 2019, the sum of its parts, and the weather's part."""
    query: dict[str, Any] = {"building": "b58", "measure": "gas", "period": year(2020), "against_period": year(2019)}
    apart = series("b58/gas", 2020).sum() - series("b58/gas").sum()
    yield Row("causes", "b58 gas 2020 less 2019", "kWh", answer("causes", **query), "pandas", apart)
    facts = asked(
        EnergyQuery(statistic="causes", buildings=("b58",), measure="gas", period=year(2020), against_period=year(2019))
    )
    parts = sum(e.value for e in facts.evidence if " use by " in e.name and e.unit == "kWh")
    yield Row("causes", "b58 gas, sum of the causes", "kWh", parts, "pandas", apart)
    ours = answer("causes", "gas use by weather", **query)
    yield Row(
        "causes",
        "b58 gas, the weather's part",
        "kWh",
        ours,
        "statsmodels, Huber",
        by("statsmodels", _weather_part),
        0.15,
    )


def _weather_part() -> float:
    """Return what the same columns make of the weather, by a Huber regression with a level for each year."""
    import statsmodels.api as sm  # type: ignore[import-not-found]

    before, after = daily("b58/gas"), daily("b58/gas", 2020)
    days = pd.concat([before, after])
    degc, weekday = days.degc.to_numpy(), pd.DatetimeIndex(days.index).day_of_week
    weather = [np.maximum(p - degc, 0.0) for p in HEATING_DEGC] + [np.maximum(degc - p, 0.0) for p in COOLING_DEGC]
    levels = [np.arange(len(days)) < len(before), np.arange(len(days)) >= len(before)]
    rest = [days["off"], weekday == 4, weekday == 5, *levels]
    design = np.column_stack([np.asarray(c, dtype=float) for c in [*weather, *rest]])
    slopes = sm.RLM(days.kwh.to_numpy(), design, M=sm.robust.norms.HuberT(1.5)).fit().params[: len(weather)]
    effect = design[:, : len(weather)] @ slopes
    return float(len(after) * (effect[len(before) :].mean() - effect[: len(before)].mean()))


def _gaps() -> Iterator[Row]:
    """Count the stretches of three hours or more without a row, those under a day apart as one, in all of acb."""
    values = as_written("acb/electricity", "iiitd")
    gone = values.reindex(pd.date_range(values.index[0], values.index[-1], freq="h")).isna()
    runs = pd.DataFrame({"gone": gone, "run": (gone != gone.shift()).cumsum()})
    long = [g.index for _, g in runs[runs.gone].groupby("run") if len(g) >= 3]
    count = sum(1 for i, at in enumerate(long) if i == 0 or at[0] - long[i - 1][-1] > DAY)
    ours = answer("anomalies", building="acb", terms=Terms(kinds=("missing",)))
    yield Row("anomalies", "acb, gaps", "", ours, "pandas", float(count))
