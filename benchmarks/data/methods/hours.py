"""The shipped readings as pandas reads them: nothing here comes from EAIO's own code."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).resolve().parents[3] / "data"
TIMEZONES = {"cambridge": "Europe/London", "iiitd": "Asia/Kolkata"}
LONGEST_BRIDGE_H, HALF_A_DAY = 6, 0.5
# England's bank holidays of 2018 to 2020, as gov.uk lists them. EAIO's own come from the `holidays` library, which also
# has 28 December 2020.
ENGLAND = pd.DatetimeIndex(
    "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26 "
    "2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26 "
    "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-26 2020-12-28".split()
)


@cache
def _site(site: str) -> pd.DataFrame:
    table = pd.read_parquet(DATA / "readings" / f"{site}.parquet")
    table["meter"] = table["meter"].astype(str)
    return table.pivot(index="at", columns="meter", values="value")


def series(meter: str, year: int | None = 2019, site: str = "cambridge") -> pd.Series:
    """Return a meter's hours of a local calendar year (all years for None), on the site's own time, NaN where missing.

    kWh: watts over 1,000 where the source has them; of electricity a 0 is missing, of both whatever is negative.
    """
    rows = _site(site)[meter]
    values = rows.tz_convert(TIMEZONES[site]).astype(float)
    if meter.endswith(("electricity", "electricity/1", "electricity/2")):
        values = values.where(values > 0)
    if meter.endswith("gas"):
        values = values.where(values >= 0)
    scaled = values / 1000.0 if site == "iiitd" else values
    return scaled if year is None else scaled[scaled.index.year == year]


def as_written(meter: str, site: str = "cambridge") -> pd.Series:
    """Return the rows of a meter as the source wrote them, from the first to the last."""
    rows = _site(site)[meter]
    known = rows[rows.first_valid_index() : rows.last_valid_index()]
    return known.tz_convert(TIMEZONES[site])


def daily(meter: str, year: int | None = 2019) -> pd.DataFrame:
    """Return local days: `kwh` (missing hours as the day's mean, where half are valid), `degc`, and `off`."""
    kwh, degc = _by_day(series(meter, year), scaled=True), _by_day(bridged(series("cambridge/temperature", year)))
    days = pd.DataFrame({"kwh": kwh, "degc": degc}).dropna()
    at = pd.DatetimeIndex(days.index.tz_localize(None))
    days["off"] = ((at.day_of_week >= 5) | at.isin(ENGLAND)).astype(float)
    return days


def _by_day(values: pd.Series, *, scaled: bool = False) -> pd.Series:
    groups = values.groupby(values.index.normalize())
    mean = groups.mean().where(groups.count() >= HALF_A_DAY * groups.size())
    return mean * groups.size() if scaled else mean


def bridged(degc: pd.Series) -> pd.Series:
    """Return temperatures with gaps of up to six hours on a straight line."""
    gone = degc.isna()
    length = gone.groupby((~gone).cumsum()).transform("sum")
    return degc.interpolate(limit_area="inside").where(~gone | (length <= LONGEST_BRIDGE_H))


def excess_by_day(degc: pd.Series, at_degc: float, days: pd.Index, *, hourly: bool, above: bool = False) -> np.ndarray:
    """Return how far each day is below a temperature (or above): of its mean, or the mean over its hours."""
    sign = 1.0 if above else -1.0
    if hourly:
        far = (sign * (bridged(degc) - at_degc)).clip(lower=0.0)
        found = far.groupby(far.index.normalize()).mean()
    else:
        found = (sign * (_by_day(bridged(degc)) - at_degc)).clip(lower=0.0)
    return np.asarray(found.reindex(days))


def is_off(index: pd.DatetimeIndex) -> np.ndarray:
    """Tell which local hours fall on a Saturday, a Sunday or a bank holiday."""
    return np.asarray((index.day_of_week >= 5) | is_holiday(index))


def is_holiday(index: pd.DatetimeIndex) -> np.ndarray:
    """Tell which local hours fall on a bank holiday."""
    return np.asarray(index.normalize().tz_localize(None).isin(ENGLAND))


def benchmark(name: str) -> pd.DataFrame:
    """Return one of the shipped tables of peers and factors."""
    return pd.read_csv(DATA / "benchmarks" / f"{name}.csv")
