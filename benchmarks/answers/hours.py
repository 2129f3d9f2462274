"""Hours with their local clock, days with their temperature: what the truths of analyses are computed from."""

from functools import cache

import numpy as np
import pandas as pd

from benchmarks.answers.facts import CAMBRIDGE, Dates, Hourly, Quantity, Sources, hourly, period, timezone

# England's bank holidays as the gov.uk calendar has them; 28 December 2020 stands in for the 26th, a Saturday.
ENGLAND = (
    "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26 "
    "2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26 "
    "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-26 2020-12-28"
).split()
HALF_DAY_H = 12
LONGEST_BRIDGE_H = 6


def site_of(building: str) -> str:
    """Return the site of a building."""
    return "cambridge" if building in CAMBRIDGE else "iiitd"


@cache
def free_days(site: str) -> frozenset[str]:
    """Return the public holidays of a site, YYYY-MM-DD; India's are those of the `holidays` library."""
    if site == "cambridge":
        return frozenset(ENGLAND)
    import holidays

    return frozenset(str(day) for day in holidays.country_holidays("IN", years=range(2013, 2019)))


def whole_record(sources: Sources, building: str, quantity: Quantity = "electricity") -> Dates:
    """Return the local days from the first row of a building's meters to the last."""
    local = pd.DatetimeIndex(hourly(sources, building, quantity).index).tz_convert(timezone(building))
    return f"{local.min():%Y-%m-%d}..{local.max():%Y-%m-%d}"


def hours(sources: Sources, building: str, dates: Dates, quantity: Quantity = "electricity") -> pd.DataFrame:
    """Return every hour of a period on UTC time: kwh (NaN is missing), local time, date, hour and weekday, and free."""
    span = period(building, dates)
    index = pd.date_range(span.start, span.end, freq="h", inclusive="left")
    local = index.tz_convert(timezone(building))
    date = local.strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "kwh": hourly(sources, building, quantity).reindex(index),
            "local": local.tz_localize(None),
            "date": date,
            "hour": local.hour,
            "weekday": local.day_of_week,
            "free": date.isin(list(free_days(site_of(building)))),
        },
        index=index,
    )


def day_kind(table: pd.DataFrame) -> pd.Series:
    """Return for each hour what its day is: a holiday, Sunday, Saturday or working day."""
    kinds = np.select(
        [table.free, table.weekday == 6, table.weekday == 5], ["holiday", "Sunday", "Saturday"], "working day"
    )
    return pd.Series(kinds, index=table.index)


@cache
def hourly_degc(sources: Sources, site: str) -> Hourly:
    """Return the outdoor temperature of each hour of a site, short gaps bridged by a line; NaN where none is known.

    Hours are those of its meters: in Delhi they begin at half past, UTC.
    """
    readings = sources.temperature(site)
    degc = readings[readings > -90].resample("h", offset="30min" if site == "iiitd" else None).mean()
    bridged = degc.interpolate(limit_area="inside")
    gap = degc.isna()
    length = gap.groupby((~gap).cumsum()).transform("sum")
    return bridged.where(~gap | (length <= LONGEST_BRIDGE_H))


def daily_degc(sources: Sources, building: str, dates: Dates) -> Hourly:
    """Return the mean temperature of each local day of a period with half of its hours known, NaN for others."""
    span = period(building, dates)
    index = pd.date_range(span.start, span.end, freq="h", inclusive="left")
    degc = hourly_degc(sources, site_of(building)).reindex(index)
    grouped = degc.groupby(index.tz_convert(timezone(building)).strftime("%Y-%m-%d"))
    return grouped.mean().where(grouped.count() >= HALF_DAY_H)


def daily_kwh(sources: Sources, building: str, dates: Dates, quantity: Quantity = "electricity") -> Hourly:
    """Return the use of each local day with 12 valid hours, missing hours at the day's mean; NaN for others."""
    table = hours(sources, building, dates, quantity)
    grouped = table.kwh.groupby(table.date)
    return (grouped.mean() * grouped.size()).where(grouped.count() >= HALF_DAY_H)
