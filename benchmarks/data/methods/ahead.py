"""Forecasts: the errors of the seasonal naive, by which MASE scales all others."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from benchmarks.data.methods.asked import answer
from benchmarks.data.methods.beside import Row
from benchmarks.data.methods.hours import series
from tools.energy_query import Terms

TESTED_DAYS, WEEK_DAYS = 364, 7


def rows() -> Iterator[Row]:
    """Yield the rows of forecasts."""
    asked: dict[str, Any] = {"building": "b58", "terms": Terms(horizon="week")}
    naive = answer("forecast", "electricity naive MASE", **asked)
    yield Row("forecast", "b58, MASE of the same hour last week", "", naive, "pandas", _naive_mase())
    ours = answer("forecast", "electricity MASE", **asked)
    yield Row(
        "forecast",
        "b58, MASE a week ahead, beside last week's",
        "",
        ours,
        "pandas, seasonal naive",
        _naive_mase(),
        None,
    )


def _naive_mase() -> float:
    """Return the error of the same local hour last week over the last 364 days, in units of that over the record."""
    kwh = series("b58/electricity", None)
    by_hour = kwh.groupby([kwh.index.date, kwh.index.hour]).mean().unstack()
    by_hour = by_hour.reindex(pd.date_range(by_hour.index[0], by_hour.index[-1]).date)
    apart = (by_hour - by_hour.shift(WEEK_DAYS)).abs()
    late = apart.tail(TESTED_DAYS)
    return float(late.stack().mean() / apart.stack().mean())
