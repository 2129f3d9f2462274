"""The forecast of local days of a building from what was known before them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from tools.analyses.day_spans import day_words, whole_days
from tools.analyses.record import HOUR, Record
from tools.baseline import DateSpan
from tools.baseline.days import EPOCH
from tools.clock import LocalClock, clock
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.forecast import Forecast, forecast

WEEK_DAYS = 7
BEGUN_HOURS, MOSTLY = 6, 0.5


@dataclass(frozen=True, slots=True)
class Ahead:
    """A forecast of local days of a building from what was known before them.

    `first`: the place of its first hour; `clock` of its hours; `measured`: their use where recorded, NaN else.
    """

    record: Record
    span: DateSpan
    first: int
    clock: LocalClock
    forecast: Forecast
    measured: Values

    @property
    def is_past(self) -> bool:
        """Tell whether most of the days is recorded."""
        return bool(np.isfinite(self.measured).mean() >= MOSTLY)

    @property
    def peak_at(self) -> datetime:
        """Return the UTC start of the hour of the peak."""
        return self.record.at(self.first + self.forecast.peak.at)


def looked_ahead(record: Record, query: EnergyQuery) -> Ahead:
    """Return the forecast of the day or week after the readings, or of the period as it would have been made then.

    Raises `NoData` under 14 days of readings or for days further ahead, `BadQuestion` for more than a week.
    """
    span = _span(record, query)
    start, end = record.utc(span)
    first, n = round((start - record.use.start) / HOUR), round((end - start) / HOUR)
    whole = clock(record.timezone, record.use.start, first + n)
    past, degc = (_laid(values, 0, first) for values in (record.hours, record.temperature_degc))
    made = forecast(past, whole, degc, holidays=record.holidays)
    local = LocalClock(whole.local[first:], whole.hour[first:], whole.weekday[first:])
    return Ahead(record, span, first, local, made, _laid(record.hours, first, first + n))


def _laid(values: Values, first: int, end: int) -> Values:
    """Return [first, end) of hourly values, NaN where the record does not reach."""
    found = values[first:end]
    return np.pad(found, (0, end - first - len(found)), constant_values=np.nan)


def _span(record: Record, query: EnergyQuery) -> DateSpan:
    """Return the days to be forecast. Raises as `looked_ahead` does."""
    tomorrow = _tomorrow(record)
    if query.period is None:
        days = WEEK_DAYS if query.terms and query.terms.horizon == "week" else 1
        return DateSpan(tomorrow, tomorrow + timedelta(days=days))
    span = whole_days(query.period)
    if span.days > WEEK_DAYS:
        raise BadQuestion(f"a forecast looks a day or a week ahead, and {query.period.words} is {span.days} days")
    if span.start > tomorrow:
        raise NoData(
            f"the readings of {record.building} end before {day_words(tomorrow)}, and a forecast begins where they do; "
            f"ask for that day or the week from it, or load the readings up to {day_words(span.start)}"
        )
    return span


def _tomorrow(record: Record) -> date:
    """Return the local day after the last valid reading, or that day itself where under six hours of it are read.

    A file that ends with a day of UTC ends within a local day. Raises `NoData` where there is no reading.
    """
    known = np.flatnonzero(np.isfinite(record.hours))
    if not len(known):
        raise NoData(f"{record.building} has no valid reading, so there is nothing to forecast from")
    day = record.clock.keys("day")[known]
    is_begun = int((day == day[-1]).sum()) >= BEGUN_HOURS
    return EPOCH + timedelta(days=int(day[-1]) + int(is_begun))
