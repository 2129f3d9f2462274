"""The load-duration curve: for what share of the time the load is at least so high."""

from dataclasses import dataclass

import numpy as np

from tools.errors import NoData
from tools.figures import BASELOAD_PERCENTILE, Values

POINTS = 101


@dataclass(frozen=True, slots=True, eq=False)
class LoadDuration:
    """The curve and what is read from it. `load_kw[i]` is reached or passed in `percent_of_time[i]` of the valid hours.

    `load_factor`: mean over peak, None where the peak is not above zero. `baseload_percent`: how much of the use is the
    baseload of every hour, None where the use is not above zero; at most 100. `hours_above_90`: hours above 90 % of the
    peak: where they are few, the peak could be cut at little loss.
    """

    percent_of_time: Values
    load_kw: Values
    peak_kw: float
    mean_kw: float
    baseload_kw: float
    load_factor: float | None
    baseload_percent: float | None
    hours_above_90: int
    valid_hours: int
    coverage: float
    notes: tuple[str, ...]


def load_duration(hours: Values, points: int = POINTS) -> LoadDuration:
    """Return the curve of hourly amounts (kWh an hour, so mean kW), read at `points` even steps.

    Baseload is the 5th percentile of the valid hours. Raises `NoData` where none is valid.
    """
    valid = hours[np.isfinite(hours)]
    if not len(valid):
        raise NoData("no valid hour in this period, so there is no load-duration curve")
    time = np.linspace(0.0, 100.0, points)
    peak, mean, base = float(valid.max()), float(valid.mean()), float(np.percentile(valid, BASELOAD_PERCENTILE))
    fed_in = int((valid < 0).sum())
    return LoadDuration(
        percent_of_time=time,
        load_kw=np.percentile(valid, 100.0 - time),
        peak_kw=peak,
        mean_kw=mean,
        baseload_kw=base,
        load_factor=mean / peak if peak > 0 else None,
        baseload_percent=min(100.0 * base / mean, 100.0) if mean > 0 else None,
        hours_above_90=int((valid > 0.9 * peak).sum()),
        valid_hours=len(valid),
        coverage=len(valid) / len(hours),
        notes=(f"{fed_in} hours fed in, so the baseload is of a net meter",) if fed_in else (),
    )
