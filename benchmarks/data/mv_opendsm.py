"""The same baselines by opendsm, the successor of eemeter, where it is installed: an optional cross-check.

It is no dependency of EAIO. `pip install opendsm==1.2.7 'multimethod<2'` in an environment of its own runs it.
"""

import warnings
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from benchmarks.data.mv_samples import TIMEZONE, Sample
from tools.baseline import DateSpan


@dataclass(frozen=True, slots=True)
class Theirs:
    """CV(RMSE) of opendsm's daily model and its avoided use.

    Its balance points are left out: it rounds the corners of its lines, and they are not where the slopes begin.
    """

    cvrmse: float
    avoided: float


def is_installed() -> bool:
    """Tell whether opendsm can be imported here."""
    return find_spec("opendsm") is not None


def theirs(sample: Sample) -> Theirs:
    """Return what opendsm makes of a sample meter; a fit takes it some seconds."""
    from opendsm.eemeter import DailyBaselineData, DailyModel, DailyReportingData

    electric = not sample.is_gas
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = DailyBaselineData(_frame(sample, sample.baseline), is_electricity_data=electric)
        model = DailyModel().fit(before, ignore_disqualification=True)
        after = DailyReportingData(_frame(sample, sample.reporting), is_electricity_data=electric)
        days = model.predict(after, ignore_disqualification=True)
    return Theirs(model.baseline_metrics.cvrmse, float(days["predicted"].sum() - days["observed"].sum()))


def _frame(sample: Sample, span: DateSpan) -> Any:
    import pandas as pd

    values = {"temperature": sample.temperature_degc * 1.8 + 32.0, "observed": sample.hours}
    at = pd.date_range(sample.start, periods=len(sample.hours), freq="h").tz_convert(TIMEZONE)
    frame = pd.DataFrame(values, index=at)
    return frame.loc[str(span.start) : str(span.end - timedelta(days=1))]
