"""The same by opendsm, the successor of eemeter, where it is installed: daily and hourly baselines of one meter.

Its daily model (version 4 of eemeter's) rounds the corners of its lines and weighs outliers down; its hourly one is the
TOWT of CalTRACK 2.0, here as one model for the whole period. Neither knows holidays.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Daily:
    """A daily baseline: its CV(RMSE), what it expects of the second period, and what was used there on those days.

    `fsu`: Guideline 14's fractional uncertainty at 68 % confidence, a ratio.
    """

    cvrmse: float
    expected: float
    used: float
    fsu: float


def daily(before: pd.DataFrame, after: pd.DataFrame, *, electric: bool) -> Daily:
    """Return what opendsm makes of hours (`observed`, `temperature` in degF) before and after."""
    from opendsm.common.metrics import ReportingMetrics

    model, days = _predicted(before, after, electric=electric)
    told = ReportingMetrics(
        baseline_metrics=model.baseline_metrics, reporting_df=days, data_frequency="daily", confidence_level=0.68
    )
    both = days.dropna(subset=["predicted", "observed"])
    fsu = float(told.fsu)
    return Daily(float(model.baseline_metrics.cvrmse_adj), float(both.predicted.sum()), float(both.observed.sum()), fsu)


def expected_by_day(before: pd.DataFrame, weather: pd.DataFrame, *, electric: bool) -> float:
    """Return what opendsm's daily model expects on a mean day of other weather."""
    return float(_predicted(before, weather, electric=electric)[1].predicted.mean())


def _predicted(before: pd.DataFrame, after: pd.DataFrame, *, electric: bool) -> tuple[Any, Any]:
    from opendsm.eemeter import DailyBaselineData, DailyModel, DailyReportingData

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = DailyBaselineData(before, is_electricity_data=electric)
        model: Any = DailyModel().fit(data, ignore_disqualification=True)
        asked = DailyReportingData(after, is_electricity_data=electric)
        return model, model.predict(asked, ignore_disqualification=True)


def expected_hourly(before: pd.DataFrame, after: pd.DataFrame) -> float:
    """Return what the TOWT of CalTRACK 2.0, one model for the whole period, expects of the hours after."""
    from opendsm.eemeter.models.hourly_caltrack.wrapper import HourlyModel

    model: Any = HourlyModel()
    model.segment_type = "single"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = model.fit(_Frame(before)).predict(_Frame(after))
    return float(said.predicted.sum())


class _Frame:
    """What opendsm's hourly model wants to be given."""

    def __init__(self, df: pd.DataFrame) -> None:
        self.df = df


def frame(kwh: pd.Series, degc: pd.Series) -> pd.DataFrame:
    """Return hours as opendsm wants them."""
    return pd.DataFrame({"temperature": 1.8 * degc + 32.0, "observed": kwh}).asfreq("h")
