"""The Cambridge readings as arrays, straight from the shipped file: hourly, UTC, 2018 to 2020."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from tools.baseline.days import Mask
from tools.clock import LocalClock, clock
from tools.figures import Values
from tools.public_holidays import holidays_of

FILE = Path(__file__).resolve().parents[2] / "data" / "readings" / "cambridge.parquet"
TIMEZONE, START, END = "Europe/London", datetime(2018, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
HOURS = int((END - START).total_seconds()) // 3600
BUILDINGS = ("b4", "b8", "b19", "b22", "b25", "b31", "b35", "b36", "b40", "b58", "b105", "b111")
HOLIDAYS: frozenset[date] = holidays_of("GB", range(2018, 2022), "ENG")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One meter's hours: `kwh`, NaN where an hour does not count, and `zero` where the source wrote 0."""

    kwh: Values
    zero: Mask


def clock_of(first: int, end: int) -> LocalClock:
    """Return the local time of hours [first, end) since the start of 2018, UTC."""
    whole = clock(TIMEZONE, START, HOURS)
    return LocalClock(whole.local[first:end], whole.hour[first:end], whole.weekday[first:end])


def hour_of(at: datetime) -> int:
    """Return the index of a UTC hour."""
    return int((at - START).total_seconds()) // 3600


def load() -> dict[str, Values]:
    """Return the values of every meter as the source wrote them, NaN where it has no row."""
    table = pq.read_table(FILE)
    meters = table["meter"].combine_chunks()
    at = (table["at"].cast("int64").to_numpy() // 3_600_000) - int(START.timestamp()) // 3600
    codes, values = meters.indices.to_numpy(), table["value"].to_numpy()
    found = {}
    for code, name in enumerate(meters.dictionary.to_pylist()):
        series = np.full(HOURS, np.nan)
        series[at[codes == code]] = values[codes == code]
        found[str(name)] = series
    return found


def electricity(values: Values) -> Record:
    """Return an electricity meter's record: a 0 stands for a missing reading, a negative value is a fault."""
    return Record(np.where(values > 0, values, np.nan), values == 0)


def gas(values: Values) -> Record:
    """Return a gas meter's record: a 0 is a reading."""
    return Record(np.where(values >= 0, values, np.nan), values == 0)
